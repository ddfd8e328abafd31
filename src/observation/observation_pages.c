/* The room of observations. */
#include "observation/observation_pages.h"

#include "observation/desk.h"
#include "observation/disclosure_pages.h"
#include "observation/followup_pages.h"
#include "observation/overview_pages.h"
#include "observation/passkey_unlock.h"
#include "observation/recipient_pages.h"
#include "observation/regain_pages.h"
#include "observation/register_pages.h"
#include "observation/report_pages.h"
#include "observation/sign_evidence_pages.h"
#include "observation/triage_pages.h"

/* What somebody tells, and that they looked at it, is never in the log. */
static const struct route routes[] = {
    {"GET", "/iakttagelse", PERMISSION_ANYONE, report_start, .logging = ROUTE_UNLOGGED,
     .shut = ROUTE_SHUT_WITH_REPORTS},
    {"POST", "/iakttagelse", PERMISSION_ANYONE, report_step, .logging = ROUTE_UNLOGGED, .posted = ROUTE_EACH,
     .shut = ROUTE_SHUT_WITH_REPORTS},
    {"GET", "/uppfoljning", PERMISSION_ANYONE, followup_show, .logging = ROUTE_UNLOGGED,
     .shut = ROUTE_SHUT_WITH_REPORTS},
    {"POST", "/uppfoljning", PERMISSION_ANYONE, followup_take, .logging = ROUTE_UNLOGGED,
     .posted = ROUTE_EACH, .shut = ROUTE_SHUT_WITH_REPORTS},
    {"GET", "/bedomning", PERMISSION_OBSERVATION_READ, inbox_show, .caching = ROUTE_NOT_STORED},
    {"POST", "/bedomning/las-upp", PERMISSION_OBSERVATION_READ, inbox_unlock, .posted = ROUTE_EACH},
    {"POST", "/bedomning/las-upp/passkey", PERMISSION_OBSERVATION_READ, passkey_unlock_take,
     .posted = ROUTE_EACH},
    {"POST", "/bedomning/las", PERMISSION_OBSERVATION_READ, inbox_lock, .posted = ROUTE_EACH},
    {"GET", "/bedomning/:id", PERMISSION_OBSERVATION_READ, case_show, .caching = ROUTE_NOT_STORED},
    {"POST", "/bedomning/:id", PERMISSION_OBSERVATION_TRIAGE, case_take, .posted = ROUTE_ONCE},
    {"POST", "/bedomning/:id/sparr", PERMISSION_OBSERVATION_TRIAGE, case_hold_take, .posted = ROUTE_ONCE},
    {"GET", "/bedomning/mottagare", PERMISSION_OBSERVATION_READ, recipients_show,
     .caching = ROUTE_NOT_STORED},
    {"POST", "/bedomning/mottagare", PERMISSION_OBSERVATION_READ, recipients_ask, .posted = ROUTE_EACH,
     .cost = ROUTE_COSTLY},
    {"POST", "/bedomning/mottagare/laslosen", PERMISSION_OBSERVATION_TRIAGE, recipients_passphrase,
     .posted = ROUTE_EACH, .cost = ROUTE_COSTLY},
    {"POST", "/bedomning/mottagare/passkey", PERMISSION_OBSERVATION_TRIAGE, passkey_unlock_make,
     .posted = ROUTE_EACH},
    {"POST", "/bedomning/mottagare/passkey/ta-bort", PERMISSION_OBSERVATION_TRIAGE, passkey_unlock_remove,
     .posted = ROUTE_EACH},
    {"POST", "/bedomning/mottagare/byt-las", PERMISSION_OBSERVATION_TRIAGE, recipients_relock,
     .posted = ROUTE_EACH},
    {"POST", "/bedomning/mottagare/godkann/:id", PERMISSION_OBSERVATION_TRIAGE, recipients_confirm,
     .posted = ROUTE_EACH},
    {"POST", "/bedomning/mottagare/ta-bort/:id", PERMISSION_OBSERVATION_TRIAGE, recipients_remove,
     .posted = ROUTE_EACH},
    {"GET", "/aterstallning", PERMISSION_RECOVERY_HELP, regain_show, .caching = ROUTE_NOT_STORED},
    {"POST", "/aterstallning/andel", PERMISSION_RECOVERY_HELP, regain_take_share, .posted = ROUTE_EACH},
    {"POST", "/aterstallning/borja", PERMISSION_OBSERVATION_TRIAGE, regain_take_begin, .posted = ROUTE_EACH,
     .cost = ROUTE_COSTLY},
    {"POST", "/aterstallning/slutfor", PERMISSION_OBSERVATION_TRIAGE, regain_take_finish,
     .posted = ROUTE_EACH, .cost = ROUTE_COSTLY},
    {"POST", "/aterstallning/innehavare", PERMISSION_OBSERVATION_TRIAGE, regain_take_holder,
     .posted = ROUTE_EACH},
    {"POST", "/aterstallning/avbryt", PERMISSION_OBSERVATION_TRIAGE, regain_take_stop, .posted = ROUTE_EACH},
    {"GET", "/diarium", PERMISSION_REGISTER_READ, register_show, .caching = ROUTE_NOT_STORED},
    {"GET", "/diarium/:id/csv", PERMISSION_REGISTER_READ, register_download, .caching = ROUTE_NOT_STORED},
    {"GET", "/diarium/:id/paket", PERMISSION_REGISTER_READ, register_package_download,
     .caching = ROUTE_NOT_STORED, .cost = ROUTE_COSTLY},
    {"GET", "/diarium/begaran", PERMISSION_REGISTER_READ, disclosures_show, .caching = ROUTE_NOT_STORED},
    {"GET", "/diarium/begaran/ny", PERMISSION_DISCLOSURE_ASK, disclosure_new_show,
     .caching = ROUTE_NOT_STORED},
    {"POST", "/diarium/begaran/ny", PERMISSION_DISCLOSURE_ASK, disclosure_new_take, .posted = ROUTE_ONCE},
    {"GET", "/diarium/begaran/skickad", PERMISSION_DISCLOSURE_ASK, disclosure_asked_show,
     .caching = ROUTE_NOT_STORED},
    {"GET", "/diarium/begaran/:id", PERMISSION_REGISTER_READ, review_show, .caching = ROUTE_NOT_STORED},
    /* Each opening stays in the log, also when the form is shown again; a decision is made once all the same.
     */
    {"POST", "/diarium/begaran/:id", PERMISSION_OBSERVATION_TRIAGE, review_take, .posted = ROUTE_EACH},
    {"GET", "/lagesbild", PERMISSION_OVERVIEW_READ, overview_show, .caching = ROUTE_NOT_STORED},
    {"GET", "/lagesbild/:year", PERMISSION_OVERVIEW_READ, overview_year_show, .caching = ROUTE_NOT_STORED},
    {"GET", "/vad-hjalper", PERMISSION_EVIDENCE_READ, evidence_show, .caching = ROUTE_NOT_STORED},
    {.method = NULL},
};

static const struct portal_link menu[] = {
    {"/iakttagelse", TEXT_OBSERVATION_MENU, PERMISSION_ANYONE},
    {.path = NULL},
};

static const struct portal_link work[] = {
    {"/bedomning", TEXT_OBSERVATION_INBOX, PERMISSION_OBSERVATION_READ},
    {"/diarium", TEXT_OBSERVATION_REGISTER, PERMISSION_REGISTER_READ},
    {"/lagesbild", TEXT_OVERVIEW_TITLE, PERMISSION_OVERVIEW_READ},
    {"/vad-hjalper", TEXT_OBSERVATION_HELPS, PERMISSION_EVIDENCE_READ},
    {.path = NULL},
};

static const struct portal_link foot[] = {
    {"/uppfoljning", TEXT_OBSERVATION_FOLLOW, PERMISSION_ANYONE},
    {"/aterstallning", TEXT_REGAIN_TITLE, PERMISSION_RECOVERY_HELP},
    {.path = NULL},
};

const struct portal_room observation_room = {.routes = routes,
                                             .menu = menu,
                                             .work = work,
                                             .foot = foot,
                                             .keep_open = desk_keep_open,
                                             .keep_close = desk_keep_close};

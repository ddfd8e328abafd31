/* The room of the network: its routes and links. */
#include "network/network_pages.h"

#include "network/handlers.h"
#include "sheet/sheet.h"

/* Two texts in two languages, percent-encoded; a file and what stands around it. */
enum { AGREEMENT_LIMIT_BYTES = 1024 * 1024, IMPORT_LIMIT_BYTES = SHEET_LIMIT_BYTES + 64 * 1024 };

#define OWN PERMISSION_NETWORK_OWN
#define ANYONE PERMISSION_ANYONE
#define READ PERMISSION_NETWORK_READ
#define CHANGE PERMISSION_NETWORK_CHANGE

static const struct route routes[] = {
    {"GET", "/natverket/ga-med", ANYONE, join_show, .caching = ROUTE_NOT_STORED},
    {"POST", "/natverket/ga-med", ANYONE, join_take, .posted = ROUTE_ONCE},
    {"GET", "/natverket/tack", ANYONE, join_thank, .caching = ROUTE_NOT_STORED},
    {"GET", "/natverket/overenskommelse", ANYONE, agreement_show, .caching = ROUTE_NOT_STORED},
    {"GET", "/natverket/bekrafta/:token", ANYONE, confirm_show, .caching = ROUTE_NOT_STORED},
    {"POST", "/natverket/bekrafta/:token", ANYONE, confirm_take, .posted = ROUTE_ONCE},
    {"GET", "/natverket/bekraftad", ANYONE, confirm_thank, .caching = ROUTE_NOT_STORED},
    {"GET", "/natverket/skriv-pa/:token", ANYONE, sign_show, .caching = ROUTE_NOT_STORED},
    {"POST", "/natverket/skriv-pa/:token", ANYONE, sign_take, .posted = ROUTE_ONCE},
    {"GET", "/natverket/paskriven", ANYONE, sign_thank, .caching = ROUTE_NOT_STORED},
    {"GET", "/natverket/ansokningar", READ, applications_show, .caching = ROUTE_NOT_STORED},
    {"GET", "/natverket/ansokan/:id", READ, application_show, .caching = ROUTE_NOT_STORED},
    {"POST", "/natverket/ansokan/:id", CHANGE, application_take, .posted = ROUTE_ONCE},
    {"GET", "/natverket", READ, organisations_show, .caching = ROUTE_NOT_STORED},
    {"GET", "/natverket/fil/:file", READ, organisations_file, .caching = ROUTE_NOT_STORED},
    {"GET", "/natverket/organisation/ny", CHANGE, organisation_new_show, .caching = ROUTE_NOT_STORED},
    {"POST", "/natverket/organisation/ny", CHANGE, organisation_new_take, .posted = ROUTE_ONCE},
    {"GET", "/natverket/organisation/:id", READ, organisation_show, .caching = ROUTE_NOT_STORED},
    {"GET", "/natverket/organisation/:id/andra", CHANGE, organisation_change_show,
     .caching = ROUTE_NOT_STORED},
    {"POST", "/natverket/organisation/:id/andra", CHANGE, organisation_change_take, .posted = ROUTE_ONCE},
    {"GET", "/natverket/organisation/:id/lamna", CHANGE, organisation_leave_show,
     .caching = ROUTE_NOT_STORED},
    {"POST", "/natverket/organisation/:id/lamna", CHANGE, organisation_leave_take, .posted = ROUTE_ONCE},
    {"GET", "/natverket/organisation/:id/kontakt", CHANGE, contact_new_show, .caching = ROUTE_NOT_STORED},
    {"POST", "/natverket/organisation/:id/kontakt", CHANGE, contact_new_take, .posted = ROUTE_ONCE},
    {"GET", "/natverket/organisation/:id/paskrift", CHANGE, paper_show, .caching = ROUTE_NOT_STORED},
    {"POST", "/natverket/organisation/:id/paskrift", CHANGE, paper_take, .posted = ROUTE_ONCE},
    {"GET", "/natverket/kontakt/:id", CHANGE, contact_change_show, .caching = ROUTE_NOT_STORED},
    {"POST", "/natverket/kontakt/:id", CHANGE, contact_change_take, .posted = ROUTE_ONCE},
    {"POST", "/natverket/kontakt/:id/bjud-in", CHANGE, contact_invite_take, .posted = ROUTE_ONCE},
    {"POST", "/natverket/kontakt/:id/slutat", CHANGE, contact_leave_take, .posted = ROUTE_ONCE},
    {"GET", "/natverket/overenskommelse/ny", CHANGE, agreement_new_show, .caching = ROUTE_NOT_STORED},
    {"POST", "/natverket/overenskommelse/ny", CHANGE, agreement_new_take,
     .body_limit_bytes = AGREEMENT_LIMIT_BYTES, .posted = ROUTE_ONCE},
    {"GET", "/natverket/import", CHANGE, import_form_show, .caching = ROUTE_NOT_STORED},
    {"POST", "/natverket/import", CHANGE, import_form_take, .body_limit_bytes = IMPORT_LIMIT_BYTES,
     .posted = ROUTE_ONCE},
    {"GET", "/natverket/import/klar", CHANGE, import_done, .caching = ROUTE_NOT_STORED},
    {"GET", "/natverket/import/kastad", CHANGE, import_dropped, .caching = ROUTE_NOT_STORED},
    {"GET", "/natverket/import/:id", CHANGE, import_show, .caching = ROUTE_NOT_STORED},
    {"POST", "/natverket/import/:id", CHANGE, import_take, .posted = ROUTE_ONCE},
    {"GET", "/natverket/min", OWN, own_organisation_show, .caching = ROUTE_NOT_STORED},
    {"POST", "/natverket/min/forny", OWN, own_sign_take, .posted = ROUTE_ONCE},
    {"POST", "/natverket/min/lofte", OWN, own_attest_take, .posted = ROUTE_ONCE},
    {"GET", "/natverket/min/uppgifter", OWN, own_contact_show, .caching = ROUTE_NOT_STORED},
    {"POST", "/natverket/min/uppgifter", OWN, own_contact_take, .posted = ROUTE_ONCE},
    {"GET", "/natverket/min/ersattare", OWN, own_deputy_show, .caching = ROUTE_NOT_STORED},
    {"POST", "/natverket/min/ersattare", OWN, own_deputy_take, .posted = ROUTE_ONCE},
    {"POST", "/natverket/min/ersattare/slutat", OWN, own_deputy_leave_take, .posted = ROUTE_ONCE},
    {"GET", "/natverket/min/lamna", OWN, own_leave_show, .caching = ROUTE_NOT_STORED},
    {"POST", "/natverket/min/lamna", OWN, own_leave_take, .posted = ROUTE_ONCE},
    {"GET", "/natverket/min/lamnat", OWN, own_left, .caching = ROUTE_NOT_STORED},
    {.method = NULL},
};

static const struct portal_link work[] = {
    {"/natverket", TEXT_NETWORK_MENU, READ},
    {"/natverket/min", TEXT_NETWORK_MENU_OWN, OWN},
    {.path = NULL},
};

static const struct portal_link foot[] = {
    {"/natverket/ga-med", TEXT_NETWORK_JOIN_TITLE, ANYONE},
    {.path = NULL},
};

const struct portal_room network_room = {.routes = routes, .work = work, .foot = foot};

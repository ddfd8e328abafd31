/* Recipients. */
#include "observation/recipient_pages.h"

#include "base/arena.h"
#include "keyring/keyring.h"
#include "keyring/recipient.h"
#include "keyring/relock.h"
#include "keyring/unlock.h"
#include "observation/desk.h"
#include "observation/triage_pages.h"
#include "observation/triage_view.h"
#include "pages.h"
#include "portal/portal.h"
#include "seal/passphrase.h"
#include "seal/secret.h"
#include "web/html.h"
#include "web/request.h"
#include "web/response.h"

static struct str action(const struct request *r, const char *what, int64_t id)
{
    return request_address(
        str_of(arena_printf(r->arena, "/bedomning/mottagare/%s/%lld", what, (long long)id)), r->language,
        r->arena);
}

static enum status add_rows(const struct request *r, struct recipients_view *v, struct keyring *k,
                            struct err *e)
{
    struct recipients all;

    TRY(recipients_all(k, r->arena, &all, e));
    v->row = arena_new(r->arena, all.n + 1, struct recipient_row);
    for (size_t i = 0; i < all.n; i++) {
        const struct recipient *one = &all.recipient[i];
        struct person person = {0};

        TRY(person_find(portal_db(r), one->account, r->arena, &person, e));
        v->may_ask = v->may_ask && one->account != portal_visitor(r)->person.id;
        v->row[v->rows++] = (struct recipient_row){
            .id = one->id,
            .name = person.name,
            .state = portal_text(r, one->state == RECIPIENT_ACTIVE ? TEXT_OBSERVATION_RECIPIENT_ACTIVE
                                                                   : TEXT_OBSERVATION_RECIPIENT_WAITING),
            .asked_on = one->asked_on,
            .is_waiting = one->state == RECIPIENT_WAITING,
            .confirm_action = action(r, "godkann", one->id),
            .remove_action = action(r, "ta-bort", one->id)};
    }
    return OK;
}

static enum status show(const struct request *r, struct response *out, struct str notice, struct str error,
                        struct err *e)
{
    struct portal_view site = portal_view_of(r);
    struct str path = S("/bedomning/mottagare");
    struct recipients_view v = {
        .layout = portal_form_layout(&site, portal_text(r, TEXT_OBSERVATION_RECIPIENTS), path, error.n > 0,
                                     r->arena),
        .action = request_address(path, r->language, r->arena),
        .passphrase_action = request_address(S("/bedomning/mottagare/laslosen"), r->language, r->arena),
        .relock_action = request_address(S("/bedomning/mottagare/byt-las"), r->language, r->arena),
        .inbox_href = request_address(S("/bedomning"), r->language, r->arena),
        .regain_href = portal_href(r, "/aterstallning"),
        .error = error,
        .notice = notice,
        .may_ask = true};
    char made[PASSPHRASE_BYTES];
    struct opener opener;
    struct keyring *k = NULL;

    TRY(desk_keyring(r, &k, e));
    if (!k)
        return portal_redirect(r, out, S("/bedomning"));
    TRY(add_rows(r, &v, k, e));
    v.is_unlocked = triage_opener(r, &opener);
    if (v.is_unlocked) {
        opener_close(&opener);
        TRY(passkey_unlock_view(r, k, opener.recipient, &v.passkey, e));
    }
    passphrase_make(made);
    v.proposal = str_of(arena_printf(r->arena, "%s", made));
    secret_wipe(made, sizeof made);
    page_triage_recipients(response_page(out), &v);
    return error.n > 0 ? response_correct(out) : OK;
}

enum status recipients_told(const struct request *r, struct response *out, enum recipients_outcome outcome,
                            enum text_key words, struct err *e)
{
    struct str text = portal_text(r, words);

    return outcome == RECIPIENTS_DONE ? show(r, out, text, S(""), e) : show(r, out, S(""), text, e);
}

enum status recipients_show(const struct request *r, struct response *out, struct err *e)
{
    return show(r, out, S(""), S(""), e);
}

enum status recipients_ask(const struct request *r, struct response *out, struct err *e)
{
    struct who who = portal_who(r);
    struct keyring *k = NULL;
    enum recipient_state state = RECIPIENT_WAITING;
    struct err why = {0};

    TRY(desk_keyring(r, &k, e));
    if (!k)
        return portal_redirect(r, out, S("/bedomning"));
    enum status s =
        recipient_ask(k, portal_visitor(r)->person.id, form_value(&r->form, "laslosen"), &who, &state, &why);
    if (s == BAD_INPUT)
        return show(r, out, S(""), portal_text(r, TEXT_OBSERVATION_RECIPIENT_WEAK), e);
    if (s != OK)
        return err_set(e, s, "%s", why.what);
    return show(r, out,
                portal_text(r, state == RECIPIENT_ACTIVE ? TEXT_OBSERVATION_RECIPIENT_NOW
                                                         : TEXT_OBSERVATION_RECIPIENT_ASKED),
                S(""), e);
}

enum status recipients_confirm(const struct request *r, struct response *out, struct err *e)
{
    struct who who = portal_who(r);
    struct keyring *k = NULL;
    struct opener opener;

    TRY(desk_keyring(r, &k, e));
    if (!k || !triage_opener(r, &opener))
        return portal_redirect(r, out, S("/bedomning"));
    enum status s = recipient_confirm(k, &opener, request_id(r), &who, e);
    opener_close(&opener);
    TRY(s);
    return show(r, out, portal_text(r, TEXT_OBSERVATION_RECIPIENT_CONFIRMED), S(""), e);
}

enum status recipients_remove(const struct request *r, struct response *out, struct err *e)
{
    struct who who = portal_who(r);
    struct arena *a = r->arena;
    struct keyring *k = NULL;
    struct recipients all;
    struct err why = {0};

    TRY(desk_keyring(r, &k, e));
    if (!k)
        return portal_redirect(r, out, S("/bedomning"));
    TRY(recipients_all(k, a, &all, e));
    enum status s = recipient_remove(k, request_id(r), &who, &why);
    if (s == REFUSED)
        return show(r, out, S(""), portal_text(r, TEXT_OBSERVATION_RECIPIENT_LAST), e);
    if (s != OK)
        return err_set(e, s, "%s", why.what);
    for (size_t i = 0; i < all.n; i++)
        if (all.recipient[i].id == request_id(r))
            unlock_end(desk_unlocks(r), all.recipient[i].account);
    return show(r, out, portal_text(r, TEXT_OBSERVATION_RECIPIENT_REMOVED), S(""), e);
}

enum status recipients_passphrase(const struct request *r, struct response *out, struct err *e)
{
    struct who who = portal_who(r);
    struct keyring *k = NULL;
    struct opener opener;
    struct err why = {0};

    TRY(desk_keyring(r, &k, e));
    if (!k || !triage_opener(r, &opener))
        return portal_redirect(r, out, S("/bedomning"));
    enum status s = recipient_passphrase(k, &opener, form_value(&r->form, "laslosen"), &who, &why);
    opener_close(&opener);
    if (s == BAD_INPUT)
        return show(r, out, S(""), portal_text(r, TEXT_OBSERVATION_RECIPIENT_WEAK), e);
    if (s != OK)
        return err_set(e, s, "%s", why.what);
    return show(r, out, portal_text(r, TEXT_OBSERVATION_RECIPIENT_CHANGED), S(""), e);
}

enum status recipients_relock(const struct request *r, struct response *out, struct err *e)
{
    struct who who = portal_who(r);
    struct keyring *k = NULL;
    struct opener opener;
    size_t n = 0;

    TRY(desk_keyring(r, &k, e));
    if (!k || !triage_opener(r, &opener))
        return portal_redirect(r, out, S("/bedomning"));
    enum status s = relock_all(k, &opener, &who, &n, e);
    opener_close(&opener);
    TRY(s);
    return show(r, out, portal_text(r, TEXT_OBSERVATION_RECIPIENT_RELOCKED), S(""), e);
}

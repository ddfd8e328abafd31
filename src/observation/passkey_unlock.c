/* Unlocking with a passkey. */
#include "observation/passkey_unlock.h"

#include "assets.h"
#include "base/arena.h"
#include "base/text.h"
#include "keyring/keyring.h"
#include "keyring/passkey_wrap.h"
#include "keyring/recipient.h"
#include "keyring/unlock.h"
#include "observation/desk.h"
#include "observation/recipient_pages.h"
#include "observation/triage_pages.h"
#include "pages.h"
#include "passkey/passkey_request.h"
#include "portal/portal.h"
#include "seal/secret.h"
#include "web/request.h"
#include "web/response.h"

static void add_known(const struct passkey_wraps *all, struct arena *a, struct passkey_unlock_view *out)
{
    struct text known = text_open(a);

    for (size_t i = 0; i < all->n; i++)
        text_format(&known, "%.*s ", STR(passkey_text(all->credential[i], a)));
    out->passkeys = all->n;
    out->known = text_str(&known);
}

enum status passkey_unlock_view(const struct request *r, struct keyring *k, int64_t recipient,
                                struct passkey_unlock_view *out, struct err *e)
{
    struct webauthn_site site = {.host = S("")};
    struct passkey_wraps all;

    TRY(passkey_wraps_of(k, recipient, r->arena, &all, e));
    *out =
        (struct passkey_unlock_view){.is_offered = passkey_site(r, &site),
                                     .host = site.host,
                                     .script_href = S(ASSET_PASSKEY_JS),
                                     .question = S(PASSKEY_QUESTION),
                                     .unlock_action = portal_href(r, "/bedomning/las-upp/passkey"),
                                     .make_action = portal_href(r, "/bedomning/mottagare/passkey"),
                                     .remove_action = portal_href(r, "/bedomning/mottagare/passkey/ta-bort")};
    add_known(&all, r->arena, out);
    return OK;
}

static struct passkey_answer answer_of(const struct request *r)
{
    return (struct passkey_answer){passkey_field(r, "id"), passkey_field(r, "secret")};
}

enum status passkey_unlock_take(const struct request *r, struct response *out, struct err *e)
{
    const struct passkey_answer passkey = answer_of(r);
    enum unlock_answer answer = UNLOCK_WRONG;
    char cookie[UNLOCK_COOKIE_CHARS + 1] = "";
    struct keyring *k = NULL;

    TRY(desk_keyring(r, &k, e));
    if (k)
        TRY(unlock_enter_passkey(desk_unlocks(r), k, triage_account(r), &passkey, r->now_at, &answer, cookie,
                                 e));
    if (answer != UNLOCK_OPEN)
        return portal_redirect(r, out, S("/bedomning?passkey=fel"));
    triage_keep_unlocked(out, cookie);
    secret_wipe(cookie, sizeof cookie);
    return portal_redirect(r, out, S("/bedomning"));
}

enum status passkey_unlock_make(const struct request *r, struct response *out, struct err *e)
{
    const struct passkey_answer passkey = answer_of(r);
    struct who who = portal_who(r);
    struct err why = {0};
    struct keyring *k = NULL;
    struct opener opener;

    TRY(desk_keyring(r, &k, e));
    if (!k || !triage_opener(r, &opener))
        return portal_redirect(r, out, S("/bedomning"));
    enum status s = passkey_wrap_add(k, &opener, &passkey, &who, &why);
    opener_close(&opener);
    if (s == BAD_INPUT || s == REFUSED)
        return recipients_told(r, out, RECIPIENTS_WRONG, TEXT_OBSERVATION_PASSKEY_FAILED, e);
    if (s != OK)
        return err_set(e, s, "%s", why.what);
    return recipients_told(r, out, RECIPIENTS_DONE, TEXT_OBSERVATION_PASSKEY_NOW, e);
}

enum status passkey_unlock_remove(const struct request *r, struct response *out, struct err *e)
{
    struct who who = portal_who(r);
    struct keyring *k = NULL;
    struct opener opener;

    TRY(desk_keyring(r, &k, e));
    if (!k || !triage_opener(r, &opener))
        return portal_redirect(r, out, S("/bedomning"));
    enum status s = passkey_wraps_remove(k, &opener, &who, e);
    opener_close(&opener);
    TRY(s);
    return recipients_told(r, out, RECIPIENTS_DONE, TEXT_OBSERVATION_PASSKEY_REMOVED, e);
}

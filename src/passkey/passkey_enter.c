/* Signing in with a passkey. */
#include "passkey/passkey_enter.h"

#include "account/entrance.h"
#include "assets.h"
#include "pages.h"
#include "passkey/passkey.h"
#include "passkey/passkey_request.h"
#include "passkey/passkey_view.h"
#include "portal/portal.h"
#include "web/html.h"
#include "web/request.h"
#include "web/response.h"

enum status passkey_enter_show(const struct request *r, struct response *out, struct err *e)
{
    struct portal_view around = portal_view_of(r);
    struct str title = catalogue_text(catalogue_of(r->language), TEXT_PASSKEY_ENTER_TITLE);
    struct webauthn_site site = {.host = S("")};
    struct passkey_enter_view v = {.layout = portal_form_layout(&around, title, r->path, 0, r->arena),
                                   .is_offered = passkey_site(r, &site),
                                   .has_failed = form_has(&r->query, "fel"),
                                   .host = site.host,
                                   .script_href = S(ASSET_PASSKEY_JS),
                                   .target = entrance_target(r),
                                   .action = request_address(S("/logga-in/passkey"), r->language, r->arena),
                                   .password_href = entrance_step(r, "/logga-in")};

    (void)e;
    page_passkey_enter(response_page(out), &v);
    return OK;
}

/* Whose passkey it is, when all is right: person->id is 0 else, and `why` says what is wrong. */
static enum status find_who(const struct request *r, struct passkey *p, struct person *person,
                            struct err *why, struct err *e)
{
    const struct webauthn_sent sent = passkey_sent(r);
    struct webauthn_site site;

    TRY(passkey_find(portal_db(r), passkey_field(r, "id"), r->arena, p, e));
    if (p->id == 0 || !passkey_site(r, &site)) {
        why->status = err_set(why, REFUSED, "the passkey is not known");
        return OK;
    }
    if (webauthn_check_use(&site, passkey_challenge(r), &sent, &p->key, why) != OK)
        return OK;
    TRY(person_find(portal_db(r), p->person, r->arena, person, e));
    if (person->is_closed || person->roles == 0)
        person->id = 0;
    return OK;
}

/* A failure is kept in the log: so it is answered with a redirect, which keeps what was changed. */
enum status passkey_enter_take(const struct request *r, struct response *out, struct err *e)
{
    struct passkey p;
    struct person person = {.id = 0};
    struct err why = {OK, "the account is closed"};

    TRY(find_who(r, &p, &person, &why, e));
    if (person.id == 0) {
        TRY(entrance_note_failure(r, p.person, why.what, e));
        return portal_redirect(r, out, S("/logga-in/passkey?fel"));
    }
    TRY(passkey_used(portal_db(r), &p, r->now_at, e));
    TRY(entrance_open(r, out, &person, SESSION_WHOLE, "passkey", e));
    return entrance_go_on(r, out);
}

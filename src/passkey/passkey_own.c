/* One's own passkeys. */
#include "passkey/passkey_own.h"

#include "account/account_letter.h"
#include "assets.h"
#include "base/arena.h"
#include "base/number.h"
#include "base/text.h"
#include "calendar/stockholm.h"
#include "pages.h"
#include "passkey/passkey.h"
#include "passkey/passkey_request.h"
#include "passkey/passkey_view.h"
#include "portal/portal.h"
#include "store/city.h"
#include "store/db.h"
#include "store/keys.h"
#include "web/html.h"
#include "web/request.h"
#include "web/response.h"

#include <sodium.h>

#include <inttypes.h>

enum { HANDLE_BYTES = 16 };

/* What the device knows the person by: the same each time, and nothing that says who it is (section 14.6.1).
 */
static enum status handle_of(const struct request *r, struct str *out, struct err *e)
{
    const char *meant =
        arena_printf(r->arena, "passkey handle of %s", person_in_log(portal_visitor(r)->person.id, r->arena));
    unsigned char handle[HANDLE_BYTES];
    struct key key;

    TRY(key_read(portal_of(r)->city->path, KEY_ACCOUNT, &key, e));
    crypto_generichash(handle, sizeof handle, (const unsigned char *)meant, str_of(meant).n, key.bytes,
                       sizeof key.bytes);
    key_wipe(&key);
    *out = passkey_text((struct str){(const char *)handle, sizeof handle}, r->arena);
    return OK;
}

static void add_rows(const struct request *r, const struct passkeys *found, struct passkey_own_view *v)
{
    struct passkey_row *rows = arena_new(r->arena, found->n + 1, struct passkey_row);
    struct text known = text_open(r->arena);

    for (size_t i = 0; i < found->n; i++) {
        const struct passkey *p = &found->passkey[i];
        const char *path = arena_printf(r->arena, "/konto/passkey/%" PRId64 "/ta-bort", p->id);

        rows[i] =
            (struct passkey_row){.name = p->name,
                                 .made = stockholm_day(p->made_at, NULL),
                                 .used = p->used_at > 0 ? stockholm_day(p->used_at, NULL) : (struct date){0},
                                 .remove_href = request_address(str_of(path), r->language, r->arena)};
        text_format(&known, "%.*s ", STR(passkey_text(p->key.credential, r->arena)));
    }
    v->passkeys = found->n;
    v->passkey = rows;
    v->known = text_str(&known);
}

enum status passkey_own_show(const struct request *r, struct response *out, struct err *e)
{
    const struct person *person = &portal_visitor(r)->person;
    struct portal_view around = portal_view_of(r);
    struct str title = catalogue_text(catalogue_of(r->language), TEXT_PASSKEY_OWN_TITLE);
    struct webauthn_site site = {.host = S("")};
    struct passkey_own_view v = {.layout = portal_form_layout(&around, title, r->path, 0, r->arena),
                                 .is_offered = passkey_site(r, &site),
                                 .has_failed = form_has(&r->query, "fel"),
                                 .host = site.host,
                                 .city = city_settings(portal_of(r)->city)->name,
                                 .account = person->email,
                                 .script_href = S(ASSET_PASSKEY_JS),
                                 .action = request_address(S("/konto/passkey"), r->language, r->arena),
                                 .back = request_address(S("/konto"), r->language, r->arena)};
    struct passkeys found;

    TRY(handle_of(r, &v.person, e));
    TRY(passkeys_of(portal_db(r), person->id, r->arena, &found, e));
    add_rows(r, &found, &v);
    page_passkey_own(response_page(out), &v);
    return OK;
}

/* What was sent, as a new passkey; `why` says what is wrong with it. */
static bool read_new(const struct request *r, struct passkey *p, struct err *why)
{
    const struct webauthn_sent sent = passkey_sent(r);
    struct webauthn_site site;

    *p = (struct passkey){.person = portal_visitor(r)->person.id,
                          .key = {.credential = passkey_field(r, "id"), .spki = passkey_field(r, "key")},
                          .name = session_device(request_header(r, "User-Agent"), r->arena),
                          .made_at = r->now_at};
    if (!i64_from_str(form_raw(&r->form, "algorithm"), -65536, 0, &p->key.algorithm))
        p->key.algorithm = 0;
    return passkey_site(r, &site) &&
           webauthn_check_new(&site, passkey_challenge(r), &sent, &p->key, why) == OK;
}

enum status passkey_own_take(const struct request *r, struct response *out, struct err *e)
{
    const struct audit_line line = {
        .who = portal_who(r), .action = "account.passkey_add", .subject = portal_visitor(r)->person.id};
    struct db *db = portal_db(r);
    struct err why = {OK, ""};
    struct passkey p;

    if (!read_new(r, &p, &why))
        return portal_redirect(r, out, S("/konto/passkey?fel"));
    TRY(db_change(db, e));
    enum status s = passkey_add(db, &p, &why);
    if (s == OK)
        s = account_tell(r, &portal_visitor(r)->person, ACCOUNT_PASSKEY_ADDED, e);
    s = db_change_end(db, s, &line, e);
    if (s == REFUSED)
        return portal_redirect(r, out, S("/konto/passkey?fel"));
    TRY(s);
    return portal_redirect(r, out, S("/konto/passkey"));
}

/* One that is not there, or somebody else's, is nothing to tell of. */
static enum status remove_and_tell(const struct request *r, int64_t id, struct err *e)
{
    const struct person *person = &portal_visitor(r)->person;
    bool was_there = false;

    TRY(passkey_remove(portal_db(r), person->id, id, &was_there, e));
    return was_there ? account_tell(r, person, ACCOUNT_PASSKEY_REMOVED, e) : OK;
}

enum status passkey_own_remove(const struct request *r, struct response *out, struct err *e)
{
    int64_t person = portal_visitor(r)->person.id;
    const struct audit_line line = {
        .who = portal_who(r), .action = "account.passkey_remove", .subject = person};
    struct db *db = portal_db(r);

    TRY(db_change(db, e));
    TRY(db_change_end(db, remove_and_tell(r, request_id(r), e), &line, e));
    return portal_redirect(r, out, S("/konto/passkey"));
}

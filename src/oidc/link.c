/* One's own link to the municipality's provider. */
#include "oidc/link.h"

#include "account/account_letter.h"
#include "account/entrance.h"
#include "base/arena.h"
#include "calendar/stockholm.h"
#include "oidc/identity.h"
#include "oidc/oidc.h"
#include "oidc/oidc_view.h"
#include "oidc/told.h"
#include "pages.h"
#include "portal/portal.h"
#include "store/db.h"
#include "web/html.h"
#include "web/request.h"
#include "web/response.h"

#include <sodium.h>

static struct str title(const struct request *r, enum text_key key)
{
    const struct insertion name = insertion("name", entrance_provider(r));
    struct text t = text_open(r->arena);

    catalogue_write(&t, catalogue_of(r->language), key, &name, 1);
    return text_str(&t);
}

enum status linked_show(const struct request *r, struct response *out, struct err *e)
{
    struct portal_view around = portal_view_of(r);
    int64_t linked_at = 0;

    if (!oidc_of(r))
        return response_error(out, 404);
    TRY(identity_linked_at(portal_db(r), portal_visitor(r)->person.id, str_of(oidc_of(r)->settings.issuer),
                           &linked_at, e));
    const struct linked_view v = {
        .layout = portal_form_layout(&around, title(r, TEXT_ACCOUNT_PROVIDER_OWN), r->path, 0, r->arena),
        .provider = entrance_provider(r),
        .since = linked_at ? stockholm_day(linked_at, NULL) : (struct date){0},
        .is_saved = form_has(&r->query, "sparat"),
        .link_href = portal_href(r, "/konto/kommun/ga"),
        .unlink_action = portal_href(r, "/konto/kommun/ta-bort"),
        .back = portal_href(r, "/konto")};
    page_oidc_linked(response_page(out), &v);
    return OK;
}

static void mark_of(const struct request *r, unsigned char out[PENDING_MARK_BYTES])
{
    pending_session(request_cookie(r, SESSION_COOKIE), out);
}

enum status link_leave(const struct request *r, struct response *out, struct err *e)
{
    (void)e;
    if (!oidc_of(r))
        return response_error(out, 404);
    struct pending pending = pending_new(PENDING_LINK, r->language, portal_of(r)->outside);
    mark_of(r, pending.session);
    return oidc_leave(r, out, &pending);
}

/* What the provider has just proved, to this very session. */
static bool proven(const struct request *r, struct pending *out)
{
    unsigned char mark[PENDING_MARK_BYTES];

    mark_of(r, mark);
    return oidc_pending(r, out) && out->step == PENDING_PROVEN &&
           sodium_memcmp(mark, out->session, sizeof mark) == 0;
}

static struct oidc_confirm_view *confirm_view_of(const struct request *r, struct field_set *f)
{
    struct oidc_confirm_view *v = arena_new(r->arena, 1, struct oidc_confirm_view);

    v->fields = f;
    v->password = field_add(f, FIELD_PASSWORD, "password", TEXT_ACCOUNT_PASSWORD);
    v->password->autocomplete = "current-password";
    v->provider = entrance_provider(r);
    v->person = portal_visitor(r)->person.name;
    v->action = portal_href(r, "/konto/kommun/koppla");
    v->back = portal_href(r, "/konto/kommun");
    return v;
}

static void show(const struct request *r, struct response *out, struct oidc_confirm_view *v)
{
    struct portal_view around = portal_view_of(r);

    v->layout =
        portal_form_layout(&around, catalogue_text(catalogue_of(r->language), TEXT_OIDC_CONFIRM_TITLE),
                           r->path, v->fields->errors, r->arena);
    page_oidc_confirm(response_page(out), v);
}

enum status link_show(const struct request *r, struct response *out, struct err *e)
{
    struct pending pending;

    (void)e;
    if (!oidc_of(r))
        return response_error(out, 404);
    if (!proven(r, &pending))
        return told(r, out, TOLD_STALE, TOLD_OWNER);
    show(r, out, confirm_view_of(r, field_set_open(NULL, catalogue_of(r->language), r->arena)));
    return OK;
}

static enum status link_with_line(const struct request *r, const struct pending *pending, struct err *e)
{
    const struct identity identity = {.issuer = str_of(oidc_of(r)->settings.issuer),
                                      .subject = pending->subject};
    const struct person *person = &portal_visitor(r)->person;
    const struct audit_line line = {
        .who = portal_who(r), .action = "account.provider_link", .subject = person->id};
    struct db *db = portal_db(r);

    TRY(db_change(db, e));
    enum status s = identity_link(db, person->id, &identity, r->now_at, e);
    if (s == OK)
        s = account_tell(r, person, ACCOUNT_PROVIDER_LINKED, e);
    return db_change_end(db, s, &line, e);
}

enum status link_take(const struct request *r, struct response *out, struct err *e)
{
    struct pending pending;

    if (!oidc_of(r))
        return response_error(out, 404);
    if (!proven(r, &pending))
        return told(r, out, TOLD_STALE, TOLD_OWNER);
    if (!oidc_is_enough(&oidc_of(r)->settings, pending.acr, portal_visitor(r)->person.roles))
        return told(r, out, TOLD_LOW, TOLD_OWNER);
    struct oidc_confirm_view *v =
        confirm_view_of(r, field_set_open(&r->form, catalogue_of(r->language), r->arena));
    TRY(entrance_check_password(r, v->fields, v->password, e));
    if (v->fields->errors > 0) {
        show(r, out, v);
        return response_correct(out);
    }
    enum status s = link_with_line(r, &pending, e);
    if (s == REFUSED)
        return told(r, out, TOLD_TAKEN, TOLD_OWNER);
    TRY(s);
    pending_clear(out);
    return portal_redirect(r, out, S("/konto/kommun?sparat"));
}

/* Sessions that were opened through the provider end with it, wherever they are. */
static enum status forget(const struct request *r, struct err *e)
{
    const struct visitor *v = portal_visitor(r);
    bool was_linked = false;

    TRY(identity_unlink(portal_db(r), v->person.id, &was_linked, e));
    TRY(sessions_end(portal_db(r), v->person.id, v->session.id, e));
    return was_linked ? account_tell(r, &v->person, ACCOUNT_PROVIDER_UNLINKED, e) : OK;
}

enum status unlink_take(const struct request *r, struct response *out, struct err *e)
{
    const struct audit_line line = {
        .who = portal_who(r), .action = "account.provider_unlink", .subject = portal_visitor(r)->person.id};
    struct db *db = portal_db(r);

    if (!oidc_of(r))
        return response_error(out, 404);
    TRY(db_change(db, e));
    TRY(db_change_end(db, forget(r, e), &line, e));
    return portal_redirect(r, out, S("/konto/kommun?sparat"));
}

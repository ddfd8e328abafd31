/* One's own device for codes. */
#include "account/own_device.h"

#include "account/account_letter.h"
#include "account/account_view.h"
#include "account/device_form.h"
#include "account/entrance.h"
#include "account/recovery_page.h"
#include "base/arena.h"
#include "pages.h"
#include "portal/portal.h"
#include "store/db.h"
#include "web/html.h"
#include "web/request.h"
#include "web/response.h"

static struct field *add_password(struct field_set *f)
{
    struct field *x = field_add(f, FIELD_PASSWORD, "password", TEXT_ACCOUNT_PASSWORD);

    x->autocomplete = "current-password";
    return x;
}

static enum status device_view_of(const struct request *r, struct field_set *f, struct totp_secret *secret,
                                  struct device_view **out, struct err *e)
{
    struct second_factor former;

    TRY(second_factor_read(portal_of(r)->city, portal_db(r), portal_visitor(r)->person.id, &former, e));
    int64_t former_set_at = former.set_at;
    second_factor_wipe(&former);
    *out = device_form(r, f, former_set_at, secret);
    (*out)->password = add_password(f);
    (*out)->action = request_address(S("/konto/kod"), r->language, r->arena);
    (*out)->back = request_address(S("/konto"), r->language, r->arena);
    return OK;
}

static void show_device(const struct request *r, struct response *out, struct device_view *v)
{
    struct portal_view around = portal_view_of(r);

    v->layout =
        portal_form_layout(&around, catalogue_text(catalogue_of(r->language), TEXT_ACCOUNT_DEVICE_CHANGE),
                           r->path, v->fields->errors, r->arena);
    page_account_device(response_page(out), v);
}

enum status own_device_show(const struct request *r, struct response *out, struct err *e)
{
    struct totp_secret secret;
    struct device_view *v = NULL;

    TRY(device_view_of(r, field_set_open(NULL, catalogue_of(r->language), r->arena), &secret, &v, e));
    show_device(r, out, v);
    return OK;
}

/* All other sessions end with the former device. */
static enum status change_device(const struct request *r, const struct totp_secret *secret, int64_t step,
                                 struct str codes[RECOVERY_CODES], struct err *e)
{
    const struct visitor *v = portal_visitor(r);
    struct db *db = portal_db(r);

    TRY(db_begin(db, e));
    enum status s = device_form_keep(r, secret, step, codes, e);
    if (s == OK)
        s = sessions_end(db, v->person.id, v->session.id, e);
    return db_end(db, s, e);
}

enum status own_device_take(const struct request *r, struct response *out, struct err *e)
{
    struct str codes[RECOVERY_CODES];
    struct totp_secret secret;
    struct device_view *v = NULL;
    int64_t step = 0;

    TRY(device_view_of(r, field_set_open(&r->form, catalogue_of(r->language), r->arena), &secret, &v, e));
    device_form_check(r, v, &secret, &step);
    TRY(entrance_check_password(r, v->fields, v->password, e));
    if (v->fields->errors > 0) {
        show_device(r, out, v);
        return response_correct(out);
    }
    TRY(change_device(r, &secret, step, codes, e));
    recovery_codes_show(r, out, codes, (struct str){NULL, 0});
    return OK;
}

static struct recovery_ask_view *ask_view_of(const struct request *r, struct field_set *f)
{
    struct recovery_ask_view *v = arena_new(r->arena, 1, struct recovery_ask_view);

    v->fields = f;
    v->password = add_password(f);
    v->action = request_address(S("/konto/aterstallningskoder"), r->language, r->arena);
    v->back = request_address(S("/konto"), r->language, r->arena);
    return v;
}

static void show_ask(const struct request *r, struct response *out, struct recovery_ask_view *v)
{
    struct portal_view around = portal_view_of(r);

    v->layout =
        portal_form_layout(&around, catalogue_text(catalogue_of(r->language), TEXT_ACCOUNT_RECOVERY_NEW),
                           r->path, v->fields->errors, r->arena);
    page_account_recovery_ask(response_page(out), v);
}

enum status own_recovery_show(const struct request *r, struct response *out, struct err *e)
{
    (void)e;
    show_ask(r, out, ask_view_of(r, field_set_open(NULL, catalogue_of(r->language), r->arena)));
    return OK;
}

static enum status make_codes(const struct request *r, struct str codes[RECOVERY_CODES], struct err *e)
{
    const struct person *person = &portal_visitor(r)->person;
    const struct audit_line line = {
        .who = portal_who(r), .action = "account.recovery_codes", .subject = person->id};
    struct db *db = portal_db(r);

    TRY(db_change(db, e));
    enum status s = recovery_codes_make(db, portal_of(r)->outside, person->id, r->arena, codes, e);
    if (s == OK)
        s = account_tell(r, person, ACCOUNT_RECOVERY_CODES, e);
    return db_change_end(db, s, &line, e);
}

enum status own_recovery_take(const struct request *r, struct response *out, struct err *e)
{
    struct str codes[RECOVERY_CODES];
    struct recovery_ask_view *v =
        ask_view_of(r, field_set_open(&r->form, catalogue_of(r->language), r->arena));

    TRY(entrance_check_password(r, v->fields, v->password, e));
    if (v->fields->errors > 0) {
        show_ask(r, out, v);
        return response_correct(out);
    }
    TRY(make_codes(r, codes, e));
    recovery_codes_show(r, out, codes, (struct str){NULL, 0});
    return OK;
}

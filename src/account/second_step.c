/* The second step of signing in. */
#include "account/second_step.h"

#include "account/account_view.h"
#include "account/attempts.h"
#include "account/device_form.h"
#include "account/entrance.h"
#include "account/recovery_page.h"
#include "account/second_factor.h"
#include "base/arena.h"
#include "pages.h"
#include "portal/portal.h"
#include "store/city.h"
#include "store/db.h"
#include "web/html.h"
#include "web/request.h"
#include "web/response.h"

/* What is guessed at in this step: a person's codes, of both kinds together. */
static struct str guessed(const struct request *r)
{
    return str_of(arena_printf(r->arena, "code %s", person_in_log(portal_visitor(r)->person.id, r->arena)));
}

static enum status read_factor(const struct request *r, struct second_factor *x, struct err *e)
{
    return second_factor_read(portal_of(r)->city, portal_db(r), portal_visitor(r)->person.id, x, e);
}

static struct code_view *code_view_of(const struct request *r, struct field_set *f, enum field_kind kind,
                                      enum text_key label, const char *action, const char *other)
{
    struct code_view *v = arena_new(r->arena, 1, struct code_view);

    v->fields = f;
    v->code = field_add(f, kind, "code", label);
    v->code->autocomplete = kind == FIELD_CODE ? "one-time-code" : NULL;
    v->code->width = "n8";
    v->target = entrance_target(r);
    v->action = request_address(str_of(action), r->language, r->arena);
    v->other_href = entrance_step(r, other);
    return v;
}

/* An example account's codes are for everyone to try: the one of now, or the next that has not been used. */
static void add_example(const struct request *r, struct code_view *v, const struct second_factor *x)
{
    char code[TOTP_DIGITS + 1];
    int64_t step = totp_step(r->now_at);

    if (!x->is_example)
        return;
    totp_code(&x->secret, step > x->last_step ? step : x->last_step + 1, code);
    v->example_code = str_copy(str_of(code), r->arena);
}

static struct code_view *device_code_view(const struct request *r, struct field_set *f,
                                          const struct second_factor *x)
{
    struct code_view *v =
        code_view_of(r, f, FIELD_CODE, TEXT_ACCOUNT_CODE, "/logga-in/kod", "/logga-in/aterstallningskod");

    add_example(r, v, x);
    return v;
}

static void show_code(const struct request *r, struct response *out, struct code_view *v)
{
    struct portal_view around = portal_view_of(r);

    v->layout =
        portal_form_layout(&around, catalogue_text(catalogue_of(r->language), TEXT_ACCOUNT_CODE_TITLE),
                           r->path, v->fields->errors, r->arena);
    page_account_code(response_page(out), v);
}

enum status code_show(const struct request *r, struct response *out, struct err *e)
{
    struct second_factor x;

    TRY(read_factor(r, &x, e));
    if (!x.is_set)
        return response_redirect(out, entrance_step(r, "/logga-in/kod/ny"));
    show_code(r, out, device_code_view(r, field_set_open(NULL, catalogue_of(r->language), r->arena), &x));
    second_factor_wipe(&x);
    return OK;
}

/* The code is used together with the sign-in it opens, or not at all; *is_right is false when somebody else
 * has used it meanwhile. */
static enum status enter_with_code(const struct request *r, struct response *out, int64_t step,
                                   bool *is_right, struct err *e)
{
    const struct person *person = &portal_visitor(r)->person;
    struct db *db = portal_db(r);

    TRY(db_begin(db, e));
    enum status s = second_factor_use(db, person->id, step, is_right, e);
    if (s == OK && *is_right)
        s = entrance_open(r, out, person, SESSION_WHOLE, "password+code", e);
    return db_end(db, s, e);
}

/* Tries what was typed: signed in, or the fault at its field. */
static enum status try_code(const struct request *r, struct response *out, struct code_view *v,
                            const struct second_factor *x, struct err *e)
{
    bool is_right = false;
    int64_t step = 0;

    if (!entrance_may_try(r, v->fields, v->code, guessed(r)))
        return OK;
    if (totp_matches(&x->secret, form_raw(&r->form, "code"), r->now_at, x->last_step, &step))
        TRY(enter_with_code(r, out, step, &is_right, e));
    if (is_right) {
        entrance_was_right(r, guessed(r));
        return OK;
    }
    field_wrong(v->fields, v->code, TEXT_ACCOUNT_CODE_WRONG);
    return entrance_note_failure(r, portal_visitor(r)->person.id, "code", e);
}

enum status code_take(const struct request *r, struct response *out, struct err *e)
{
    struct second_factor x;

    TRY(read_factor(r, &x, e));
    if (!x.is_set)
        return response_redirect(out, entrance_step(r, "/logga-in/kod/ny"));
    struct code_view *v =
        device_code_view(r, field_set_open(&r->form, catalogue_of(r->language), r->arena), &x);
    enum status s = try_code(r, out, v, &x, e);
    second_factor_wipe(&x);
    TRY(s);
    if (v->fields->errors == 0)
        return entrance_go_on(r, out);
    show_code(r, out, v);
    return response_correct(out);
}

static struct code_view *recovery_view_of(const struct request *r, struct field_set *f)
{
    return code_view_of(r, f, FIELD_TEXT, TEXT_ACCOUNT_RECOVERY_CODE, "/logga-in/aterstallningskod",
                        "/logga-in/kod");
}

static void show_recovery(const struct request *r, struct response *out, struct code_view *v)
{
    struct portal_view around = portal_view_of(r);

    v->layout =
        portal_form_layout(&around, catalogue_text(catalogue_of(r->language), TEXT_ACCOUNT_RECOVERY_TITLE),
                           r->path, v->fields->errors, r->arena);
    page_account_recovery(response_page(out), v);
}

enum status recovery_show(const struct request *r, struct response *out, struct err *e)
{
    (void)e;
    show_recovery(r, out, recovery_view_of(r, field_set_open(NULL, catalogue_of(r->language), r->arena)));
    return OK;
}

/* Uses the code and signs in, or neither. */
static enum status enter_with_recovery(const struct request *r, struct response *out, bool *is_right,
                                       struct err *e)
{
    const struct person *person = &portal_visitor(r)->person;
    struct db *db = portal_db(r);

    TRY(db_begin(db, e));
    enum status s = recovery_code_use(db, person->id, form_raw(&r->form, "code"), is_right, e);
    if (s == OK && *is_right)
        s = entrance_open(r, out, person, SESSION_WHOLE, "password+recovery", e);
    return db_end(db, s, e);
}

static enum status try_recovery(const struct request *r, struct response *out, struct code_view *v,
                                struct err *e)
{
    bool is_right = false;

    if (!entrance_may_try(r, v->fields, v->code, guessed(r)))
        return OK;
    TRY(enter_with_recovery(r, out, &is_right, e));
    if (is_right) {
        entrance_was_right(r, guessed(r));
        return OK;
    }
    field_wrong(v->fields, v->code, TEXT_ACCOUNT_RECOVERY_WRONG);
    return entrance_note_failure(r, portal_visitor(r)->person.id, "recovery code", e);
}

enum status recovery_take(const struct request *r, struct response *out, struct err *e)
{
    struct code_view *v = recovery_view_of(r, field_set_open(&r->form, catalogue_of(r->language), r->arena));

    TRY(try_recovery(r, out, v, e));
    if (v->fields->errors == 0)
        return entrance_go_on(r, out);
    show_recovery(r, out, v);
    return response_correct(out);
}

static struct device_view *device_view_of(const struct request *r, struct field_set *f,
                                          struct totp_secret *secret)
{
    struct device_view *v = device_form(r, f, 0, secret);

    v->target = entrance_target(r);
    v->action = request_address(S("/logga-in/kod/ny"), r->language, r->arena);
    return v;
}

static void show_device(const struct request *r, struct response *out, struct device_view *v)
{
    struct portal_view around = portal_view_of(r);

    v->layout =
        portal_form_layout(&around, catalogue_text(catalogue_of(r->language), TEXT_ACCOUNT_DEVICE_TITLE),
                           r->path, v->fields->errors, r->arena);
    page_account_device(response_page(out), v);
}

enum status device_show(const struct request *r, struct response *out, struct err *e)
{
    struct second_factor x;
    struct totp_secret secret;

    TRY(read_factor(r, &x, e));
    bool is_set = x.is_set;
    second_factor_wipe(&x);
    if (is_set)
        return response_redirect(out, entrance_step(r, "/logga-in/kod"));
    show_device(r, out,
                device_view_of(r, field_set_open(NULL, catalogue_of(r->language), r->arena), &secret));
    return OK;
}

/* Nobody's device is changed by who has only a password: that needs a whole session. */
static enum status refuse_second(const struct request *r, struct err *e)
{
    struct second_factor x;

    TRY(read_factor(r, &x, e));
    bool is_set = x.is_set;
    second_factor_wipe(&x);
    return is_set ? err_set(e, REFUSED, "the account has a device for codes already") : OK;
}

/* Device, recovery codes and the whole session: all or none. */
static enum status enter_with_device(const struct request *r, struct response *out,
                                     const struct totp_secret *secret, int64_t step,
                                     struct str codes[RECOVERY_CODES], struct err *e)
{
    struct db *db = portal_db(r);

    TRY(db_begin(db, e));
    enum status s = refuse_second(r, e);
    if (s == OK)
        s = device_form_keep(r, secret, step, codes, e);
    if (s == OK)
        s = entrance_open(r, out, &portal_visitor(r)->person, SESSION_WHOLE, "password+code", e);
    return db_end(db, s, e);
}

enum status device_take(const struct request *r, struct response *out, struct err *e)
{
    struct field_set *f = field_set_open(&r->form, catalogue_of(r->language), r->arena);
    struct str codes[RECOVERY_CODES];
    struct totp_secret secret;
    int64_t step = 0;
    struct device_view *v = device_view_of(r, f, &secret);

    if (!device_form_check(r, v, &secret, &step)) {
        show_device(r, out, v);
        return response_correct(out);
    }
    TRY(enter_with_device(r, out, &secret, step, codes, e));
    recovery_codes_show(r, out, codes, v->target);
    return OK;
}

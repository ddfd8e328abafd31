/* The form that sets up a device for codes. */
#include "account/device_form.h"

#include "account/account_letter.h"
#include "account/account_view.h"
#include "base/arena.h"
#include "portal/portal.h"
#include "store/city.h"
#include "store/db.h"
#include "web/request.h"

#include <inttypes.h>

static void offer(const struct request *r, int64_t former_set_at, struct totp_secret *secret)
{
    const char *purpose = arena_printf(r->arena, "Lykta device for codes after %" PRId64, former_set_at);

    session_key(request_cookie(r, SESSION_COOKIE), purpose, secret->bytes, sizeof secret->bytes);
}

/* "Lykta Lund": what the app shows above the code. */
static struct str issuer_of(const struct request *r)
{
    return str_of(arena_printf(r->arena, "Lykta %.*s", STR(city_settings(portal_of(r)->city)->name)));
}

struct device_view *device_form(const struct request *r, struct field_set *f, int64_t former_set_at,
                                struct totp_secret *secret)
{
    struct device_view *v = arena_new(r->arena, 1, struct device_view);

    offer(r, former_set_at, secret);
    v->fields = f;
    v->words = totp_words(secret, r->arena);
    v->address = totp_address(secret, issuer_of(r), portal_visitor(r)->person.email, r->arena);
    v->code = field_add(f, FIELD_CODE, "code", TEXT_ACCOUNT_DEVICE_CODE);
    v->code->autocomplete = "one-time-code";
    v->code->width = "n8";
    return v;
}

bool device_form_check(const struct request *r, struct device_view *v, const struct totp_secret *secret,
                       int64_t *step)
{
    return totp_matches(secret, form_raw(&r->form, "code"), r->now_at, 0, step) ||
           field_wrong(v->fields, v->code, TEXT_ACCOUNT_DEVICE_CODE_WRONG);
}

static enum status keep(const struct request *r, const struct second_factor *x,
                        struct str codes[RECOVERY_CODES], struct err *e)
{
    const struct portal *p = portal_of(r);
    const struct person *person = &portal_visitor(r)->person;

    TRY(second_factor_set(p->city, portal_db(r), p->outside, person->id, x, e));
    TRY(recovery_codes_make(portal_db(r), p->outside, person->id, r->arena, codes, e));
    return account_tell(r, person, ACCOUNT_DEVICE, e);
}

enum status device_form_keep(const struct request *r, const struct totp_secret *secret, int64_t step,
                             struct str codes[RECOVERY_CODES], struct err *e)
{
    const struct second_factor x = {.set_at = r->now_at, .last_step = step, .secret = *secret};
    const struct audit_line line = {
        .who = portal_who(r), .action = "account.device", .subject = portal_visitor(r)->person.id};

    TRY(db_change(portal_db(r), e));
    return db_change_end(portal_db(r), keep(r, &x, codes, e), &line, e);
}

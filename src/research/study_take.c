/* What is sent of an application's forms. */
#include "research/handlers.h"

#include "base/arena.h"
#include "calendar/stockholm.h"
#include "portal/portal.h"
#include "research/study_decide.h"
#include "research/study_form.h"
#include "web/request.h"
#include "web/response.h"

#include <inttypes.h>

static int64_t version_sent(const struct request *r)
{
    int64_t version = 0;

    (void)form_i64(&r->form, "version", 1, INT64_MAX, &version);
    return version;
}

static enum status ask_again(const struct request *r, const struct study *x, struct study_view *v,
                             struct response *out, struct err *e)
{
    TRY(study_view_draw(r, x, v, out, e));
    return response_correct(out);
}

static enum status back_to_study(const struct request *r, struct response *out)
{
    return portal_redirect(r, out,
                           str_of(arena_printf(r->arena, "/programmet/forskning/%" PRId64, request_id(r))));
}

/* The form is not on the page: it was decided, advised or ended meanwhile. */
static enum status is_gone(const struct study *x, struct err *e)
{
    return err_set(e, REFUSED, "application %" PRId64 " has come further meanwhile: read it again", x->id);
}

enum status study_advise_take(const struct request *r, struct response *out, struct err *e)
{
    const struct who who = portal_who(r);
    struct study_advice advice = {.study = request_id(r), .version = version_sent(r), .by = study_person(r)};
    struct study x;
    struct study_view v;
    size_t choice = 0;
    bool is_there = false;

    TRY(study_asked(r, &x, &is_there, out, e));
    if (!is_there)
        return OK;
    TRY(study_view_begin(r, &x, &r->form, &v, e));
    if (!v.is_asking_advice)
        return is_gone(&x, e);
    field_choice(v.fields, v.advice, &choice);
    field_str(v.fields, v.advice_words, STUDY_WORDS_LETTERS, &advice.words);
    if (v.fields->errors > 0)
        return ask_again(r, &x, &v, out, e);
    advice.is_to_grant = choice == 0;
    TRY(study_advise(portal_of(r)->city, portal_db(r), &advice, &who, e));
    return back_to_study(r, out);
}

static bool read_grant(const struct request *r, const struct study *x, struct study_view *v,
                       struct study_decision *d)
{
    struct field_set *f = v->fields;
    const struct date today = stockholm_day(r->now_at, NULL);

    field_date(f, v->until, today, x->ethics_until, &d->until);
    field_str(f, v->words, STUDY_WORDS_LETTERS, &d->words);
    d->granted = study_chosen(v, &r->form, r->arena);
    v->has_no_choice = d->granted.n == 0;
    return f->errors == 0 && !v->has_no_choice;
}

enum status study_grant_take(const struct request *r, struct response *out, struct err *e)
{
    const struct who who = portal_who(r);
    struct study_decision d = {.study = request_id(r), .version = version_sent(r), .by = study_person(r)};
    struct study x;
    struct study_view v;
    bool is_there = false;

    TRY(study_asked(r, &x, &is_there, out, e));
    if (!is_there)
        return OK;
    TRY(study_view_begin(r, &x, &r->form, &v, e));
    if (!v.may_grant)
        return is_gone(&x, e);
    if (!read_grant(r, &x, &v, &d))
        return ask_again(r, &x, &v, out, e);
    TRY(study_grant(portal_of(r)->city, portal_db(r), portal_of(r)->outside, &d, &who, e));
    return back_to_study(r, out);
}

enum reasons_for { TO_REFUSE, TO_END };

/* Refusing, or ending an access: reasons alone are sent. */
static enum status take_reasons(const struct request *r, enum reasons_for what, struct response *out,
                                struct err *e)
{
    const struct who who = portal_who(r);
    struct study_decision d = {.study = request_id(r), .version = version_sent(r), .by = study_person(r)};
    struct study x;
    struct study_view v;
    bool is_there = false;

    TRY(study_asked(r, &x, &is_there, out, e));
    if (!is_there)
        return OK;
    TRY(study_view_begin(r, &x, &r->form, &v, e));
    if (what == TO_END ? !v.may_end : !v.is_deciding)
        return is_gone(&x, e);
    field_str(v.fields, v.refusal, STUDY_WORDS_LETTERS, &d.words);
    if (v.fields->errors > 0)
        return ask_again(r, &x, &v, out, e);
    TRY(what == TO_END ? study_end(portal_of(r)->city, portal_db(r), &d, &who, e)
                       : study_refuse(portal_of(r)->city, portal_db(r), &d, &who, e));
    return back_to_study(r, out);
}

enum status study_refuse_take(const struct request *r, struct response *out, struct err *e)
{
    return take_reasons(r, TO_REFUSE, out, e);
}

enum status study_end_take(const struct request *r, struct response *out, struct err *e)
{
    return take_reasons(r, TO_END, out, e);
}

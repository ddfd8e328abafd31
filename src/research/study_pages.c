/* For the programme: the applications, and one of them with its forms. */
#include "research/handlers.h"

#include "base/arena.h"
#include "calendar/stockholm.h"
#include "pages.h"
#include "portal/portal.h"
#include "programme/programme.h"
#include "research/research_view.h"
#include "research/study.h"
#include "research/study_form.h"
#include "web/html.h"
#include "web/request.h"
#include "web/response.h"

#include <inttypes.h>

/* A form has at most FORM_MAX_FIELDS fields, the others among them. */
enum { MOST_TICKED = FORM_MAX_FIELDS - 40 };

struct study_row study_row_of(const struct study *study, int64_t now_at)
{
    struct study_row row = {.study = study};

    if (study->state == STUDY_NEW) {
        row.day = study_decide_by(study->confirmed_at);
        row.standing =
            date_days(row.day) < date_days(stockholm_day(now_at, NULL)) ? STUDY_IS_LATE : STUDY_WAITS;
    } else if (study->state == STUDY_REFUSED) {
        row.standing = STUDY_IS_REFUSED;
        row.day = stockholm_day(study->decided_at, NULL);
    } else {
        row.standing = study_is_open(study, now_at) ? STUDY_IS_OPEN : STUDY_IS_OVER;
        row.day = stockholm_day(study->ended_at > 0 ? study->ended_at : study->ends_at - 1, NULL);
    }
    return row;
}

static struct str study_href(const struct request *r, int64_t id, const char *rest)
{
    return portal_href(r, arena_printf(r->arena, "/programmet/forskning/%" PRId64 "%s", id, rest));
}

static struct study_row linked_row(const struct request *r, const struct study *study)
{
    struct study_row row = study_row_of(study, r->now_at);

    row.href = study_href(r, study->id, "");
    row.results_href = study->results != RESULTS_NONE ? study_href(r, study->id, "/resultat") : S("");
    return row;
}

enum status studies_show(const struct request *r, struct response *out, struct err *e)
{
    struct studies all;
    bool is_there = false;

    TRY(research_is_here(r, &is_there, out, e));
    if (!is_there)
        return OK;
    TRY(study_list(portal_db(r), r->arena, &all, e));
    struct study_row *rows = arena_new(r->arena, all.n, struct study_row);
    for (size_t i = 0; i < all.n; i++)
        rows[i] = linked_row(r, &all.study[i]);
    struct studies_view v = {.layout = research_layout(r, TEXT_RESEARCH_APPLICATIONS, 0),
                             .n = all.n,
                             .row = rows,
                             .back_href = portal_href(r, "/programmet"),
                             .public_href = portal_href(r, "/forskning")};
    page_studies(response_page(out), &v);
    return OK;
}

/* The application of the address, in *x; *is_there is false, and the answer given, when there is none. */
enum status study_asked(const struct request *r, struct study *x, bool *is_there, struct response *out,
                        struct err *e)
{
    TRY(research_is_here(r, is_there, out, e));
    if (!*is_there)
        return OK;
    TRY(study_find(portal_db(r), request_id(r), r->arena, x, e));
    *is_there = x->id != 0;
    return *is_there ? OK : response_error(out, 404);
}

int64_t study_person(const struct request *r)
{
    return portal_visitor(r)->person.id;
}

/* Was `value` ticked in the form that was sent? Before one was sent, everything is. */
static bool is_ticked(const struct form *sent, struct str value)
{
    for (size_t i = 0; sent && i < sent->n; i++)
        if (str_is(sent->fields[i].name, "release") && str_equal(sent->fields[i].value, value))
            return true;
    return !sent;
}

static bool is_listed(const struct study_view *v, struct str value)
{
    for (size_t i = 0; i < v->choices; i++)
        if (str_equal(v->choice[i].value, value))
            return true;
    return false;
}

/* What the programme has that can be granted: releases of cities that take part, one by one while a form has
 * room for them, or else all cities of a period together. */
static enum status add_choices(const struct request *r, const struct form *sent, struct study_view *v,
                               struct err *e)
{
    TRY(programme_arrivals(portal_of(r)->city, portal_db(r), r->now_at, r->arena, &v->arrivals, e));
    bool is_by_release = v->arrivals.accepted <= MOST_TICKED;
    struct release_choice *choice = arena_new(r->arena, v->arrivals.accepted, struct release_choice);
    v->choice = choice;
    for (size_t i = 0; i < v->arrivals.accepted; i++) {
        const struct city_release *x = &v->arrivals.arrival[i].release;
        const struct str period = study_period(x->first_year, x->last_year, r->arena);
        const struct str value = is_by_release ? x->manifest_hash : period;

        if (is_listed(v, value))
            continue;
        choice[v->choices++] = (struct release_choice){
            .value = value,
            .city = is_by_release ? x->city : portal_text(r, TEXT_RESEARCH_ALL_CITIES),
            .period = period,
            .release = is_by_release ? x->name : S(""),
            .is_chosen = is_ticked(sent, value)};
    }
    return OK;
}

struct study_grants study_chosen(const struct study_view *v, const struct form *sent, struct arena *a)
{
    struct study_grants out = {.release = arena_new(a, v->arrivals.accepted, struct study_release)};

    for (size_t i = 0; i < v->arrivals.accepted; i++) {
        const struct city_release *x = &v->arrivals.arrival[i].release;

        if (is_ticked(sent, x->manifest_hash) ||
            is_ticked(sent, study_period(x->first_year, x->last_year, a)))
            out.release[out.n++] = (struct study_release){.manifest_hash = x->manifest_hash,
                                                          .release = x->name,
                                                          .city = x->city,
                                                          .first_year = x->first_year,
                                                          .last_year = x->last_year};
    }
    return out;
}

static void ask_advice(const struct request *r, struct study_view *v)
{
    struct field_set *f = v->fields;

    v->advice = field_add(f, FIELD_RADIOS, "advice", TEXT_RESEARCH_ADVICE);
    field_option(f, v->advice, S("yes"), portal_text(r, TEXT_RESEARCH_ADVICE_YES), false);
    field_option(f, v->advice, S("no"), portal_text(r, TEXT_RESEARCH_ADVICE_NO), false);
    v->advice_words = field_add(f, FIELD_AREA, "words", TEXT_RESEARCH_REASONS);
}

/* The forms of a page have a set of questions together, with names that differ: one of them is sent. */
static void ask_decision(struct study_view *v)
{
    struct field_set *f = v->fields;

    if (v->may_grant) {
        v->until = field_add(f, FIELD_DATE, "until", TEXT_RESEARCH_GRANT_UNTIL);
        field_hint(f, v->until, TEXT_RESEARCH_GRANT_UNTIL_HINT);
        v->words = field_add(f, FIELD_AREA, "grant_words", TEXT_RESEARCH_REASONS);
        field_hint(f, v->words, TEXT_RESEARCH_REASONS_HINT);
    }
    v->refusal = field_add(f, FIELD_AREA, "refusal", TEXT_RESEARCH_REASONS);
    field_hint(f, v->refusal, TEXT_RESEARCH_REASONS_HINT);
}

static struct date earlier(struct date a, struct date b)
{
    return date_days(a) < date_days(b) ? a : b;
}

enum status study_view_begin(const struct request *r, const struct study *x, const struct form *sent,
                             struct study_view *v, struct err *e)
{
    bool may_advise = portal_may(r, PERMISSION_RESEARCH_ADVISE);
    bool may_decide = portal_may(r, PERMISSION_RESEARCH_DECIDE);
    bool is_new = x->state == STUDY_NEW;

    *v = (struct study_view){.row = linked_row(r, x),
                             .fields = field_set_open(sent, catalogue_of(r->language), r->arena)};
    v->is_own_advice = x->advised_at > 0 && x->advised_by == study_person(r);
    v->is_asking_advice = is_new && may_advise;
    v->is_deciding = is_new && may_decide;
    v->may_grant = v->is_deciding && x->is_advised_to && !v->is_own_advice;
    v->may_end = may_decide && study_is_open(x, r->now_at);
    if (v->is_asking_advice)
        ask_advice(r, v);
    if (v->is_deciding)
        ask_decision(v);
    if (v->may_grant) {
        field_start_date(v->fields, v->until, earlier(x->wanted_until, x->ethics_until));
        TRY(add_choices(r, sent, v, e));
    }
    if (v->may_end)
        v->refusal = field_add(v->fields, FIELD_AREA, "refusal", TEXT_RESEARCH_REASONS);
    return OK;
}

enum status study_view_draw(const struct request *r, const struct study *x, struct study_view *v,
                            struct response *out, struct err *e)
{
    TRY(study_granted(portal_db(r), x->id, r->arena, &v->granted, e));
    v->layout = research_layout(r, TEXT_RESEARCH_APPLICATION, v->fields->errors);
    v->applied = stockholm_day(x->applied_at, NULL);
    v->advised = stockholm_day(x->advised_at, NULL);
    v->decided = stockholm_day(x->decided_at, NULL);
    v->agreed = stockholm_day(x->agreed_at, NULL);
    v->read = stockholm_day(x->read_at, NULL);
    v->ended = stockholm_day(x->ended_at, NULL);
    v->advise_href = study_href(r, x->id, "/yttrande");
    v->grant_href = study_href(r, x->id, "/bevilja");
    v->refuse_href = study_href(r, x->id, "/avsla");
    v->end_href = study_href(r, x->id, "/avsluta");
    v->back_href = portal_href(r, "/programmet/forskning");
    page_study(response_page(out), v);
    return OK;
}

enum status study_show(const struct request *r, struct response *out, struct err *e)
{
    struct study x;
    struct study_view v;
    bool is_there = false;

    TRY(study_asked(r, &x, &is_there, out, e));
    if (!is_there)
        return OK;
    TRY(study_view_begin(r, &x, NULL, &v, e));
    return study_view_draw(r, &x, &v, out, e);
}

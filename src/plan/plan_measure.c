/* One measure: shown, followed up, made and changed. */
#include "plan/handlers.h"

#include "base/arena.h"
#include "network/organisation.h"
#include "pages.h"
#include "plan/plan_view.h"
#include "portal/portal.h"
#include "store/db.h"
#include "web/html.h"
#include "web/request.h"
#include "web/response.h"

#include <inttypes.h>

enum { FIRST_YEAR = 2020, LAST_YEAR = 2100 };

static const char *path_of(const struct request *r, int64_t id, const char *end)
{
    return arena_printf(r->arena, "/plan/matt/%" PRId64 "%s", id, end);
}

static enum status find(const struct request *r, struct measure *m, struct response *out, bool *is_there,
                        struct err *e)
{
    enum status s = measure_find(portal_db(r), request_id(r), r->arena, m, e);

    *is_there = s == OK;
    return s == REFUSED ? response_error(out, 404) : s;
}

/* A coordinator reports on any measure, others on those of their own organisation. */
static enum status may_report(const struct request *r, const struct measure *m, bool *may, struct err *e)
{
    int64_t own = 0;

    *may = portal_may(r, PERMISSION_PLAN_CHANGE);
    if (*may || !portal_may(r, PERMISSION_PLAN_REPORT))
        return OK;
    TRY(plan_own_organisation(r, &own, e));
    *may = own != 0 && own == m->owner;
    return OK;
}

static struct field *state_field(struct field_set *f, enum measure_state now)
{
    struct field *x = field_add(f, FIELD_RADIOS, "state", TEXT_PLAN_STATE);

    for (int i = 0; i < MEASURE_STATES; i++)
        field_option(f, x, str_of(measure_state_code((enum measure_state)i)),
                     catalogue_text(f->texts, measure_state_words((enum measure_state)i)),
                     (enum measure_state)i == now);
    return x;
}

static enum status add_steps(const struct request *r, struct measure_view *v, struct err *e)
{
    struct measure_step *steps = NULL;

    TRY(measure_steps(portal_db(r), v->card.measure->id, r->arena, &steps, &v->steps, e));
    struct step_row *rows = arena_new(r->arena, v->steps, struct step_row);
    for (size_t i = 0; i < v->steps; i++)
        rows[i] = (struct step_row){date_of(steps[i].at), measure_state_words(steps[i].state), steps[i].note};
    v->step = rows;
    return OK;
}

static void add_report_form(const struct request *r, const struct form *sent, struct measure_view *v)
{
    v->fields = field_set_open(sent, catalogue_of(r->language), r->arena);
    v->state = state_field(v->fields, v->card.measure->state);
    v->note = field_add(v->fields, FIELD_AREA, "note", TEXT_PLAN_STEP_NOTE);
    field_hint(v->fields, v->note, TEXT_PLAN_STEP_NOTE_HINT);
    v->note->is_optional = true;
}

static enum status draw(const struct request *r, const struct measure *m, struct measure_view *v,
                        struct response *out, struct err *e)
{
    struct portal_view around = portal_view_of(r);

    v->layout = portal_form_layout(&around, m->title, r->path, v->fields->errors, r->arena);
    v->card = (struct measure_card){.measure = m,
                                    .goal = plan_goal_words(m->goal),
                                    .state = measure_state_words(m->state),
                                    .is_overdue = measure_is_overdue(m, around.today)};
    v->may_change = portal_may(r, PERMISSION_PLAN_CHANGE);
    v->report_href = portal_href(r, path_of(r, m->id, "/lage"));
    v->change_href = portal_href(r, path_of(r, m->id, "/andra"));
    v->remove_href = portal_href(r, path_of(r, m->id, "/ta-bort"));
    v->back_href = portal_href(r, "/plan");
    TRY(add_steps(r, v, e));
    page_plan_measure(response_page(out), v);
    return OK;
}

enum status measure_show(const struct request *r, struct response *out, struct err *e)
{
    struct measure *m = arena_new(r->arena, 1, struct measure);
    struct measure_view v = {.card = {.measure = m}};
    bool is_there = false;

    TRY(find(r, m, out, &is_there, e));
    if (!is_there)
        return OK;
    TRY(may_report(r, m, &v.may_report, e));
    add_report_form(r, NULL, &v);
    return draw(r, m, &v, out, e);
}

enum status measure_report(const struct request *r, struct response *out, struct err *e)
{
    struct measure *m = arena_new(r->arena, 1, struct measure);
    struct measure_view v = {.card = {.measure = m}};
    const struct who who = portal_who(r);
    struct str note = S("");
    bool is_there = false;
    size_t state = 0;

    TRY(find(r, m, out, &is_there, e));
    if (!is_there)
        return OK;
    TRY(may_report(r, m, &v.may_report, e));
    if (!v.may_report)
        return response_error(out, 403);
    add_report_form(r, &r->form, &v);
    field_choice(v.fields, v.state, &state);
    field_str(v.fields, v.note, MEASURE_TEXT_LETTERS, &note);
    if (v.fields->errors == 0) {
        TRY(measure_follow_up(portal_db(r), m->id, (enum measure_state)state, note, &who, e));
        return portal_redirect(r, out,
                               str_is(form_value(&r->form, "till"), "egna") ? S("/plan?visa=egna")
                                                                            : str_of(path_of(r, m->id, "")));
    }
    TRY(draw(r, m, &v, out, e));
    return response_correct(out);
}

/* The questions about a measure; `m` is what stands in the database, or all empty. */
struct measure_form {
    struct field_set *fields;
    struct field *goal, *title, *owner, *done_when, *deadline, *legal, *evidence, *note;
    struct organisations members;
};

static struct field *area(struct field_set *f, const char *name, enum text_key label, enum text_key hint,
                          struct str saved)
{
    struct field *x = field_add(f, FIELD_AREA, name, label);

    field_hint(f, x, hint);
    field_start(f, x, saved);
    x->is_optional = true;
    return x;
}

static void add_goals(struct measure_form *q, const struct measure *m)
{
    q->goal = field_add(q->fields, FIELD_RADIOS, "goal", TEXT_PLAN_GOAL);
    for (int i = 0; i < PLAN_GOALS; i++)
        field_option(q->fields, q->goal, str_of(plan_goal_code((enum plan_goal)i)),
                     catalogue_text(q->fields->texts, plan_goal_words((enum plan_goal)i)),
                     m->id != 0 && (enum plan_goal)i == m->goal);
}

static enum status add_owners(const struct request *r, struct measure_form *q, const struct measure *m,
                              struct err *e)
{
    const struct organisation_filter filter = {.states =
                                                   1U << ORGANISATION_MEMBER | 1U << ORGANISATION_LISTED};

    TRY(organisation_list(portal_db(r), &filter, r->arena, &q->members, e));
    q->owner = field_add(q->fields, FIELD_SELECT, "owner", TEXT_PLAN_OWNER);
    field_hint(q->fields, q->owner, TEXT_PLAN_OWNER_HINT);
    field_option(q->fields, q->owner, S("0"), catalogue_text(q->fields->texts, TEXT_PLAN_OWNER_NONE),
                 m->owner == 0);
    for (size_t i = 0; i < q->members.n; i++) {
        const struct organisation *o = &q->members.organisation[i];

        field_option(q->fields, q->owner, str_of(arena_printf(r->arena, "%" PRId64, o->id)), o->name,
                     o->id == m->owner);
    }
    return OK;
}

static enum status ask(const struct request *r, const struct form *sent, const struct measure *m,
                       struct measure_form *q, struct err *e)
{
    q->fields = field_set_open(sent, catalogue_of(r->language), r->arena);
    add_goals(q, m);
    q->title = field_add(q->fields, FIELD_AREA, "title", TEXT_PLAN_MEASURE);
    field_start(q->fields, q->title, m->title);
    TRY(add_owners(r, q, m, e));
    q->deadline = field_add(q->fields, FIELD_DATE, "deadline", TEXT_PLAN_DEADLINE);
    field_hint(q->fields, q->deadline, TEXT_PLAN_DEADLINE_HINT);
    field_start_date(q->fields, q->deadline, m->deadline);
    q->deadline->is_optional = true;
    q->done_when = area(q->fields, "done_when", TEXT_PLAN_DONE_WHEN, TEXT_PLAN_DONE_WHEN_HINT, m->done_when);
    q->legal = area(q->fields, "legal", TEXT_PLAN_LEGAL, TEXT_PLAN_LEGAL_HINT, m->legal);
    q->evidence = area(q->fields, "evidence", TEXT_PLAN_EVIDENCE, TEXT_PLAN_EVIDENCE_HINT, m->evidence);
    q->note = area(q->fields, "note", TEXT_PLAN_NOTE, TEXT_PLAN_NOTE_HINT, m->note);
    return OK;
}

/* What was answered into *m; false when something is to be corrected. */
static bool take(struct measure_form *q, struct measure *m)
{
    static const struct date first = {FIRST_YEAR, 1, 1};
    static const struct date last = {LAST_YEAR, 12, 31};
    size_t goal = 0;
    size_t owner = 0;

    field_choice(q->fields, q->goal, &goal);
    field_str(q->fields, q->title, MEASURE_TITLE_LETTERS, &m->title);
    field_choice(q->fields, q->owner, &owner);
    field_date(q->fields, q->deadline, first, last, &m->deadline);
    field_str(q->fields, q->done_when, MEASURE_TEXT_LETTERS, &m->done_when);
    field_str(q->fields, q->legal, MEASURE_TEXT_LETTERS, &m->legal);
    field_str(q->fields, q->evidence, MEASURE_TEXT_LETTERS, &m->evidence);
    field_str(q->fields, q->note, MEASURE_TEXT_LETTERS, &m->note);
    m->goal = (enum plan_goal)goal;
    m->owner = owner == 0 ? 0 : q->members.organisation[owner - 1].id;
    return q->fields->errors == 0;
}

static void draw_form(const struct request *r, const struct measure_form *q, const struct measure *m,
                      struct response *out)
{
    struct portal_view around = portal_view_of(r);
    enum text_key title = m->id ? TEXT_PLAN_CHANGE_TITLE : TEXT_PLAN_NEW_TITLE;
    struct plan_form_view v = {
        .layout = portal_form_layout(&around, portal_text(r, title), r->path, q->fields->errors, r->arena),
        .fields = q->fields,
        .title = title,
        .about = TEXT_PLAN_FORM_ABOUT,
        .button = TEXT_PLAN_SAVE,
        .action = portal_href(r, m->id ? path_of(r, m->id, "/andra") : "/plan/ny"),
        .back = portal_href(r, m->id ? path_of(r, m->id, "") : "/plan")};

    page_plan_form(response_page(out), &v, m->version);
}

enum status measure_new_show(const struct request *r, struct response *out, struct err *e)
{
    struct measure m = {0};
    struct measure_form q;

    TRY(ask(r, NULL, &m, &q, e));
    draw_form(r, &q, &m, out);
    return OK;
}

enum status measure_new_take(const struct request *r, struct response *out, struct err *e)
{
    const struct who who = portal_who(r);
    struct measure m = {0};
    struct measure_form q;
    int64_t id = 0;

    TRY(ask(r, &r->form, &m, &q, e));
    if (take(&q, &m)) {
        TRY(measure_add(portal_db(r), &m, &who, &id, e));
        return portal_redirect(r, out, str_of(path_of(r, id, "")));
    }
    draw_form(r, &q, &(struct measure){0}, out);
    return response_correct(out);
}

enum status measure_change_show(const struct request *r, struct response *out, struct err *e)
{
    struct measure m;
    struct measure_form q;
    bool is_there = false;

    TRY(find(r, &m, out, &is_there, e));
    if (!is_there)
        return OK;
    TRY(ask(r, NULL, &m, &q, e));
    draw_form(r, &q, &m, out);
    return OK;
}

/* The version that the form was filled in from tells whether somebody has been before. */
enum status measure_change_take(const struct request *r, struct response *out, struct err *e)
{
    const struct who who = portal_who(r);
    struct measure now;
    struct measure_form q;
    bool is_there = false;
    int64_t version = 0;

    TRY(find(r, &now, out, &is_there, e));
    if (!is_there)
        return OK;
    TRY(ask(r, &r->form, &now, &q, e));
    struct measure wanted = now;
    bool is_right = take(&q, &wanted);
    if (!form_i64(&r->form, "version", 1, INT64_MAX, &version) || version != now.version)
        field_set_overtaken(q.fields);
    else if (is_right) {
        TRY(measure_change(portal_db(r), &wanted, &who, e));
        return portal_redirect(r, out, str_of(path_of(r, now.id, "")));
    }
    draw_form(r, &q, &now, out);
    return response_correct(out);
}

enum status measure_remove_take(const struct request *r, struct response *out, struct err *e)
{
    const struct who who = portal_who(r);

    TRY(measure_remove(portal_db(r), request_id(r), &who, e));
    return portal_redirect(r, out, S("/plan"));
}

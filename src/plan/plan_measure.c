/* One measure: shown, followed up, taken out. */
#include "plan/handlers.h"

#include "base/arena.h"
#include "pages.h"
#include "plan/owner_link.h"
#include "plan/plan_view.h"
#include "portal/portal.h"
#include "store/db.h"
#include "web/html.h"
#include "web/request.h"
#include "web/response.h"

#include <inttypes.h>

const char *measure_path(const struct request *r, int64_t id, const char *end)
{
    return arena_printf(r->arena, "/plan/matt/%" PRId64 "%s", id, end);
}

enum status measure_asked(const struct request *r, struct measure *m, struct response *out, bool *is_there,
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

/* An owner that never answers: was it reminded, and has anybody followed the letter's link? */
static enum status add_reminded(const struct request *r, struct measure_view *v, struct err *e)
{
    struct owner_reminded at;

    TRY(owner_reminded(portal_db(r), v->card.measure->owner, &at, e));
    if (at.sent_at > 0)
        v->reminded_on = date_of(at.sent_at);
    if (at.followed_at > 0)
        v->followed_on = date_of(at.followed_at);
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
    v->report_href = portal_href(r, measure_path(r, m->id, "/lage"));
    v->change_href = portal_href(r, measure_path(r, m->id, "/andra"));
    v->remove_href = portal_href(r, measure_path(r, m->id, "/ta-bort"));
    v->back_href = portal_href(r, "/plan");
    TRY(add_steps(r, v, e));
    TRY(add_reminded(r, v, e));
    page_plan_measure(response_page(out), v);
    return OK;
}

enum status measure_show(const struct request *r, struct response *out, struct err *e)
{
    struct measure *m = arena_new(r->arena, 1, struct measure);
    struct measure_view v = {.card = {.measure = m}};
    bool is_there = false;

    TRY(measure_asked(r, m, out, &is_there, e));
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

    TRY(measure_asked(r, m, out, &is_there, e));
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
                               str_is(form_value(&r->form, "till"), "egna")
                                   ? S("/plan?visa=egna")
                                   : str_of(measure_path(r, m->id, "")));
    }
    TRY(draw(r, m, &v, out, e));
    return response_correct(out);
}

enum status measure_remove_take(const struct request *r, struct response *out, struct err *e)
{
    const struct who who = portal_who(r);

    TRY(measure_remove(portal_db(r), request_id(r), &who, e));
    return portal_redirect(r, out, S("/plan"));
}

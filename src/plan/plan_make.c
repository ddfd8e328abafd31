/* A plan begun from the template, and decided. */
#include "plan/handlers.h"

#include "base/arena.h"
#include "pages.h"
#include "plan/plan_template.h"
#include "plan/plan_view.h"
#include "portal/portal.h"
#include "web/html.h"
#include "web/request.h"
#include "web/response.h"

enum { DECISION_LETTERS = 100, FIRST_YEAR = 2015 };

static bool is_in(const struct measures *all, struct str code)
{
    for (size_t i = 0; i < all->n; i++)
        if (str_equal(all->measure[i].template, code))
            return true;
    return false;
}

static enum status draw_template(const struct request *r, bool is_empty, struct response *out, struct err *e)
{
    struct portal_view around = portal_view_of(r);
    struct template_view v = {.layout = portal_form_layout(&around, portal_text(r, TEXT_PLAN_TEMPLATE_TITLE),
                                                           r->path, is_empty, r->arena),
                              .action = portal_href(r, "/plan/mall"),
                              .back = portal_href(r, "/plan"),
                              .is_empty = is_empty};
    struct template_group *groups = arena_new(r->arena, PLAN_GOALS, struct template_group);
    struct template_measure *rows = NULL;
    struct measures all;
    size_t n = 0;

    TRY(plan_template(r->arena, &rows, &n, e));
    TRY(measure_list(portal_db(r), &(struct measure_filter){0}, r->arena, &all, e));
    struct template_row *shown = arena_new(r->arena, n, struct template_row);
    for (size_t i = 0; i < n; i++) {
        enum text_key title = plan_goal_words(rows[i].goal);

        shown[i] = (struct template_row){.code = rows[i].code,
                                         .title = rows[i].title[r->language],
                                         .often = rows[i].often[r->language],
                                         .done_when = rows[i].done_when[r->language],
                                         .is_in_plan = is_in(&all, rows[i].code)};
        if (v.groups == 0 || groups[v.groups - 1].title != title)
            groups[v.groups++] = (struct template_group){.title = title, .row = &shown[i]};
        groups[v.groups - 1].n++;
    }
    v.group = groups;
    page_plan_template(response_page(out), &v);
    return OK;
}

enum status template_show(const struct request *r, struct response *out, struct err *e)
{
    return draw_template(r, false, out, e);
}

enum status template_take(const struct request *r, struct response *out, struct err *e)
{
    const struct who who = portal_who(r);
    struct str *codes = arena_new(r->arena, r->form.n, struct str);
    size_t added = 0;
    size_t n = 0;

    for (size_t i = 0; i < r->form.n; i++)
        if (str_is(r->form.fields[i].name, "code"))
            codes[n++] = r->form.fields[i].value;
    if (n == 0) {
        TRY(draw_template(r, true, out, e));
        return response_correct(out);
    }
    TRY(plan_begin(portal_db(r), codes, n, r->language, &who, &added, e));
    return portal_redirect(r, out, S("/plan"));
}

struct decision_form {
    struct field_set *fields;
    struct field *on, *number, *body;
};

static struct decision_form ask(const struct request *r, const struct form *sent)
{
    struct decision_form q = {.fields = field_set_open(sent, catalogue_of(r->language), r->arena)};

    q.on = field_add(q.fields, FIELD_DATE, "on", TEXT_PLAN_DECIDE_ON);
    field_start_date(q.fields, q.on, date_of(r->now_at));
    q.number = field_add(q.fields, FIELD_TEXT, "number", TEXT_PLAN_DECIDE_NUMBER);
    field_hint(q.fields, q.number, TEXT_PLAN_DECIDE_NUMBER_HINT);
    q.body = field_add(q.fields, FIELD_TEXT, "body", TEXT_PLAN_DECIDE_BODY);
    field_hint(q.fields, q.body, TEXT_PLAN_DECIDE_BODY_HINT);
    return q;
}

static void draw_decision(const struct request *r, const struct decision_form *q, struct response *out)
{
    struct portal_view around = portal_view_of(r);
    struct plan_form_view v = {.layout = portal_form_layout(&around, portal_text(r, TEXT_PLAN_DECIDE_TITLE),
                                                            r->path, q->fields->errors, r->arena),
                               .fields = q->fields,
                               .title = TEXT_PLAN_DECIDE_TITLE,
                               .about = TEXT_PLAN_DECIDE_ABOUT,
                               .button = TEXT_PLAN_DECIDE_BUTTON,
                               .action = portal_href(r, "/plan/besluta"),
                               .back = portal_href(r, "/plan")};

    page_plan_form(response_page(out), &v, 0);
}

enum status decide_show(const struct request *r, struct response *out, struct err *e)
{
    struct decision_form q = ask(r, NULL);

    (void)e;
    draw_decision(r, &q, out);
    return OK;
}

/* A plan that cannot be decided yet is told at the first field: every measure needs its owner. */
enum status decide_take(const struct request *r, struct response *out, struct err *e)
{
    static const struct date first = {FIRST_YEAR, 1, 1};
    const struct who who = portal_who(r);
    struct decision_form q = ask(r, &r->form);
    struct plan_decision d = {0};
    enum status s = OK;
    int64_t id = 0;

    field_date(q.fields, q.on, first, date_of(r->now_at), &d.decided_on);
    field_str(q.fields, q.number, DECISION_LETTERS, &d.number);
    field_str(q.fields, q.body, DECISION_LETTERS, &d.body);
    if (q.fields->errors == 0) {
        s = plan_decide(portal_db(r), &d, &who, &id, e);
        if (s == OK)
            return portal_redirect(r, out, S("/handlingsplan"));
        if (s != REFUSED)
            return s;
        field_wrong(q.fields, q.on, TEXT_PLAN_DECIDE_NOT_READY);
    }
    draw_decision(r, &q, out);
    return response_correct(out);
}

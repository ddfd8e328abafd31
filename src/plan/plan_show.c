/* The plan as a list, as a board, and as it was decided. */
#include "plan/handlers.h"

#include "base/arena.h"
#include "pages.h"
#include "plan/plan_view.h"
#include "portal/portal.h"
#include "web/html.h"
#include "web/request.h"
#include "web/response.h"

static void add_links(const struct request *r, struct plan_view *v)
{
    v->list_href = portal_href(r, "/plan");
    v->board_href = portal_href(r, "/plan?visa=tavla");
    v->own_href = portal_href(r, "/plan?visa=egna");
    v->template_href = portal_href(r, "/plan/mall");
    v->new_href = portal_href(r, "/plan/ny");
    v->import_href = portal_href(r, "/plan/las-in");
    v->owners_href = portal_href(r, "/plan/ansvariga");
    v->decide_href = portal_href(r, "/plan/besluta");
    v->csv_href = portal_href(r, "/plan/fil/plan.csv");
    v->xlsx_href = portal_href(r, "/plan/fil/plan.xlsx");
    v->pdf_href = portal_href(r, "/plan/fil/plan.pdf");
    v->public_href = portal_href(r, "/handlingsplan");
}

/* The latest decision, if there is one, and what has changed since. */
static enum status compare(const struct request *r, struct plan_view *v, const struct measures *all,
                           enum plan_change **changes, struct err *e)
{
    struct measures decided;
    enum status s = plan_decision_find(portal_db(r), 0, r->arena, &v->decision, e);

    if (s == REFUSED)
        return OK;
    TRY(s);
    v->has_decision = true;
    TRY(plan_decided(portal_db(r), v->decision.id, r->arena, &decided, e));
    *changes = plan_changes(&decided, all, r->arena, &v->removed);
    for (size_t i = 0; i < all->n; i++)
        v->changed += (*changes)[i] != PLAN_SAME;
    return OK;
}

enum status plan_show(const struct request *r, struct response *out, struct err *e)
{
    struct portal_view around = portal_view_of(r);
    struct str shown = form_value(&r->query, "visa");
    struct plan_view v = {
        .layout = portal_form_layout(&around, portal_text(r, TEXT_PLAN_TITLE), r->path, 0, r->arena),
        .is_board = str_is(shown, "tavla"),
        .is_own = str_is(shown, "egna"),
        .may_change = portal_may(r, PERMISSION_PLAN_CHANGE),
        .may_report = portal_may(r, PERMISSION_PLAN_REPORT)};
    struct measure_filter filter = {0};
    enum plan_change *changes = NULL;
    struct measures *all = arena_new(r->arena, 1, struct measures);

    if (v.is_own)
        TRY(plan_own_organisation(r, &filter.owner, e));
    if (!v.is_own || filter.owner != 0)
        TRY(measure_list(portal_db(r), &filter, r->arena, all, e));
    if (!v.is_own)
        TRY(compare(r, &v, all, &changes, e));
    for (size_t i = 0; i < all->n; i++) {
        v.overdue += measure_is_overdue(&all->measure[i], around.today);
        v.unowned += all->measure[i].owner == 0;
    }
    v.measures = all->n;
    struct str path = portal_href(r, "/plan/matt/");
    v.group = v.is_board ? plan_groups_by_state(all, path, around.today, r->arena, &v.groups)
                         : plan_groups_by_goal(all, changes, path, around.today, r->arena, &v.groups);
    add_links(r, &v);
    page_plan_list(response_page(out), &v);
    return OK;
}

/* Decision `id`, or the latest (0); without one the page says so. */
static enum status show_decided(const struct request *r, int64_t id, struct response *out, struct err *e)
{
    struct portal_view around = portal_view_of(r);
    struct decided_view v = {.layout =
                                 portal_layout(&around, portal_text(r, TEXT_PLAN_TITLE), r->path, r->arena),
                             .href = portal_href(r, "/handlingsplan/")};
    struct measures *all = arena_new(r->arena, 1, struct measures);
    struct plan_decision *decisions = NULL;

    TRY(plan_decisions(portal_db(r), r->arena, &decisions, &v.decisions, e));
    v.other = decisions;
    v.has_decision = v.decisions > 0;
    if (v.has_decision) {
        if (plan_decision_find(portal_db(r), id, r->arena, &v.decision, e) != OK)
            return e->status == REFUSED ? response_error(out, 404) : e->status;
        TRY(plan_decided(portal_db(r), v.decision.id, r->arena, all, e));
    } else if (id != 0) {
        return response_error(out, 404);
    }
    v.group = plan_groups_by_goal(all, NULL, S(""), around.today, r->arena, &v.groups);
    page_plan_decided(response_page(out), &v);
    return OK;
}

enum status plan_public_show(const struct request *r, struct response *out, struct err *e)
{
    return show_decided(r, 0, out, e);
}

enum status plan_public_earlier(const struct request *r, struct response *out, struct err *e)
{
    return show_decided(r, request_id(r), out, e);
}

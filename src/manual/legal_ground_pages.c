/* The page of legal grounds. */
#include "manual/legal_ground_pages.h"

#include "base/arena.h"
#include "manual/activity.h"
#include "manual/legal_ground_view.h"
#include "pages.h"
#include "portal/portal.h"
#include "web/html.h"
#include "web/request.h"
#include "web/response.h"

static struct legal_ground_group group_of(const struct request *r, const struct activity *activity,
                                          const struct legal_grounds *all, struct date day)
{
    struct legal_ground_row *row = arena_new(r->arena, all->rests + 1, struct legal_ground_row);
    struct legal_ground_group group = {
        .name = activity->name[r->language], .holds = legal_grounds_hold(all, activity->id, day), .row = row};

    for (size_t i = 0; i < all->rests; i++)
        if (str_equal(all->rest[i].activity, activity->id))
            row[group.rows++] = (struct legal_ground_row){.rest = &all->rest[i],
                                                          .state = legal_ground_on(all->rest[i].ground, day)};
    return group;
}

static enum status add_groups(const struct request *r, struct legal_ground_view *v, struct err *e)
{
    struct activities activities;
    struct legal_grounds all;

    TRY(activities_read(r->arena, &activities, e));
    TRY(legal_grounds_read(r->arena, &all, e));
    struct legal_ground_group *group = arena_new(r->arena, activities.n + 1, struct legal_ground_group);
    for (size_t i = 0; i < activities.n; i++)
        group[i] = group_of(r, &activities.activity[i], &all, v->on);
    v->groups = activities.n;
    v->group = group;
    return OK;
}

/* The day that is asked for; without one, or with one that is none, today. */
static void ask_day(const struct request *r, struct legal_ground_view *v)
{
    static const struct date first = {1990, 1, 1}, last = {2100, 12, 31};
    bool is_asked = form_has(&r->query, "dag-day");
    struct date today = portal_view_of(r).today;

    v->fields = field_set_open(is_asked ? &r->query : NULL, catalogue_of(r->language), r->arena);
    v->day = field_add(v->fields, FIELD_DATE, "dag", TEXT_MANUAL_GROUNDS_DAY);
    field_start_date(v->fields, v->day, today);
    if (!field_date(v->fields, v->day, first, last, &v->on))
        v->on = today;
}

enum status legal_grounds_show(const struct request *r, struct response *out, struct err *e)
{
    struct portal_view site = portal_view_of(r);
    struct legal_ground_view v = {.index_href = portal_href(r, "/hjalp/om-programmet"),
                                  .action = portal_href(r, "/hjalp/om-programmet/rattslig-grund")};

    ask_day(r, &v);
    TRY(add_groups(r, &v, e));
    v.layout =
        portal_form_layout(&site, portal_text(r, TEXT_MANUAL_GROUNDS), r->path, v.fields->errors, r->arena);
    page_legal_grounds(response_page(out), &v);
    return v.fields->errors > 0 ? response_correct(out) : OK;
}

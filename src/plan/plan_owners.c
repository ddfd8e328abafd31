/* Who does what: the measures that nobody owns yet on one page, each with a choice, saved together. A plan
 * from the template gets its owners in one step instead of one page a measure. Beneath, who owns something
 * already, and whether it has had a letter and followed its link. */
#include "plan/handlers.h"

#include "base/arena.h"
#include "calendar/stockholm.h"
#include "network/organisation.h"
#include "pages.h"
#include "plan/owner_link.h"
#include "plan/plan_view.h"
#include "portal/portal.h"
#include "store/db.h"
#include "web/html.h"
#include "web/request.h"
#include "web/response.h"

#include <inttypes.h>

/* A form has at most FORM_MAX_FIELDS fields; what does not fit is asked for after the first are saved. */
enum { ROWS_MOST = FORM_MAX_FIELDS - 10 };

struct choices {
    bool is_empty; /* the plan has no measures */
    struct measures unowned;
    struct organisations owners;
};

static enum status read_choices(const struct request *r, struct choices *out, struct err *e)
{
    const struct organisation_filter members = {.states =
                                                    1U << ORGANISATION_MEMBER | 1U << ORGANISATION_LISTED};
    struct measures all;

    TRY(organisation_list(portal_db(r), &members, r->arena, &out->owners, e));
    TRY(measure_list(portal_db(r), &(struct measure_filter){0}, r->arena, &all, e));
    out->is_empty = all.n == 0;
    out->unowned = (struct measures){.measure = arena_new(r->arena, all.n + 1, struct measure)};
    for (size_t i = 0; i < all.n && out->unowned.n < ROWS_MOST; i++)
        if (all.measure[i].owner == 0)
            out->unowned.measure[out->unowned.n++] = all.measure[i];
    return OK;
}

static const char *name_of(const struct request *r, const struct measure *m)
{
    return arena_printf(r->arena, "owner-%" PRId64, m->id);
}

static void add_choices(const struct request *r, const struct choices *c, struct owners_view *v)
{
    struct owner_row *row = arena_new(r->arena, c->unowned.n + 1, struct owner_row);
    struct owner_option *option = arena_new(r->arena, c->owners.n + 1, struct owner_option);

    for (size_t i = 0; i < c->unowned.n; i++)
        row[i] = (struct owner_row){str_of(name_of(r, &c->unowned.measure[i])), c->unowned.measure[i].title};
    for (size_t i = 0; i < c->owners.n; i++)
        option[i] = (struct owner_option){c->owners.organisation[i].id, c->owners.organisation[i].name};
    v->is_empty = c->is_empty;
    v->rows = c->unowned.n;
    v->row = row;
    v->options = c->owners.n;
    v->option = option;
}

static enum status add_reached(const struct request *r, struct owners_view *v, struct err *e)
{
    struct owner_letters *owner = NULL;

    TRY(owners_reminded(portal_db(r), r->arena, &owner, &v->reached, e));
    struct reached_row *row = arena_new(r->arena, v->reached + 1, struct reached_row);
    for (size_t i = 0; i < v->reached; i++) {
        row[i] = (struct reached_row){
            .name = owner[i].name, .open = owner[i].open, .has_contact = owner[i].has_contact};
        if (owner[i].at.sent_at > 0)
            row[i].sent_on = stockholm_day(owner[i].at.sent_at, NULL);
        if (owner[i].at.followed_at > 0)
            row[i].followed_on = stockholm_day(owner[i].at.followed_at, NULL);
    }
    v->reached_row = row;
    return OK;
}

enum status owners_show(const struct request *r, struct response *out, struct err *e)
{
    struct portal_view around = portal_view_of(r);
    struct owners_view v = {.action = portal_href(r, "/plan/ansvariga"), .back = portal_href(r, "/plan")};
    struct choices c;

    TRY(read_choices(r, &c, e));
    add_choices(r, &c, &v);
    TRY(add_reached(r, &v, e));
    v.title = portal_text(r, v.rows > 0 || v.is_empty ? TEXT_PLAN_OWNERS_TITLE : TEXT_PLAN_OWNERS_REACHED);
    v.layout = portal_layout(&around, v.title, r->path, r->arena);
    page_plan_owners(response_page(out), &v);
    return OK;
}

static bool is_one_of(const struct organisations *all, int64_t id)
{
    for (size_t i = 0; i < all->n; i++)
        if (all->organisation[i].id == id)
            return true;
    return false;
}

/* A measure that has got an owner meanwhile is no longer among those that are asked for, and keeps it. */
enum status owners_take(const struct request *r, struct response *out, struct err *e)
{
    const struct who who = portal_who(r);
    struct choices c;

    TRY(read_choices(r, &c, e));
    for (size_t i = 0; i < c.unowned.n; i++) {
        struct measure *m = &c.unowned.measure[i];

        if (!form_i64(&r->form, name_of(r, m), 1, INT64_MAX, &m->owner))
            continue;
        if (!is_one_of(&c.owners, m->owner))
            return response_error(out, 400);
        TRY(measure_change(portal_db(r), m, &who, e));
    }
    return portal_redirect(r, out, S("/plan"));
}

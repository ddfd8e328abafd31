/* The questions on the page of a gathering: for those who keep a list, for who links, and for others. */
#include "gathering/gathering_asking_view.h"

#include "base/arena.h"
#include "gathering/gathering_ring.h"
#include "gathering/gathering_view.h"
#include "portal/portal.h"
#include "web/request.h"

#include <inttypes.h>

static bool is_settled(const struct gathering_question *q)
{
    return q->verdict != VERDICT_WAITS && q->verdict != VERDICT_DIFFER;
}

static struct gathering_shared *shared_with(struct gathering_shared *with, size_t *n,
                                            const struct gathering_list *other)
{
    for (size_t i = 0; i < *n; i++)
        if (with[i].other == other)
            return &with[i];
    with[*n] = (struct gathering_shared){.other = other};
    return &with[(*n)++];
}

static void add_shared(const struct request *r, const struct gathering *g, struct gathering_asking_view *v)
{
    const struct gathering_list *own = gathering_list_of(g, portal_visitor(r)->person.id);
    struct gathering_shared *with = arena_new(r->arena, g->lists + 1, struct gathering_shared);

    for (size_t k = 0; k < v->x->questions; k++) {
        const struct gathering_question *q = &v->x->question[k];
        int side = gathering_question_side(q, own);

        if (side < 0)
            continue;
        struct gathering_shared *one = shared_with(with, &v->shared, q->list[1 - side]);
        one->questions++;
        one->settled += is_settled(q);
        one->differ += q->verdict == VERDICT_DIFFER;
    }
    for (size_t i = 0; i < v->shared; i++)
        with[i].href =
            gathering_href(r, g->round, arena_printf(r->arena, "/fragor/%" PRId64, with[i].other->id));
    v->with = with;
}

/* To the nearest whole per cent; limits outwards, so that they promise no more than they hold. */
static void add_shares(struct gathering_asking_view *v)
{
    enum { TENTHS = GATHERING_SHARE_OF / 100 };
    const struct gathering_accuracy *x = &v->x->accuracy;

    v->right = (int)((x->right.share + TENTHS / 2) / TENTHS);
    v->right_low = (int)(x->right.low / TENTHS);
    v->right_high = (int)((x->right.high + TENTHS - 1) / TENTHS);
    v->found = (int)((x->found.share + TENTHS / 2) / TENTHS);
    v->found_low = (int)(x->found.low / TENTHS);
    v->found_high = (int)((x->found.high + TENTHS - 1) / TENTHS);
}

void gathering_show_asking(const struct request *r, struct gathering_view *v)
{
    const struct gathering *g = v->g;
    const struct gathering_asking *x = g->asking;
    struct gathering_asking_view *out = arena_new(r->arena, 1, struct gathering_asking_view);
    bool is_over = x->questions_deleted > 0 || x->has_accuracy;

    if (x->questions == 0 && !is_over && v->asking_forms == 0)
        return;
    *out = (struct gathering_asking_view){.x = x};
    out->is_keeper = gathering_list_of(g, portal_visitor(r)->person.id) != NULL;
    add_shared(r, g, out);
    add_shares(out);
    if (x->questions > 0 && gathering_has_answers(x) && !out->is_keeper &&
        portal_may(r, PERMISSION_MAPPING_RUN))
        out->answers =
            portal_href(r, arena_printf(r->arena, "/kartlaggningar/%" PRId64 "/svar.csv", g->round));
    v->asking = out;
}

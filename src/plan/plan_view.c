/* What the pages of the action plan show. */
#include "plan/plan_view.h"

#include "base/arena.h"
#include "web/html.h"
#include "web/request.h"

#include <inttypes.h>

enum text_key plan_goal_words(enum plan_goal goal)
{
    static const enum text_key words[PLAN_GOALS] = {TEXT_PLAN_GOAL_DETECT, TEXT_PLAN_GOAL_PREVENT,
                                                    TEXT_PLAN_GOAL_COUNTER, TEXT_PLAN_GOAL_SUPPORT,
                                                    TEXT_PLAN_GOAL_COORDINATE};

    return words[goal];
}

enum text_key measure_state_words(enum measure_state state)
{
    static const enum text_key words[MEASURE_STATES] = {TEXT_PLAN_STATE_WAITING, TEXT_PLAN_STATE_UNDER_WAY,
                                                        TEXT_PLAN_STATE_DONE, TEXT_PLAN_STATE_PAUSED};

    return words[state];
}

bool plan_link_leads(const struct measure_link *link, int reader)
{
    return reader == PLAN_FOR_MEMBER || (reader == PLAN_FOR_PUBLIC && link->kind != LINK_SITUATIONS);
}

struct str plan_link_href(const struct html *h, const struct measure_link *link)
{
    return request_address(link->path, h->texts->language, h->out.arena);
}

struct str plan_wait_href(const struct html *h, const struct measure_wait *wait)
{
    return request_address(str_of(arena_printf(h->out.arena, "/plan/matt/%" PRId64, wait->id)),
                           h->texts->language, h->out.arena);
}

static struct measure_card card_of(const struct measure *m, enum plan_change change, struct str path,
                                   struct date today, struct arena *a)
{
    return (struct measure_card){.measure = m,
                                 .href = path.n ? str_of(arena_printf(a, "%.*s%" PRId64, STR(path), m->id))
                                                : S(""),
                                 .goal = plan_goal_words(m->goal),
                                 .state = measure_state_words(m->state),
                                 .is_overdue = measure_is_overdue(m, today),
                                 .change = change};
}

const struct measure_group *plan_groups_by_goal(const struct measures *all, const enum plan_change *changes,
                                                struct str path, struct date today, struct arena *a,
                                                size_t *n)
{
    struct measure_card *cards = arena_new(a, all->n, struct measure_card);
    struct measure_group *groups = arena_new(a, PLAN_GOALS, struct measure_group);

    *n = 0;
    for (size_t i = 0; i < all->n; i++) {
        cards[i] = card_of(&all->measure[i], changes ? changes[i] : PLAN_SAME, path, today, a);
        if (*n == 0 || groups[*n - 1].title != cards[i].goal)
            groups[(*n)++] = (struct measure_group){.title = cards[i].goal, .card = &cards[i]};
        groups[*n - 1].n++;
    }
    return groups;
}

const struct measure_group *plan_groups_by_state(const struct measures *all, struct str path,
                                                 struct date today, struct arena *a, size_t *n)
{
    struct measure_card *cards = arena_new(a, all->n, struct measure_card);
    struct measure_group *groups = arena_new(a, MEASURE_STATES, struct measure_group);
    size_t placed = 0;

    for (int state = 0; state < MEASURE_STATES; state++) {
        groups[state].title = measure_state_words((enum measure_state)state);
        groups[state].card = &cards[placed];
        for (size_t i = 0; i < all->n; i++)
            if (all->measure[i].state == (enum measure_state)state) {
                cards[placed++] = card_of(&all->measure[i], PLAN_SAME, path, today, a);
                groups[state].n++;
            }
    }
    *n = MEASURE_STATES;
    return groups;
}

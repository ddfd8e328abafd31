/* The hierarchical models that are best by BIC: tables, threads and the limit. */
#include "estimate/bic.h"

#include "base/arena.h"
#include "base/parallel.h"
#include "base/progress.h"
#include "estimate/bic_search.h"

#include <math.h>
#include <string.h>

enum { SMALL_TERMS = 10, MANY_MODELS = 1000, MOST_WORKERS = 16 };

static const double least_room = 1.0;   /* BIC above the best that is searched first */
static const double widest_room = 80.0; /* beyond it no bound is used */

static void set_counts(struct bic_search *s, const uint32_t *y);
static void sort_list(struct bic_search *s, struct bic_list *out);

struct bic_search *bic_search_open(struct arena *a, const struct bic_terms *terms, size_t most)
{
    struct bic_search *s = arena_new(a, 1, struct bic_search);
    size_t cells = (size_t)1 << terms->lists;
    size_t free_terms = 1 + terms->lists + terms->n;

    s->terms = terms;
    s->table = (struct loglinear_table){.lists = terms->lists, .cells = cells};
    s->table.y = arena_new(a, cells, uint32_t);
    s->table.margin = arena_new(a, cells, double);
    s->arena = arena_open();
    s->best = bic_ranking_open(a, most);
    for (size_t i = 0; i <= terms->n; i++)
        s->level[i].fit = loglinear_open(a, terms->lists, free_terms);
    for (size_t i = 0; i < 2 * terms->n; i++)
        s->level[i / 2].own[i % 2] = loglinear_open(a, terms->lists, free_terms);
    return s;
}

void bic_search_close(struct bic_search *s)
{
    if (s)
        arena_close(s->arena);
}

size_t bic_search_cells(const struct bic_search *s)
{
    return s->table.cells;
}

/* How far the overlap of two lists is from what independence expects, as a deviance. */
static double surprise(const struct loglinear_table *table, size_t pair)
{
    size_t first = pair & (~pair + 1);
    double seen = table->margin[pair];
    double expected = table->margin[first] * table->margin[pair ^ first] / (3.0 * table->margin[0]);

    if (!(expected > 0.0))
        return 0.0;
    return seen > 0.0 ? seen * log(seen / expected) - seen + expected : expected;
}

/* Terms of fewer lists first, as they must be; the most telling pairs first, so that branches without them
 * are left out early. */
static void order_terms(struct bic_search *s)
{
    const struct bic_terms *t = s->terms;
    double weight[BIC_MAX_TERMS];
    struct bic_terms *o = &s->ordered;

    *o = (struct bic_terms){.lists = t->lists, .order = t->order, .n = t->n};
    for (size_t i = 0; i < t->n; i++) {
        size_t at = i;

        weight[i] = __builtin_popcount(t->term[i]) == 2 ? surprise(&s->table, t->term[i]) : -1.0;
        for (; at > 0 && weight[s->order[at - 1]] < weight[i]; at--)
            s->order[at] = s->order[at - 1];
        s->order[at] = i;
    }
    for (size_t i = 0; i < t->n; i++)
        o->term[i] = t->term[s->order[i]];
    for (size_t i = 0; i < t->n; i++)
        for (size_t j = 0; j < t->n; j++) {
            o->parts[i] |= (t->parts[s->order[i]] >> s->order[j] & 1U) << j;
            o->wholes[i] |= (t->wholes[s->order[i]] >> s->order[j] & 1U) << j;
        }
}

static void set_counts(struct bic_search *s, const uint32_t *y)
{
    int sign = 0;

    memcpy(s->table.y, y, s->table.cells * sizeof *y);
    loglinear_margins(&s->table);
    s->log_n = log(s->table.margin[0]);
    s->saturated = s->factorials = 0.0;
    for (size_t c = 1; c < s->table.cells; c++) {
        double people = y[c];

        if (people > 0.0)
            s->saturated += people * log(people) - people;
        s->factorials += lgamma_r(people + 1.0, &sign);
    }
    order_terms(s);
    s->best.n = 0;
}

/* How far above the best to look first; without bounds when all models are wanted. */
static double first_room(const struct bic_terms *terms, size_t most)
{
    if (most >= MANY_MODELS && (int64_t)most >= bic_count(terms))
        return widest_room;
    return least_room + 1.5 * log2((double)most);
}

/* Widens the search until the list is full: with a limit a little above the best, nearly all branches are
 * left out. */
const struct bic_list *bic_search_run(struct bic_search *s, const uint32_t *y)
{
    struct bic_shared shared = {.progress = NULL};
    double room = first_room(s->terms, s->best.most);

    set_counts(s, y);
    double best = bic_greedy(s);
    for (;; room *= 2.0) {
        double limit = room < widest_room ? best + room : (double)INFINITY;

        atomic_init(&shared.limit, limit);
        s->best.n = 0;
        s->tells = true;
        bic_walk(s, &shared);
        if (s->best.n == s->best.most || isinf(limit))
            break;
    }
    sort_list(s, &s->list);
    return &s->list;
}

struct crew {
    struct bic_search **search;
    struct bic_shared *shared;
};

static void search_block(void *work, size_t block)
{
    const struct crew *crew = work;
    struct bic_search *s = crew->search[block];

    s->best.n = 0;
    s->tells = block == 0;
    bic_walk(s, crew->shared);
}

static void merge(struct bic_search *into, const struct bic_search *from)
{
    for (size_t i = 0; i < from->best.n; i++)
        bic_ranking_add(&into->best, &from->best.fit[i]);
    into->list.fits += from->list.fits;
}

void bic_best(const struct bic_terms *terms, const uint32_t *y, size_t most, int threads, struct progress *p,
              struct arena *a, struct bic_list *out)
{
    struct bic_shared shared = {.progress = p};
    size_t workers = (size_t)(threads > 0 ? threads : parallel_processors());
    struct crew crew = {.shared = &shared};
    double room = first_room(terms, most);
    bool is_done = false;

    if (terms->n <= SMALL_TERMS || workers > MOST_WORKERS)
        workers = terms->n <= SMALL_TERMS ? 1 : MOST_WORKERS;
    crew.search = arena_new(a, workers, struct bic_search *);
    for (size_t i = 0; i < workers; i++) {
        crew.search[i] = bic_search_open(a, terms, most);
        set_counts(crew.search[i], y);
    }
    double best = bic_greedy(crew.search[0]);
    for (; !is_done; room *= 2.0) {
        double limit = room < widest_room ? best + room : (double)INFINITY;

        atomic_init(&shared.limit, limit);
        if (workers > 1)
            shared.taken = arena_new(a, BIC_BRANCHES, atomic_uchar);
        progress_begin(p, "models", (int64_t)workers);
        bool was_stopped = !parallel_for(workers, threads, search_block, &crew, p) || progress_should_stop(p);
        for (size_t i = 1; i < workers; i++)
            merge(crew.search[0], crew.search[i]);
        is_done = crew.search[0]->best.n == most || isinf(limit) || was_stopped;
        crew.search[0]->list.was_stopped = was_stopped;
    }
    sort_list(crew.search[0], &crew.search[0]->list);
    *out = crew.search[0]->list;
    for (size_t i = 0; i < workers; i++)
        bic_search_close(crew.search[i]);
}

/* From the order in which terms are tried to the caller's. */
static uint64_t original(const struct bic_search *s, uint64_t in)
{
    uint64_t out = 0;

    for (uint64_t left = in; left != 0; left &= left - 1)
        out |= UINT64_C(1) << s->order[__builtin_ctzll(left)];
    return out;
}

static void sort_list(struct bic_search *s, struct bic_list *out)
{
    for (size_t i = 0; i < s->best.n; i++)
        s->best.fit[i].in = original(s, s->best.fit[i].in);
    bic_ranking_sort(&s->best);
    out->fit = s->best.fit;
    out->n = s->best.n;
}

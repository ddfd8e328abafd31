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

/* All models need no bounds, and so no room for the fits that make them: two thirds of a worker's memory. */
enum bounds { WITHOUT_BOUNDS, WITH_BOUNDS };

static void set_counts(struct bic_search *s, const uint32_t *y);
static struct bic_list list_of(struct bic_ranking *best, int64_t fits);

/* Without room for a ranking: a crew shares one. */
static struct bic_search *open_worker(struct arena *a, const struct bic_terms *terms, enum bounds bounds)
{
    struct bic_search *s = arena_new(a, 1, struct bic_search);
    size_t cells = (size_t)1 << terms->lists;
    size_t free_terms = 1 + terms->lists + terms->n;

    s->terms = terms;
    s->table = (struct loglinear_table){.lists = terms->lists, .cells = cells};
    s->table.y = arena_new(a, cells, uint32_t);
    s->table.margin = arena_new(a, cells, double);
    s->arena = arena_open();
    for (size_t i = 0; i <= terms->n; i++)
        s->level[i].fit = loglinear_open(a, terms->lists, free_terms);
    for (size_t i = 0; bounds == WITH_BOUNDS && i < 2 * terms->n; i++)
        s->level[i / 2].own[i % 2] = loglinear_open(a, terms->lists, free_terms);
    return s;
}

struct bic_search *bic_search_open(struct arena *a, const struct bic_terms *terms, size_t most)
{
    struct bic_search *s = open_worker(a, terms, WITH_BOUNDS);

    s->best = bic_ranking_open(a, most);
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
}

/* How far above the best to look first; without bounds when all models are wanted. */
static double first_room(const struct bic_terms *terms, size_t most)
{
    if (most >= MANY_MODELS && (int64_t)most >= bic_count(terms))
        return widest_room;
    return least_room + 1.5 * log2((double)most);
}

/* One search after another until the list is full, each with twice the room: with a limit a little above the
 * best, nearly all branches are left out. */
static void begin_round(struct bic_shared *shared, double best, double room)
{
    atomic_store(&shared->limit, room < widest_room ? best + room : (double)INFINITY);
    shared->best.n = 0;
}

static bool is_full(const struct bic_shared *shared, double room)
{
    return shared->best.n == shared->best.most || !(room < widest_room);
}

const struct bic_list *bic_search_run(struct bic_search *s, const uint32_t *y)
{
    struct bic_shared shared = {
        .reach = INFINITY, .most_fits = INT64_MAX, .lock = PTHREAD_MUTEX_INITIALIZER, .best = s->best};
    double room = first_room(s->terms, s->best.most);

    set_counts(s, y);
    double best = bic_greedy(s);
    s->tells = true;
    for (bool is_done = false; !is_done; room *= 2.0) {
        begin_round(&shared, best, room);
        bic_walk(s, &shared);
        is_done = is_full(&shared, room);
    }
    s->list = list_of(&shared.best, s->fits);
    return &s->list;
}

struct crew {
    size_t workers;
    struct bic_search *search[MOST_WORKERS];
    struct bic_shared shared;
};

static void open_crew(struct crew *crew, const struct bic_terms *terms, const uint32_t *y, enum bounds bounds,
                      int threads, struct arena *a)
{
    size_t asked = (size_t)(threads > 0 ? threads : parallel_processors());

    crew->workers = terms->n <= SMALL_TERMS ? 1 : asked < MOST_WORKERS ? asked : MOST_WORKERS;
    for (size_t i = 0; i < crew->workers; i++) {
        crew->search[i] = open_worker(a, terms, bounds);
        crew->search[i]->tells = i == 0;
        set_counts(crew->search[i], y);
    }
    if (crew->workers > 1)
        crew->shared.taken = arena_new(a, BIC_BRANCHES, atomic_uchar);
}

static void search_block(void *work, size_t block)
{
    struct crew *crew = work;

    bic_walk(crew->search[block], &crew->shared);
}

/* False when asked to stop. */
static bool search(struct crew *crew, int threads)
{
    struct progress *p = crew->shared.progress;

    progress_begin(p, "models", (int64_t)crew->workers);
    return parallel_for(crew->workers, threads, search_block, crew, p) && !progress_should_stop(p);
}

static int64_t close_crew(struct crew *crew)
{
    int64_t fits = 0;

    for (size_t i = 0; i < crew->workers; i++) {
        fits += crew->search[i]->fits;
        bic_search_close(crew->search[i]);
    }
    return fits;
}

void bic_best(const struct bic_terms *terms, const uint32_t *y, size_t most, int threads, struct progress *p,
              struct arena *a, struct bic_list *out)
{
    struct crew crew = {.shared = {.reach = INFINITY,
                                   .most_fits = INT64_MAX,
                                   .progress = p,
                                   .lock = PTHREAD_MUTEX_INITIALIZER,
                                   .best = bic_ranking_open(a, most)}};
    double room = first_room(terms, most);
    bool was_stopped = false;

    enum bounds bounds = room < widest_room ? WITH_BOUNDS : WITHOUT_BOUNDS;
    open_crew(&crew, terms, y, bounds, threads, a);
    double best = bounds == WITH_BOUNDS ? bic_greedy(crew.search[0]) : INFINITY;
    for (bool is_done = false; !is_done; room *= 2.0) {
        begin_round(&crew.shared, best, room);
        if (crew.shared.taken)
            memset(crew.shared.taken, 0, BIC_BRANCHES);
        was_stopped = !search(&crew, threads);
        is_done = is_full(&crew.shared, room) || was_stopped;
    }
    int64_t fits = close_crew(&crew);
    *out = list_of(&crew.shared.best, fits);
    out->was_stopped = was_stopped;
}

void bic_within(const struct bic_terms *terms, const uint32_t *y, const struct bic_reach *reach, int threads,
                struct arena *a, struct bic_list *out)
{
    struct crew crew = {.shared = {.limit = INFINITY,
                                   .reach = reach->bic,
                                   .most_fits = reach->fits > 0 ? reach->fits : INT64_MAX,
                                   .lock = PTHREAD_MUTEX_INITIALIZER,
                                   .best = bic_ranking_open(a, reach->models)}};

    open_crew(&crew, terms, y, WITH_BOUNDS, reach->fits > 0 ? 1 : threads, a);
    search(&crew, threads);
    int64_t fits = close_crew(&crew);
    *out = list_of(&crew.shared.best, fits);
    out->was_stopped = fits >= crew.shared.most_fits;
    while (out->fit[out->n - 1].bic > out->fit[0].bic + reach->bic)
        out->n--;
}

static struct bic_list list_of(struct bic_ranking *best, int64_t fits)
{
    bic_ranking_sort(best);
    return (struct bic_list){.n = best->n, .fit = best->fit, .fits = fits};
}

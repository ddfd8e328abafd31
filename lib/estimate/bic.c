/* The hierarchical models that are best by BIC. */
#include "estimate/bic.h"

#include "base/arena.h"
#include "base/parallel.h"
#include "base/progress.h"
#include "estimate/bic_ranking.h"

#include <assert.h>
#include <math.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

enum {
    MOST_STEPS = 12,
    MANY_STEPS = 400,
    SHARED_DEPTH = 3,
    SMALL_TERMS = 10,
    MANY_MODELS = 1000,
    MOST_WORKERS = 16
};

static const double rounding = 1e-7;    /* of BIC: what a bound may be wrong by */
static const double least_room = 1.0;   /* BIC above the best that is searched first */
static const double widest_room = 80.0; /* beyond it no bound is used */

/* What the threads of one search have in common. */
struct shared {
    _Atomic double limit; /* a BIC above it is not in the list */
    atomic_uchar *taken;  /* branches three terms deep, by those terms; NULL: one thread */
    struct progress *progress;
};

/* A model on the way down: all models below it have its terms and some of `open`. */
struct level {
    uint64_t in, open;
    size_t last; /* the term it was reached by */
    struct loglinear *fit;
    bool is_certified; /* fit is at the maximum, which exists; else it is made anew from its face */
    enum dark_figure dark_figure;
    struct loglinear *upper; /* a fit of upper_in, perhaps that of the level above */
    uint64_t upper_in;
    struct loglinear *own[2]; /* room for it */
};

struct bic_search {
    const struct bic_terms *terms; /* in the order in which they are tried */
    struct bic_terms ordered;
    size_t order[BIC_MAX_TERMS]; /* ordered.term[i] is the caller's term[order[i]] */
    struct loglinear_table table;
    double log_n, saturated, factorials; /* sums of y log y - y and of log y! */
    struct arena *arena;                 /* for exact tests, reset between them */
    struct shared *shared;
    bool tells; /* of the models above the shared branches */
    struct bic_ranking best;
    struct bic_list list;
    struct level level[BIC_MAX_TERMS + 1];
};

static void set_counts(struct bic_search *s, const uint32_t *y);
static void search(struct bic_search *s, struct shared *shared);
static void fit_root(struct bic_search *s, struct level *l);
static void fit_child(struct bic_search *s, const struct level *parent, struct level *l);
static struct bic_fit describe(const struct bic_search *s, struct level *l);
static double greedy_bic(struct bic_search *s);
static bool can_hold(struct bic_search *s, struct level *l);
static void take(struct bic_search *s, struct level *l);
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

static uint64_t all_terms(const struct bic_search *s)
{
    return s->ordered.n == 64 ? ~UINT64_C(0) : (UINT64_C(1) << s->ordered.n) - 1;
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
    struct shared shared = {.progress = NULL};
    double room = first_room(s->terms, s->best.most);

    set_counts(s, y);
    double best = greedy_bic(s);
    for (;; room *= 2.0) {
        double limit = room < widest_room ? best + room : (double)INFINITY;

        atomic_init(&shared.limit, limit);
        s->best.n = 0;
        s->tells = true;
        search(s, &shared);
        if (s->best.n == s->best.most || isinf(limit))
            break;
    }
    sort_list(s, &s->list);
    return &s->list;
}

struct crew {
    struct bic_search **search;
    struct shared *shared;
};

static void search_block(void *work, size_t block)
{
    const struct crew *crew = work;
    struct bic_search *s = crew->search[block];

    s->best.n = 0;
    s->tells = block == 0;
    search(s, crew->shared);
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
    struct shared shared = {.progress = p};
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
    double best = greedy_bic(crew.search[0]);
    for (; !is_done; room *= 2.0) {
        double limit = room < widest_room ? best + room : (double)INFINITY;

        atomic_init(&shared.limit, limit);
        if (workers > 1)
            shared.taken = arena_new(a, 64 * 64 * 64, atomic_uchar);
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

static void search(struct bic_search *s, struct shared *shared)
{
    const struct bic_terms *t = &s->ordered;
    size_t depth = 0;

    s->shared = shared;
    s->level[0].in = 0;
    s->level[0].open = all_terms(s);
    fit_root(s, &s->level[0]);
    if (s->tells)
        take(s, &s->level[0]);
    for (;;) {
        struct level *l = &s->level[depth];
        struct level *child = l + 1;

        if (l->open != 0 && !can_hold(s, l))
            l->open = 0;
        if (l->open == 0 || progress_should_stop(shared->progress)) {
            if (depth == 0)
                return;
            depth--;
            continue;
        }
        child->last = (size_t)__builtin_ctzll(l->open);
        child->in = l->in | UINT64_C(1) << child->last;
        child->open = l->open & (l->open - 1);
        l->open &= ~t->wholes[child->last];
        if (depth + 1 == SHARED_DEPTH && shared->taken &&
            atomic_fetch_or(&shared->taken[(s->level[1].last * 64 + l->last) * 64 + child->last], 1) != 0)
            continue;
        fit_child(s, l, child);
        if (depth + 1 >= SHARED_DEPTH || s->tells)
            take(s, child);
        child->upper = l->upper;
        child->upper_in = l->upper_in;
        depth++;
    }
}

/* From its face: whatever the class of the dark figure, the likelihood's supremum is found there. */
static void fit_on_face(struct bic_search *s, struct level *l)
{
    struct model model = bic_model_of(&s->ordered, l->in);

    arena_reset(s->arena);
    struct exists_face *face = arena_new(s->arena, 1, struct exists_face);
    exists_find_face(&s->table, &model, s->arena, face);
    l->dark_figure = face->dark_figure;
    l->is_certified = false;
    loglinear_start(l->fit, &s->table, face->term, face->terms, &face->off);
    loglinear_fit(l->fit, &s->table, MANY_STEPS);
}

static void fit_root(struct bic_search *s, struct level *l)
{
    l->dark_figure = DARK_FIGURE_FINITE;
    l->is_certified = false;
    l->upper = l->own[0];
    l->upper_in = 0;
    loglinear_independence(l->fit, &s->table);
    if (loglinear_fit(l->fit, &s->table, MOST_STEPS) == LOGLINEAR_CERTIFIED)
        l->is_certified = true;
    else
        fit_on_face(s, l);
}

static void fit_child(struct bic_search *s, const struct level *parent, struct level *l)
{
    l->dark_figure = DARK_FIGURE_FINITE;
    l->is_certified = false;
    if (parent->is_certified) {
        loglinear_extend(l->fit, parent->fit, &s->table, s->ordered.term[l->last]);
        l->is_certified = loglinear_fit(l->fit, &s->table, MOST_STEPS) == LOGLINEAR_CERTIFIED;
    }
    if (!l->is_certified)
        fit_on_face(s, l);
}

static int parameters(const struct bic_search *s, uint64_t in)
{
    return 1 + (int)s->ordered.lists + __builtin_popcountll(in);
}

/* Can a model that has the terms of `l` and of l->open, the first of them among them, be within the limit? */
static bool can_hold(struct bic_search *s, struct level *l)
{
    double limit = atomic_load_explicit(&s->shared->limit, memory_order_relaxed) + rounding;
    double least_penalty = (parameters(s, l->in) + 1) * s->log_n;
    double enough = s->saturated; /* log-likelihoods without the terms of y alone */

    if (isinf(limit))
        return true;
    enough = -0.5 * (limit - least_penalty) + s->factorials;
    if (s->saturated < enough)
        return false;
    if ((l->open & (l->open - 1)) == 0)
        return true;
    if (l->upper_in != (l->in | l->open)) {
        struct loglinear *room = l->own[l->upper == l->own[0]];
        struct model model = bic_model_of(&s->ordered, l->in | l->open);

        loglinear_set(room, &s->table, &model, l->upper_in == 0 ? l->fit : l->upper, l->fit);
        l->upper = room;
        l->upper_in = l->in | l->open;
    }
    return loglinear_reaches(l->upper, &s->table, enough);
}

static struct bic_fit describe(const struct bic_search *s, struct level *l)
{
    double k = parameters(s, l->in);
    double minus_two_l = -2.0 * (l->fit->log_likelihood - s->factorials);
    struct bic_fit f = {.in = l->in,
                        .nhat = NAN,
                        .deviance = fmax(0.0, 2.0 * (s->saturated - l->fit->log_likelihood)),
                        .aic = minus_two_l + 2.0 * k,
                        .bic = minus_two_l + k * s->log_n,
                        .df = (int64_t)s->table.cells - 1 - (int64_t)l->fit->k,
                        .dark_figure = l->dark_figure};

    for (size_t w = 0; w < MODEL_MAX_CELLS / 64; w++)
        f.df -= __builtin_popcountll(l->fit->removed.word[w]);
    if (f.dark_figure == DARK_FIGURE_FINITE)
        f.nhat = s->table.margin[0] + loglinear_dark_figure(l->fit);
    return f;
}

static void take(struct bic_search *s, struct level *l)
{
    struct bic_fit f = describe(s, l);
    double limit = atomic_load_explicit(&s->shared->limit, memory_order_relaxed);

    s->list.fits++;
    if (!(f.bic <= limit + rounding))
        return;
    bic_ranking_add(&s->best, &f);
    if (s->best.n < s->best.most)
        return;
    while (s->best.fit[0].bic < limit &&
           !atomic_compare_exchange_weak(&s->shared->limit, &limit, s->best.fit[0].bic))
        continue;
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

/* A good model to begin with: from independence on, the term that lowers the BIC most, while one does. */
static double greedy_bic(struct bic_search *s)
{
    struct level *at = &s->level[0];
    struct level *next = &s->level[1];
    double best = INFINITY;

    at->in = 0;
    fit_root(s, at);
    for (bool gains = true; gains;) {
        size_t chosen = s->ordered.n;

        best = fmin(best, describe(s, at).bic);
        double least = best;
        for (size_t j = 0; j < s->ordered.n; j++) {
            if ((at->in >> j & 1U) || (s->ordered.parts[j] & ~at->in))
                continue;
            next->in = at->in | UINT64_C(1) << j;
            next->last = j;
            fit_child(s, at, next);
            double bic = describe(s, next).bic;
            if (bic < least) {
                least = bic;
                chosen = j;
            }
        }
        gains = chosen < s->ordered.n;
        if (!gains)
            break;
        next->in = at->in | UINT64_C(1) << chosen;
        next->last = chosen;
        fit_child(s, at, next);
        struct level kept = *at;
        *at = *next;
        *next = kept;
    }
    return best;
}

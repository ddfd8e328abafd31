/* The tree of models, depth first: each model is its parent with one term more. */
#include "estimate/bic_search.h"

#include "base/arena.h"
#include "base/progress.h"

#include <math.h>

enum { MOST_STEPS = 12, MANY_STEPS = 400 };

static const double rounding = 1e-7; /* of BIC: what a bound may be wrong by */

static void fit_root(struct bic_search *s, struct bic_level *l);
static void fit_child(struct bic_search *s, const struct bic_level *parent, struct bic_level *l);
static struct bic_fit describe(const struct bic_search *s, struct bic_level *l);
static bool can_hold(struct bic_search *s, struct bic_level *l);
static void take(struct bic_search *s, struct bic_level *l);

static uint64_t all_terms(const struct bic_search *s)
{
    return s->ordered.n == 64 ? ~UINT64_C(0) : (UINT64_C(1) << s->ordered.n) - 1;
}

/* The number of the branch that the first levels have come to, from 0 on without gaps: its terms in growing
 * order, a < b < c < d, are choice number (a over 1) + (b over 2) + (c over 3) + (d over 4). Knuth (2011),
 * The Art of Computer Programming 4A, 7.2.1.3. */
static size_t branch_of(const struct bic_search *s)
{
    size_t a = s->level[1].last;
    size_t b = s->level[2].last;
    size_t c = s->level[3].last;
    size_t d = s->level[4].last;

    return a + b * (b - 1) / 2 + c * (c - 1) * (c - 2) / 6 + d * (d - 1) * (d - 2) * (d - 3) / 24;
}

/* Does another thread have it? */
static bool is_taken(const struct bic_search *s)
{
    return s->shared->taken && atomic_fetch_or(&s->shared->taken[branch_of(s)], 1) != 0;
}

static bool should_stop(const struct bic_search *s)
{
    return s->fits >= s->shared->most_fits || progress_should_stop(s->shared->progress);
}

void bic_walk(struct bic_search *s, struct bic_shared *shared)
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
        struct bic_level *l = &s->level[depth];
        struct bic_level *child = l + 1;

        if (l->open != 0 && !can_hold(s, l))
            l->open = 0;
        if (l->open == 0 || should_stop(s)) {
            if (depth == 0)
                return;
            depth--;
            continue;
        }
        child->last = (size_t)__builtin_ctzll(l->open);
        child->in = l->in | UINT64_C(1) << child->last;
        child->open = l->open & (l->open - 1);
        l->open &= ~t->wholes[child->last];
        if (depth + 1 == BIC_SHARED_DEPTH && is_taken(s))
            continue;
        fit_child(s, l, child);
        if (depth + 1 >= BIC_SHARED_DEPTH || s->tells)
            take(s, child);
        child->upper = l->upper;
        child->upper_in = l->upper_in;
        depth++;
    }
}

/* A good model to begin with: from independence on, the term that lowers the BIC most, while one does. */
double bic_greedy(struct bic_search *s)
{
    struct bic_level *at = &s->level[0];
    struct bic_level *next = &s->level[1];
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
        struct bic_level kept = *at;
        *at = *next;
        *next = kept;
    }
    return best;
}

/* From its face: whatever the class of the dark figure, the likelihood's supremum is found there. */
static void fit_on_face(struct bic_search *s, const struct bic_level *parent, struct bic_level *l)
{
    struct model model = bic_model_of(&s->ordered, l->in);

    arena_reset(s->arena);
    struct exists_face *face = arena_new(s->arena, 1, struct exists_face);
    exists_find_face(&s->table, &model, parent ? parent->dark_figure : DARK_FIGURE_FINITE, s->arena, face);
    l->dark_figure = face->dark_figure;
    l->is_certified = false;
    loglinear_start(l->fit, &s->table, face->term, face->terms, &face->off);
    if (parent)
        loglinear_consider(l->fit, &s->table, parent->fit);
    loglinear_fit(l->fit, &s->table, MANY_STEPS);
}

static void fit_root(struct bic_search *s, struct bic_level *l)
{
    l->dark_figure = DARK_FIGURE_FINITE;
    l->is_certified = false;
    l->upper = l->own[0];
    l->upper_in = 0;
    loglinear_independence(l->fit, &s->table);
    if (loglinear_fit(l->fit, &s->table, MOST_STEPS) == LOGLINEAR_CERTIFIED)
        l->is_certified = true;
    else
        fit_on_face(s, NULL, l);
}

static void fit_child(struct bic_search *s, const struct bic_level *parent, struct bic_level *l)
{
    l->dark_figure = DARK_FIGURE_FINITE;
    l->is_certified = false;
    if (parent->is_certified) {
        loglinear_extend(l->fit, parent->fit, &s->table, s->ordered.term[l->last]);
        l->is_certified = loglinear_fit(l->fit, &s->table, MOST_STEPS) == LOGLINEAR_CERTIFIED;
    }
    if (!l->is_certified)
        fit_on_face(s, parent, l);
}

static int parameters(const struct bic_search *s, uint64_t in)
{
    return 1 + (int)s->ordered.lists + __builtin_popcountll(in);
}

/* Can a model that has the terms of `l` and of l->open, the first of them among them, be within the limit? */
static bool can_hold(struct bic_search *s, struct bic_level *l)
{
    double limit = atomic_load_explicit(&s->shared->limit, memory_order_relaxed) + rounding;
    double least_penalty = (parameters(s, l->in) + 1) * s->log_n;
    double enough = -0.5 * (limit - least_penalty) + s->factorials; /* without the terms of y alone */

    if (isinf(limit) || !l->own[0])
        return true;
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

static struct bic_fit describe(const struct bic_search *s, struct bic_level *l)
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

/* From the order in which terms are tried to the caller's. */
static uint64_t original(const struct bic_search *s, uint64_t in)
{
    uint64_t out = 0;

    for (uint64_t left = in; left != 0; left &= left - 1)
        out |= UINT64_C(1) << s->order[__builtin_ctzll(left)];
    return out;
}

static void take(struct bic_search *s, struct bic_level *l)
{
    struct bic_shared *shared = s->shared;
    struct bic_fit f = describe(s, l);

    s->fits++;
    if (!(f.bic <= atomic_load_explicit(&shared->limit, memory_order_relaxed) + rounding))
        return;
    f.in = original(s, f.in);
    pthread_mutex_lock(&shared->lock);
    bic_ranking_add(&shared->best, &f);
    double limit = f.bic + shared->reach;
    if (shared->best.n == shared->best.most)
        limit = fmin(limit, shared->best.fit[0].bic);
    if (limit < atomic_load(&shared->limit))
        atomic_store(&shared->limit, limit);
    pthread_mutex_unlock(&shared->lock);
}

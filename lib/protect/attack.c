/* The auditor: what a reader can bound with everything that is shown. */
#include "protect/attack.h"

#include "base/arena.h"
#include "base/progress.h"
#include "protect/bounds.h"
#include "protect/published.h"

#include <math.h>

/* The widest values seen in any table that agrees with the knowledge, for every published cell. */
struct attacking {
    const struct attack_knowledge *knowledge;
    double *lowest;
    double *highest;
    struct bounds *bounds; /* opened when the first program is needed */
    size_t programs;
    double *sum;  /* [sums] of the table that is looked at */
    double *mean; /* [counts] of the solutions found so far */
    size_t solutions;
};

static const double whole = 1e-6; /* the solver's figures are this near to the whole numbers they mean */

static void try_guess(struct attacking *k, const int64_t *guess, struct arena *a);
static struct attack_bound seen_bound(const struct attacking *k, size_t cell);
static enum status solve_cell(struct attacking *k, size_t cell, enum attack_depth depth, struct err *e);
static void count_exposed(struct attack_report *r);

enum status attack_cells(const struct attack_knowledge *knowledge, const struct attack_options *options,
                         struct arena *a, struct attack_report *out, struct err *e)
{
    size_t published = knowledge->sums.n;
    size_t cells = knowledge->cells;
    struct attack_report r = {.cells = cells, .bound = arena_new(a, cells, struct attack_bound)};
    struct attacking k = {.knowledge = knowledge};
    enum status s = OK;

    k.sum = arena_new(a, published, double);
    k.mean = arena_new(a, knowledge->sums.counts, double);
    k.lowest = arena_new(a, published, double);
    k.highest = arena_new(a, published, double);
    for (size_t i = 0; i < published; i++) {
        k.lowest[i] = INFINITY;
        k.highest[i] = -INFINITY;
    }
    if (options->guess)
        try_guess(&k, options->guess, a);
    progress_begin(options->progress, "attack", (int64_t)cells);
    for (size_t i = 0; s == OK && i < cells; i++) {
        s = solve_cell(&k, knowledge->cell[i], options->depth, e);
        r.bound[i] = seen_bound(&k, knowledge->cell[i]);
        progress_step(options->progress, 1);
        if (s == OK && progress_should_stop(options->progress))
            s = err_set(e, REFUSED, "stopped after %zu of %zu cells", i + 1, cells);
    }
    bounds_close(k.bounds);
    TRY(s);
    r.programs = k.programs;
    count_exposed(&r);
    *out = r;
    return OK;
}

enum status attack_published(const struct published *published, const struct attack_options *options,
                             struct arena *a, struct attack_report *out, struct err *e)
{
    const struct table_shape *shape = &published->shape;
    struct attack_options with_guess = *options;
    struct sums sums = sums_of_table(shape, a);
    int64_t *guess = arena_new(a, shape->inner, int64_t);
    size_t *cell = arena_new(a, shape->published, size_t);
    bool has_hidden = false;
    size_t cells = 0;

    published_know(published, sums.lo, sums.hi);
    for (size_t i = 0; i < shape->published; i++) {
        size_t inner = 0;

        has_hidden = has_hidden || published->n[i] == PUBLISHED_HIDDEN;
        if (table_is_inner(shape, i, &inner))
            guess[inner] = published->n[i];
    }
    for (size_t i = 0; i < shape->published; i++) {
        bool is_open =
            has_hidden && sums.lo[i] == sums.hi[i] && (sums.lo[i] == 0 || sums.lo[i] > ATTACK_SMALL);

        if (shape->parts[i] > 0 && !is_open)
            cell[cells++] = i;
    }
    with_guess.guess = has_hidden ? NULL : guess;
    return attack_cells(&(struct attack_knowledge){.sums = sums, .cell = cell, .cells = cells}, &with_guess,
                        a, out, e);
}

static void see(struct attacking *k, size_t cell, double value)
{
    k->lowest[cell] = fmin(k->lowest[cell], value);
    k->highest[cell] = fmax(k->highest[cell], value);
}

/* The sums of the counts at `point`. */
static void add_up(struct attacking *k, const double *point)
{
    const struct sums *sums = &k->knowledge->sums;

    for (size_t s = 0; s < sums->n; s++) {
        k->sum[s] = 0;
        for (size_t i = sums->first[s]; i < sums->first[s + 1]; i++)
            k->sum[s] += point[sums->part[i]];
    }
}

/* How far the count `i`, which is `value`, can be moved while its sums stay in their intervals. */
static void room_of(const struct attacking *k, size_t i, double value, double *down, double *up)
{
    const struct sums *sums = &k->knowledge->sums;

    *down = value;
    *up = INFINITY;
    for (size_t c = sums->start[i]; c < sums->start[i + 1]; c++) {
        size_t s = sums->of[c];

        *down = fmin(*down, k->sum[s] - (double)sums->lo[s]);
        if (sums->hi[s] < BOUNDS_UNLIMITED)
            *up = fmin(*up, (double)sums->hi[s] - k->sum[s]);
    }
    *down = fmax(*down, 0); /* a mean of solutions is outside by a rounding error at most */
    *up = fmax(*up, 0);
}

/* Where a table agrees with all that is known, so does every table made from it by moving one count as far as
 * the intervals of its sums allow. */
static void see_moves(struct attacking *k, const double *point)
{
    const struct sums *sums = &k->knowledge->sums;

    add_up(k, point);
    for (size_t i = 0; i < sums->counts; i++) {
        double down = 0;
        double up = 0;

        room_of(k, i, point[i], &down, &up);
        for (size_t c = sums->start[i]; c < sums->start[i + 1]; c++) {
            see(k, sums->of[c], k->sum[sums->of[c]] - down);
            see(k, sums->of[c], k->sum[sums->of[c]] + up);
        }
    }
}

static void try_guess(struct attacking *k, const int64_t *guess, struct arena *a)
{
    const struct sums *sums = &k->knowledge->sums;
    double *point = arena_new(a, sums->counts, double);

    for (size_t i = 0; i < sums->counts; i++)
        point[i] = (double)guess[i];
    add_up(k, point);
    for (size_t s = 0; s < sums->n; s++)
        if (k->sum[s] < (double)sums->lo[s] || k->sum[s] > (double)sums->hi[s])
            return;
    see_moves(k, point);
}

/* Solutions lie at the edge of what is possible; their mean lies inside, where counts have room to move. */
static void try_mean(struct attacking *k)
{
    size_t counts = k->knowledge->sums.counts;

    k->solutions++;
    for (size_t i = 0; i < counts; i++)
        k->mean[i] += (bounds_count(k->bounds, i) - k->mean[i]) / (double)k->solutions;
    see_moves(k, k->mean);
}

static bool is_exposed(const struct attack_bound *b, int64_t own)
{
    int64_t least = own < ATTACK_LEAST_WIDTH ? ATTACK_LEAST_WIDTH - own : 1;

    return b->hi - b->lo < least || (own == 0 && b->lo >= 1 && b->hi <= ATTACK_SMALL);
}

static struct attack_bound seen_bound(const struct attacking *k, size_t cell)
{
    struct attack_bound b = {.cell = cell, .is_exposed = true};

    if (k->lowest[cell] > k->highest[cell])
        return b;
    b.lo = (int64_t)ceil(k->lowest[cell] - whole);
    b.hi = k->highest[cell] >= (double)BOUNDS_UNLIMITED ? BOUNDS_UNLIMITED
                                                        : (int64_t)floor(k->highest[cell] + whole);
    b.is_exposed = is_exposed(&b, k->knowledge->own ? k->knowledge->own[cell] : 0);
    return b;
}

static enum status solve_cell(struct attacking *k, size_t cell, enum attack_depth depth, struct err *e)
{
    for (enum bounds_end end = BOUNDS_LOWEST; end <= BOUNDS_HIGHEST; end++) {
        double value = 0;

        if (depth == ATTACK_UNTIL_SAFE && !seen_bound(k, cell).is_exposed)
            return OK;
        if (!k->bounds)
            TRY(bounds_open(&k->knowledge->sums, &k->bounds, e));
        TRY(bounds_solve(k->bounds, cell, end, &value, e));
        k->programs++;
        see(k, cell, value);
        for (size_t i = 0; i < k->knowledge->cells; i++)
            see(k, k->knowledge->cell[i], bounds_sum(k->bounds, k->knowledge->cell[i]));
        if (depth == ATTACK_UNTIL_SAFE)
            try_mean(k);
    }
    return OK;
}

static void count_exposed(struct attack_report *r)
{
    r->narrowest = BOUNDS_UNLIMITED;
    for (size_t i = 0; i < r->cells; i++) {
        int64_t width = r->bound[i].hi - r->bound[i].lo;

        r->exposed += r->bound[i].is_exposed;
        r->exact += width <= 0;
        r->narrowest = width < r->narrowest ? width : r->narrowest;
    }
}

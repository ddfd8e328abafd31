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

/* If the guess agrees with all that is known, so does every table made from it by moving one inner cell as
 * far as the intervals of the cells it is in allow. */
static void try_guess(struct attacking *k, const int64_t *guess, struct arena *a)
{
    const struct sums *sums = &k->knowledge->sums;
    int64_t *sum = arena_new(a, sums->n, int64_t);

    sums_add(sums, guess, sum);
    for (size_t cell = 0; cell < sums->n; cell++)
        if (sum[cell] < sums->lo[cell] || sum[cell] > sums->hi[cell])
            return;
    for (size_t i = 0; i < sums->counts; i++) {
        const uint32_t *of = sums->of + sums->start[i];
        size_t covers = sums->start[i + 1] - sums->start[i];
        int64_t down = guess[i];
        int64_t up = BOUNDS_UNLIMITED;

        for (size_t c = 0; c < covers; c++) {
            int64_t room_below = sum[of[c]] - sums->lo[of[c]];
            int64_t room_above = sums->hi[of[c]] - sum[of[c]];

            down = room_below < down ? room_below : down;
            up = room_above < up ? room_above : up;
        }
        for (size_t c = 0; c < covers; c++) {
            see(k, of[c], (double)(sum[of[c]] - down));
            see(k, of[c], (double)(sum[of[c]] + up));
        }
    }
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

/* Additive rounding: drawn from a keyed stream and improved by swaps. */
#include "protect/rounding.h"

#include "base/arena.h"
#include "base/text.h"
#include "protect/keystream.h"
#include "protect/table.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

/* Of each kind, cells to raise and cells to lower, so many are tried against each other for the best swap. */
enum { CANDIDATES = 12 };

/* An inner cell whose count is not a multiple of the base: it goes down to one, or up to the next. */
struct uneven {
    size_t inner;
    uint32_t category[TABLE_MAX_DIMENSIONS];
    int64_t rest;    /* count modulo base, at least 1 */
    int64_t margins; /* scored margins it is in */
    int64_t pull;    /* sum of their deviations: high asks for going down */
    bool is_up;
};

/* A rounding under way. A margin is scored when it is the sum of at least two possible cells. */
struct rounding {
    const struct table *table;
    int64_t base;
    size_t n;
    struct uneven *cell; /* [n] in the drawn order */
    int64_t *deviation;  /* [published] rounded minus exact */
    size_t *covers;      /* scratch, [covers] */
};

/* Lowest costs first. */
struct candidates {
    size_t n;
    size_t cell[CANDIDATES];
    int64_t cost[CANDIDATES];
};

static struct rounding rounding_open(const struct table *t, int64_t base, struct arena *a);
static bool rounding_find(struct rounding *r, const struct rounding_options *options,
                          const unsigned char *key, struct arena *a);
static void rounding_figures(const struct rounding *r, struct arena *a, int64_t *figure);

bool rounding_make(const struct table *t, const struct rounding_options *options, const unsigned char *key,
                   int64_t *figure)
{
    struct arena *a = arena_open();
    struct rounding r = rounding_open(t, options->base, a);
    bool is_within = rounding_find(&r, options, key, a);

    if (is_within)
        rounding_figures(&r, a, figure);
    arena_close(a);
    return is_within;
}

/* Finds the uneven cells, in the order of the table. */
static struct rounding rounding_open(const struct table *t, int64_t base, struct arena *a)
{
    struct rounding r = {.table = t, .base = base};
    const struct table_shape *shape = &t->shape;

    r.covers = arena_new(a, shape->covers, size_t);
    r.deviation = arena_new(a, shape->published, int64_t);
    for (size_t i = 0; i < shape->inner; i++)
        r.n += t->count[i] % base != 0;
    r.cell = arena_new(a, r.n, struct uneven);
    for (size_t i = 0, n = 0; i < shape->inner; i++) {
        if (t->count[i] % base == 0)
            continue;
        struct uneven *u = &r.cell[n++];
        size_t rest = i;

        *u = (struct uneven){.inner = i, .rest = t->count[i] % base};
        for (size_t d = shape->dimensions; d-- > 0;) {
            u->category[d] = (uint32_t)(rest % shape->dimension[d].n);
            rest /= shape->dimension[d].n;
        }
        table_covers(shape, i, r.covers);
        for (size_t c = 0; c < shape->covers; c++)
            u->margins += shape->parts[r.covers[c]] > 1;
    }
    return r;
}

static int compare_inner(const void *x, const void *y)
{
    const struct uneven *a = x;
    const struct uneven *b = y;

    return (a->inner > b->inner) - (a->inner < b->inner);
}

/* An order of the uneven cells that depends on nothing but the stream (Fisher & Yates). */
static void shuffle(struct rounding *r, struct keystream *k)
{
    qsort(r->cell, r->n, sizeof *r->cell, compare_inner);
    for (size_t i = r->n; i > 1; i--) {
        size_t j = (size_t)keystream_below(k, i);
        struct uneven swapped = r->cell[i - 1];

        r->cell[i - 1] = r->cell[j];
        r->cell[j] = swapped;
    }
}

/* How many cells go up: the sum of the rests over the base, itself rounded at random so that no value of the
 * grand total can be excluded. (Rounding it to the nearest would show a single cell of 1 or 2 as what it is.)
 */
static int64_t cells_to_raise(const struct rounding *r, int64_t rests, struct keystream *k)
{
    int64_t over = rests % r->base;

    return rests / r->base + ((int64_t)keystream_below(k, (uint64_t)r->base) < over ? 1 : 0);
}

/* A systematic sample: cell i is hit with probability rest_i * raise / rests, near rest_i / base. A cell hit
 * twice counts once; what then lacks is filled in the drawn order. */
static void sample(struct rounding *r, int64_t raise, int64_t rests, struct keystream *k)
{
    int64_t next = rests > 0 ? (int64_t)keystream_below(k, (uint64_t)rests) : 0;
    int64_t reached = 0;
    int64_t lacking = raise;

    for (size_t i = 0; i < r->n; i++) {
        struct uneven *u = &r->cell[i];

        reached += u->rest * raise;
        u->is_up = next < reached;
        lacking -= u->is_up;
        while (next < reached)
            next += rests;
    }
    for (size_t i = 0; i < r->n && lacking > 0; i++) {
        lacking -= !r->cell[i].is_up;
        r->cell[i].is_up = true;
    }
    assert(lacking == 0);
}

static int64_t move_of(const struct rounding *r, const struct uneven *u)
{
    return (u->is_up ? r->base : 0) - u->rest;
}

static void measure_pull(struct rounding *r, struct uneven *u)
{
    const struct table_shape *shape = &r->table->shape;

    table_covers(shape, u->inner, r->covers);
    u->pull = 0;
    for (size_t c = 0; c < shape->covers; c++)
        if (shape->parts[r->covers[c]] > 1)
            u->pull += r->deviation[r->covers[c]];
}

static void shift_covers(struct rounding *r, const struct uneven *u, int64_t by)
{
    table_covers(&r->table->shape, u->inner, r->covers);
    for (size_t c = 0; c < r->table->shape.covers; c++)
        r->deviation[r->covers[c]] += by;
}

/* The start: which cells go up, and what that does to every margin. */
static void rounding_draw(struct rounding *r, struct keystream *k)
{
    int64_t rests = 0;

    shuffle(r, k);
    for (size_t i = 0; i < r->n; i++)
        rests += r->cell[i].rest;
    int64_t raise = cells_to_raise(r, rests, k);
    sample(r, raise, rests, k);
    memset(r->deviation, 0, r->table->shape.published * sizeof *r->deviation);
    for (size_t i = 0; i < r->n; i++)
        shift_covers(r, &r->cell[i], move_of(r, &r->cell[i]));
    for (size_t i = 0; i < r->n; i++)
        measure_pull(r, &r->cell[i]);
}

static void candidate_add(struct candidates *best, size_t cell, int64_t cost)
{
    size_t i = best->n < CANDIDATES ? best->n : CANDIDATES - 1;

    if (best->n == CANDIDATES && cost >= best->cost[i])
        return;
    for (; i > 0 && best->cost[i - 1] > cost; i--) {
        best->cost[i] = best->cost[i - 1];
        best->cell[i] = best->cell[i - 1];
    }
    best->cost[i] = cost;
    best->cell[i] = cell;
    best->n += best->n < CANDIDATES;
}

/* Published cells that two different inner cells are both in; every one of them is a scored margin. */
static int64_t margins_of_both(const struct table_shape *shape, const struct uneven *x,
                               const struct uneven *y)
{
    int64_t n = 1;

    for (size_t d = 0; d < shape->dimensions; d++) {
        const size_t *group_of = shape->dimension[d].group_of;
        uint32_t cx = x->category[d];
        uint32_t cy = y->category[d];

        if (group_of)
            n *= cx == cy ? 3 : group_of[cx] == group_of[cy] ? 2 : 1;
        else
            n *= cx == cy ? 2 : 1;
    }
    return n;
}

/* The swap with the best fall of the score, the sum of squared deviations over the scored margins. Raising j
 * and lowering i changes it by base times
 *     (base margins_j + 2 pull_j) + (base margins_i - 2 pull_i) - 2 base margins_of_both(i, j).
 * False when none of the candidates' swaps lowers it. */
static bool best_swap(const struct rounding *r, size_t *lower, size_t *raise)
{
    struct candidates down = {0};
    struct candidates up = {0};
    int64_t best = 0;

    for (size_t i = 0; i < r->n; i++) {
        const struct uneven *u = &r->cell[i];

        if (u->is_up)
            candidate_add(&down, i, r->base * u->margins - 2 * u->pull);
        else
            candidate_add(&up, i, r->base * u->margins + 2 * u->pull);
    }
    for (size_t i = 0; i < down.n; i++)
        for (size_t j = 0; j < up.n; j++) {
            int64_t both = margins_of_both(&r->table->shape, &r->cell[down.cell[i]], &r->cell[up.cell[j]]);
            int64_t change = down.cost[i] + up.cost[j] - 2 * r->base * both;

            if (change >= best)
                continue;
            best = change;
            *lower = down.cell[i];
            *raise = up.cell[j];
        }
    return best < 0;
}

static void swap(struct rounding *r, struct uneven *lower, struct uneven *raise)
{
    const struct table_shape *shape = &r->table->shape;

    lower->is_up = false;
    raise->is_up = true;
    shift_covers(r, lower, -r->base);
    shift_covers(r, raise, r->base);
    for (size_t i = 0; i < r->n; i++) {
        struct uneven *u = &r->cell[i];

        if (u != lower && u != raise)
            u->pull += r->base * (margins_of_both(shape, u, raise) - margins_of_both(shape, u, lower));
    }
    measure_pull(r, lower);
    measure_pull(r, raise);
}

/* The score is a whole number that falls with every swap, so this ends by itself; the bound of 20 swaps for
 * each raised cell keeps a strange table from taking long. */
static void rounding_improve(struct rounding *r)
{
    size_t swaps_left = 0;
    size_t lower = 0;
    size_t raise = 0;

    for (size_t i = 0; i < r->n; i++)
        swaps_left += r->cell[i].is_up ? 20 : 0;
    while (swaps_left-- > 0 && best_swap(r, &lower, &raise))
        swap(r, &r->cell[lower], &r->cell[raise]);
}

static bool rounding_is_within(const struct rounding *r, int64_t margin_move)
{
    assert(llabs(r->deviation[0]) < r->base);
    for (size_t cell = 0; cell < r->table->shape.published; cell++)
        if (llabs(r->deviation[cell]) > margin_move)
            return false;
    return true;
}

/* Draws and improves until every margin is within its move; false when that never happens. */
static bool rounding_find(struct rounding *r, const struct rounding_options *options,
                          const unsigned char *key, struct arena *a)
{
    struct text purpose = text_open(a);

    text_lit(&purpose, "cube");
    text_byte(&purpose, '\0');
    text_add(&purpose, options->id);
    for (uint64_t draw = 0; draw < ROUNDING_MAX_DRAWS; draw++) {
        struct keystream k;

        keystream_open(&k, key, text_str(&purpose), draw);
        rounding_draw(r, &k);
        keystream_close(&k);
        rounding_improve(r);
        if (rounding_is_within(r, options->margin_move))
            return true;
    }
    return false;
}

/* The figures are summed afresh from the rounded inner cells, so that they add up whatever came before. */
static void rounding_figures(const struct rounding *r, struct arena *a, int64_t *figure)
{
    const struct table_shape *shape = &r->table->shape;
    int64_t *rounded = arena_new(a, shape->inner, int64_t);

    memcpy(rounded, r->table->count, shape->inner * sizeof *rounded);
    for (size_t i = 0; i < r->n; i++)
        rounded[r->cell[i].inner] += move_of(r, &r->cell[i]);
    for (size_t i = 0; i < shape->inner; i++)
        assert(rounded[i] % r->base == 0 && llabs(rounded[i] - r->table->count[i]) < r->base);
    table_sum(shape, rounded, figure);
}

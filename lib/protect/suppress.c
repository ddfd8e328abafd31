/* Cell suppression. */
#include "protect/suppress.h"

#include "base/arena.h"
#include "base/progress.h"
#include "protect/elimination.h"

#include <stdlib.h>

#define NOT_A_ROW UINT32_MAX

struct candidate {
    size_t cell;
    int64_t n;
    int64_t parts;
};

/* Inner cells that are known to be empty are no rows: nothing about them is hidden. */
struct suppressing {
    const struct table_shape *shape;
    const int64_t *sum; /* [published] */
    struct suppress_options options;
    enum suppress_state *state;
    uint32_t *row_of; /* [inner] or NOT_A_ROW */
    size_t rows;
    size_t *first;  /* [published + 1] where the rows of each figure begin in `part` */
    uint32_t *part; /* rows */
    struct elimination *elimination;
    struct arena *arena;
};

static void find_primary(struct suppressing *s);
static void number_rows(struct suppressing *s, const struct table *t);
static void list_parts(struct suppressing *s);
static void hide_primary(struct suppressing *s);
static enum status offer_others(struct suppressing *s, struct err *e);
static struct suppression outcome(const struct suppressing *s);

enum status suppress(const struct table *t, const struct suppress_options *options, struct arena *a,
                     struct suppression *out, struct err *e)
{
    struct suppressing s = {.shape = &t->shape, .options = *options, .arena = a};
    int64_t *sum = arena_new(a, t->shape.published, int64_t);

    if (s.options.threshold == 0)
        s.options.threshold = SUPPRESS_THRESHOLD;
    if (s.options.threshold < 2 || s.options.threshold > TABLE_MAX_COUNT)
        return err_set(e, USAGE, "the threshold is %lld, expected 2 to %d", (long long)s.options.threshold,
                       TABLE_MAX_COUNT);
    table_sum(&t->shape, t->count, sum);
    s.sum = sum;
    s.state = arena_new(a, t->shape.published, enum suppress_state);
    find_primary(&s);
    number_rows(&s, t);
    list_parts(&s);
    hide_primary(&s);
    TRY(offer_others(&s, e));
    *out = outcome(&s);
    return OK;
}

/* A cell where nobody can be is empty to everybody. */
static void find_primary(struct suppressing *s)
{
    for (size_t cell = 0; cell < s->shape->published; cell++) {
        int64_t least = s->options.zeros == SUPPRESS_ZEROS_HIDDEN && s->shape->parts[cell] > 0 ? 0 : 1;

        if (s->sum[cell] >= least && s->sum[cell] < s->options.threshold)
            s->state[cell] = SUPPRESS_PRIMARY;
    }
}

/* Who sees that a sum is 0 sees that everything in it is: an inner cell of count 0 is known unless zeros are
 * hidden, and then the sums that are 0 are hidden too. */
static void number_rows(struct suppressing *s, const struct table *t)
{
    s->row_of = arena_new(s->arena, s->shape->inner, uint32_t);
    for (size_t i = 0; i < s->shape->inner; i++) {
        bool is_known =
            s->shape->is_structural[i] || (t->count[i] == 0 && s->options.zeros == SUPPRESS_ZEROS_SHOWN);

        s->row_of[i] = is_known ? NOT_A_ROW : (uint32_t)s->rows++;
    }
}

static void list_parts(struct suppressing *s)
{
    const struct table_shape *shape = s->shape;
    size_t *covers = arena_new(s->arena, shape->covers, size_t);
    size_t *next = arena_new(s->arena, shape->published + 1, size_t);

    s->first = arena_new(s->arena, shape->published + 1, size_t);
    for (size_t i = 0; i < shape->inner; i++) {
        table_covers(shape, i, covers);
        for (size_t c = 0; s->row_of[i] != NOT_A_ROW && c < shape->covers; c++)
            s->first[covers[c] + 1]++;
    }
    for (size_t cell = 0; cell < shape->published; cell++) {
        s->first[cell + 1] += s->first[cell];
        next[cell] = s->first[cell];
    }
    s->part = arena_new(s->arena, s->first[shape->published] + 1, uint32_t);
    for (size_t i = 0; i < shape->inner; i++) {
        table_covers(shape, i, covers);
        for (size_t c = 0; s->row_of[i] != NOT_A_ROW && c < shape->covers; c++)
            s->part[next[covers[c]]++] = s->row_of[i];
    }
}

static void hide_primary(struct suppressing *s)
{
    s->elimination = elimination_open(s->rows, s->arena);
    for (size_t cell = 0; cell < s->shape->published; cell++)
        if (s->state[cell] == SUPPRESS_PRIMARY)
            elimination_hide(s->elimination, s->part + s->first[cell], s->first[cell + 1] - s->first[cell],
                             s->sum[cell] == 1 && s->options.singles == SUPPRESS_SINGLES_PROTECTED
                                 ? ELIMINATION_SINGLE
                                 : ELIMINATION_PLAIN);
}

/* Greatest first, so that what most readers look at is shown; of equal ones the sum of most cells. */
static int by_worth(const void *left, const void *right)
{
    const struct candidate *a = left;
    const struct candidate *b = right;

    if (a->n != b->n)
        return a->n > b->n ? -1 : 1;
    if (a->parts != b->parts)
        return a->parts > b->parts ? -1 : 1;
    return (a->cell > b->cell) - (a->cell < b->cell);
}

static enum status offer_others(struct suppressing *s, struct err *e)
{
    struct candidate *candidate = arena_new(s->arena, s->shape->published, struct candidate);
    size_t n = 0;

    for (size_t cell = 0; cell < s->shape->published; cell++)
        if (s->state[cell] == SUPPRESS_SHOWN && s->first[cell + 1] > s->first[cell])
            candidate[n++] = (struct candidate){cell, s->sum[cell], s->shape->parts[cell]};
    qsort(candidate, n, sizeof *candidate, by_worth);
    progress_begin(s->options.progress, "suppress", (int64_t)n);
    for (size_t i = 0; i < n; i++) {
        size_t cell = candidate[i].cell;

        if (elimination_offer(s->elimination, s->part + s->first[cell],
                              s->first[cell + 1] - s->first[cell]) == ELIMINATION_REVEALS)
            s->state[cell] = SUPPRESS_SECONDARY;
        progress_step(s->options.progress, 1);
        if (progress_should_stop(s->options.progress))
            return err_set(e, REFUSED, "stopped after %zu of %zu figures", i + 1, n);
    }
    return OK;
}

static struct suppression outcome(const struct suppressing *s)
{
    size_t published = s->shape->published;
    int64_t *n = arena_new(s->arena, published, int64_t);
    struct suppression out = {
        .shape = *s->shape, .n = n, .state = s->state, .threshold = s->options.threshold};

    for (size_t cell = 0; cell < published; cell++) {
        n[cell] = s->state[cell] == SUPPRESS_SHOWN ? s->sum[cell] : SUPPRESS_HIDDEN;
        out.primary += s->state[cell] == SUPPRESS_PRIMARY;
        out.secondary += s->state[cell] == SUPPRESS_SECONDARY;
        out.not_empty += s->sum[cell] > 0;
    }
    return out;
}

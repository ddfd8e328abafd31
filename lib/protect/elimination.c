/* Gaussian elimination over sparse columns, modulo a prime. */
#include "protect/elimination.h"

#include "base/arena.h"

#include <assert.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

enum { PRIME = 2147483647, WORD = 64 };
#define NO_PIVOT UINT32_MAX

struct entry {
    uint32_t row, value; /* value 1..PRIME-1 */
};

/* Its entries by rising row. */
struct column {
    struct entry *entry;
    size_t n, room;
    enum elimination_hidden kind; /* of a hidden one */
    uint64_t offer;               /* the last in which a hidden one was looked at */
};

/* The hidden columns that may have an entry in a row: some of them had one once. */
struct row {
    uint32_t *column;
    size_t n, room;
    size_t entries; /* columns that have one now */
    uint32_t pivot; /* the shown column whose pivot this row is, or NO_PIVOT */
};

/* What is left of a hidden column with an entry in the row that is tried, when the offered one is taken off
 * it so that it has none there: kept to find two of which one tells the other. */
struct rest {
    uint64_t hash; /* the same for multiples of each other */
    bool is_single;
};

struct elimination {
    struct arena *arena;
    size_t rows;
    struct row *row;
    struct column *hidden;
    size_t hiddens, hidden_room;
    struct column *shown; /* 1 in its pivot row, 0 in the pivot rows of those before it */
    uint32_t *pivot_row;
    size_t shown_n, shown_room, pivot_room;
    uint32_t *value; /* [rows] the offered column while it is reduced */
    uint32_t *touched;
    bool *is_touched;
    size_t touched_n;
    uint64_t *pending; /* bit k: the offered column has an entry in the pivot row of shown column k */
    size_t pending_words, pending_room;
    uint64_t offers;
    struct column offered, difference, scratch;
    bool has_singles;
    struct rest *rest;
    size_t rest_room;
};

static void reduce(struct elimination *x, const uint32_t *row, size_t n);
static bool reveals(struct elimination *x, const struct column *offered);
static void show(struct elimination *x);

struct elimination *elimination_open(size_t rows, struct arena *a)
{
    struct elimination *x = arena_new(a, 1, struct elimination);

    assert(rows < NO_PIVOT);
    x->arena = a;
    x->rows = rows;
    x->row = arena_new(a, rows, struct row);
    for (size_t i = 0; i < rows; i++)
        x->row[i].pivot = NO_PIVOT;
    x->value = arena_new(a, rows, uint32_t);
    x->touched = arena_new(a, rows, uint32_t);
    x->is_touched = arena_new(a, rows, bool);
    return x;
}

static int by_row(const void *left, const void *right)
{
    const struct entry *a = left;
    const struct entry *b = right;

    return (a->row > b->row) - (a->row < b->row);
}

static void put_entry(struct elimination *x, struct column *c, uint32_t row, uint32_t value)
{
    c->entry = arena_grow(x->arena, c->entry, c->n + 1, &c->room, sizeof *c->entry);
    c->entry[c->n++] = (struct entry){row, value};
}

/* Hidden column `column` has got an entry in row `at`. */
static void note_entry(struct elimination *x, size_t at, uint32_t column)
{
    struct row *r = &x->row[at];

    r->entries++;
    r->column = arena_grow(x->arena, r->column, r->n + 1, &r->room, sizeof *r->column);
    r->column[r->n++] = column;
}

void elimination_hide(struct elimination *x, const uint32_t *row, size_t n, enum elimination_hidden kind)
{
    assert(x->shown_n == 0);
    x->hidden = arena_grow(x->arena, x->hidden, x->hiddens + 1, &x->hidden_room, sizeof *x->hidden);
    struct column *c = &x->hidden[x->hiddens];
    *c = (struct column){.kind = kind};
    x->has_singles = x->has_singles || kind == ELIMINATION_SINGLE;
    for (size_t i = 0; i < n; i++) {
        put_entry(x, c, row[i], 1);
        note_entry(x, row[i], (uint32_t)x->hiddens);
    }
    qsort(c->entry, c->n, sizeof *c->entry, by_row);
    x->hiddens++;
}

enum elimination_answer elimination_offer(struct elimination *x, const uint32_t *row, size_t n)
{
    x->offers++;
    reduce(x, row, n);
    if (x->offered.n == 0)
        return ELIMINATION_KNOWN;
    if (reveals(x, &x->offered))
        return ELIMINATION_REVEALS;
    show(x);
    return ELIMINATION_SHOWN;
}

static uint32_t times(uint32_t a, uint32_t b)
{
    return (uint32_t)((uint64_t)a * b % PRIME);
}

/* a - f b */
static uint32_t minus_times(uint32_t a, uint32_t f, uint32_t b)
{
    return (uint32_t)((a + (uint64_t)(PRIME - f) * b) % PRIME);
}

/* a^(PRIME - 2), by Fermat. */
static uint32_t inverse(uint32_t a)
{
    uint32_t result = 1;

    for (uint32_t power = PRIME - 2; power > 0; power >>= 1) {
        if (power & 1U)
            result = times(result, a);
        a = times(a, a);
    }
    return result;
}

/* An entry of the offered column may have become something else than 0. */
static void touch(struct elimination *x, uint32_t row)
{
    uint32_t pivot = x->row[row].pivot;

    if (!x->is_touched[row]) {
        x->is_touched[row] = true;
        x->touched[x->touched_n++] = row;
    }
    if (pivot != NO_PIVOT)
        x->pending[pivot / WORD] |= UINT64_C(1) << pivot % WORD;
}

/* The next shown column whose pivot row the offered one has an entry in, from word `*word` on. */
static bool next_pending(struct elimination *x, size_t *word, size_t *pivot)
{
    while (*word < x->pending_words && x->pending[*word] == 0)
        ++*word;
    if (*word == x->pending_words)
        return false;
    unsigned bit = (unsigned)__builtin_ctzll(x->pending[*word]);
    x->pending[*word] &= x->pending[*word] - 1;
    *pivot = *word * WORD + bit;
    return true;
}

static void subtract_shown(struct elimination *x, size_t pivot)
{
    const struct column *c = &x->shown[pivot];
    uint32_t factor = x->value[x->pivot_row[pivot]];

    if (factor == 0)
        return;
    for (size_t i = 0; i < c->n; i++) {
        uint32_t row = c->entry[i].row;

        x->value[row] = minus_times(x->value[row], factor, c->entry[i].value);
        if (row != x->pivot_row[pivot])
            touch(x, row);
    }
}

/* What is left of a column when all that the shown ones tell is taken off, into x->offered. A shown column
 * has entries only in pivot rows of later ones, so that each is subtracted once. */
static void reduce(struct elimination *x, const uint32_t *row, size_t n)
{
    size_t word = 0;
    size_t pivot = 0;

    x->touched_n = 0;
    for (size_t i = 0; i < n; i++) {
        x->value[row[i]] = 1;
        touch(x, row[i]);
    }
    while (next_pending(x, &word, &pivot))
        subtract_shown(x, pivot);
    x->offered.n = 0;
    for (size_t i = 0; i < x->touched_n; i++) {
        uint32_t at = x->touched[i];

        if (x->value[at] != 0)
            put_entry(x, &x->offered, at, x->value[at]);
        x->value[at] = 0;
        x->is_touched[at] = false;
    }
    if (x->offered.n > 1)
        qsort(x->offered.entry, x->offered.n, sizeof *x->offered.entry, by_row);
}

static uint32_t value_in(const struct column *c, uint32_t row)
{
    size_t lo = 0;
    size_t hi = c->n;

    while (lo < hi) {
        size_t middle = lo + (hi - lo) / 2;

        if (c->entry[middle].row < row)
            lo = middle + 1;
        else
            hi = middle;
    }
    return lo < c->n && c->entry[lo].row == row ? c->entry[lo].value : 0;
}

static bool is_multiple(const struct column *a, const struct column *b)
{
    if (a->n != b->n || a->n == 0)
        return false;
    uint32_t factor = times(b->entry[0].value, inverse(a->entry[0].value));
    for (size_t i = 0; i < a->n; i++)
        if (a->entry[i].row != b->entry[i].row || times(a->entry[i].value, factor) != b->entry[i].value)
            return false;
    return true;
}

/* out = a - factor b */
static void subtract(struct elimination *x, const struct column *a, uint32_t factor, const struct column *b,
                     struct column *out)
{
    size_t i = 0;
    size_t j = 0;

    out->n = 0;
    while (i < a->n || j < b->n) {
        bool has_a = j == b->n || (i < a->n && a->entry[i].row <= b->entry[j].row);
        bool has_b = i == a->n || (j < b->n && b->entry[j].row <= a->entry[i].row);
        uint32_t row = has_a ? a->entry[i].row : b->entry[j].row;
        uint32_t value = minus_times(has_a ? a->entry[i].value : 0, factor, has_b ? b->entry[j].value : 0);

        if (value != 0)
            put_entry(x, out, row, value);
        i += has_a;
        j += has_b;
    }
}

/* The entry of `c` in the row that the fewest hidden columns have one in. */
static size_t rarest(const struct elimination *x, const struct column *c)
{
    size_t best = 0;

    for (size_t i = 1; i < c->n; i++)
        if (x->row[c->entry[i].row].entries < x->row[c->entry[best].row].entries)
            best = i;
    return best;
}

/* Is `c` a multiple of a hidden column, where one of that and hidden column `of` is a single? */
static bool is_of_other(const struct elimination *x, const struct column *c, uint32_t of)
{
    const struct row *r = &x->row[c->entry[rarest(x, c)].row];
    bool is_single = x->hidden[of].kind == ELIMINATION_SINGLE;

    for (size_t i = 0; i < r->n; i++) {
        const struct column *other = &x->hidden[r->column[i]];

        if ((is_single || other->kind == ELIMINATION_SINGLE) && is_multiple(c, other))
            return true;
    }
    return false;
}

/* Of a column as a multiple that begins with 1 (the finalizer of splitmix64, Steele et al. 2014). */
static uint64_t hash_of(const struct column *c)
{
    uint32_t scale = inverse(c->entry[0].value);
    uint64_t hash = 0;

    for (size_t i = 0; i < c->n; i++) {
        uint64_t h = (uint64_t)c->entry[i].row << 32 | times(c->entry[i].value, scale);

        h = (h ^ h >> 30) * UINT64_C(0xBF58476D1CE4E5B9);
        h = (h ^ h >> 27) * UINT64_C(0x94D049BB133111EB);
        hash += h ^ h >> 31;
    }
    return hash;
}

static int by_hash(const void *left, const void *right)
{
    const struct rest *a = left;
    const struct rest *b = right;

    return (a->hash > b->hash) - (a->hash < b->hash);
}

/* Are two of the rests multiples of each other, one of them a single's? Equal hashes are taken for it: a
 * chance of 2^-64 a pair to hide one figure more. */
static bool has_pair(struct rest *rest, size_t n)
{
    if (n > 1)
        qsort(rest, n, sizeof *rest, by_hash);
    for (size_t i = 0, first = 0; i < n; i++) {
        if (rest[i].hash != rest[first].hash)
            first = i;
        if (i > first && (rest[i].is_single || rest[first].is_single))
            return true;
    }
    return false;
}

/* Would the offered column tell a hidden one: to anybody, or to a single about another figure? One of the two
 * then has an entry in every row of the offered one, so one row is enough: the one with the fewest. */
static bool reveals(struct elimination *x, const struct column *offered)
{
    size_t at = rarest(x, offered);
    uint32_t row = offered->entry[at].row;
    uint32_t scale = inverse(offered->entry[at].value);
    const struct row *r = &x->row[row];
    size_t rests = 0;

    x->rest = arena_grow(x->arena, x->rest, r->n + 1, &x->rest_room, sizeof *x->rest);
    for (size_t i = 0; i < r->n; i++) {
        struct column *hidden = &x->hidden[r->column[i]];
        uint32_t value = value_in(hidden, row);

        if (value == 0 || hidden->offer == x->offers)
            continue; /* it may stand in the row's list twice */
        hidden->offer = x->offers;
        subtract(x, hidden, times(value, scale), offered, &x->difference);
        if (x->difference.n == 0 || (x->has_singles && is_of_other(x, &x->difference, r->column[i])))
            return true;
        if (x->has_singles)
            x->rest[rests++] = (struct rest){hash_of(&x->difference), hidden->kind == ELIMINATION_SINGLE};
    }
    return has_pair(x->rest, rests);
}

/* Takes shown column `c`, 1 in row `row`, off hidden column `index`. */
static void clear_row(struct elimination *x, uint32_t index, uint32_t row, const struct column *c)
{
    struct column *hidden = &x->hidden[index];
    uint32_t factor = value_in(hidden, row);

    if (factor == 0)
        return;
    subtract(x, hidden, factor, c, &x->scratch);
    for (size_t i = 0; i < hidden->n; i++)
        if (value_in(&x->scratch, hidden->entry[i].row) == 0)
            x->row[hidden->entry[i].row].entries--;
    for (size_t i = 0; i < x->scratch.n; i++)
        if (value_in(hidden, x->scratch.entry[i].row) == 0)
            note_entry(x, x->scratch.entry[i].row, index);
    hidden->entry = arena_grow(x->arena, hidden->entry, x->scratch.n, &hidden->room, sizeof *hidden->entry);
    memcpy(hidden->entry, x->scratch.entry, x->scratch.n * sizeof *hidden->entry);
    hidden->n = x->scratch.n;
}

/* Stores x->offered as shown, with the row that costs least as its pivot. */
static void show(struct elimination *x)
{
    size_t at = rarest(x, &x->offered);
    uint32_t row = x->offered.entry[at].row;
    uint32_t scale = inverse(x->offered.entry[at].value);
    struct column c = {0};

    for (size_t i = 0; i < x->offered.n; i++)
        put_entry(x, &c, x->offered.entry[i].row, times(x->offered.entry[i].value, scale));
    for (size_t i = 0; i < x->row[row].n; i++)
        clear_row(x, x->row[row].column[i], row, &c);
    x->row[row].n = 0;
    x->row[row].pivot = (uint32_t)x->shown_n;
    x->shown = arena_grow(x->arena, x->shown, x->shown_n + 1, &x->shown_room, sizeof *x->shown);
    x->pivot_row = arena_grow(x->arena, x->pivot_row, x->shown_n + 1, &x->pivot_room, sizeof *x->pivot_row);
    x->shown[x->shown_n] = c;
    x->pivot_row[x->shown_n++] = row;
    x->pending_words = (x->shown_n + WORD - 1) / WORD;
    x->pending = arena_grow(x->arena, x->pending, x->pending_words, &x->pending_room, sizeof *x->pending);
}

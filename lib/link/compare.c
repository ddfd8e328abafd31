/* Comparing every record of one list with every record of another. */
#include "link/compare.h"

#include "base/arena.h"
#include "base/parallel.h"
#include "base/progress.h"

#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

enum {
    BLOCK = 128,     /* records of list b that stay in the nearest memory */
    STRETCH = 32768, /* records of list a that are led past them */
    EIGHTS = BLOCK / KERNEL_INTERLEAVED
};

/* A block of list b, interleaved, with what the look-up of levels needs. */
struct block {
    size_t first, n;
    size_t words[GROUPS];
    uint64_t *eight[GROUPS]; /* EIGHTS * words * KERNEL_INTERLEAVED */
    uint32_t offset[GROUPS][BLOCK];
    bool is_missing[GROUPS][BLOCK];
};

/* The pairs that a unit has found. */
struct found {
    struct arena *arena;
    size_t n, room;
    struct record_pair *pair;
};

struct work {
    const struct comparison *c;
    size_t first_row, rows;
    const bool *keep;        /* or NULL: only count */
    _Atomic uint64_t *count; /* or NULL */
    struct found *found;     /* a block each, or NULL */
};

static void compare_block(void *work, size_t number);

void compared_list_make(struct compared_list *out, const struct encodings *people, struct arena *a)
{
    *out = (struct compared_list){.people = people};
    for (size_t g = 0; g < people->groups; g++) {
        size_t words = people->group[g].bits / 64;

        if (words == 0)
            continue;
        out->weight[g] = arena_new(a, people->n, uint16_t);
        for (size_t i = 0; i < people->n; i++) {
            const uint64_t *filter = filter_of(people, g, i);
            unsigned weight = kernel_common(filter, filter, words);

            out->weight[g][i] = (uint16_t)weight;
            out->most[g] = weight > out->most[g] ? weight : out->most[g];
        }
    }
}

void comparison_make(struct comparison *out, const struct compared_list *a, const struct compared_list *b,
                     enum profile profile, int noise_percent, struct arena *arena)
{
    *out = (struct comparison){.a = a, .b = b, .kernel = kernel_best()};
    for (size_t g = 0; g < a->people->groups; g++)
        if (a->people->group[g].bits > 0)
            level_table_make(&out->table[g], levels_of(profile, (enum group)g), a->people->group[g].bits,
                             noise_percent, a->most[g] + b->most[g],
                             a->most[g] < b->most[g] ? a->most[g] : b->most[g], arena);
}

/* Leads each stretch of list a past all blocks of list b. */
static enum status compare_all(const struct comparison *c, struct work *work, struct arena *a,
                               struct record_pairs *out, struct err *e);

enum status compare_count(const struct comparison *c, uint64_t count[PATTERNS], struct err *e)
{
    struct arena *a = arena_open();
    _Atomic uint64_t *sum = arena_new(a, PATTERNS, _Atomic uint64_t);
    struct work work = {.c = c, .count = sum};
    enum status s = compare_all(c, &work, a, NULL, e);

    for (size_t p = 0; s == OK && p < PATTERNS; p++)
        count[p] += atomic_load(&sum[p]);
    arena_close(a);
    return s;
}

enum status compare_keep(const struct comparison *c, const bool keep[PATTERNS], struct arena *a,
                         struct record_pairs *out, struct err *e)
{
    struct work work = {.c = c, .keep = keep};
    struct record_pairs pairs = {0, NULL};

    TRY(compare_all(c, &work, a, &pairs, e));
    *out = pairs;
    return OK;
}

static int by_i_and_j(const void *x, const void *y)
{
    const struct record_pair *a = x;
    const struct record_pair *b = y;

    return a->i != b->i ? (a->i < b->i ? -1 : 1) : (a->j > b->j) - (a->j < b->j);
}

/* Puts what the blocks have found behind `out`, sorted, and frees it. */
static void gather(struct found *found, size_t blocks, struct arena *a, struct record_pairs *out,
                   size_t *room)
{
    size_t before = out->n;

    for (size_t i = 0; i < blocks; i++) {
        out->pair = arena_grow(a, out->pair, out->n + found[i].n, room, sizeof *out->pair);
        if (found[i].n)
            memcpy(out->pair + out->n, found[i].pair, found[i].n * sizeof *out->pair);
        out->n += found[i].n;
        arena_close(found[i].arena);
        found[i] = (struct found){0};
    }
    if (out->n > before)
        qsort(out->pair + before, out->n - before, sizeof *out->pair, by_i_and_j);
}

static enum status compare_all(const struct comparison *c, struct work *work, struct arena *a,
                               struct record_pairs *out, struct err *e)
{
    size_t rows = c->a->people->n;
    size_t blocks = (c->b->people->n + BLOCK - 1) / BLOCK;
    size_t stretches = (rows + STRETCH - 1) / STRETCH;
    size_t room = 0;

    progress_begin(c->progress, "comparing", (int64_t)(blocks * stretches));
    if (out)
        work->found = arena_new(a, blocks, struct found);
    for (size_t s = 0; s < stretches; s++) {
        work->first_row = s * STRETCH;
        work->rows = rows - work->first_row < STRETCH ? rows - work->first_row : STRETCH;
        bool is_done = parallel_for(blocks, c->threads, compare_block, work, c->progress);
        if (out)
            gather(work->found, blocks, a, out, &room);
        if (!is_done)
            return err_set(e, SYSTEM, "stopped while comparing; nothing was written");
        if (out && out->n > COMPARE_MOST_PAIRS)
            return err_set(e, REFUSED,
                           "more than %d pairs look alike: the lists cannot be told apart by these fields",
                           COMPARE_MOST_PAIRS);
    }
    return OK;
}

static bool is_known(const struct encodings *people, size_t group, size_t i)
{
    return (people->present[i] & 1 << group) != 0;
}

static void interleave(const struct encodings *people, size_t group, struct block *b)
{
    size_t words = b->words[group];

    for (size_t k = 0; k < b->n; k++) {
        const uint64_t *from = filter_of(people, group, b->first + k);
        uint64_t *to =
            b->eight[group] + (k / KERNEL_INTERLEAVED) * words * KERNEL_INTERLEAVED + k % KERNEL_INTERLEAVED;

        for (size_t w = 0; w < words; w++)
            to[w * KERNEL_INTERLEAVED] = from[w];
    }
}

static void block_make(struct block *b, const struct comparison *c, size_t number, struct arena *a)
{
    const struct encodings *people = c->b->people;

    b->first = number * BLOCK;
    b->n = people->n - b->first < BLOCK ? people->n - b->first : BLOCK;
    for (size_t g = 0; g < people->groups; g++) {
        b->words[g] = people->group[g].bits / 64;
        if (b->words[g] == 0)
            continue;
        b->eight[g] = arena_new(a, BLOCK * b->words[g], uint64_t);
        interleave(people, g, b);
        for (size_t k = 0; k < b->n; k++) {
            b->offset[g][k] = (uint32_t)(c->b->weight[g][b->first + k] * c->table[g].stride);
            b->is_missing[g][k] = !is_known(people, g, b->first + k);
        }
    }
}

/* The levels of group `g` between record i and all of the block, into their place in `pattern`. */
static void add_levels(const struct comparison *c, const struct block *b, size_t g, size_t i,
                       uint16_t *pattern)
{
    unsigned shift = pattern_shift(g);
    const uint64_t *row = filter_of(c->a->people, g, i);
    const uint8_t *level = c->table[g].level + c->a->weight[g][i] * c->table[g].stride;

    for (size_t e = 0; e * KERNEL_INTERLEAVED < b->n; e++) {
        size_t first = e * KERNEL_INTERLEAVED;
        uint32_t common[KERNEL_INTERLEAVED];

        c->kernel->common(row, b->eight[g] + first * b->words[g], b->words[g], common);
        for (size_t k = first; k < first + KERNEL_INTERLEAVED; k++) {
            unsigned of_pair =
                b->is_missing[g][k] ? LEVEL_MISSING : level[b->offset[g][k] + common[k - first]];

            pattern[k] = (uint16_t)(pattern[k] | of_pair << shift);
        }
    }
}

static void patterns_of(const struct comparison *c, const struct block *b, size_t i, uint16_t pattern[BLOCK])
{
    unsigned missing = 0;

    for (size_t g = 0; g < GROUPS; g++)
        if (b->words[g] == 0 || !is_known(c->a->people, g, i))
            missing |= (unsigned)LEVEL_MISSING << pattern_shift(g);
    for (size_t k = 0; k < BLOCK; k++)
        pattern[k] = (uint16_t)missing;
    for (size_t g = 0; g < GROUPS; g++)
        if (b->words[g] > 0 && is_known(c->a->people, g, i))
            add_levels(c, b, g, i, pattern);
}

static void keep_pair(struct found *f, size_t i, size_t j, unsigned pattern)
{
    if (!f->arena)
        f->arena = arena_open();
    f->pair = arena_grow(f->arena, f->pair, f->n + 1, &f->room, sizeof *f->pair);
    f->pair[f->n++] = (struct record_pair){(uint32_t)i, (uint32_t)j, pattern};
}

static void compare_block(void *arg, size_t number)
{
    const struct work *work = arg;
    const struct comparison *c = work->c;
    struct arena *a = arena_open();
    struct block *b = arena_new(a, 1, struct block);
    uint32_t *count = arena_new(a, PATTERNS, uint32_t);
    uint16_t pattern[BLOCK];
    bool is_same = c->a == c->b;

    block_make(b, c, number, a);
    for (size_t i = work->first_row; i < work->first_row + work->rows; i++) {
        size_t k = is_same && i >= b->first ? i - b->first + 1 : 0;

        if (k >= b->n)
            continue;
        patterns_of(c, b, i, pattern);
        for (; k < b->n; k++) {
            count[pattern[k]]++;
            if (work->keep && work->keep[pattern[k]])
                keep_pair(&work->found[number], i, b->first + k, pattern[k]);
        }
    }
    for (size_t p = 0; work->count && p < PATTERNS; p++)
        if (count[p])
            atomic_fetch_add(&work->count[p], count[p]);
    arena_close(a);
}

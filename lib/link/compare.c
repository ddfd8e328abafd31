/* Comparing every record of one list with every record of another. */
#include "link/compare_own.h"

#include "base/arena.h"
#include "base/parallel.h"
#include "base/progress.h"

#include <stdatomic.h>
#include <string.h>

struct work {
    const struct comparison *c;
    size_t first_row, rows;
    const struct kernel_keep *keep; /* or NULL: only count */
    _Atomic uint64_t *count;        /* or NULL */
    struct compare_unit *found;     /* of the stretch, a block each, or NULL */
    struct compare_idle *idle;
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
            level_needs_make(&out->needs[g], levels_of(profile, (enum group)g), a->people->group[g].bits,
                             noise_percent, a->most[g] + b->most[g],
                             a->most[g] < b->most[g] ? a->most[g] : b->most[g], arena);
}

enum status compare_refuse(size_t most, struct err *e)
{
    return err_set(e, REFUSED,
                   "more than %zu pairs look alike: the lists cannot be told apart by these fields", most);
}

/* Leads each stretch of list a past all blocks of list b. */
static enum status compare_all(struct work *work, struct compare_found *out, struct err *e)
{
    const struct comparison *c = work->c;
    size_t rows = c->a->people->n;
    size_t blocks = (c->b->people->n + COMPARE_BLOCK - 1) / COMPARE_BLOCK;
    size_t stretches = (rows + COMPARE_STRETCH - 1) / COMPARE_STRETCH;

    progress_begin(c->progress, "comparing", (int64_t)(blocks * stretches));
    for (size_t s = 0; s < stretches; s++) {
        work->first_row = s * COMPARE_STRETCH;
        work->rows = rows - work->first_row < COMPARE_STRETCH ? rows - work->first_row : COMPARE_STRETCH;
        work->found = out ? out->unit + s * blocks : NULL;
        if (!parallel_for(blocks, c->threads, compare_block, work, c->progress))
            return err_set(e, SYSTEM, "stopped while comparing; no histories were written");
        if (out && compare_found_pairs(out) > COMPARE_MOST_PAIRS)
            return compare_refuse(COMPARE_MOST_PAIRS, e);
    }
    return OK;
}

/* With `count`, `keep` or both; what is kept is in `found`. */
static enum status compare(const struct comparison *c, uint64_t *count, const bool *keep,
                           struct compare_found *found, struct err *e)
{
    struct arena *own = arena_open();
    _Atomic uint64_t *sum = count ? arena_new(own, PATTERNS, _Atomic uint64_t) : NULL;
    struct compare_idle idle = {{NULL}};
    struct kernel_keep kept;
    struct work work = {.c = c, .keep = keep ? &kept : NULL, .count = sum, .idle = &idle};

    if (keep)
        kernel_keep_make(&kept, keep);
    enum status s = compare_all(&work, found, e);
    for (size_t p = 0; s == OK && count && p < PATTERNS; p++)
        count[p] += atomic_load(&sum[p]);
    compare_idle_close(&idle);
    arena_close(own);
    return s;
}

enum status compare_count(const struct comparison *c, uint64_t count[PATTERNS], struct err *e)
{
    return c->portions ? compare_in_portions(c, count, NULL, NULL, NULL, e)
                       : compare(c, count, NULL, NULL, e);
}

/* Without `count`, or with it. */
static enum status find(const struct comparison *c, uint64_t *count, const bool keep[PATTERNS],
                        struct arena *a, struct compare_found **out, struct err *e)
{
    struct compare_found *found = compare_found_make(c, a);
    enum status s = c->portions ? compare_in_portions(c, count, keep, a, &found->pairs, e)
                                : compare(c, count, keep, found, e);

    if (s == OK)
        *out = found;
    else
        compare_drop(found);
    return s;
}

enum status compare_count_and_keep(const struct comparison *c, uint64_t count[PATTERNS],
                                   const bool keep[PATTERNS], struct arena *a, struct compare_found **out,
                                   struct err *e)
{
    return find(c, count, keep, a, out, e);
}

static void copy_wanted(const struct record_pairs *pairs, const bool keep[PATTERNS], struct arena *a,
                        struct record_pairs *out)
{
    struct record_pairs wanted = {0, NULL};
    size_t n = 0;

    for (size_t k = 0; k < pairs->n; k++)
        n += keep[pairs->pair[k].pattern];
    wanted.pair = arena_new(a, n, struct record_pair);
    for (size_t k = 0; k < pairs->n; k++)
        if (keep[pairs->pair[k].pattern])
            wanted.pair[wanted.n++] = pairs->pair[k];
    *out = wanted;
}

enum status compare_take(const struct comparison *c, struct compare_found *found, const bool keep[PATTERNS],
                         struct arena *a, struct record_pairs *out, struct err *e)
{
    struct record_pairs wanted;

    if (c->portions)
        copy_wanted(&found->pairs, keep, a, &wanted);
    else
        compare_found_take(found, keep, a, &wanted);
    TRY(compare_join(c, a, &wanted, e));
    *out = wanted;
    return OK;
}

enum status compare_keep(const struct comparison *c, const bool keep[PATTERNS], struct arena *a,
                         struct record_pairs *out, struct err *e)
{
    struct arena *own = arena_open();
    struct compare_found *found = NULL;
    enum status s = find(c, NULL, keep, own, &found, e);

    if (s == OK)
        s = compare_take(c, found, keep, a, out, e);
    arena_close(own);
    return s;
}

static void keep_pairs(const struct work *work, const struct compare_block *b, size_t i, size_t first,
                       const uint16_t *pattern, struct compare_unit *found)
{
    uint16_t which[COMPARE_BLOCK];
    size_t kept = work->c->kernel->kept(pattern, b->n, work->keep, which);

    for (size_t k = 0; k < kept; k++)
        if (which[k] >= first)
            compare_unit_add(found, i - work->first_row, which[k], pattern[which[k]]);
}

/* The first record of the stretch that is looked at. */
static size_t first_looked_at(const struct work *work)
{
    const struct comparison *c = work->c;

    return c->every ? work->first_row + (c->from + c->every - work->first_row % c->every) % c->every
                    : work->first_row;
}

/* Records row[n] of list a, each with the block's from the first that comes after it. */
static void compare_rows(const struct work *work, struct compare_block *b, const uint32_t *row, size_t n)
{
    const struct comparison *c = work->c;
    uint16_t pattern[COMPARE_BLOCK];

    compare_levels(c, b, row, n);
    for (size_t k = 0; k < n; k++) {
        size_t first = compare_first(c, b, row[k]);

        compare_patterns(c, b, k, pattern);
        if (work->count)
            compare_count_patterns(b, pattern, first);
        if (work->keep)
            keep_pairs(work, b, row[k], first, pattern, &work->found[b->number]);
    }
}

static void compare_block(void *arg, size_t number)
{
    const struct work *work = arg;
    const struct comparison *c = work->c;
    struct compare_block *b = compare_block_take(work->idle, c, number);
    size_t end = work->first_row + work->rows;
    size_t step = c->every ? c->every : 1;
    uint32_t row[COMPARE_ROWS];

    for (size_t i = first_looked_at(work); i < end;) {
        size_t n = 0;

        for (; n < COMPARE_ROWS && i < end; i += step)
            if (compare_first(c, b, i) < b->n)
                row[n++] = (uint32_t)i;
        compare_rows(work, b, row, n);
    }
    for (size_t p = 0; work->count && p < PATTERNS; p++)
        if (compare_counted(b, p))
            atomic_fetch_add(&work->count[p], compare_counted(b, p));
    compare_block_give(work->idle, b);
}

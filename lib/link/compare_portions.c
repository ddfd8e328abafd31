/* A comparison in portions, which several processes divide and which are kept. What a portion has found is
 * one array, whatever was asked for: the pairs that are kept, and how many pairs have each pattern. */
#include "link/compare_own.h"

#include "base/arena.h"
#include "base/parallel.h"
#include "base/progress.h"
#include "link/portion.h"

#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    PORTIONS = 64,  /* a stretch is cut into about so many, or more when each would be wider than .. */
    MOST_WIDE = 128 /* .. so many blocks, which take seconds */
};

/* What a portion has found: pairs, and counts, whose pattern is moved up by PATTERNS. */
struct found {
    struct arena *arena; /* NULL when it is nothing */
    struct record_pairs pairs;
    size_t room;
};

/* One pass over all pairs. */
struct work {
    const struct comparison *c;
    const bool *keep; /* or NULL: only count */
    struct kernel_keep kept_patterns;
    _Atomic uint64_t *count; /* or NULL: only keep */
    size_t wide;             /* blocks of a portion */
    size_t across;           /* portions of a stretch */
    size_t portions;         /* of this process: numbers first, first + step, .. */
    size_t first, step;
    _Atomic uint64_t kept;
    struct found *found; /* a portion of this process each */
    struct compare_idle *idle;
    atomic_bool has_failed;
    struct err fault; /* the first */
};

static enum status compare_all(struct work *work, struct arena *a, struct err *e);
static void compare_portion(void *work, size_t number);

enum status compare_check_kept(const uint64_t count[PATTERNS], const bool keep[PATTERNS], struct err *e)
{
    uint64_t kept = 0;

    for (size_t p = 0; p < PATTERNS; p++)
        kept += keep[p] ? count[p] : 0;
    return kept <= COMPARE_MOST_PAIRS ? OK : compare_refuse(COMPARE_MOST_PAIRS, e);
}

/* The sums of all processes. A process that has kept too many leaves off counting: the sums show it. */
static enum status add_counts(const struct work *work, uint64_t *count, struct err *e)
{
    uint64_t sum[PATTERNS];

    for (size_t p = 0; p < PATTERNS; p++)
        sum[p] = atomic_load(&work->count[p]);
    TRY(portions_add(work->c->portions, sum, PATTERNS, e));
    if (work->keep)
        TRY(compare_check_kept(sum, work->keep, e));
    for (size_t p = 0; p < PATTERNS; p++)
        count[p] += sum[p];
    return OK;
}

static int by_i_and_j(const void *x, const void *y)
{
    const struct record_pair *a = x;
    const struct record_pair *b = y;

    return a->i != b->i ? (a->i < b->i ? -1 : 1) : (a->j > b->j) - (a->j < b->j);
}

/* Puts what the portions have found into one array, and frees them. */
static struct record_pairs gather(struct work *work, struct arena *a)
{
    struct record_pairs all = {0, NULL};

    for (size_t i = 0; i < work->portions; i++)
        all.n += work->found[i].pairs.n;
    all.pair = arena_new(a, all.n, struct record_pair);
    all.n = 0;
    for (size_t i = 0; i < work->portions; i++) {
        struct found *f = &work->found[i];

        if (f->pairs.n)
            memcpy(all.pair + all.n, f->pairs.pair, f->pairs.n * sizeof *all.pair);
        all.n += f->pairs.n;
        arena_close(f->arena);
        *f = (struct found){0};
    }
    return all;
}

/* How the comparison is cut, by its lists alone, and what of it is this process's. */
static void cut(struct work *work)
{
    const struct comparison *c = work->c;
    size_t blocks = (c->b->people->n + COMPARE_BLOCK - 1) / COMPARE_BLOCK;
    size_t stretches = (c->a->people->n + COMPARE_STRETCH - 1) / COMPARE_STRETCH;

    work->wide = blocks / PORTIONS < 1 ? 1 : blocks / PORTIONS > MOST_WIDE ? MOST_WIDE : blocks / PORTIONS;
    work->across = (blocks + work->wide - 1) / work->wide;
    work->first = c->portions->rank;
    work->step = c->portions->size;
    size_t all = stretches * work->across;
    work->portions = all > work->first ? (all - work->first + work->step - 1) / work->step : 0;
}

static enum status compare_all(struct work *work, struct arena *a, struct err *e)
{
    cut(work);
    work->found = arena_new(a, work->portions, struct found);
    progress_begin(work->c->progress, "comparing", (int64_t)work->portions);
    bool is_done = parallel_for(work->portions, work->c->threads, compare_portion, work, work->c->progress);
    if (atomic_load(&work->has_failed))
        return err_set(e, work->fault.status, "%s", work->fault.what);
    if (!is_done)
        return err_set(e, SYSTEM, "stopped while comparing; no histories were written");
    return OK;
}

enum status compare_join(const struct comparison *c, struct arena *a, struct record_pairs *pairs,
                         struct err *e)
{
    if (!c->portions)
        return OK;
    TRY(portions_join(c->portions, COMPARE_MOST_PAIRS, a, pairs, e));
    if (pairs->n > 1)
        qsort(pairs->pair, pairs->n, sizeof *pairs->pair, by_i_and_j);
    return OK;
}

enum status compare_in_portions(const struct comparison *c, uint64_t *count, const bool *keep,
                                struct arena *a, struct record_pairs *out, struct err *e)
{
    struct arena *own = arena_open();
    struct compare_idle idle = {{NULL}};
    struct work work = {.c = c,
                        .keep = keep,
                        .count = count ? arena_new(own, PATTERNS, _Atomic uint64_t) : NULL,
                        .idle = &idle};

    if (keep)
        kernel_keep_make(&work.kept_patterns, keep);
    enum status s = compare_all(&work, own, e);
    struct record_pairs pairs = gather(&work, keep ? a : own);

    if (s == OK && count)
        s = add_counts(&work, count, e);
    if (s == OK && keep)
        *out = pairs;
    compare_idle_close(&idle);
    arena_close(own);
    return s;
}

static void keep_pair(struct found *f, uint32_t i, uint32_t j, uint32_t pattern)
{
    if (!f->arena)
        f->arena = arena_open();
    f->pairs.pair = arena_grow(f->arena, f->pairs.pair, f->pairs.n + 1, &f->room, sizeof *f->pairs.pair);
    f->pairs.pair[f->pairs.n++] = (struct record_pair){i, j, pattern};
}

static void compare_rows(const struct work *work, struct compare_block *b, const uint32_t *row, size_t n,
                         struct found *f)
{
    const struct comparison *c = work->c;
    uint16_t pattern[COMPARE_BLOCK];
    uint16_t which[COMPARE_BLOCK];

    compare_levels(c, b, row, n);
    for (size_t k = 0; k < n; k++) {
        size_t first = compare_first(c, b, row[k]);

        compare_patterns(c, b, k, pattern);
        compare_count_patterns(b, pattern, first);
        size_t kept = work->keep ? c->kernel->kept(pattern, b->n, &work->kept_patterns, which) : 0;
        for (size_t i = 0; i < kept; i++)
            if (which[i] >= first)
                keep_pair(f, row[k], (uint32_t)(b->first + which[i]), pattern[which[i]]);
    }
}

/* The stretch that begins with record `from` past one block. */
static void compare_block(const struct work *work, struct compare_block *b, size_t from, struct found *f)
{
    const struct comparison *c = work->c;
    size_t rows = c->a->people->n;
    size_t end = rows - from < COMPARE_STRETCH ? rows : from + COMPARE_STRETCH;
    uint32_t row[COMPARE_ROWS];

    for (size_t i = from; i < end;) {
        size_t n = 0;

        for (; n < COMPARE_ROWS && i < end; i++)
            if (compare_first(c, b, i) < b->n)
                row[n++] = (uint32_t)i;
        compare_rows(work, b, row, n, f);
    }
}

/* Compares one portion: pairs that are kept, and how many have each pattern, in `f`. Leaves off when more
 * pairs have been kept than anybody may keep: the lists are refused then. */
static void compare_blocks(struct work *work, size_t portion, struct found *f, struct arena *a)
{
    const struct comparison *c = work->c;
    uint64_t *count = arena_new(a, PATTERNS, uint64_t);
    size_t row = portion / work->across * COMPARE_STRETCH;
    size_t number = portion % work->across * work->wide;

    for (size_t end = number + work->wide; number < end && number * COMPARE_BLOCK < c->b->people->n;
         number++) {
        struct compare_block *b = compare_block_take(work->idle, c, number);
        size_t before = f->pairs.n;

        if (atomic_load(&work->kept) <= COMPARE_MOST_PAIRS)
            compare_block(work, b, row, f);
        for (size_t p = 0; p < PATTERNS; p++)
            count[p] += compare_counted(b, p);
        atomic_fetch_add(&work->kept, f->pairs.n - before);
        compare_block_give(work->idle, b);
    }
    for (uint32_t p = 0; work->count && p < PATTERNS; p++)
        if (count[p])
            keep_pair(f, (uint32_t)count[p], (uint32_t)(count[p] >> 32), PATTERNS + p);
}

/* Of a file: it may hold anything that has the right form. */
static bool may_be_found(const struct work *work, const struct record_pair *p)
{
    if (p->pattern >= PATTERNS)
        return work->count && p->pattern < 2 * PATTERNS;
    return work->keep && p->i < work->c->a->people->n && p->j < work->c->b->people->n;
}

static enum status check_found(struct work *work, const char *name, const struct record_pairs *found,
                               struct err *e)
{
    for (size_t k = 0; k < found->n; k++) {
        if (!may_be_found(work, &found->pair[k]))
            return err_set(e, BAD_INPUT, "%s: holds records that these lists do not have: remove it", name);
        atomic_fetch_add(&work->kept, found->pair[k].pattern < PATTERNS);
    }
    return OK;
}

/* Adds the counts to all others, and leaves the pairs. */
static void take_counts(struct work *work, struct record_pairs *found)
{
    size_t n = 0;

    for (size_t k = 0; k < found->n; k++) {
        const struct record_pair p = found->pair[k];

        if (p.pattern < PATTERNS)
            found->pair[n++] = p;
        else
            atomic_fetch_add(&work->count[p.pattern - PATTERNS], (uint64_t)p.j << 32 | p.i);
    }
    found->n = n;
}

static enum status find_or_compare(struct work *work, size_t portion, struct found *f, struct err *e)
{
    const char *what = !work->keep ? "count" : work->count ? "both" : "pairs";
    char name[PORTION_NAME_BYTES];
    bool is_there = false;
    enum status s = OK;

    snprintf(name, sizeof name, "%s-%zu-%zu", what, work->c->number, portion);
    f->arena = arena_open();
    TRY(portion_find(work->c->portions, name, f->arena, &f->pairs, &is_there, e));
    if (is_there)
        return check_found(work, name, &f->pairs, e);
    struct arena *a = arena_open();
    compare_blocks(work, portion, f, a);
    arena_close(a);
    if (atomic_load(&work->kept) <= COMPARE_MOST_PAIRS)
        s = portion_keep(work->c->portions, name, &f->pairs, e);
    return s;
}

static void compare_portion(void *arg, size_t number)
{
    struct work *work = arg;
    struct found *f = &work->found[number];
    struct err e = {OK, ""};

    if (atomic_load(&work->has_failed))
        return;
    enum status s = find_or_compare(work, work->first + number * work->step, f, &e);
    if (s != OK && !atomic_exchange(&work->has_failed, true))
        work->fault = e;
    if (s == OK)
        take_counts(work, &f->pairs);
    if (s == OK && f->pairs.n > 0)
        return; /* it is gathered when all are done */
    arena_close(f->arena);
    *f = (struct found){0};
}

/* Comparing every record of one list with every record of another. */
#include "link/compare_own.h"

#include "base/arena.h"
#include "base/parallel.h"
#include "base/progress.h"

#include <stdatomic.h>
#include <string.h>

enum { SOME = 256 };

/* The pairs that a unit has found, some at a time: a list that doubled would hold twice as many. */
struct some {
    struct some *next;
    size_t n;
    struct record_pair pair[SOME];
};

struct found {
    struct arena *arena;
    struct some *first, *last;
};

struct work {
    const struct comparison *c;
    size_t first_row, rows;
    const uint16_t *keep;    /* [KERNEL_KEPT_WORDS], or NULL: only count */
    _Atomic uint64_t *count; /* or NULL */
    struct found *found;     /* a block each, or NULL */
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
static enum status compare_all(const struct comparison *c, struct work *work, struct arena *a,
                               struct record_pairs *out, struct err *e);

/* With `count`, `keep` or both. */
static enum status compare(const struct comparison *c, uint64_t *count, const bool *keep, struct arena *a,
                           struct record_pairs *out, struct err *e)
{
    struct arena *own = arena_open();
    _Atomic uint64_t *sum = count ? arena_new(own, PATTERNS, _Atomic uint64_t) : NULL;
    struct compare_idle idle = {{NULL}};
    uint16_t bits[KERNEL_KEPT_WORDS];
    struct work work = {.c = c, .keep = keep ? bits : NULL, .count = sum, .idle = &idle};
    struct record_pairs pairs = {0, NULL};

    if (keep)
        compare_keep_bits(keep, bits);
    enum status s = compare_all(c, &work, a, keep ? &pairs : NULL, e);

    for (size_t p = 0; s == OK && count && p < PATTERNS; p++)
        count[p] += atomic_load(&sum[p]);
    if (s == OK && keep)
        *out = pairs;
    compare_idle_close(&idle);
    arena_close(own);
    return s;
}

enum status compare_count(const struct comparison *c, uint64_t count[PATTERNS], struct err *e)
{
    return c->portions ? compare_in_portions(c, count, NULL, NULL, NULL, e)
                       : compare(c, count, NULL, NULL, NULL, e);
}

enum status compare_keep(const struct comparison *c, const bool keep[PATTERNS], struct arena *a,
                         struct record_pairs *out, struct err *e)
{
    if (!c->portions)
        return compare(c, NULL, keep, a, out, e);
    TRY(compare_in_portions(c, NULL, keep, a, out, e));
    return compare_join(c, a, out, e);
}

enum status compare_count_and_keep(const struct comparison *c, uint64_t count[PATTERNS],
                                   const bool keep[PATTERNS], struct arena *a, struct record_pairs *out,
                                   struct err *e)
{
    return c->portions ? compare_in_portions(c, count, keep, a, out, e) : compare(c, count, keep, a, out, e);
}

/* Puts what the blocks have found behind `out`, by i, then j, and frees it. Blocks follow each other in j,
 * and so do the pairs of a record in its block: a counting sort by i is enough. */
static void gather(const struct work *work, size_t blocks, struct arena *a, struct record_pairs *out,
                   size_t *room)
{
    struct arena *own = arena_open();
    size_t *place = arena_new(own, work->rows + 1, size_t);
    size_t n = 0;

    for (size_t b = 0; b < blocks; b++)
        for (const struct some *s = work->found[b].first; s; n += s->n, s = s->next)
            for (size_t k = 0; k < s->n; k++)
                place[s->pair[k].i - work->first_row + 1]++;
    for (size_t i = 0; i < work->rows; i++)
        place[i + 1] += place[i];
    out->pair = arena_grow(a, out->pair, out->n + n, room, sizeof *out->pair);
    for (size_t b = 0; b < blocks; b++) {
        for (const struct some *s = work->found[b].first; s; s = s->next)
            for (size_t k = 0; k < s->n; k++)
                out->pair[out->n + place[s->pair[k].i - work->first_row]++] = s->pair[k];
        arena_close(work->found[b].arena);
        work->found[b] = (struct found){0};
    }
    out->n += n;
    arena_close(own);
}

static enum status compare_all(const struct comparison *c, struct work *work, struct arena *a,
                               struct record_pairs *out, struct err *e)
{
    size_t rows = c->a->people->n;
    size_t blocks = (c->b->people->n + COMPARE_BLOCK - 1) / COMPARE_BLOCK;
    size_t stretches = (rows + COMPARE_STRETCH - 1) / COMPARE_STRETCH;
    size_t room = 0;

    progress_begin(c->progress, "comparing", (int64_t)(blocks * stretches));
    if (out)
        work->found = arena_new(a, blocks, struct found);
    for (size_t s = 0; s < stretches; s++) {
        work->first_row = s * COMPARE_STRETCH;
        work->rows = rows - work->first_row < COMPARE_STRETCH ? rows - work->first_row : COMPARE_STRETCH;
        bool is_done = parallel_for(blocks, c->threads, compare_block, work, c->progress);
        if (out)
            gather(work, blocks, a, out, &room);
        if (!is_done)
            return err_set(e, SYSTEM, "stopped while comparing; no histories were written");
        if (out && out->n > COMPARE_MOST_PAIRS)
            return compare_refuse(COMPARE_MOST_PAIRS, e);
    }
    return OK;
}

static void keep_pair(struct found *f, size_t i, size_t j, unsigned pattern)
{
    if (!f->arena)
        f->arena = arena_open();
    if (!f->last || f->last->n == SOME) {
        struct some *more = arena_new(f->arena, 1, struct some);

        if (f->last)
            f->last->next = more;
        else
            f->first = more;
        f->last = more;
    }
    f->last->pair[f->last->n++] = (struct record_pair){(uint32_t)i, (uint32_t)j, pattern};
}

static void keep_pairs(const struct work *work, const struct compare_block *b, size_t i, size_t first,
                       const uint16_t *pattern, struct found *found)
{
    uint16_t which[COMPARE_BLOCK];
    size_t kept = work->c->kernel->kept(pattern, b->n, work->keep, which);

    for (size_t k = 0; k < kept; k++)
        if (which[k] >= first)
            keep_pair(found, i, b->first + which[k], pattern[which[k]]);
}

/* The first record of the stretch that is looked at. */
static size_t first_looked_at(const struct work *work)
{
    const struct comparison *c = work->c;

    return c->every ? work->first_row + (c->from + c->every - work->first_row % c->every) % c->every
                    : work->first_row;
}

static void compare_block(void *arg, size_t number)
{
    const struct work *work = arg;
    const struct comparison *c = work->c;
    struct compare_block *b = compare_block_take(work->idle, c, number);
    uint16_t pattern[COMPARE_BLOCK];
    bool is_same = c->a == c->b;

    for (size_t i = first_looked_at(work); i < work->first_row + work->rows; i += c->every ? c->every : 1) {
        size_t first = is_same && i >= b->first ? i - b->first + 1 : 0;

        if (first >= b->n)
            continue;
        compare_patterns(c, b, i, pattern);
        if (work->count)
            compare_count_patterns(b, pattern, first);
        if (work->keep)
            keep_pairs(work, b, i, first, pattern, &work->found[number]);
    }
    for (size_t p = 0; work->count && p < PATTERNS; p++)
        if (compare_counted(b, p))
            atomic_fetch_add(&work->count[p], compare_counted(b, p));
    compare_block_give(work->idle, b);
}

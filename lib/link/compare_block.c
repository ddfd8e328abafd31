/* A block of records, sliced, and the level of another beside each of them. */
#include "link/compare_own.h"

#include "base/arena.h"

#include <stdatomic.h>
#include <string.h>

enum { COLUMN = KERNEL_COLUMN_WORDS };

static bool is_known(const struct encodings *people, size_t group, size_t i)
{
    return (people->present[i] & 1 << group) != 0;
}

/* Word w of 64 filters becomes a word of each of 64 columns. */
static void slice(const struct encodings *people, size_t g, struct compare_block *b)
{
    uint64_t m[64];

    for (size_t k = 0; k < COMPARE_BLOCK; k += 64)
        for (size_t w = 0; w < b->words[g]; w++) {
            for (size_t lane = 0; lane < 64; lane++)
                m[lane] = k + lane < b->n ? filter_of(people, g, b->first + k + lane)[w] : 0;
            kernel_transpose(m);
            for (size_t bit = 0; bit < 64; bit++)
                b->columns[g][(w * 64 + bit) * COLUMN + k / 64] = m[bit];
        }
}

static void mark(uint64_t *column, size_t lane)
{
    column[lane / 64] |= (uint64_t)1 << lane % 64;
}

/* Who has how many bits. */
static void weigh(const struct comparison *c, size_t g, struct compare_block *b)
{
    const struct encodings *people = c->b->people;
    const uint16_t *weight = c->b->weight[g] + b->first;

    memset(b->missing[g], 0, COLUMN * sizeof *b->missing[g]);
    b->lightest[g] = c->b->most[g];
    b->heaviest[g] = 0;
    for (size_t k = 0; k < COMPARE_BLOCK; k++)
        if (k >= b->n || !is_known(people, g, b->first + k)) {
            mark(b->missing[g], k);
        } else {
            b->lightest[g] = weight[k] < b->lightest[g] ? weight[k] : b->lightest[g];
            b->heaviest[g] = weight[k] > b->heaviest[g] ? weight[k] : b->heaviest[g];
        }
    if (b->heaviest[g] < b->lightest[g])
        b->heaviest[g] = b->lightest[g]; /* nobody has the group */
    size_t weights = b->heaviest[g] - b->lightest[g];
    memset(b->heavier[g], 0, weights * COLUMN * sizeof *b->heavier[g]);
    for (size_t k = 0; k < b->n; k++)
        if (is_known(people, g, b->first + k) && weight[k] > b->lightest[g])
            mark(b->heavier[g] + (weight[k] - b->lightest[g] - 1U) * (size_t)COLUMN, k);
    for (size_t w = weights; w-- > 1;)
        for (size_t i = 0; i < COLUMN; i++)
            b->heavier[g][(w - 1) * COLUMN + i] |= b->heavier[g][w * COLUMN + i];
}

static void list_bits(struct compare_block *b)
{
    for (size_t byte = 0; byte < 256; byte++)
        for (size_t bit = 0; bit < 8; bit++)
            if (byte >> bit & 1U) {
                b->bits_of_byte[byte][b->bits_in_byte[byte]++] = (uint16_t)(bit * COLUMN);
            }
}

/* More than there can be is all bits. */
static unsigned need_of(const struct level_needs *of, unsigned bits, size_t sum, size_t cut)
{
    unsigned never = (1U << bits) - 1;
    unsigned need = of->need[sum * of->cuts + cut];

    return need < never ? need : never;
}

/* The bits of a need that change from `sum` to the next. */
static unsigned turned(const struct level_needs *of, unsigned bits, size_t sum, size_t cut)
{
    return need_of(of, bits, sum, cut) ^ need_of(of, bits, sum + 1, cut);
}

static void find_turns(struct need_turns *t, const struct level_needs *of, unsigned bits, size_t most_sum,
                       struct arena *a)
{
    size_t n = 0;

    for (size_t cut = 0; cut < of->cuts; cut++)
        for (size_t sum = 0; sum < most_sum; sum++)
            n += (size_t)__builtin_popcount(turned(of, bits, sum, cut));
    t->lists = of->cuts * bits;
    t->sum = arena_new(a, n, uint16_t);
    t->list = arena_new(a, t->lists, uint32_t);
    t->before = arena_new(a, (most_sum + 1) * t->lists, uint16_t);
    n = 0;
    for (size_t list = 0; list < t->lists; list++) {
        t->list[list] = (uint32_t)n;
        for (size_t sum = 0; sum <= most_sum; sum++) {
            t->before[sum * t->lists + list] = (uint16_t)(n - t->list[list]);
            if (sum < most_sum && turned(of, bits, sum, list / bits) >> list % bits & 1U)
                t->sum[n++] = (uint16_t)sum;
        }
    }
}

static void open_group(struct compare_block *b, const struct comparison *c, size_t g)
{
    unsigned most_common = c->a->most[g] < c->b->most[g] ? c->a->most[g] : c->b->most[g];

    b->columns[g] = kernel_words(b->arena, b->words[g] * 64 * COLUMN);
    b->missing[g] = kernel_words(b->arena, COLUMN);
    b->heavier[g] = kernel_words(b->arena, c->b->most[g] * (size_t)COLUMN);
    b->need[g] = arena_new(b->arena, c->a->most[g] + 1, uint64_t *);
    b->made[g] = arena_new(b->arena, c->a->most[g] + 1, uint32_t);
    b->lanes[g] = (struct kernel_lanes){.columns = b->columns[g],
                                        .missing = b->missing[g],
                                        .cuts = c->needs[g].cuts,
                                        .bits = kernel_bits(most_common + 1)};
    find_turns(&b->turns[g], &c->needs[g], b->lanes[g].bits, (size_t)c->a->most[g] + c->b->most[g], b->arena);
}

static struct compare_block *open_block(const struct comparison *c)
{
    const struct encodings *people = c->b->people;
    struct arena *a = arena_open();
    struct compare_block *b = arena_new(a, 1, struct compare_block);
    size_t most_bits = 0;
    const size_t level_words = (size_t)KERNEL_PATTERN_BITS * COLUMN;

    b->arena = a;
    b->level = (void *)kernel_words(a, COMPARE_ROWS * level_words);
    for (size_t g = 0; g < people->groups; g++) {
        b->words[g] = people->group[g].bits / 64;
        most_bits = people->group[g].bits > most_bits ? people->group[g].bits : most_bits;
        if (b->words[g] > 0)
            open_group(b, c, g);
    }
    list_bits(b);
    b->chosen = arena_new(a, most_bits + KERNEL_ROUND, uint16_t);
    b->of_weight = arena_new(a, most_bits + 1, uint16_t);
    b->count = arena_new(a, (size_t)COMPARE_COUNTERS * PATTERNS, uint32_t);
    return b;
}

struct compare_block *compare_block_take(struct compare_idle *idle, const struct comparison *c, size_t number)
{
    struct compare_block *b = NULL;

    for (size_t k = 0; k < COMPARE_IDLE && !b; k++)
        b = atomic_exchange(&idle->block[k], NULL);
    b = b ? b : open_block(c);
    b->number = number;
    b->first = number * COMPARE_BLOCK;
    b->n = c->b->people->n - b->first < COMPARE_BLOCK ? c->b->people->n - b->first : COMPARE_BLOCK;
    for (size_t g = 0; g < GROUPS; g++)
        if (b->words[g] > 0) {
            slice(c->b->people, g, b);
            weigh(c, g, b);
        }
    memset(b->count, 0, (size_t)COMPARE_COUNTERS * PATTERNS * sizeof *b->count);
    return b;
}

void compare_block_give(struct compare_idle *idle, struct compare_block *b)
{
    for (size_t k = 0; k < COMPARE_IDLE; k++) {
        struct compare_block *nobody = NULL;

        if (atomic_compare_exchange_strong(&idle->block[k], &nobody, b))
            return;
    }
    arena_close(b->arena);
}

void compare_idle_close(struct compare_idle *idle)
{
    for (size_t k = 0; k < COMPARE_IDLE; k++) {
        struct compare_block *b = atomic_exchange(&idle->block[k], NULL);

        if (b)
            arena_close(b->arena);
    }
}

/* What the block's records need for one bit of one cut beside a filter of such a weight that the lightest's
 * sum is `from` and the heaviest's `to`, in a column, turned over. Where the bit changes from one sum to the
 * next, it changes for all who are heavier. Who lacks the group needs more than there can be. */
static void make_need(const struct comparison *c, const struct compare_block *b, size_t g, size_t list,
                      unsigned from, unsigned to, uint64_t *out)
{
    const struct need_turns *t = &b->turns[g];
    size_t bits = b->lanes[g].bits;
    size_t first = t->before[from * t->lists + list];
    size_t end = t->before[to * t->lists + list];
    bool is_set = need_of(&c->needs[g], b->lanes[g].bits, from, list / bits) >> list % bits & 1U;

    memset(out, is_set ? 0 : 0xFF, COLUMN * sizeof *out);
    c->kernel->turn(b->heavier[g], t->sum + t->list[list] + first, end - first, from, out);
    for (size_t i = 0; i < COLUMN; i++)
        out[i] &= ~b->missing[g][i];
}

static const uint64_t *needs_of(const struct comparison *c, struct compare_block *b, size_t g,
                                unsigned weight)
{
    uint64_t **made = &b->need[g][weight];
    size_t lists = b->turns[g].lists;

    if (b->made[g][weight] == b->number + 1)
        return *made;
    b->made[g][weight] = (uint32_t)b->number + 1;
    if (!*made)
        *made = kernel_words(b->arena, lists * COLUMN);
    for (size_t list = 0; list < lists; list++)
        make_need(c, b, g, list, weight + b->lightest[g], weight + b->heaviest[g], *made + list * COLUMN);
    return *made;
}

/* Where the columns of a filter's bits begin; returns how many there are. A byte at a time, whose places are
 * written all eight: how many there are cannot be foreseen. */
static size_t choose(const struct compare_block *b, const uint64_t *filter, size_t words)
{
    enum { BYTE = 8 * COLUMN };
    const eight_places further = {BYTE, BYTE, BYTE, BYTE, BYTE, BYTE, BYTE, BYTE};
    eight_places base = {0};
    uint16_t *to = b->chosen;

    for (size_t w = 0; w < words; w++) {
        uint64_t left = filter[w];

        for (size_t k = 0; k < 8; k++, left >>= 8, base += further) {
            eight_places places = b->bits_of_byte[left & 0xFF] + base;

            memcpy(to, &places, sizeof places);
            to += b->bits_in_byte[left & 0xFF];
        }
    }
    return (size_t)(to - b->chosen);
}

/* Chains the records that have the group by their weight; for those that lack it all levels are missing. The
 * filters are called for now, as a processor does not foresee the order in which they will be wanted. */
static void chain_by_weight(const struct comparison *c, struct compare_block *b, size_t g,
                            const uint32_t *row, size_t n)
{
    for (size_t k = 0; k < n; k++) {
        if (!is_known(c->a->people, g, row[k])) {
            memset(b->level[k][pattern_shift(g)], 0xFF, KERNEL_LEVEL_BITS * sizeof b->level[k][0]);
            continue;
        }
        uint16_t *first = &b->of_weight[c->a->weight[g][row[k]]];

        b->next[k] = *first;
        *first = (uint16_t)(k + 1);
        for (size_t w = 0; w < b->words[g]; w += 8)
            __builtin_prefetch(filter_of(c->a->people, g, row[k]) + w);
    }
}

/* One group after the other, and weight by weight: a group's columns, and what records of one weight need,
 * are then near when they are wanted again. */
static void tell_levels(const struct comparison *c, struct compare_block *b, size_t g, const uint32_t *row,
                        size_t n)
{
    chain_by_weight(c, b, g, row, n);
    for (unsigned weight = 0; weight <= c->a->most[g]; weight++) {
        if (b->of_weight[weight] > 0)
            b->lanes[g].need = needs_of(c, b, g, weight);
        for (size_t k = b->of_weight[weight]; k > 0; k = b->next[k - 1]) {
            size_t chosen = choose(b, filter_of(c->a->people, g, row[k - 1]), b->words[g]);

            c->kernel->levels(&b->lanes[g], b->chosen, chosen, b->level[k - 1] + pattern_shift(g));
        }
        b->of_weight[weight] = 0;
    }
}

void compare_levels(const struct comparison *c, struct compare_block *b, const uint32_t *row, size_t n)
{
    for (size_t g = 0; g < GROUPS; g++) {
        for (size_t k = 0; b->words[g] == 0 && k < n; k++)
            memset(b->level[k][pattern_shift(g)], 0xFF, KERNEL_LEVEL_BITS * sizeof b->level[k][0]);
        if (b->words[g] > 0)
            tell_levels(c, b, g, row, n);
    }
}

void compare_count_patterns(struct compare_block *b, const uint16_t pattern[COMPARE_BLOCK], size_t first)
{
    uint32_t *count = b->count;
    size_t k = first;

    for (; k % COMPARE_COUNTERS && k < b->n; k++)
        count[pattern[k] * COMPARE_COUNTERS]++;
    for (; k + COMPARE_COUNTERS <= b->n; k += COMPARE_COUNTERS) {
        count[pattern[k] * COMPARE_COUNTERS]++;
        count[pattern[k + 1] * COMPARE_COUNTERS + 1]++;
        count[pattern[k + 2] * COMPARE_COUNTERS + 2]++;
        count[pattern[k + 3] * COMPARE_COUNTERS + 3]++;
    }
    for (; k < b->n; k++)
        count[pattern[k] * COMPARE_COUNTERS]++;
}

uint64_t compare_counted(const struct compare_block *b, size_t p)
{
    uint64_t sum = 0;

    for (size_t k = 0; k < COMPARE_COUNTERS; k++)
        sum += b->count[p * COMPARE_COUNTERS + k];
    return sum;
}

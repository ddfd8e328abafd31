/* A block of records, interleaved, and what another has in common with each of them. */
#include "link/compare_own.h"

#include "base/arena.h"

static bool is_known(const struct encodings *people, size_t group, size_t i)
{
    return (people->present[i] & 1 << group) != 0;
}

static void interleave(const struct encodings *people, size_t group, struct compare_block *b)
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

void compare_block_make(struct compare_block *b, const struct comparison *c, size_t number, struct arena *a)
{
    const struct encodings *people = c->b->people;

    b->arena = a;
    b->first = number * COMPARE_BLOCK;
    b->n = people->n - b->first < COMPARE_BLOCK ? people->n - b->first : COMPARE_BLOCK;
    for (size_t g = 0; g < people->groups; g++) {
        b->words[g] = people->group[g].bits / 64;
        if (b->words[g] == 0)
            continue;
        b->eight[g] = kernel_words(a, COMPARE_BLOCK * b->words[g]);
        b->need[g] = arena_new(a, c->a->most[g] + 1, uint16_t *);
        interleave(people, g, b);
        for (size_t k = 0; k < b->n; k++)
            if (!is_known(people, g, b->first + k))
                b->missing[k] = (uint16_t)(b->missing[k] | LEVEL_MISSING << pattern_shift(g));
    }
}

/* How many common bits the block's records need beside a filter of `weight`. */
static const uint16_t *needs_of(const struct comparison *c, struct compare_block *b, size_t g,
                                unsigned weight)
{
    const struct level_needs *of = &c->needs[g];
    uint16_t **made = &b->need[g][weight];

    if (*made)
        return *made;
    *made = arena_new(b->arena, of->cuts * COMPARE_BLOCK, uint16_t);
    for (size_t k = 0; k < COMPARE_BLOCK; k++) {
        bool is_there = k < b->n && is_known(c->b->people, g, b->first + k);
        const uint16_t *need =
            is_there ? of->need + (weight + c->b->weight[g][b->first + k]) * of->cuts : NULL;

        for (size_t cut = 0; cut < of->cuts; cut++)
            (*made)[cut * COMPARE_BLOCK + k] = need ? need[cut] : (uint16_t)LEVEL_NEVER;
    }
    return *made;
}

/* The levels of group `g` between record i and all of the block, into their place in `pattern`. */
static void add_levels(const struct comparison *c, struct compare_block *b, size_t g, size_t i,
                       uint16_t *pattern)
{
    uint16_t common[COMPARE_BLOCK];

    c->kernel->common(filter_of(c->a->people, g, i), b->eight[g], b->words[g],
                      COMPARE_BLOCK / KERNEL_INTERLEAVED, common);
    c->kernel->add_levels(common, needs_of(c, b, g, c->a->weight[g][i]), c->needs[g].cuts,
                          (uint16_t)(1U << pattern_shift(g)), pattern);
}

void compare_patterns(const struct comparison *c, struct compare_block *b, size_t i,
                      uint16_t pattern[COMPARE_BLOCK])
{
    unsigned missing = 0;

    for (size_t g = 0; g < GROUPS; g++)
        if (b->words[g] == 0 || !is_known(c->a->people, g, i))
            missing |= (unsigned)LEVEL_MISSING << pattern_shift(g);
    for (size_t k = 0; k < COMPARE_BLOCK; k++)
        pattern[k] = (uint16_t)(b->missing[k] | missing);
    for (size_t g = 0; g < GROUPS; g++)
        if (b->words[g] > 0 && is_known(c->a->people, g, i))
            add_levels(c, b, g, i, pattern);
}

void compare_count_patterns(const uint16_t pattern[COMPARE_BLOCK], size_t first, size_t n,
                            uint32_t count[2 * PATTERNS])
{
    for (size_t k = first; k < n; k++)
        count[pattern[k] * 2U + k % 2]++;
}

/* Without a branch: which pair of a block is kept cannot be foreseen. */
size_t compare_kept_patterns(const uint16_t pattern[COMPARE_BLOCK], size_t first, size_t n,
                             const bool keep[PATTERNS], uint8_t which[COMPARE_BLOCK])
{
    size_t kept = 0;

    for (size_t k = first; k < n; k++) {
        which[kept] = (uint8_t)k;
        kept += keep[pattern[k]];
    }
    return kept;
}

/* A block of records, and how alike another is to each of them: what a comparison is made of, whether it is
 * done at once (compare.c) or in portions (compare_portions.c). */
#ifndef LYKTA_LINK_COMPARE_OWN_H
#define LYKTA_LINK_COMPARE_OWN_H

#include "link/compare.h"
#include "link/kernel.h"

struct arena;

enum {
    COMPARE_BLOCK = KERNEL_LANES, /* records of list b that stand side by side */
    COMPARE_STRETCH = 32768,      /* records of list a that are led past them */
    COMPARE_ROWS = 256,           /* .. so many at a time */
    COMPARE_COUNTERS = 4,         /* of each pattern */
    COMPARE_IDLE = 64             /* blocks that are kept to be used again */
};

/* Where the columns of a byte's bits begin, together in a vector. */
typedef uint16_t eight_places __attribute__((vector_size(16)));

/* Where the needs of a group change from one sum of two weights to the next: a list for each bit of each cut,
 * the bits of a cut together. */
struct need_turns {
    size_t lists;
    uint16_t *sum;    /* of all lists: the sums after which the bit changes, in rising order */
    uint32_t *list;   /* where each of them begins */
    uint16_t *before; /* [sums * lists]: how many changes of each list are after a smaller sum */
};

/* A block of list b, sliced: a column for each bit of its filters. Its memory is used for one block after the
 * other. */
struct compare_block {
    size_t number, first, n;
    size_t words[GROUPS];              /* of a filter; 0: the group is not encoded */
    struct kernel_lanes lanes[GROUPS]; /* its needs are those of the record at hand */
    uint64_t *columns[GROUPS];         /* one for each bit */
    uint64_t *missing[GROUPS];         /* who lacks the group, or is nobody */
    unsigned lightest[GROUPS];         /* weight of the filters that are there */
    unsigned heaviest[GROUPS];
    uint64_t *heavier[GROUPS]; /* a column for each weight above the lightest: who has it, or more */
    struct need_turns turns[GROUPS];
    uint64_t **need[GROUPS]; /* by the weight of list a's record, made when the first has it .. */
    uint32_t *made[GROUPS];  /* .. for the block of this number, from 1 */
    eight_places bits_of_byte[256];
    uint8_t bits_in_byte[256];
    uint16_t *chosen; /* where the columns of the bits of the filter at hand begin */
    uint64_t (*level)[KERNEL_PATTERN_BITS][KERNEL_COLUMN_WORDS]; /* of the records at hand */
    uint16_t *of_weight;         /* for each weight, one of these who has it, from 1 .. */
    uint16_t next[COMPARE_ROWS]; /* .. and of each, another */
    uint32_t *count;             /* COMPARE_COUNTERS of each pattern, 0 when the block is made */
    struct arena *arena;
};

/* Blocks that nobody works on. */
struct compare_idle {
    _Atomic(struct compare_block *) block[COMPARE_IDLE];
};

/* Block `number` of list b, made in the memory of an idle one if there is any, until it is given back. */
struct compare_block *compare_block_take(struct compare_idle *idle, const struct comparison *c,
                                         size_t number);
void compare_block_give(struct compare_idle *idle, struct compare_block *b);
void compare_idle_close(struct compare_idle *idle);

/* The first place in the block that record i of list a is compared with: pairs of one list come once. */
static inline size_t compare_first(const struct comparison *c, const struct compare_block *b, size_t i)
{
    return c->a == c->b && i >= b->first ? i - b->first + 1 : 0;
}

/* Tells how records row[n] of list a, at most COMPARE_ROWS, agree with each record of the block .. */
void compare_levels(const struct comparison *c, struct compare_block *b, const uint32_t *row, size_t n);

/* .. and the patterns of number k of them. */
static inline void compare_patterns(const struct comparison *c, const struct compare_block *b, size_t k,
                                    uint16_t pattern[COMPARE_BLOCK])
{
    c->kernel->patterns(b->level[k], pattern);
}

/* Counts which patterns the records of the block have from `first` on. Each has some counters, used in turn:
 * most pairs have one of few patterns, and would wait for each other. */
void compare_count_patterns(struct compare_block *b, const uint16_t pattern[COMPARE_BLOCK], size_t first);

/* How many had pattern p. */
uint64_t compare_counted(const struct compare_block *b, size_t p);

/* What has been kept of a block's pairs with a stretch of list a: compare_found.c. */
struct compare_unit {
    struct arena *arena; /* NULL when there is nothing */
    struct compare_some *first, *last;
    size_t pairs, row;
};

struct compare_found {
    size_t rows, blocks, stretches;
    struct compare_unit *unit; /* [stretches * blocks], the blocks of a stretch together */
    struct record_pairs pairs; /* of a comparison in portions */
};

struct compare_found *compare_found_make(const struct comparison *c, struct arena *a);

/* Keeps a pair: row of the stretch, place in the block. Rows come in rising order, and so do the places of
 * each. */
void compare_unit_add(struct compare_unit *u, size_t row, size_t lane, unsigned pattern);

/* How many are kept. */
size_t compare_found_pairs(const struct compare_found *found);

/* Those whose pattern is in `keep`, by i and then j, in `a`; the others are dropped. */
void compare_found_take(struct compare_found *found, const bool keep[PATTERNS], struct arena *a,
                        struct record_pairs *out);

/* REFUSED, with the reason: more than `most` pairs would be kept. */
enum status compare_refuse(size_t most, struct err *e);

/* REFUSED when pairs of the patterns in `keep` are more than may be kept: all processes, which have the same
 * sums, refuse alike. */
enum status compare_check_kept(const uint64_t count[PATTERNS], const bool keep[PATTERNS],
                               struct err *e) MUST_USE;

/* Adds to `pairs` those of all other processes, in their order, in `a`; nothing without portions. REFUSED
 * when there are more than COMPARE_MOST_PAIRS. */
enum status compare_join(const struct comparison *c, struct arena *a, struct record_pairs *pairs,
                         struct err *e) MUST_USE;

/* As compare_count, compare_keep or, with `count` and `keep`, both in one pass, for a comparison that has
 * portions and is no sample; the pairs are those that this process has found. */
enum status compare_in_portions(const struct comparison *c, uint64_t *count, const bool *keep,
                                struct arena *a, struct record_pairs *out, struct err *e) MUST_USE;

#endif

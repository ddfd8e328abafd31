/* A block of records, and how alike another is to each of them: what a comparison is made of, whether it is
 * done at once (compare.c) or in portions (compare_portions.c). */
#ifndef LYKTA_LINK_COMPARE_OWN_H
#define LYKTA_LINK_COMPARE_OWN_H

#include "link/compare.h"
#include "link/kernel.h"

struct arena;

enum {
    COMPARE_BLOCK = KERNEL_RECORDS, /* records of list b that stay in the nearest memory */
    COMPARE_STRETCH = 32768         /* records of list a that are led past them */
};

/* A block of list b, interleaved, with how many common bits each of its records needs for each level. */
struct compare_block {
    size_t first, n;
    size_t words[GROUPS];
    uint64_t *eight[GROUPS]; /* EIGHTS * words * KERNEL_INTERLEAVED */
    uint16_t **
        need[GROUPS]; /* by the weight of list a's record, made when the first has it: cuts * COMPARE_BLOCK */
    uint16_t missing[COMPARE_BLOCK]; /* the pattern's bits of groups that list b's record lacks */
    struct arena *arena;
};

/* Makes block `number` of list b, in `a`, zeroed before. */
void compare_block_make(struct compare_block *b, const struct comparison *c, size_t number, struct arena *a);

/* How record i of list a agrees with each record of the block. */
void compare_patterns(const struct comparison *c, struct compare_block *b, size_t i,
                      uint16_t pattern[COMPARE_BLOCK]);

/* Adds to `count` how many of the patterns from `first` to before `n` are which. Each has two counters, used
 * in turn: most pairs have one of few patterns, and would wait for each other. */
void compare_count_patterns(const uint16_t pattern[COMPARE_BLOCK], size_t first, size_t n,
                            uint32_t count[2 * PATTERNS]);

/* Which of them are in `keep`, in rising order; returns how many. */
size_t compare_kept_patterns(const uint16_t pattern[COMPARE_BLOCK], size_t first, size_t n,
                             const bool keep[PATTERNS], uint8_t which[COMPARE_BLOCK]);

/* REFUSED, with the reason: more than `most` pairs would be kept. */
enum status compare_refuse(size_t most, struct err *e);

/* REFUSED when pairs of the patterns in `keep` are more than may be kept: all processes, which have the same
 * sums, refuse alike. */
enum status compare_check_kept(const uint64_t count[PATTERNS], const bool keep[PATTERNS],
                               struct err *e) MUST_USE;

/* As compare_count, compare_keep or, with `count` and `keep`, both in one pass, for a comparison that has
 * portions and is no sample; the pairs are those that this process has found. */
enum status compare_in_portions(const struct comparison *c, uint64_t *count, const bool *keep,
                                struct arena *a, struct record_pairs *out, struct err *e) MUST_USE;

#endif

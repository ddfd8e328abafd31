/* Comparing in portions: several processes divide them, and what is done of one can be kept, so that work
 * that was stopped goes on from there. How a comparison is cut depends on its lists alone; which process does
 * a portion, and whether it was kept from before, never changes a result.
 *
 * A kept portion is a name and bytes: a mark of what is compared (32), pairs as three numbers of 32 bits with
 * the lowest byte first, and the BLAKE2b hash (32) of all that. It tells which records look alike, by their
 * numbers, and has to be kept as the encodings are. */
#ifndef LYKTA_LINK_PORTION_H
#define LYKTA_LINK_PORTION_H

#include "base/err.h"
#include "base/str.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;

enum { PORTION_MARK_BYTES = 32, PORTION_NAME_BYTES = 64 };

/* How the caller's processes work together, and where portions are kept. The functions are called with
 * `context`; `find` and `keep` from several threads at once. */
struct portions {
    size_t rank, size; /* this process does the portions whose number is `rank` modulo `size` */
    void *context;
    /* Gives every process the bitwise or of all processes' bytes[n], n below 2^31; NULL when size is 1. */
    enum status (*combine)(void *context, void *bytes, size_t n, struct err *e);
    /* The bytes of a portion that was kept, in `a`; none when it was not. NULL: nothing is kept. */
    enum status (*find)(void *context, const char *name, struct arena *a, struct str *out, struct err *e);
    enum status (*keep)(void *context, const char *name, struct str bytes, struct err *e);
    unsigned char mark[PORTION_MARK_BYTES]; /* of what is compared; set by linkage_run */
};

/* A pair of records: number i of list a and j of list b, and how they agree. Where pairs are only counted, i
 * is the low half and j the high half of how many have the pattern. */
struct record_pair {
    uint32_t i, j;
    uint32_t pattern;
};

struct record_pairs {
    size_t n;
    struct record_pair *pair;
};

/* The pairs kept under `name`, in `a`; *is_there is false when there are none, or they are damaged and have
 * to be found again. BAD_INPUT when they are of another linkage. `p` may be NULL. */
enum status portion_find(const struct portions *p, const char *name, struct arena *a,
                         struct record_pairs *out, bool *is_there, struct err *e) MUST_USE;

/* Keeps them; does nothing when nothing is kept. */
enum status portion_keep(const struct portions *p, const char *name, const struct record_pairs *pairs,
                         struct err *e) MUST_USE;

/* The sum of all processes' x[n], to each of them. `p` may be NULL. */
enum status portions_add(const struct portions *p, uint64_t *x, size_t n, struct err *e) MUST_USE;

/* Gives every process the bytes[n] of the first: what is computed with decimals may differ in its last one
 * between machines of different makes. `p` may be NULL. */
enum status portions_agree(const struct portions *p, void *bytes, size_t n, struct err *e) MUST_USE;

/* All processes' pairs, to each of them, in `a`: those of process 0 first. REFUSED, on all of them, when they
 * are more than `most`. `p` may be NULL. */
enum status portions_join(const struct portions *p, size_t most, struct arena *a, struct record_pairs *pairs,
                          struct err *e) MUST_USE;

#endif

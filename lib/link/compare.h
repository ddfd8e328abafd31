/* Comparing every record of one list with every record of another, exactly and without leaving any pair out.
 * Lists of cases are small; leaving pairs out by blocking would only add links that are missed.
 *
 * Threads take units, a block of one list against a stretch of the other, that depend on their number alone.
 * Processes take portions of some blocks (portion.h). Either way the results are put in one order. Beside the
 * encodings and what it finds a thread needs one or two megabytes. */
#ifndef LYKTA_LINK_COMPARE_H
#define LYKTA_LINK_COMPARE_H

#include "base/err.h"
#include "link/encodings.h"
#include "link/kernel.h"
#include "link/portion.h"
#include "link/similarity.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;
struct progress;

/* A list made ready: its encodings, and how many bits each filter has. */
struct compared_list {
    const struct encodings *people;
    uint16_t *weight[GROUPS]; /* n; NULL for a group without filters */
    unsigned most[GROUPS];    /* the largest of them */
};

/* Two lists, or one and itself (the same pointer twice): then every pair once, i < j. */
struct comparison {
    const struct compared_list *a, *b;
    struct level_needs needs[GROUPS];
    const struct kernel *kernel;
    int threads;                     /* 0: one per processor; never changes a result */
    struct progress *progress;       /* may be NULL */
    size_t every, from;              /* a sample of list a's records: from this one, one in so many; 0: all */
    const struct portions *portions; /* who else compares, and what is kept; NULL: alone, nothing */
    size_t number;                   /* of this comparison, among all of a linkage: names what is kept */
};

void compared_list_make(struct compared_list *out, const struct encodings *people, struct arena *a);

/* Both lists have the same groups and lengths of filters, encoded with `profile` and `noise_percent`. */
void comparison_make(struct comparison *out, const struct compared_list *a, const struct compared_list *b,
                     enum profile profile, int noise_percent, struct arena *arena);

/* Adds to `count` how many pairs have each pattern. SYSTEM when asked to stop. */
enum status compare_count(const struct comparison *c, uint64_t count[PATTERNS], struct err *e) MUST_USE;

/* The pairs whose pattern is in `keep`, by i and then j, in `a`. SYSTEM when asked to stop, REFUSED when
 * there are more than COMPARE_MOST_PAIRS. */
enum { COMPARE_MOST_PAIRS = 200000000 };
enum status compare_keep(const struct comparison *c, const bool keep[PATTERNS], struct arena *a,
                         struct record_pairs *out, struct err *e) MUST_USE;

/* Pairs that have been kept, until it is known which of them are wanted. */
struct compare_found;

/* Both in one pass. What is kept waits in *out, in `a` and memory of its own, until it is taken or dropped.
 */
enum status compare_count_and_keep(const struct comparison *c, uint64_t count[PATTERNS],
                                   const bool keep[PATTERNS], struct arena *a, struct compare_found **out,
                                   struct err *e) MUST_USE;

/* Those of `found` whose pattern is in `keep`, and those of other processes, as compare_keep gives them; the
 * rest is dropped. */
enum status compare_take(const struct comparison *c, struct compare_found *found, const bool keep[PATTERNS],
                         struct arena *a, struct record_pairs *out, struct err *e) MUST_USE;
void compare_drop(struct compare_found *found);

#endif

/* Records into people: a partition with at most one record of each list in a part.
 *
 * The weight of putting a record to a part is the sum of the log ratios with all in it, plus the largest
 * prior log odds of the lists concerned: a record is one person or another, it does not choose anew for each
 * of that person's records. A pair that is no edge counts `absent`. Parts joined by chains alone never come
 * about. */
#ifndef LYKTA_LINK_PARTITION_H
#define LYKTA_LINK_PARTITION_H

#include "base/rng.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;

enum { PARTITION_MAX_LISTS = 16 };

struct partition_edge {
    uint32_t u, v;
    uint32_t pattern; /* index into the log ratios */
};

struct partition {
    size_t n, lists;
    const uint8_t *list; /* of each record */
    bool is_free;        /* records of one list may stand in one part: for doubles inside a list */
    size_t edges;
    const struct partition_edge *edge;
    const double *log_ratio; /* by pattern */
    double absent;           /* log ratio of a pair that is no edge */
    double prior[PARTITION_MAX_LISTS]
                [PARTITION_MAX_LISTS]; /* log odds that a pair of these lists is one person */
    double alone[PARTITION_MAX_LISTS]; /* log weight of a record of this list alone: 0, or more when its
                                          partner may be among the pairs that are no edges */
    double
        caution; /* taken from every weight of joining: falls to 0 while the surest find each other first */
    uint32_t *part; /* of each record */
    uint32_t *size; /* of each part; n of them, empty ones too */
    uint32_t *mask; /* lists in it */
    /* what follows belongs to the functions below */
    size_t *start;
    uint32_t *next;
    uint32_t *empty;
    size_t empties;
    uint32_t *order;
    uint32_t *touched;
    double *weight, *best_prior;
    uint32_t *members;
};

/* Every record alone; arrays in `a`. The caller has set n, lists, list, is_free, edges and edge. */
void partition_make(struct partition *x, struct arena *a);

/* Takes each record out of its part and draws a new one for it, by weight (Gibbs sampling); or, with `r`
 * NULL, takes the best, and returns how many moved. */
size_t partition_sweep(struct partition *x, struct rng *r);

/* From every record alone to a partition that no single move betters: sweeps that take the best, with a
 * caution that falls step by step to 0, so that the surest pairs find each other first; at most `sweeps`
 * without it. */
void partition_best(struct partition *x, size_t sweeps);

/* How many parts hold records of both lists, for each pair of lists; [l][l] is how many hold list l. */
void partition_overlaps(const struct partition *x, int64_t overlap[PARTITION_MAX_LISTS][PARTITION_MAX_LISTS]);

#endif

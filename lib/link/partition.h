/* Records into people: a partition with at most one record of each list in a part.
 *
 * What its comparisons say for a part is their mean over all trees (trees.h). Trees alone would let a chain
 * make a person of records that are unlike at its ends: a pair that is no edge counts `absent` in the trees
 * and once more in full. Doubles inside a list, of one hand and few, go by the sum over all pairs.
 *
 * Beforehand every number of people with each history is equally likely, so that putting a record of list l
 * to somebody on the lists s has the odds (n(s + l) + a) / ((n(s) - 1 + a) (n(l) + 1)) to its being alone,
 * where n counts all others by history: with two lists the prior of Sadinle (2017, J. Am. Statist. Ass. 112,
 * 600-612). a is 1 for histories of one list; beyond, the pairs of lists have 1 each together, spread evenly
 * over all histories, so that many lists do not make people of many records likelier.
 *
 * Of two lists, a share `hidden` of the matches may be among the pairs that are no edges. However many those
 * are, and whoever they are, is summed out: the odds above are multiplied by partition_hidden_odds
 * (partition_own.h), so that a record is not forced on somebody else's partner when few are left alone. Of
 * more lists, `alone` stands for that. */
#ifndef LYKTA_LINK_PARTITION_H
#define LYKTA_LINK_PARTITION_H

#include "base/rng.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;

enum { PARTITION_MAX_LISTS = 16, PARTITION_NO_PATTERN = UINT16_MAX };

struct partition_edge {
    uint32_t u, v;
    uint32_t pattern; /* index into the log ratios, below PARTITION_NO_PATTERN */
};

/* What a part's history is worth beforehand, kept while what it comes from stands: counts, and `hidden`. */
struct partition_prior {
    double both, others, alone, hidden;
    double odds, log_odds;
};

struct partition {
    size_t n, lists;
    const uint8_t *list; /* of each record */
    bool is_free;        /* records of one list may stand in one part: for doubles inside a list */
    size_t edges;
    const struct partition_edge *edge;
    const double *log_ratio; /* by pattern */
    size_t plain; /* 0, or how many patterns say how alike a pair is; plain + p is such a pair of pattern p
                     that somebody has told to be one person, 2 plain + p one told not to be. Their log ratio
                     is that of p and `told`, or less so much */
    double told;
    double absent; /* log ratio of a pair that is no edge */
    double hidden; /* of two lists: the share of matches, below 1, that are no edges; 0: none are */
    double alike[PARTITION_MAX_LISTS]; /* when is_free: log odds that a pair of this list is one person */
    double
        *people; /* how many have each history, a mask of lists; NULL: no history is likelier than others */
    bool is_counting;                  /* sweeps keep `people` up; else it stands */
    double alone[PARTITION_MAX_LISTS]; /* log weight of a record of this list alone: 0, or more when its
                                          partner may be among the pairs that are no edges */
    double cut;     /* log odds that joining must have to being alone, where the best is taken; 0: evens */
    double caution; /* taken from every weight of joining: falls to `cut` while the surest find each other
                       first */
    uint32_t *part; /* of each record */
    uint32_t *size; /* of each part; n of them, empty ones too */
    uint32_t *mask; /* lists in it */
    /* what follows belongs to the functions below */
    size_t *start;
    uint32_t *next;         /* neighbours of record u: those from start[u] to before start[u + 1] .. */
    uint16_t *next_pattern; /* .. and the pattern of each */
    uint32_t *empty;
    size_t empties;
    uint32_t *order;
    uint32_t *touched;
    double *weight;
    uint32_t *first, *after; /* a record of each part, and of each record the next */
    uint32_t *place;         /* of each record in the part at hand, from 1 */
    uint8_t
        *alone_on; /* of each record: its list, when nobody else is in its part; else PARTITION_MAX_LISTS */
    uint32_t *members;
    uint16_t *mate_pattern; /* of two lists: of each record, that of the pair it is in; PARTITION_NO_PATTERN
                               when it is alone or the pair is no edge */
    double spread;
    struct partition_prior *prior;
    double *ratio;       /* exp(log_ratio), while linkages are drawn */
    double *sum_ratio;   /* of two lists: of each record, over all its neighbours */
    double before[2][2]; /* of two lists: odds beforehand of a record of each that is alone, and of one that
                            is not, while `people` stands; negative when not known */
    size_t patterns;
    double alone_weight[PARTITION_MAX_LISTS];
    double *most; /* weight of the best part that a record could join, without caution, when last looked at */
};

/* Every record alone; arrays in `a`. The caller has set n, lists, list, is_free, edges and edge. */
void partition_make(struct partition *x, struct arena *a);

/* Takes each record out of its part and draws a new one for it, by weight (Gibbs sampling; never when
 * is_free); or, with `r` NULL, takes the best, and returns how many moved. */
size_t partition_sweep(struct partition *x, struct rng *r);

/* From every record alone to the best partition: sweeps that take the best, with a caution that falls step by
 * step to `cut`, so that the surest pairs find each other first; at most `sweeps` at it.
 *
 * Of two lists it is then made the best there is (assignment.h): no other way of giving each record one of
 * the other list, or none, has a greater sum of log ratio and log odds beforehand (the mean of what they are
 * from either list), less `cut`; but for 10^-7 a pair. Of more lists, and of doubles, it is a partition that
 * no single move betters, when being alone is worth the same on all lists; that is not the best there is: in
 * tests on 200 random tables of seven records of three lists their sums came to nine tenths of the best at
 * least. Where being alone is worth more on one list than on another, a pair between the two is decided by
 * the list that comes later: of more than two lists, what is found can depend on their order, so that
 * they are given in one of their own (linkage_order.c). */
void partition_best(struct partition *x, size_t sweeps);

/* Sets `people` to what the parts are. */
void partition_count(struct partition *x);

/* How many parts hold records of both lists, for each pair of lists; [l][l] is how many hold list l. */
void partition_overlaps(const struct partition *x, int64_t overlap[PARTITION_MAX_LISTS][PARTITION_MAX_LISTS]);

#endif

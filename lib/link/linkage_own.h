/* What one run of a linkage holds, and its parts: lists compared (linkage_compare.c, linkage_guess.c) and
 * joined (linkage.c), in an order of their own (linkage_order.c), linkages drawn (linkage_draw.c), the best
 * one told (linkage_best.c), the owners' answers taken in (linkage_answers.c), and what it would be at other
 * odds (linkage_cuts.c), histories written (linkage_histories.c). */
#ifndef LYKTA_LINK_LINKAGE_OWN_H
#define LYKTA_LINK_LINKAGE_OWN_H

#include "base/text.h"
#include "link/compare.h"
#include "link/linkage.h"
#include "link/odds.h"
#include "link/partition.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* All that one run needs. */
struct linking {
    const struct linkage_list *list; /* in the order of linkage_order */
    size_t lists;
    uint8_t given[LINKAGE_MAX_LISTS]; /* of each of these lists, its place among those that were given */
    uint8_t place[LINKAGE_MAX_LISTS]; /* of each list as given, its place among these */
    const struct linkage_options *o;
    struct arena *a;
    struct compared_list *ready;
    struct comparison comparison[LINKAGE_MAX_LISTS][LINKAGE_MAX_LISTS];
    struct odds_table *table; /* pairs of lists first, then each list with itself */
    size_t across;
    struct odds odds;
    double *log_ratio; /* [3 * PATTERNS], of the odds, as partition.h has them */
    size_t answers;
    size_t *answered; /* the edges that the owners have told of */
    bool keep[PATTERNS];
    uint32_t first[LINKAGE_MAX_LISTS + 1]; /* number of a list's first record among all */
    uint32_t *unit;                        /* of each record: the person of its list */
    size_t units;
    uint8_t *unit_list;
    uint32_t *unit_record; /* one record of each */
    struct compare_found
        *found[LINKAGE_MAX_LISTS][LINKAGE_MAX_LISTS]; /* what the guess has kept; while comparing */
    struct record_pairs pairs[LINKAGE_MAX_LISTS][LINKAGE_MAX_LISTS];
    struct partition partition;
    uint32_t *held; /* how many imputations hold each edge */
    struct text histories;
    double *drawn[LINKAGE_MAX_LISTS][LINKAGE_MAX_LISTS]; /* matches, of each imputation */
};

/* Puts the lists in an order that is their own, whatever the order they are given in. */
void linkage_order(struct linking *x, const struct linkage_list *list);

/* What was found, told in the order in which the lists were given; in x->a. */
struct linkage linkage_as_given(const struct linking *x, const struct linkage *found);
uint32_t linkage_given_mask(const struct linking *x, uint32_t mask);

/* Where the table of lists i <= j is. */
size_t linkage_table_of(const struct linking *x, size_t i, size_t j);

/* Compares all lists, fits the odds, and keeps the pairs that may be one person. */
enum status linkage_compare(struct linking *x, struct err *e) MUST_USE;

/* Pairs below these odds, when a match is as likely as the model says, are not looked at one by one. */
#define LINKAGE_LEAST_LOG_ODDS (-9.0)

/* The log of the share of matches among the pairs, in that of all tables that has most of them. */
double linkage_log_share(const struct linking *x, const struct odds_table *table);

/* The portions of a linkage that is divided among processes, or kept; NULL: there is nothing but to compare.
 */
struct portions *linkage_dividing(const struct linking *x);

/* Which patterns will be kept, as a sample of the pairs tells it, the same in all processes. False when it
 * cannot: too few matches, or too many pairs to keep. What is wrong is said when all have been looked at. */
bool linkage_guess(struct linking *x, bool keep[PATTERNS]);

/* For qsort and bsearch: edges by their units. */
int linkage_by_units(const void *a, const void *b);

/* The ratios of the odds' shares, as the partition reads them. */
void linkage_set_ratios(struct linking *x);

/* How much an answer of the owners is worth, drawn given the links. */
void linkage_draw_trust(struct linking *x, struct rng *r);

/* Has the owners asked about `first`, if there is somebody to ask, and marks the edges that they have told
 * of: with any answers all must be drawn anew, from the odds before `first`. */
enum status linkage_ask(struct linking *x, const struct linkage *first, struct err *e) MUST_USE;

/* The log of the share of matches that look too unlike to be among the edges. */
double linkage_log_hidden(const struct linking *x);

/* How much being alone weighs for the records of each list. */
void linkage_set_alone(struct partition *p);

/* Draws the imputations and writes their histories; ends with the shares and histories of the mean of the
 * draws, for the one best linkage. */
enum status linkage_draw(struct linking *x, struct err *e) MUST_USE;

/* The best linkage, with what the draws say of it. */
void linkage_best(struct linking *x, struct linkage *out);

/* The log odds that edge `e` is one person, when as many are on both its lists as in `best`. */
double linkage_log_odds(const struct linking *x, size_t e, const struct linkage *best);

/* The best linkages at the cuts asked for, beside the one in `out`. SYSTEM when asked to stop. */
enum status linkage_cuts(struct linking *x, struct linkage *out, struct err *e) MUST_USE;

/* The head of the histories, and those of one linkage (`imputation` from 1; 0: the best). `mask` holds the
 * lists of each part; 0 for one that is empty or has been joined to another. */
void linkage_histories_begin(struct linking *x);
void linkage_histories_add(struct linking *x, const uint32_t *mask, size_t imputation);

#endif

/* How much more often a pair of records agrees in a certain way when it is one person than when it is not.
 *
 * The model of Fellegi & Sunter (1969, J. Am. Statist. Ass. 64, 1183-1210) on the level of similarity of each
 * group, fitted by expectation and maximisation (Winkler 1988) to the counts of patterns over all pairs: no
 * threshold is set by hand and no truth is needed. Groups are taken as independent given whether the pair is
 * one person; a group that is missing says nothing. What matches look like is drawn towards a table of
 * expectations that weighs as much as ODDS_PRIOR_PAIRS pairs, so that short lists with few matches can be
 * linked.          */
#ifndef LYKTA_LINK_ODDS_H
#define LYKTA_LINK_ODDS_H

#include "base/err.h"
#include "link/similarity.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { ODDS_PRIOR_PAIRS = 20, ODDS_FEWEST_MATCHES = 5 };

struct odds {
    double match[GROUPS][LEVELS]; /* share of each level among pairs that are one person; sums to 1 */
    double other[GROUPS][LEVELS]; /* among all other pairs */
    double log_ratio[PATTERNS];
    double ratio[PATTERNS]; /* the same, not its log */
};

/* Patterns of the pairs of two lists (or of one with itself), and how many of them are one person. */
struct odds_table {
    uint64_t count[PATTERNS];
    double pairs;
    double limit;   /* no more matches than this: the smaller list's people */
    double matches; /* set by odds_fit: expected */
};

/* What matches look like before any data. */
double odds_expectation(enum profile profile, size_t group, size_t level);

/* Fits one set of shares to all `tables`, and each table's number of matches.
 * REFUSED, with the reason, when the steps do not converge, two starts end more than 10 % apart, the best
 * level of a group is no sign of a match, or fewer than ODDS_FEWEST_MATCHES matches are expected in the first
 * `across` tables, those between different lists. */
enum status odds_fit(struct odds *out, enum profile profile, struct odds_table *table, size_t tables,
                     size_t across, struct err *e) MUST_USE;

/* log_ratio and ratio from match and other. */
void odds_set_ratios(struct odds *x);

/* How often a pair that is one person has a pattern that is not in `keep`, by the groups known in `table`. */
double odds_hidden(const struct odds *x, const struct odds_table *table, size_t tables,
                   const bool keep[PATTERNS]);

#endif

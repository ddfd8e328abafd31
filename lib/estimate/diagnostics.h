/* What an estimate hangs on: the same table looked at in other ways, each an answer to "what if".
 *
 * Figures are those of the stepwise method without bootstrap (estimate()); one that is refused is NaN. */
#ifndef LYKTA_ESTIMATE_DIAGNOSTICS_H
#define LYKTA_ESTIMATE_DIAGNOSTICS_H

#include "base/err.h"
#include "base/str.h"
#include "estimate/estimate.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct counts;
struct json;

enum {
    DIAGNOSTICS_MAX_PAIRS = 28,
    DIAGNOSTICS_THRESHOLDS = 8,
    DIAGNOSTICS_SPREADS = 3,
    DIAGNOSTICS_PARTS = 4,
    DIAGNOSTICS_ODDS = 3
};

/* Two lists, and the table with them as one. The odds ratio is that among the people seen: both times
 * neither, over the one alone times the other alone; infinite or NaN where nobody is on one alone. */
struct diagnostics_pair {
    size_t first, second;
    int64_t both;
    double odds_ratio;
    double merged; /* people in all when the two are taken for one list */
};

/* One list. */
struct diagnostics_list {
    double dropped;   /* people in all without it */
    bool moves;       /* that is outside the 95 % limits with it */
    int64_t people;   /* on it: a population whose size is known */
    double from_rest; /* what the other lists say that size is (Binette & Steorts 2022, J. R. Statist. Soc. A
                         185) */
    double log_bias;  /* log from_rest / people: below 0, the other lists say too few */
    bool is_covered;  /* is `people` within the 95 % limits of that */
};

struct diagnostics_spread {
    double within; /* of the best BIC */
    int64_t models;
    double lowest, highest; /* people in all, over those with a finite figure */
    int64_t unbounded;      /* models without one */
};

struct diagnostics {
    size_t lists, pairs;
    struct diagnostics_list list[ESTIMATE_MAX_LISTS];
    struct diagnostics_pair pair[DIAGNOSTICS_MAX_PAIRS];
    double threshold[DIAGNOSTICS_THRESHOLDS]; /* from 0.0001 to 0.2 */
    double at_threshold[DIAGNOSTICS_THRESHOLDS];
    struct diagnostics_spread spread[DIAGNOSTICS_SPREADS]; /* within 2, 6 and 10 */
    double part[DIAGNOSTICS_PARTS];                        /* a quarter of the people seen, to all of them */
    double at_part[DIAGNOSTICS_PARTS]; /* the median figure of subsamples so large, over that part */
    double odds[DIAGNOSTICS_ODDS];     /* of the interaction of all lists, which no table shows: 1/2, 1, 2 */
    double at_odds[DIAGNOSTICS_ODDS];
};

/* For `clean` counts that passed the gates; `chosen` is their stepwise estimate. SYSTEM when asked to stop.
 */
enum status diagnostics_make(const struct counts *clean, const struct estimate *chosen,
                             const struct estimate_options *options, struct diagnostics *out,
                             struct err *e) MUST_USE;

/* Warns in *out, the stepwise estimate of `clean` with its limits, of each list without which the figure
 * would lie outside the 95 % limits (ESTIMATE_LIST_MOVES). */
void diagnostics_warn_of_lists(const struct counts *clean, const struct estimate_options *options,
                               struct arena *a, struct estimate *out);

void diagnostics_json(struct json *j, const struct diagnostics *x, const struct estimate *of);

#endif

/* Estimates by area, gender, age or year, and their total.
 *
 * Each stratum is estimated alone and may be refused alone. The total is a sum of draws, one from each
 * stratum's uncertainty (uncertainty.h), never a sum of middles or of limits: middles of skewed
 * distributions do not add, and all strata are not at their limits at once. Strata are taken as independent
 * given their lists; what they all assume alike is not in the interval. */
#ifndef LYKTA_ESTIMATE_STRATA_H
#define LYKTA_ESTIMATE_STRATA_H

#include "base/err.h"
#include "base/str.h"
#include "estimate/estimate.h"

#include <stddef.h>
#include <stdint.h>

struct arena;
struct counts_linkages;
struct text;

/* What is kept of a stratum's estimate; the fields are those of struct estimate. */
struct stratum {
    struct str category; /* "Lund", or "Lund / woman" by two columns */
    enum estimate_status status;
    const char *reason; /* why a range or a refusal, or NULL */
    int64_t n, on_two_lists;
    double nhat;
    double ci95[2], ci80[2], range[2];
    enum estimate_interval interval;
    const char *method;
    const char *model; /* or NULL */
};

/* A total over strata: middle and limits of the sum; NaN when no stratum has an estimate. */
struct strata_total {
    double nhat;
    double ci95[2], ci80[2];
};

struct strata {
    struct str by; /* the columns: "area", or "area,gender" */
    size_t n;
    struct stratum *stratum; /* in the order in which they first appear in the file */
    size_t refused;
    int64_t seen; /* people in all strata */
    int64_t seen_in_refused;
    struct strata_total estimated; /* the strata with an estimate or a range alone */
    struct strata_total at_least;  /* and those refused with the people seen in them: a lower bound */
};

enum { STRATA_MOST = 10000 };

/* `by` names columns of categories of the file, separated by commas. USAGE when one is not there; BAD_INPUT
 * when there are more than STRATA_MOST different combinations. Each stratum is pooled over the linkages. The
 * same for any number of threads; texts are in `a`. */
enum status strata_estimate(const struct counts_linkages *linkages, struct str by,
                            const struct estimate_options *options, struct arena *a, struct strata *out,
                            struct err *e) MUST_USE;

void strata_text(struct text *out, const struct strata *x);
void strata_json(struct text *out, const struct strata *x, const struct estimate_options *options,
                 const char *version);

#endif

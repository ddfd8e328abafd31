/* What a mapping's figure rests on, and what would change it: every method that the table allows side by
 * side, each list left out, other readings of the same table, each category estimated alone.
 *
 * Of the exact counts it is for the analyst's eyes. A release tells the range over the methods alone, and
 * that of the rounded table (from_cube.h); why no more is in docs/decisions/0124-methods-side-by-side.md. */
#ifndef LYKTA_MAPPING_EVIDENCE_H
#define LYKTA_MAPPING_EVIDENCE_H

#include "base/err.h"
#include "base/str.h"
#include "estimate/counts.h"
#include "estimate/diagnostics.h"
#include "estimate/estimate.h"
#include "estimate/strata.h"

#include <stdbool.h>
#include <stddef.h>

struct arena;
struct method;

/* What is looked into. */
struct evidence_wanted {
    bool methods; /* side by side */
    bool slow;    /* latent classes too, which simulate for up to a minute */
    bool changes; /* lists left out, other readings, categories */
    double error; /* which the counts have beside those of chance, of the log of every figure; in the
                   * headline already */
    double doubt; /* the share of the variance that is not in what other methods tell */
};

struct evidence_method {
    const struct method *method;
    enum estimate_status status;
    enum estimate_note_kind reason; /* of a range or a refusal */
    double limit[2];                /* 95 % limits or the range; NaN when refused */
    double nhat;
    bool is_bound; /* a lower bound: not part of the range */
};

/* Figures are people, seen and unseen; NaN where there is none. */
struct mapping_evidence {
    size_t methods; /* 0: not looked into, or too little overlap for any */
    struct evidence_method method[ESTIMATE_MAX_METHODS];
    double range[2];        /* over the methods with a figure, bounds apart */
    size_t lowest, highest; /* the methods that reach its ends, when there is one */
    bool has_diagnostics;
    size_t lists;
    struct str list[ESTIMATE_MAX_LISTS]; /* those the diagnostics are about */
    struct diagnostics diagnostics;
    size_t parts; /* columns of categories */
    struct strata part[COUNTS_MAX_STRATA];
};

/* Looks into the linkages, whose estimate by the way that a mapping uses is `headline`: its limits stand in
 * the row of its method, so that they are worked out once. Where several linkages were pooled, the other
 * methods and the diagnostics are of the middle one. Model search by BIC tells the spread of the models
 * within 6 of the best, without a bootstrap; bounds and categories have as many replicates as
 * the options say, at most 1,000. Texts are in `a` or
 * shared with the linkages. SYSTEM when asked to stop; *out is then untouched. */
enum status mapping_evidence_make(const struct counts_linkages *linkages, const struct estimate *headline,
                                  const struct estimate_options *options,
                                  const struct evidence_wanted *wanted, struct arena *a,
                                  struct mapping_evidence *out, struct err *e) MUST_USE;

#endif

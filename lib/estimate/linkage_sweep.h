/* How the figure moves when links between lists were missed, or made where there was none.
 *
 * A missed link is a person on two lists or more of whom one list's record was not recognised and stands as
 * somebody else, on that list alone. A false link is a person on two lists or more of whom one list's record
 * belongs to somebody else. From the table seen, tables are drawn that it could have been without such
 * errors: false links are taken apart (binomial), and missed ones made good (negative binomial, the longest
 * histories first, as far as there are people to join). They are pooled as linkages are (pooled.h). The
 * errors' model is the simplest with one parameter for each kind; Ding & Fienberg (1994), Survey
 * Methodology 20, 149-158, have it for two lists. */
#ifndef LYKTA_ESTIMATE_LINKAGE_SWEEP_H
#define LYKTA_ESTIMATE_LINKAGE_SWEEP_H

#include "base/err.h"
#include "estimate/estimate.h"

#include <stddef.h>
#include <stdint.h>

struct arena;
struct counts;
struct rng;

/* Shares, 0 to below 1, of the people on two lists or more. */
struct linkage_rates {
    double missed;
    double untrue;
};

enum { LINKAGE_SWEEP_STEPS = 5, LINKAGE_SWEEP_TABLES = 20 };

struct linkage_sweep {
    struct linkage_step {
        struct linkage_rates rates;
        enum estimate_status status;
        double nhat;
        double ci95[2];
    } step[LINKAGE_SWEEP_STEPS]; /* 0, a quarter, .. of the rates asked for */
};

/* A table y[2^lists] as it could have been without errors at `rates`, into out[2^lists]. Every list keeps its
 * people. */
void linkage_sweep_undo(const uint32_t *y, size_t lists, struct linkage_rates rates, struct rng *r,
                        uint32_t *out);

/* By the method of `options`, with Wald limits in place of a bootstrap. SYSTEM when asked to stop. */
enum status linkage_sweep_run(const struct counts *counts, struct linkage_rates rates,
                              const struct estimate_options *options, struct arena *a,
                              struct linkage_sweep *out, struct err *e) MUST_USE;

#endif

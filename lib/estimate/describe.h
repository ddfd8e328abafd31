/* Filling an estimate with what several methods tell in the same way: the chosen model, Wald limits, a
 * refusal. */
#ifndef LYKTA_ESTIMATE_DESCRIBE_H
#define LYKTA_ESTIMATE_DESCRIBE_H

#include "estimate/counts.h"
#include "estimate/estimate.h"
#include "estimate/model.h"

#include <stddef.h>
#include <stdint.h>

struct arena;

/* Makes the name and the terms of the chosen model those of `model`: `term[n]`, its terms of two lists or
 * more, in the order in which they are told. One whose `margin` (by mask) is empty is a removed one. The
 * criteria are left as they are. */
void describe_model(struct estimate *out, const struct counts *counts, const struct model *model,
                    const uint16_t *term, size_t n, const double *margin, struct arena *a);

/* Wald's limits for `people` seen and `unseen`, the standard error being that of log unseen. */
void describe_wald(struct estimate *out, double people, double unseen, double standard_error);

/* Limits from the profile likelihood for the model as it was fitted: its free terms and removed cells. Wald's
 * stay, with a warning, when they cannot be found. */
struct loglinear;
struct loglinear_table;
void describe_profile(struct estimate *out, const struct loglinear_table *table, const struct loglinear *fit,
                      struct arena *a);

/* Makes *out a refusal: no figure is left where one is refused. */
void describe_refusal(struct estimate *out, struct estimate_note why, struct arena *a);

/* The probabilities of the four limits: ci95, then ci80. */
enum { DESCRIBE_LIMITS = 4 };
extern const double describe_limits[DESCRIBE_LIMITS];

/* Where they stand in *out, in that order. */
void describe_ends(struct estimate *out, double *ends[DESCRIBE_LIMITS]);

#endif

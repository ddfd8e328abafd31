/* The best models of a table as a list, whatever can be said of the unseen with each: for researchers. */
#ifndef LYKTA_ESTIMATE_MODELS_H
#define LYKTA_ESTIMATE_MODELS_H

#include "base/err.h"
#include "base/stream.h"
#include "estimate/estimate.h"

#include <stddef.h>

struct arena;
struct counts;

/* Writes the `n` hierarchical models of smallest BIC (all when there are fewer), the best first, as JSON
 * [{"model":"[12,23]","nhat":..,"bic":..,"status":".."}, ..] or as CSV with the same columns. `nhat` is null,
 * or empty, unless `status` is "finite". Lists that nobody or everybody is on are left out first; models name
 * the others by number from 1. Of the options order, threads and progress are used.
 *
 * REFUSED with less than two lists that tell something, more than eight, or nobody on two lists; USAGE when
 * there are too many terms of that order; SYSTEM when asked to stop; what `to` says. */
enum models_form { MODELS_JSON, MODELS_CSV };
enum status models_put(const struct counts *counts, size_t n, const struct estimate_options *options,
                       enum models_form form, struct arena *a, const struct sink *to, struct err *e) MUST_USE;

#endif

/* Many tables at once: point estimates of one table a row, as simulations and comparisons with other programs
 * need. */
#ifndef LYKTA_ESTIMATE_TABLES_H
#define LYKTA_ESTIMATE_TABLES_H

#include "base/err.h"
#include "base/str.h"
#include "base/text.h"

struct arena;
struct estimate_options;

/* Reads CSV with columns h<mask>, the number of people with that history (bit i = list i); histories without
 * a column have nobody, other columns are not looked at. There are as many lists as the largest mask has
 * bits, 2 at least. Appends "nhat,model,status" and a row per table to `out`; status is "estimate", "range"
 * or "refused", and nhat and model are empty when refused; a method without one leaves the model empty, and
 * "all" leaves nhat empty. The gates, the method and the model are those of estimate() with the options
 * `how`, without bootstrap.
 *
 * BAD_INPUT when no column is h<mask>, a mask is 0, above 2^COUNTS_MAX_LISTS - 1 or used twice, a count is
 * not a whole number in 0..COUNTS_MAX_PEOPLE or a row's add up to more; and for what csv_open and csv_next
 * refuse. */
enum status tables_estimate(const char *name, struct str bytes, const struct estimate_options *how,
                            struct arena *a, struct text *out, struct err *e) MUST_USE;

#endif

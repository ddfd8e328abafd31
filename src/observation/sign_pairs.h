/* Which signs are told together: of the situations of a year and form, how many had both of two signs.
 *
 * The counts are made when a situation is counted and hold no way back to the report: a year, a form, two
 * signs. A report with many signs adds to many pairs, and of three signs nothing is kept together.
 *
 * A pair's figure is rounded on its own with the city's key. Pairs are not parts of the year's figure, but
 * none is larger than it, and pairs bound one another. So each list is attacked before it is shown, pairs and
 * year's figure together: a rounding is shown only when no figure of the list is told too closely, and when
 * the list tells nothing of the year's figure that year and months (year_situations.h) do not tell already.
 * docs/decisions/0099. */
#ifndef LYKTA_OBSERVATION_SIGN_PAIRS_H
#define LYKTA_OBSERVATION_SIGN_PAIRS_H

#include "base/err.h"
#include "base/str.h"
#include "observation/evidence.h"
#include "observation/overview.h"
#include "protect/attack.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;
struct db;

/* PAIR_LEAST: a pair that may be of fewer situations is not shown. */
enum { PAIRS_SHOWN = 10, PAIR_LEAST = 10 };

struct sign_pair {
    struct str one, other; /* in the order of their bytes: "HO01", "HO07" */
    int64_t n;             /* rounded: a multiple of the base */
    int64_t lo, hi;        /* between which the true number lies */
};

/* The largest figure first. A pair that is not there may have any number that is not among the largest. */
struct sign_pairs {
    size_t n;
    struct sign_pair pair[PAIRS_SHOWN];
};

/* Counts every two signs of the report once. Inside the caller's change. */
enum status sign_pairs_count(struct db *db, const struct report *r, struct str form, int year,
                             struct err *e) MUST_USE;

/* The pairs that are shown of a year that is over, for each form; their words in `a`. REFUSED when the year
 * itself is not shown (year_situations.h). */
enum status sign_pairs_read(const struct overview_source *source, int year, struct arena *a,
                            struct sign_pairs out[SITUATION_FORMS], struct err *e) MUST_USE;

/* May the list be shown beside the year's figure, of which a reader knows year->lo..year->hi? The signs that
 * a situation can have decide which of the pairs it can have: everything that is told is a sum over those
 * combinations, and linear programs bound each (protect/attack.h). */
enum status sign_pairs_are_safe(const struct sign_pairs *pairs, const struct attack_bound *year, bool *out,
                                struct err *e) MUST_USE;

#endif

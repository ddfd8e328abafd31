/* The situations of whole years, by what they were counted as and by kind of place: evidence of its own kind
 * beside a mapping of people, and in its release. They are reports of situations, not people, and are never
 * added to people on lists.
 *
 * A year that is over is a table of its own (form by kind of place), rounded once with the city's key like
 * the months of the picture (overview.h). Year and months are two roundings of the same situations: before
 * anything is shown, both are attacked together, as a reader of both would; a rounding that would tell too
 * much is drawn anew. */
#ifndef LYKTA_OBSERVATION_YEAR_SITUATIONS_H
#define LYKTA_OBSERVATION_YEAR_SITUATIONS_H

#include "base/err.h"
#include "observation/evidence.h"
#include "observation/overview.h"
#include "protect/attack.h"
#include "protect/cube.h"

#include <stddef.h>

struct arena;

/* The table of one year, in `a`: its figures are those of form and place from 1, OVERVIEW_ALL for all.
 * REFUSED when the year is not over, or when no rounding is found that tells little enough beside the
 * months'. */
enum status year_situations(const struct overview_source *source, int year, struct arena *a, struct cube *out,
                            struct err *e) MUST_USE;

/* The least and the most that the year's situations of each form can be, for a reader of the year and of its
 * months. Errors as year_situations. */
enum status year_forms_known(const struct overview_source *source, int year, struct arena *a,
                             struct attack_bound out[SITUATION_FORMS], struct err *e) MUST_USE;

/* Several years together: the sums of what each year's table shows, and the interval of the true ones. */
struct year_sums {
    int first_year, last_year; /* of those that are over and in which something was counted; 0: none */
    struct overview_sum all, form[SITUATION_FORMS], place[PLACES];
};
enum status year_sums(const struct overview_source *source, int first_year, int last_year, struct arena *a,
                      struct year_sums *out, struct err *e) MUST_USE;

/* The years that are over and in which something was counted, the latest first; in `a`. */
enum status years_counted(struct db *db, struct date today, struct arena *a, int **out, size_t *n,
                          struct err *e) MUST_USE;

#endif

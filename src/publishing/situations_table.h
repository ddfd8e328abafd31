/* The situations that the network has counted in a mapping's years, as a table of its release: evidence of
 * its own kind, of reports and not of people. */
#ifndef LYKTA_PUBLISHING_SITUATIONS_TABLE_H
#define LYKTA_PUBLISHING_SITUATIONS_TABLE_H

#include "base/date.h"
#include "base/err.h"
#include "web/language.h"

#include <stddef.h>

struct arena;
struct city;
struct db;
struct overview_sum;
struct release;
struct year_sums;

/* A line of the table: all situations, those of a form, those of a kind of place. */
struct situation_line {
    const char *code; /* "all", "form-labour", "place-hotel" */
    enum text_key words;
    const struct overview_sum *sum;
};

/* The lines of `sums`, in the order they are shown; in `a`. */
const struct situation_line *situation_lines(const struct year_sums *sums, struct arena *a, size_t *n);

/* Sets r->situations from the years of r->mapping that are over; nothing when none was counted in them. Where
 * the years' rounding and the months' would tell too much together, the table is left out and a limit of the
 * release says so. In `a`. */
enum status situations_add(const struct city *city, struct db *db, struct date today, struct release *r,
                           struct arena *a, struct err *e) MUST_USE;

#endif

/* The monthly picture ("lägesbild"): how many situations were counted in each of the last twelve whole
 * months, by what they were counted as and by part of the city.
 *
 * Each month is a table of its own (form by part) that goes through the house's protection (lib/protect):
 * rounded once with the city's key, and attacked before it is shown. A situation is in the month it was
 * counted in, so that a month that is over never changes; its table and its id being the same, every reader
 * gets the same figures at every time, and there is nothing to be had from comparing. The month that goes on
 * is not shown: who looked every day would see each situation arrive. */
#ifndef LYKTA_OBSERVATION_OVERVIEW_H
#define LYKTA_OBSERVATION_OVERVIEW_H

#include "base/date.h"
#include "base/err.h"
#include "base/str.h"
#include "observation/evidence.h"
#include "observation/report.h"
#include "protect/cube.h"

#include <stddef.h>
#include <stdint.h>

struct arena;
struct db;

enum { OVERVIEW_MONTHS = 12, OVERVIEW_MONTH_BYTES = 8, OVERVIEW_ALL = 0 };

struct overview_source {
    struct db *db;
    struct str municipality;  /* "1281" */
    const unsigned char *key; /* CUBE_KEY_BYTES: the city's, for rounding */
    struct date today;
};

struct overview {
    char month[OVERVIEW_MONTHS][OVERVIEW_MONTH_BYTES]; /* "2026-10", the oldest first */
    struct cube cube[OVERVIEW_MONTHS];
};

/* The twelve months before that of source->today; in `a`. REFUSED when protection finds a figure that would
 * tell too much. */
enum status overview_read(const struct overview_source *source, struct arena *a, struct overview *out,
                          struct err *e) MUST_USE;

/* The figure of month 0..11 for a form and a part of the city: OVERVIEW_ALL, or their number from 1. */
struct cube_cell overview_cell(const struct overview *o, size_t month, size_t form, size_t area);

/* A sum of the months' rounded figures, and the interval of the true one. */
struct overview_sum {
    int64_t n;
    int64_t lo, hi;
};

/* The table of the month "2026-10", which is over; in `a`. For year_situations.h, which attacks it together
 * with its year's. */
enum status overview_month(const struct overview_source *source, const char *month, struct arena *a,
                           struct cube *out, struct err *e) MUST_USE;

#endif

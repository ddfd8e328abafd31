/* The monthly picture ("lägesbild"): how many situations were counted, by month, kind, place and part of the
 * city.
 *
 * Every figure is protected on its own: fewer than EVIDENCE_FEW are not told, and neither is whether there
 * were any; the rest are rounded to a multiple of it, with the least and most that the rounding allows. There
 * is no total, and no table of two things at once, so that no small number follows from the others. The month
 * that goes on is not shown: who looked every day would see each situation arrive. */
#ifndef LYKTA_OBSERVATION_OVERVIEW_H
#define LYKTA_OBSERVATION_OVERVIEW_H

#include "base/date.h"
#include "base/err.h"
#include "base/str.h"
#include "observation/report.h"
#include "observation/report_words.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct db;

enum { OVERVIEW_MONTHS = 12, OVERVIEW_MONTH_BYTES = 8 };

struct overview_figure {
    bool is_few;   /* fewer than EVIDENCE_FEW, or none: nothing else is known */
    int64_t about; /* a multiple of EVIDENCE_FEW */
    int64_t least, most;
};

struct overview {
    char month[OVERVIEW_MONTHS][OVERVIEW_MONTH_BYTES]; /* "2026-10", the oldest first */
    struct overview_figure by_month[OVERVIEW_MONTHS];
    struct overview_figure by_form[SITUATION_FORMS];
    struct overview_figure by_place[PLACES];
    struct overview_figure by_area[AREAS];
};

/* `exact` as it may be told. */
struct overview_figure overview_figure(int64_t exact);

/* The twelve months before that of `today`. */
enum status overview_read(struct db *db, struct date today, struct overview *out, struct err *e) MUST_USE;

#endif

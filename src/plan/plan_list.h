/* A plan as people keep it in a spreadsheet: what its columns mean, and what is wrong in its rows. */
#ifndef LYKTA_PLAN_PLAN_LIST_H
#define LYKTA_PLAN_PLAN_LIST_H

#include "base/err.h"
#include "base/str.h"
#include "plan/measure.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;
struct db;
struct plan_offers;

enum { PLAN_LIST_MOST_ROWS = 500 };

/* What is wrong with a row: the first thing that is. */
enum plan_fault {
    PLAN_RIGHT,
    PLAN_TORN, /* more or fewer cells than the header */
    PLAN_NO_TITLE,
    PLAN_LONG_TITLE,
    PLAN_TWICE, /* a measure with this title is in the plan, or stands above */
    PLAN_NO_GOAL,
    PLAN_UNKNOWN_GOAL,
    PLAN_UNKNOWN_OWNER, /* no organisation of the network has this name */
    PLAN_BAD_DATE,
    PLAN_LONG_TEXT,
    PLAN_UNKNOWN_LINK, /* what it rests on is no page of the program that can be linked to */
    PLAN_UNKNOWN_WAIT, /* it waits for what is neither in the plan nor a right row of the file */
    PLAN_MANY_TIES,    /* more than MEASURE_WAITS or MEASURE_LINKS */
    PLAN_CIRCLE,       /* it waits for itself, or for one that does */
    PLAN_FAULTS
};

struct plan_row {
    int64_t line; /* in the file */
    struct measure measure;
    enum plan_fault fault;
    size_t waits; /* other rows of the file that it waits for, besides measure.wait of the plan */
    size_t wait[MEASURE_WAITS];
    bool is_placed; /* it waits for nothing, or for placed rows alone */
};

struct plan_rows {
    size_t n;
    struct plan_row *row;
    size_t faults;
};

/* The rows of the CSV or XLSX file `name`, each checked against the plan and the network as they are now. A
 * column is known by its Swedish or English name, as in the plan's own files; others, the state among them,
 * are left alone. A date is "2026-12-24", or a spreadsheet's number for it. Without an owner a row is right:
 * it gets one later. Links are looked for among `offers`; NULL: none. In `a`.
 * BAD_INPUT when the file is none, has no columns for goal and measure, or more than PLAN_LIST_MOST_ROWS
 * rows.
 */
enum status plan_list_read(struct db *db, const struct plan_offers *offers, const char *name,
                           struct str bytes, struct arena *a, struct plan_rows *out, struct err *e) MUST_USE;

#endif

/* The ties of measures in a spreadsheet: titles of measures that one waits for and addresses of pages it
 * rests on, a line each in its cell. */
#ifndef LYKTA_PLAN_PLAN_LIST_TIES_H
#define LYKTA_PLAN_PLAN_LIST_TIES_H

#include "base/str.h"
#include "plan/plan_list.h"

struct arena;

struct tie_source {
    const struct measures *plan;      /* the measures as they are now */
    const struct plan_offers *offers; /* NULL: nothing can be linked to */
    struct plan_rows *rows;           /* of the file, their titles read */
    struct arena *arena;
};

/* Puts what the cells name into the row, or the first thing that is wrong with them. Titles may also stand on
 * one line with semicolons between; of a line with an address only that is read: "Seminarium https://…/3". */
enum plan_fault plan_row_waits(const struct tie_source *s, struct str cell, struct plan_row *row);
enum plan_fault plan_row_links(const struct tie_source *s, struct str cell, struct plan_row *row);

/* Once all rows have their ties: faults of those that wait for a row with a fault, or, in the end, for
 * themselves. */
void plan_rows_settle(struct plan_rows *rows);

#endif

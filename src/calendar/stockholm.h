/* The time on Swedish walls. Since 1996 summer time lasts from the last Sunday in March to the last in
 * October, changing at 01:00 UTC (Directive 2000/84/EC); earlier years are read by the same rule. */
#ifndef LYKTA_CALENDAR_STOCKHOLM_H
#define LYKTA_CALENDAR_STOCKHOLM_H

#include "base/date.h"
#include "base/str.h"

#include <stdint.h>

struct arena;

/* The moment (seconds UTC) of `minute` minutes after midnight on the day. The hour that comes twice in
 * October is the first, the one that never comes in March is counted from before the change. */
int64_t stockholm_at(struct date day, int minute);

/* The day, and the minutes since its midnight, on the wall at the moment `at`. `minute` may be NULL. */
struct date stockholm_day(int64_t at, int *minute);

/* "2026-11-25 11.30": the same in figures, in `a`. */
struct str stockholm_moment(int64_t at, struct arena *a);

#endif

/* The days on which offices in Sweden are open. */
#ifndef LYKTA_CALENDAR_WORKING_DAY_H
#define LYKTA_CALENDAR_WORKING_DAY_H

#include "base/date.h"

#include <stdbool.h>

/* Is the day none of Saturday, Sunday, a public holiday (lag 1989:253 om allmänna helgdagar), and the eves of
 * Midsummer, Christmas and New Year, which lag 1930:173 om beräkning av lagstadgad tid puts beside them? */
bool working_day_is(struct date day);

/* The first working day after `day`. */
struct date working_day_after(struct date day);

#endif

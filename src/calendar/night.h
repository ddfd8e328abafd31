/* Work that is done once a night, at a time on Swedish walls. */
#ifndef LYKTA_CALENDAR_NIGHT_H
#define LYKTA_CALENDAR_NIGHT_H

#include "base/str.h"

#include <stdbool.h>
#include <stdint.h>

/* The minute since midnight of a time as "03:00"; false, and *minute untouched, when it is not one. */
bool night_minute(struct str time, int *minute);

/* The latest moment (seconds UTC) at or before `now_at` when work at `minute` was to begin, and the first
 * after it. */
int64_t night_turn_before(int64_t now_at, int minute);
int64_t night_turn_after(int64_t now_at, int minute);

#endif

/* When the rules are carried out: once a night, at a time on Swedish walls. */
#ifndef LYKTA_RETENTION_RETENTION_SCHEDULE_H
#define LYKTA_RETENTION_RETENTION_SCHEDULE_H

#include "base/err.h"
#include "base/str.h"

#include <stdbool.h>
#include <stdint.h>

/* The minute since midnight of a time as "03:00". BAD_INPUT, with the setting's name, when it is not one. */
enum status retention_minute(struct str time, int *minute, struct err *e) MUST_USE;

/* The latest moment (seconds UTC) at or before `now_at` when a run was to begin, and the first after it. */
int64_t retention_turn_before(int64_t now_at, int minute);
int64_t retention_turn_after(int64_t now_at, int minute);

#endif

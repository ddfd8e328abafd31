/* When the rules are carried out: once a night (calendar/night.h), at the time in the settings. */
#ifndef LYKTA_RETENTION_RETENTION_SCHEDULE_H
#define LYKTA_RETENTION_RETENTION_SCHEDULE_H

#include "base/err.h"
#include "base/str.h"

/* The minute since midnight of a time as "03:00". BAD_INPUT, with the setting's name, when it is not one. */
enum status retention_minute(struct str time, int *minute, struct err *e) MUST_USE;

#endif

/* What is deleted when of the action plan: files that wait for a yes. The plan itself is never deleted. */
#ifndef LYKTA_PLAN_PLAN_RETENTION_H
#define LYKTA_PLAN_PLAN_RETENTION_H

#include "store/retention.h"

/* Ends with a row whose class is NULL. */
extern const struct retention_rule plan_retention[];

#endif

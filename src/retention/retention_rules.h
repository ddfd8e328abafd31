/* The one list of rules: every room's, in the order they run. */
#ifndef LYKTA_RETENTION_RETENTION_RULES_H
#define LYKTA_RETENTION_RETENTION_RULES_H

#include "store/retention.h"

/* NULL-ended. Reports come last: what is deleted of them in the key file cannot be undone with the change. */
extern const struct retention_rule *const retention_tables[];

#endif

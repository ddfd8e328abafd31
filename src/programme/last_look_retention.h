/* What is deleted when of last looks. */
#ifndef LYKTA_PROGRAMME_LAST_LOOK_RETENTION_H
#define LYKTA_PROGRAMME_LAST_LOOK_RETENTION_H

#include "store/retention.h"

extern const struct retention_rule last_look_retention[];

#endif

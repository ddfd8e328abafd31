/* What is deleted when of results. */
#ifndef LYKTA_RESULTS_RESULTS_RETENTION_H
#define LYKTA_RESULTS_RESULTS_RETENTION_H

#include "store/retention.h"

extern const struct retention_rule results_retention[];

#endif

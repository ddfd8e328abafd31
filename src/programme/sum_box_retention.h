/* What is deleted when of the post box of secure sums. */
#ifndef LYKTA_PROGRAMME_SUM_BOX_RETENTION_H
#define LYKTA_PROGRAMME_SUM_BOX_RETENTION_H

#include "store/retention.h"

/* Ends with a row whose class is NULL. */
extern const struct retention_rule sum_box_retention[];

#endif

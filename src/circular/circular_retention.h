/* What circulars delete when. */
#ifndef LYKTA_CIRCULAR_CIRCULAR_RETENTION_H
#define LYKTA_CIRCULAR_CIRCULAR_RETENTION_H

#include "store/retention.h"

extern const struct retention_rule circular_retention[];

#endif

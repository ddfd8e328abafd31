/* What is deleted when of gatherings: who handed in lists. Keys and lists themselves go when one ends. */
#ifndef LYKTA_GATHERING_GATHERING_RETENTION_H
#define LYKTA_GATHERING_GATHERING_RETENTION_H

#include "store/retention.h"

extern const struct retention_rule gathering_retention[];

#endif

/* What the network deletes when: docs/retention.md tells it in words. */
#ifndef LYKTA_NETWORK_NETWORK_RETENTION_H
#define LYKTA_NETWORK_NETWORK_RETENTION_H

#include "store/retention.h"

/* Ends with a row whose class is NULL. */
extern const struct retention_rule network_retention[];

#endif

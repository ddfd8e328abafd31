/* What is deleted when of mappings under way. */
#ifndef LYKTA_PUBLISHING_PUBLISHING_RETENTION_H
#define LYKTA_PUBLISHING_PUBLISHING_RETENTION_H

#include "store/retention.h"

/* Ends with a row whose class is NULL. */
extern const struct retention_rule publishing_retention[];

#endif

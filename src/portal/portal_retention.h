/* What is deleted when of what the portal keeps by itself. */
#ifndef LYKTA_PORTAL_PORTAL_RETENTION_H
#define LYKTA_PORTAL_PORTAL_RETENTION_H

#include "store/retention.h"

/* Ends with a row whose class is NULL. */
extern const struct retention_rule portal_retention[];

#endif

/* What the room of incidents deletes when. */
#ifndef LYKTA_INCIDENT_INCIDENT_RETENTION_H
#define LYKTA_INCIDENT_INCIDENT_RETENTION_H

#include "store/retention.h"

extern const struct retention_rule incident_retention[];

#endif

/* The room of incidents: /incident leads an administrator or the data protection officer through what must be
 * done when something has gone wrong with what the city keeps of people. */
#ifndef LYKTA_INCIDENT_INCIDENT_PAGES_H
#define LYKTA_INCIDENT_INCIDENT_PAGES_H

#include "portal/room.h"

extern const struct portal_room incident_room;

#endif

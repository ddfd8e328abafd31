/* The room of observations: telling, following up, triage, the register, what helps. */
#ifndef LYKTA_OBSERVATION_OBSERVATION_PAGES_H
#define LYKTA_OBSERVATION_OBSERVATION_PAGES_H

#include "portal/room.h"

extern const struct portal_room observation_room;

#endif

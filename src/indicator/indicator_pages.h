/* The room of signs. */
#ifndef LYKTA_INDICATOR_INDICATOR_PAGES_H
#define LYKTA_INDICATOR_INDICATOR_PAGES_H

#include "portal/room.h"

extern const struct portal_room indicator_room;

#endif

/* The room of circulars: written, seen as they will arrive, sent, and stopped by their readers. */
#ifndef LYKTA_CIRCULAR_CIRCULAR_PAGES_H
#define LYKTA_CIRCULAR_CIRCULAR_PAGES_H

#include "portal/room.h"

extern const struct portal_room circular_room;

#endif

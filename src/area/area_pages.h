/* Pages of the city's areas, for the coordinator: what there is, a file with new ones, how they agree with
 * what is published. */
#ifndef LYKTA_AREA_AREA_PAGES_H
#define LYKTA_AREA_AREA_PAGES_H

#include "portal/room.h"

extern const struct portal_room area_room;

#endif

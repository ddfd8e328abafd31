/* The page of how the system is, as `lykta serve` is told of it. */
#ifndef LYKTA_STATUS_STATUS_PAGES_H
#define LYKTA_STATUS_STATUS_PAGES_H

#include "portal/room.h"

/*   /arbete/status    is all well, and what is to be done where it is not */
extern const struct portal_room status_room;

#endif

/* The room of the program's own documents. */
#ifndef LYKTA_MANUAL_MANUAL_PAGES_H
#define LYKTA_MANUAL_MANUAL_PAGES_H

#include "portal/room.h"

extern const struct portal_room manual_room;

#endif

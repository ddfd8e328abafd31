/* The room where mappings become releases. */
#ifndef LYKTA_PUBLISHING_PUBLISHING_PAGES_H
#define LYKTA_PUBLISHING_PUBLISHING_PAGES_H

#include "portal/room.h"

extern const struct portal_room publishing_room;

#endif

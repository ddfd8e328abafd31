/* The room of the programme: cities side by side, and their pooled figures. */
#ifndef LYKTA_PROGRAMME_PROGRAMME_PAGES_H
#define LYKTA_PROGRAMME_PROGRAMME_PAGES_H

#include "portal/room.h"

extern const struct portal_room programme_room;

#endif

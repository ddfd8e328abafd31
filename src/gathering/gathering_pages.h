/* The room where agencies' encoded lists are gathered for a mapping: its pages. */
#ifndef LYKTA_GATHERING_GATHERING_PAGES_H
#define LYKTA_GATHERING_GATHERING_PAGES_H

#include "portal/room.h"
#include "store/errand.h"

extern const struct portal_room gathering_room;

/* Ends gatherings whose last day has been, or whose mapping is out, and writes to those whom a step waits
 * for. */
extern const struct errand gathering_errand;

#endif

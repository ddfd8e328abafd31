/* The room of retention: /gallring tells what is kept for how long and why, when the rules run next, what
 * they have deleted and what is held back from them. */
#ifndef LYKTA_RETENTION_RETENTION_PAGES_H
#define LYKTA_RETENTION_RETENTION_PAGES_H

#include "portal/room.h"

extern const struct portal_room retention_room;

#endif

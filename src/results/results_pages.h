/* The room where what comes of studies is handed in, decided about and read. */
#ifndef LYKTA_RESULTS_RESULTS_PAGES_H
#define LYKTA_RESULTS_RESULTS_PAGES_H

#include "portal/room.h"

extern const struct portal_room results_room;

#endif

/* The room of lessons. */
#ifndef LYKTA_LEARNING_LEARNING_PAGES_H
#define LYKTA_LEARNING_LEARNING_PAGES_H

#include "portal/room.h"

extern const struct portal_room learning_room;

#endif

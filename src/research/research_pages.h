/* The room where researchers apply for a programme's figures and read what they were granted. */
#ifndef LYKTA_RESEARCH_RESEARCH_PAGES_H
#define LYKTA_RESEARCH_RESEARCH_PAGES_H

#include "portal/room.h"

extern const struct portal_room research_room;

#endif

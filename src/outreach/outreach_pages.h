/* The room of outreach: an organisation's own page of evenings. */
#ifndef LYKTA_OUTREACH_OUTREACH_PAGES_H
#define LYKTA_OUTREACH_OUTREACH_PAGES_H

#include "portal/room.h"

extern const struct portal_room outreach_room;

#endif

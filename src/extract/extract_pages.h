/* The room of extracts: what is kept of oneself, and of a person who asks (GDPR 15). */
#ifndef LYKTA_EXTRACT_EXTRACT_PAGES_H
#define LYKTA_EXTRACT_EXTRACT_PAGES_H

#include "portal/room.h"

extern const struct portal_room extract_room;

#endif

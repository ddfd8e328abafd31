/* The room of letters: what waits, what did not arrive, and what to do about it. */
#ifndef LYKTA_MAILING_LETTERS_PAGES_H
#define LYKTA_MAILING_LETTERS_PAGES_H

#include "portal/room.h"

extern const struct portal_room mailing_room;

#endif

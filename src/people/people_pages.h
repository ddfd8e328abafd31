/* The room of people, as `lykta serve` is told of it. */
#ifndef LYKTA_PEOPLE_PEOPLE_PAGES_H
#define LYKTA_PEOPLE_PEOPLE_PAGES_H

#include "portal/room.h"

/*   /personer               everyone with an account: invite, change, close, reset
 *   /valkommen/<link>       choosing a password */
extern const struct portal_room people_room;

#endif

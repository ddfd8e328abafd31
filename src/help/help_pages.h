/* The requests for help in each language. */
#ifndef LYKTA_HELP_HELP_PAGES_H
#define LYKTA_HELP_HELP_PAGES_H

#include "portal/room.h"

/*   /hjalp/:language    what a person in danger needs, in one of twelve languages: kept by browsers for a
 * day, so that it is there without a network, and never shut. The page says the same under /en. */
extern const struct portal_room help_room;

#endif

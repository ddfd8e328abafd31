/* The room of accounts, as `lykta serve` is told of it. */
#ifndef LYKTA_ACCOUNT_ACCOUNT_PAGES_H
#define LYKTA_ACCOUNT_ACCOUNT_PAGES_H

#include "portal/room.h"

/*   /logga-in /logga-ut          signing in and out
 *   /konto                       one's own account: sessions, password */
extern const struct portal_room account_room;

#endif

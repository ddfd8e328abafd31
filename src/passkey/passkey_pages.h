/* The room of passkeys, as `lykta serve` is told of it. */
#ifndef LYKTA_PASSKEY_PASSKEY_PAGES_H
#define LYKTA_PASSKEY_PASSKEY_PAGES_H

#include "portal/room.h"

/*   /logga-in/passkey     signing in
 *   /konto/passkey        one's own */
extern const struct portal_room passkey_room;

#endif

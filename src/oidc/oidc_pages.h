/* The room of sign-in through the municipality's provider, as `lykta serve` is told of it. */
#ifndef LYKTA_OIDC_OIDC_PAGES_H
#define LYKTA_OIDC_OIDC_PAGES_H

#include "portal/room.h"

/*   /logga-in/kommun    to the provider, and back
 *   /konto/kommun       one's own link to it
 * All of them answer 404 in a city that names no provider. */
extern const struct portal_room oidc_room;

#endif

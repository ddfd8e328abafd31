/* One's own link to the municipality's provider. */
#ifndef LYKTA_OIDC_LINK_H
#define LYKTA_OIDC_LINK_H

#include "web/route.h"

/* GET /konto/kommun shows it; GET /konto/kommun/ga leads to the provider; GET and POST /konto/kommun/koppla,
 * back from there, ask for the password and link; POST /konto/kommun/ta-bort unlinks. */
route_handler linked_show, link_leave, link_show, link_take, unlink_take;

#endif

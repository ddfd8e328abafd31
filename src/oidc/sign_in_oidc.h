/* Signing in through the municipality's provider. */
#ifndef LYKTA_OIDC_SIGN_IN_OIDC_H
#define LYKTA_OIDC_SIGN_IN_OIDC_H

#include "web/route.h"

/* GET /logga-in/kommun leads to the provider; GET OIDC_RETURN_PATH is where it sends people back, to sign in
 * or to link an account (oidc/link.h). */
route_handler provider_leave, provider_return;

#endif

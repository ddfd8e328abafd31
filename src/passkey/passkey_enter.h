/* Signing in with a passkey, in one step: the device has verified who uses it. */
#ifndef LYKTA_PASSKEY_PASSKEY_ENTER_H
#define LYKTA_PASSKEY_PASSKEY_ENTER_H

#include "web/route.h"

/* GET and POST /logga-in/passkey. */
route_handler passkey_enter_show, passkey_enter_take;

#endif

/* One's own passkeys. */
#ifndef LYKTA_PASSKEY_PASSKEY_OWN_H
#define LYKTA_PASSKEY_PASSKEY_OWN_H

#include "web/route.h"

/* GET and POST /konto/passkey; POST /konto/passkey/:id/ta-bort. */
route_handler passkey_own_show, passkey_own_take, passkey_own_remove;

#endif

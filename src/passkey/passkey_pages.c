/* The room of passkeys. */
#include "passkey/passkey_pages.h"

#include "passkey/passkey_enter.h"
#include "passkey/passkey_own.h"

static const struct route routes[] = {
    {"GET", "/logga-in/passkey", PERMISSION_ANYONE, passkey_enter_show, .caching = ROUTE_NOT_STORED,
     .shut = ROUTE_NEVER_SHUT},
    {"POST", "/logga-in/passkey", PERMISSION_ANYONE, passkey_enter_take, .posted = ROUTE_ONCE,
     .shut = ROUTE_NEVER_SHUT},
    {"GET", "/konto/passkey", PERMISSION_OWN_ACCOUNT, passkey_own_show, .caching = ROUTE_NOT_STORED},
    {"POST", "/konto/passkey", PERMISSION_OWN_ACCOUNT, passkey_own_take, .posted = ROUTE_ONCE},
    {"POST", "/konto/passkey/:id/ta-bort", PERMISSION_OWN_ACCOUNT, passkey_own_remove, .posted = ROUTE_ONCE},
    {.method = NULL},
};

const struct portal_room passkey_room = {.routes = routes};

/* The room of sign-in through the municipality's provider. */
#include "oidc/oidc_pages.h"

#include "oidc/link.h"
#include "oidc/oidc_settings.h"
#include "oidc/sign_in_oidc.h"

/* Leaving is a GET: a form may lead to our own pages only (Content-Security-Policy), also by redirects. */
static const struct route routes[] = {
    {"GET", "/logga-in/kommun", PERMISSION_ANYONE, provider_leave, .caching = ROUTE_NOT_STORED,
     .shut = ROUTE_NEVER_SHUT},
    {"GET", OIDC_RETURN_PATH, PERMISSION_ANYONE, provider_return, .caching = ROUTE_NOT_STORED,
     .shut = ROUTE_NEVER_SHUT},
    {"GET", "/konto/kommun", PERMISSION_OWN_ACCOUNT, linked_show, .caching = ROUTE_NOT_STORED},
    {"GET", "/konto/kommun/ga", PERMISSION_OWN_ACCOUNT, link_leave, .caching = ROUTE_NOT_STORED},
    {"GET", "/konto/kommun/koppla", PERMISSION_OWN_ACCOUNT, link_show, .caching = ROUTE_NOT_STORED},
    {"POST", "/konto/kommun/koppla", PERMISSION_OWN_ACCOUNT, link_take, .posted = ROUTE_EACH,
     .cost = ROUTE_COSTLY},
    {"POST", "/konto/kommun/ta-bort", PERMISSION_OWN_ACCOUNT, unlink_take, .posted = ROUTE_ONCE},
    {.method = NULL},
};

const struct portal_room oidc_room = {.routes = routes};

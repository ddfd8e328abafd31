/* The room of accounts. */
#include "account/account_pages.h"

#include "account/own.h"
#include "account/sign_in.h"

static const struct route routes[] = {
    {"GET", "/logga-in", PERMISSION_ANYONE, sign_in_show, .caching = ROUTE_NOT_STORED},
    {"POST", "/logga-in", PERMISSION_ANYONE, sign_in_take, .posted = ROUTE_EACH, .cost = ROUTE_COSTLY},
    {"POST", "/logga-ut", PERMISSION_ANYONE, sign_out_take, .posted = ROUTE_EACH},
    {"GET", "/konto", PERMISSION_OWN_ACCOUNT, own_show, .caching = ROUTE_NOT_STORED},
    {"POST", "/konto/session/:id", PERMISSION_OWN_ACCOUNT, own_session_end, .posted = ROUTE_ONCE},
    {"POST", "/konto/sessioner", PERMISSION_OWN_ACCOUNT, own_sessions_end, .posted = ROUTE_ONCE},
    {"GET", "/konto/losenord", PERMISSION_OWN_ACCOUNT, own_password_show, .caching = ROUTE_NOT_STORED},
    {"POST", "/konto/losenord", PERMISSION_OWN_ACCOUNT, own_password_take, .posted = ROUTE_EACH,
     .cost = ROUTE_COSTLY},
    {.method = NULL},
};

static const struct portal_link menu[] = {
    {"/logga-in", TEXT_ACCOUNT_SIGN_IN, PERMISSION_SIGN_IN},
    {.path = NULL},
};

const struct portal_room account_room = {.routes = routes, .menu = menu};

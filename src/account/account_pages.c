/* The room of accounts. */
#include "account/account_pages.h"

#include "account/own.h"
#include "account/own_device.h"
#include "account/second_step.h"
#include "account/sign_in.h"

static const struct route routes[] = {
    {"GET", "/logga-in", PERMISSION_ANYONE, sign_in_show, .caching = ROUTE_NOT_STORED,
     .shut = ROUTE_NEVER_SHUT},
    {"POST", "/logga-in", PERMISSION_ANYONE, sign_in_take, .posted = ROUTE_EACH, .cost = ROUTE_COSTLY,
     .shut = ROUTE_NEVER_SHUT},
    {"GET", "/logga-in/kod", PERMISSION_SECOND_FACTOR, code_show, .caching = ROUTE_NOT_STORED,
     .shut = ROUTE_NEVER_SHUT},
    {"POST", "/logga-in/kod", PERMISSION_SECOND_FACTOR, code_take, .posted = ROUTE_EACH,
     .shut = ROUTE_NEVER_SHUT},
    {"GET", "/logga-in/aterstallningskod", PERMISSION_SECOND_FACTOR, recovery_show,
     .caching = ROUTE_NOT_STORED, .shut = ROUTE_NEVER_SHUT},
    {"POST", "/logga-in/aterstallningskod", PERMISSION_SECOND_FACTOR, recovery_take, .posted = ROUTE_EACH,
     .shut = ROUTE_NEVER_SHUT},
    {"GET", "/logga-in/kod/ny", PERMISSION_SECOND_FACTOR, device_show, .caching = ROUTE_NOT_STORED,
     .shut = ROUTE_NEVER_SHUT},
    {"POST", "/logga-in/kod/ny", PERMISSION_SECOND_FACTOR, device_take, .posted = ROUTE_EACH,
     .shut = ROUTE_NEVER_SHUT},
    {"POST", "/logga-ut", PERMISSION_ANYONE, sign_out_take, .posted = ROUTE_EACH, .shut = ROUTE_NEVER_SHUT},
    {"GET", "/konto", PERMISSION_OWN_ACCOUNT, own_show, .caching = ROUTE_NOT_STORED},
    {"POST", "/konto/session/:id", PERMISSION_OWN_ACCOUNT, own_session_end, .posted = ROUTE_ONCE},
    {"POST", "/konto/sessioner", PERMISSION_OWN_ACCOUNT, own_sessions_end, .posted = ROUTE_ONCE},
    {"GET", "/konto/losenord", PERMISSION_OWN_ACCOUNT, own_password_show, .caching = ROUTE_NOT_STORED},
    {"POST", "/konto/losenord", PERMISSION_OWN_ACCOUNT, own_password_take, .posted = ROUTE_EACH,
     .cost = ROUTE_COSTLY},
    {"GET", "/konto/kod", PERMISSION_OWN_ACCOUNT, own_device_show, .caching = ROUTE_NOT_STORED},
    {"POST", "/konto/kod", PERMISSION_OWN_ACCOUNT, own_device_take, .posted = ROUTE_EACH,
     .cost = ROUTE_COSTLY},
    {"GET", "/konto/aterstallningskoder", PERMISSION_OWN_ACCOUNT, own_recovery_show,
     .caching = ROUTE_NOT_STORED},
    {"POST", "/konto/aterstallningskoder", PERMISSION_OWN_ACCOUNT, own_recovery_take, .posted = ROUTE_EACH,
     .cost = ROUTE_COSTLY},
    {.method = NULL},
};

static const struct portal_link menu[] = {
    {"/logga-in", TEXT_ACCOUNT_SIGN_IN, PERMISSION_SIGN_IN},
    {.path = NULL},
};

const struct portal_room account_room = {.routes = routes, .menu = menu};

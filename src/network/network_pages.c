/* The room of the network: its routes and links. */
#include "network/network_pages.h"

#include "network/handlers.h"

#define ANYONE PERMISSION_ANYONE
#define READ PERMISSION_NETWORK_READ
#define CHANGE PERMISSION_NETWORK_CHANGE

static const struct route routes[] = {
    {"GET", "/natverket/ga-med", ANYONE, join_show, .caching = ROUTE_NOT_STORED},
    {"POST", "/natverket/ga-med", ANYONE, join_take, .posted = ROUTE_ONCE},
    {"GET", "/natverket/tack", ANYONE, join_thank, .caching = ROUTE_NOT_STORED},
    {"GET", "/natverket/overenskommelse", ANYONE, agreement_show, .caching = ROUTE_NOT_STORED},
    {"GET", "/natverket/bekrafta/:token", ANYONE, confirm_show, .caching = ROUTE_NOT_STORED},
    {"POST", "/natverket/bekrafta/:token", ANYONE, confirm_take, .posted = ROUTE_ONCE},
    {"GET", "/natverket/bekraftad", ANYONE, confirm_thank, .caching = ROUTE_NOT_STORED},
    {"GET", "/natverket/skriv-pa/:token", ANYONE, sign_show, .caching = ROUTE_NOT_STORED},
    {"POST", "/natverket/skriv-pa/:token", ANYONE, sign_take, .posted = ROUTE_ONCE},
    {"GET", "/natverket/paskriven", ANYONE, sign_thank, .caching = ROUTE_NOT_STORED},
    {"GET", "/natverket/ansokningar", READ, applications_show, .caching = ROUTE_NOT_STORED},
    {"GET", "/natverket/ansokan/:id", READ, application_show, .caching = ROUTE_NOT_STORED},
    {"POST", "/natverket/ansokan/:id", CHANGE, application_take, .posted = ROUTE_ONCE},
    {.method = NULL},
};

static const struct portal_link work[] = {
    {"/natverket/ansokningar", TEXT_NETWORK_APPLICATIONS_TITLE, READ},
    {.path = NULL},
};

static const struct portal_link foot[] = {
    {"/natverket/ga-med", TEXT_NETWORK_JOIN_TITLE, ANYONE},
    {.path = NULL},
};

const struct portal_room network_room = {.routes = routes, .work = work, .foot = foot};

/* The room of people. */
#include "people/people_pages.h"

#include "people/handlers.h"

static const struct route routes[] = {
    {"GET", "/personer", PERMISSION_PEOPLE_READ, people_show, .caching = ROUTE_NOT_STORED},
    {"GET", "/personer/ny", PERMISSION_PEOPLE_CHANGE, person_new_show, .caching = ROUTE_NOT_STORED},
    {"POST", "/personer/ny", PERMISSION_PEOPLE_CHANGE, person_new_take, .posted = ROUTE_ONCE},
    {"GET", "/personer/:id", PERMISSION_PEOPLE_CHANGE, person_show, .caching = ROUTE_NOT_STORED},
    {"POST", "/personer/:id", PERMISSION_PEOPLE_CHANGE, person_take, .posted = ROUTE_ONCE},
    {"POST", "/personer/:id/lank", PERMISSION_PEOPLE_CHANGE, person_send_take, .posted = ROUTE_ONCE},
    {"POST", "/personer/:id/enhet", PERMISSION_PEOPLE_CHANGE, person_device_take, .posted = ROUTE_ONCE},
    {"POST", "/personer/:id/logga-ut", PERMISSION_PEOPLE_CHANGE, person_end_take, .posted = ROUTE_ONCE},
    {"GET", "/valkommen/:token", PERMISSION_ANYONE, welcome_show, .caching = ROUTE_NOT_STORED,
     .logging = ROUTE_UNLOGGED},
    {"POST", "/valkommen/:token", PERMISSION_ANYONE, welcome_take, .posted = ROUTE_EACH, .cost = ROUTE_COSTLY,
     .logging = ROUTE_UNLOGGED},
    {.method = NULL},
};

static const struct portal_link work[] = {
    {"/personer", TEXT_PEOPLE_TITLE, PERMISSION_PEOPLE_READ},
    {.path = NULL},
};

const struct portal_room people_room = {.routes = routes, .work = work};

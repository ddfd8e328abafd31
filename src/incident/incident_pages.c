/* The room of incidents. */
#include "incident/incident_pages.h"

#include "incident/handlers.h"

static const struct route routes[] = {
    {"GET", "/incident", PERMISSION_INCIDENT_READ, incidents_show, .caching = ROUTE_NOT_STORED},
    {"GET", "/incident/ny", PERMISSION_INCIDENT_NOTE, incident_new_show, .caching = ROUTE_NOT_STORED},
    {"POST", "/incident/ny", PERMISSION_INCIDENT_NOTE, incident_new_take, .posted = ROUTE_ONCE},
    {"GET", "/incident/:id", PERMISSION_INCIDENT_READ, incident_show, .caching = ROUTE_NOT_STORED},
    {"POST", "/incident/:id/logg", PERMISSION_INCIDENT_NOTE, incident_note_take, .posted = ROUTE_ONCE},
    {"GET", "/incident/:id/dorrar", PERMISSION_DOORS_CHANGE, incident_doors_show,
     .caching = ROUTE_NOT_STORED},
    {"POST", "/incident/:id/dorrar", PERMISSION_DOORS_CHANGE, incident_doors_take, .posted = ROUTE_ONCE},
    {"GET", "/incident/:id/fil/:file", PERMISSION_INCIDENT_NOTE, incident_file_show,
     .caching = ROUTE_NOT_STORED, .cost = ROUTE_COSTLY},
    {"GET", "/incident/:id/:form", PERMISSION_INCIDENT_NOTE, incident_form_show, .caching = ROUTE_NOT_STORED},
    {"POST", "/incident/:id/:form", PERMISSION_INCIDENT_NOTE, incident_form_take, .posted = ROUTE_ONCE},
    {.method = NULL},
};

static const struct portal_link work[] = {
    {"/incident", TEXT_INCIDENT_TITLE, PERMISSION_INCIDENT_READ},
    {.path = NULL},
};

const struct portal_room incident_room = {.routes = routes, .work = work};

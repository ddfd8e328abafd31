/* Handlers of the last look, for the routes of the programme's room. */
#ifndef LYKTA_PROGRAMME_LAST_LOOK_PAGES_H
#define LYKTA_PROGRAMME_LAST_LOOK_PAGES_H

#include "web/route.h"

/* last_look_pages.c: for the programme */
route_handler last_look_show, last_look_open_take, last_look_stop_take;
/* look_city_pages.c: for a city with its link */
route_handler last_look_city_show, last_look_city_take, last_look_city_file;

#endif

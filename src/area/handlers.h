/* The handlers of the room, by file. */
#ifndef LYKTA_AREA_HANDLERS_H
#define LYKTA_AREA_HANDLERS_H

#include "web/route.h"

/* area_pages.c */
route_handler divisions_show, division_show, division_remove_take;

/* area_upload.c */
route_handler division_new_show, division_new_take;

#endif

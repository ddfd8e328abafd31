/* The pages of people, between the files of this room. */
#ifndef LYKTA_PEOPLE_HANDLERS_H
#define LYKTA_PEOPLE_HANDLERS_H

#include "web/route.h"

/* people_list.c */
route_handler people_show;
/* person_change.c */
route_handler person_new_show, person_new_take, person_show, person_take;
/* person_steps.c */
route_handler person_send_take, person_device_take, person_end_take;
/* welcome_pages.c */
route_handler welcome_show, welcome_take;

#endif

/* Who answers the routes of circulars, and what their files share. */
#ifndef LYKTA_CIRCULAR_HANDLERS_H
#define LYKTA_CIRCULAR_HANDLERS_H

#include "circular/circular.h"
#include "web/language.h"
#include "web/route.h"

/* circular_pages.c */
route_handler circulars_show, circular_show, circular_send_take, circular_try_take, circular_remove_take;
/* circular_write.c */
route_handler circular_new_show, circular_new_take, circular_change_show, circular_change_take;
route_handler circular_warning_show, circular_warning_take;
/* circular_stop.c */
route_handler circular_stop_show, circular_stop_take, circular_resume_take;

struct circular_office circular_office_for(const struct request *r);

/* The circular of the route's ":id". REFUSED when there is none: answered with circular_missing. */
enum status circular_of_route(const struct request *r, struct circular *out, struct err *e) MUST_USE;
enum status circular_missing(enum status s, struct response *out);

#endif

/* The handlers of the room's routes, by the file they stand in, and what they share. */
#ifndef LYKTA_NETWORK_HANDLERS_H
#define LYKTA_NETWORK_HANDLERS_H

#include "network/network_letter.h"
#include "web/language.h"
#include "web/route.h"

/* join_pages.c */
route_handler join_show, join_take, confirm_show, confirm_take, sign_show, sign_take;
/* application_pages.c */
route_handler applications_show, application_show, application_take;

/* What letters need of the city. */
struct network_office network_office_of(const struct request *r);

/* A page that says one thing: `title`, and under it `text`. */
void network_say(const struct request *r, struct response *out, enum text_key title, enum text_key text);

#endif

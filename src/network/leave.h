/* What leaving the network means: told before anybody does it. */
#ifndef LYKTA_NETWORK_LEAVE_H
#define LYKTA_NETWORK_LEAVE_H

#include "base/err.h"
#include "network/work_view.h"

struct request;
struct response;

/* Fills in what is deleted when, by the rules that hold in the city, and writes the page. */
enum status leave_draw(const struct request *r, struct leave_view *v, struct response *out,
                       struct err *e) MUST_USE;

#endif

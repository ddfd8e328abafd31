/* What circulars delete when. */
#include "circular/circular_retention.h"

#include <stddef.h>

/* The links that stop mailings work as long as the rows are there: longer than anybody looks for one. */
const struct retention_rule circular_retention[] = {
    {.class = "circular.reader",
     .what = "who got a mailing",
     .ground = "GDPR 5.1 e: a year shows whom the network has written to; then numbers need no addresses",
     .stays = "the mailing's own text",
     .kept = {.months = 12},
     .count = "select count(*) from circular_reader r join circular c on c.id = r.circular where "
              "c.sent_at < $1",
     .erase = {"delete from circular_reader where circular in (select id from circular where sent_at < $1)"}},
    {.class = NULL},
};

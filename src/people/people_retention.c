/* What the people's room deletes when. */
#include "people/people_retention.h"

#include <stddef.h>

const struct retention_rule people_retention[] = {
    {.class = "people.welcome",
     .what = "links to choose a password that have run out",
     .ground = "GDPR 5.1 e: a link that opens nothing any more is needed by nobody",
     .stays = "that somebody was invited, in the audit log",
     .kept = {.days = 1},
     .count = "select count(*) from welcome where ends_at < $1",
     .erase = {"delete from welcome where ends_at < $1"}},
    {.class = NULL},
};

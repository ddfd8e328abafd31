/* What the people's room deletes when. */
#include "people/people_retention.h"

#include <stddef.h>

const struct retention_rule people_retention[] = {
    {.class = "people.welcome",
     .what = "invitations that nobody answered, and links to choose a password that ran out",
     .ground = "GDPR 5.1 e: who was invited and did not answer is followed up for three months",
     .stays = "that somebody was invited, in the audit log",
     .kept = {.months = 3},
     .count = "select count(*) from welcome where ends_at < $1",
     .erase = {"delete from welcome where ends_at < $1"}},
    {.class = NULL},
};

/* What is deleted when of last looks. */
#include "programme/last_look_retention.h"

#include <stddef.h>

#define WITH_ADDRESS "email <> '' and look in (select id from programme_look where until_at < $1)"

/* The next look takes its addresses from the latest, so they outlive a year's round. */
const struct retention_rule last_look_retention[] = {
    {.class = "programme.look",
     .what = "addresses of those who read a programme's figures before they were published",
     .ground = "GDPR 5.1 e: the next year's look is asked for with them",
     .stays = "what each city answered, and when",
     .kept = {.months = 18},
     .count = "select count(*) from programme_look_city where " WITH_ADDRESS,
     .erase = {"update programme_look_city set email = '', hash = null where " WITH_ADDRESS}},
    {.class = NULL},
};

/* What is deleted when of gatherings. */
#include "gathering/gathering_retention.h"

#include <stddef.h>

const struct retention_rule gathering_retention[] = {
    {.class = "gathering.list",
     .what = "who handed in encoded lists for a mapping, and how long they were",
     .ground = "GDPR 5.1 e: what a mapping rests on can be asked about until the next one but one",
     .stays = "that lists were handed in and deleted, in the audit log",
     .kept = {.months = 24},
     .count = "select count(*) from gathering_list where round in "
              "(select round from gathering where ended_at > 0 and ended_at < $1)",
     .erase = {"delete from gathering_field where list in (select l.id from gathering_list l "
               "join gathering g on g.round = l.round where g.ended_at > 0 and g.ended_at < $1)",
               "delete from gathering_list where round in "
               "(select round from gathering where ended_at > 0 and ended_at < $1)"}},
    {.class = NULL},
};

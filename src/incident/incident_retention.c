/* What the room of incidents deletes when. */
#include "incident/incident_retention.h"

#include <stddef.h>

/* Five years, as long as the log: the authority may ask for the record of an incident (GDPR 33.5), which has
 * no end in the law. */
const struct retention_rule incident_retention[] = {
    {.class = "incident.closed",
     .what = "incidents that are closed, with what was done",
     .ground = "GDPR 33.5: a record of every incident, so that the authority can check it",
     .stays = "that there was one, and each step of it, in the audit log",
     .kept = {.months = 60},
     .count = "select count(*) from incident where closed_at > 0 and closed_at < $1",
     .erase = {"delete from incident_step where incident in "
               "(select id from incident where closed_at > 0 and closed_at < $1)",
               "delete from incident where closed_at > 0 and closed_at < $1"}},
    {.class = NULL},
};

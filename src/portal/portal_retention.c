/* What the portal deletes when. */
#include "portal/portal_retention.h"

#include "portal/change.h"

#include <stddef.h>

enum { SECONDS_PER_DAY = 86400 };

/* Sessions have ended long before: the longest lasts ten hours. A form that was sent is remembered for longer
 * than it can be sent again. */
const struct retention_rule portal_retention[] = {
    {.class = "portal.session",
     .what = "sessions that have ended",
     .ground = "GDPR 5.1 e: who was signed in on which device is needed while they are",
     .stays = "signing in and out, in the audit log",
     .kept = {.days = 1},
     .count = "select count(*) from session where seen_at < $1",
     .erase = {"delete from session where seen_at < $1"}},
    {.class = "portal.form",
     .what = "marks of forms that were sent",
     .ground = "so that a form sent twice changes one thing; GDPR 5.1 e",
     .kept = {.days = CHANGE_KEPT_SECONDS / SECONDS_PER_DAY},
     .count = "select count(*) from form_sent where at < $1",
     .erase = {"delete from form_sent where at < $1"}},
    {.class = NULL},
};

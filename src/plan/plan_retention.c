/* What the action plan deletes when. */
#include "plan/plan_retention.h"

#include <stddef.h>

const struct retention_rule plan_retention[] = {
    {.class = "plan.import",
     .what = "files with a plan that were read and never taken in",
     .ground = "GDPR 5.1 e: a preview is for the day it is looked at",
     .stays = "the measures that were taken in",
     .kept = {.days = 2},
     .count = "select count(*) from plan_import where read_at < $1",
     .erase = {"delete from plan_import where read_at < $1"}},
    {.class = NULL},
};

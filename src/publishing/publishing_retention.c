/* What is deleted when of mappings under way. */
#include "publishing/publishing_retention.h"

#include <stddef.h>

/* A link that was ended early goes with those that ran out by themselves. */
const struct retention_rule publishing_retention[] = {
    {.class = "publishing.draft_reader",
     .what = "who was asked to read a draft of a mapping",
     .ground = "GDPR 5.1 e: who read before the publication can be asked about it for three months",
     .stays = "that the draft was shared and read, in the audit log",
     .kept = {.months = 3},
     .count = "select count(*) from mapping_draft_reader where ends_at < $1",
     .erase = {"delete from mapping_draft_reader where ends_at < $1"}},
    {.class = NULL},
};

/* What is deleted when of studies. */
#include "research/study_retention.h"

#include <stddef.h>

#define UNCONFIRMED "from research_study where confirmed_at = 0 and applied_at < $1"
#define NOT_GRANTED                                                                                          \
    "from research_study where confirmed_at > 0 and state <> 'granted' and "                                 \
    "case when decided_at > 0 then decided_at else confirmed_at end < $1"
#define OVER                                                                                                 \
    "state = 'granted' and case when ended_at > 0 then ended_at else ends_at end < $1 and email <> ''"

/* A grant itself stays: which figures somebody got to see, for what, and on which ethics decision, is what
 * cities can be asked about. Who it was is not. */
const struct retention_rule study_retention[] = {
    {.class = "research.unconfirmed",
     .what = "researchers' applications whose address nobody confirmed",
     .ground = "GDPR 5.1 e: the address may be somebody else's",
     .kept = {.days = 7},
     .count = "select count(*) " UNCONFIRMED,
     .erase = {"delete " UNCONFIRMED}},
    {.class = "research.application",
     .what = "researchers' applications that were refused, or never decided",
     .ground = "GDPR 5.1 e: whoever was refused can ask why for a year",
     .stays = "that it was applied for and refused, in the audit log",
     .kept = {.months = 12},
     .count = "select count(*) " NOT_GRANTED,
     .erase = {"delete " NOT_GRANTED}},
    {.class = "research.person",
     .what = "who had a researcher's access, after it ended",
     .ground = "GDPR 5.1 e: results can be asked about for two years",
     .stays = "the study, its ethics decision and what was granted",
     .kept = {.months = 24},
     .count = "select count(*) from research_study where " OVER,
     .erase = {"update research_study set name = '', email = '', access_hash = null where " OVER}},
    {.class = NULL},
};

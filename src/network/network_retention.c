/* What the network deletes when. */
#include "network/network_retention.h"

#include <stddef.h>

/* Names under agreements and promises go with the people who gave them: that an organisation signed is kept,
 * who signed is not. */
const struct retention_rule network_retention[] = {
    {.class = "network.contact",
     .what = "contact people who have left their role",
     .ground = "GDPR 5.1 e: kept while in the role and three months after it",
     .kept = {.months = 3},
     .count = "select count(*) from contact where left_at < $1",
     .erase = {"delete from contact where left_at < $1"}},
    {.class = "network.signature",
     .what = "names under agreements that ended",
     .ground = "GDPR 5.1 e: that the organisation signed is kept, who signed is not",
     .stays = "that the organisation signed, and when",
     .kept = {.months = 24},
     .count = "select (select count(*) from agreement where ended_at < $1 and signed_by <> '') + "
              "(select count(*) from attestation where at < $1 and attested_by <> '')",
     .erase = {"update agreement set signed_by = '' where ended_at < $1 and signed_by <> ''",
               "update attestation set attested_by = '' where at < $1 and attested_by <> ''"}},
    {.class = "network.listed",
     .what = "contact people of organisations that never joined, unconfirmed for two years",
     .ground = "GDPR 5.1 c and d: an old list is neither needed nor right",
     .kept = {.months = 24},
     .count = "select count(*) from contact where left_at is null and seen_at < $1 and organisation in "
              "(select id from organisation where state = 'listed')",
     .erase = {"delete from contact where left_at is null and seen_at < $1 and organisation in "
               "(select id from organisation where state = 'listed')"}},
    {.class = "network.application.unconfirmed",
     .what = "applications whose address nobody confirmed",
     .ground = "GDPR 5.1 e: the address may be somebody else's",
     .kept = {.days = 7},
     .count = "select count(*) from application where confirmed_at is null and applied_at < $1",
     .erase = {"delete from application where confirmed_at is null and applied_at < $1"}},
    {.class = "network.application",
     .what = "applications that were decided, or not answered",
     .ground = "GDPR 5.1 e: the decision is in the log; the rest has served its purpose after three months",
     .kept = {.months = 3},
     .count = "select count(*) from application where confirmed_at is not null and "
              "coalesce(decided_at, applied_at) < $1",
     .erase = {"delete from application where confirmed_at is not null and "
               "coalesce(decided_at, applied_at) < $1"}},
    {.class = "network.participation",
     .what = "what organisations took part in",
     .ground = "GDPR 5.1 e: followed up for twelve months; seminars keep their counts",
     .kept = {.months = 12},
     .count = "select count(*) from participation where at < $1",
     .erase = {"delete from participation where at < $1"}},
    {.class = "network.import",
     .what = "contact lists that were read and never imported",
     .ground = "GDPR 5.1 e: a preview is for the day it is looked at",
     .kept = {.days = 2},
     .count = "select count(*) from import_row where import in (select id from import where read_at < $1)",
     .erase = {"delete from import_row where import in (select id from import where read_at < $1)",
               "delete from import where read_at < $1"}},
    {.class = NULL},
};

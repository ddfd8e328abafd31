/* What is deleted when of results. */
#include "results/results_retention.h"

#include <stddef.h>

/* As long as the programme knows whose they are: until then the link takes them. */
#define UNPUBLISHED                                                                                          \
    "state = 'granted' and results in ('waits', 'returned') and "                                            \
    "case when ended_at > 0 then ended_at else ends_at end < $1"
#define OF_UNPUBLISHED "study in (select id from research_study where " UNPUBLISHED ")"

#define WITHDRAWN                                                                                            \
    "study in (select id from research_study where results = 'withdrawn') and withdrawn_at < $1 "            \
    "and words_sv <> ''"
#define EMPTIED "set title_sv = '', words_sv = '', title_en = '', words_en = '', is_named = 0 "

/* Results that are published stay: they are the programme's answer to what its figures were for. Where some
 * were withdrawn, their address still says why. */
const struct retention_rule results_retention[] = {
    {.class = "results.unpublished",
     .what = "researchers' results that were never published",
     .ground = "GDPR 5.1 e: results can be handed in for two years after the access ended",
     .stays = "that they were handed in, in the audit log",
     .kept = {.months = 24},
     .count = "select count(*) from research_study where " UNPUBLISHED,
     .erase = {"delete from research_results_file where " OF_UNPUBLISHED,
               "delete from research_results where withdrawn_at = 0 and " OF_UNPUBLISHED,
               "update research_results " EMPTIED "where " OF_UNPUBLISHED,
               "update research_study set results = case when exists (select 1 from research_results f "
               "where f.study = research_study.id) then 'withdrawn' else 'none' end where " UNPUBLISHED}},
    {.class = "results.withdrawn",
     .what = "researchers' results that were published and withdrawn",
     .ground = "GDPR 5.1 e: whether they were rightly withdrawn can be asked about for three months",
     .stays = "the address, and why they were withdrawn",
     .kept = {.months = 3},
     .count = "select count(*) from research_results where " WITHDRAWN,
     .erase = {"delete from research_results_file where study in (select study from research_results "
               "where " WITHDRAWN ")",
               "update research_results " EMPTIED "where " WITHDRAWN}},
    {.class = NULL},
};

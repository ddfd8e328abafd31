/* The one list of rules. */
#include "retention/retention_rules.h"

#include "circular/circular_retention.h"
#include "gathering/gathering_retention.h"
#include "incident/incident_retention.h"
#include "keyring/keyring_retention.h"
#include "mail/mail_retention.h"
#include "network/network_retention.h"
#include "observation/observation_retention.h"
#include "people/people_retention.h"
#include "plan/plan_retention.h"
#include "portal/portal_retention.h"
#include "programme/last_look_retention.h"
#include "programme/sum_box_retention.h"
#include "publishing/publishing_retention.h"
#include "research/study_retention.h"
#include "results/results_retention.h"
#include "seminar/seminar_retention.h"

#include <stddef.h>

/* Told, and not carried out: taking a line out of the log's chain would leave every later line unproved. */
static const struct retention_rule log_retention[] = {
    {.class = "log.line",
     .what = "lines of the audit log",
     .ground = "legal control: who did and read what; a line names nobody who is not at work here",
     .stays = "every line: the chain of the log does not hold without them",
     .kept = {.months = 60},
     .count = "select count(*) from audit where at < $1"},
    {.class = NULL},
};

const struct retention_rule *const retention_tables[] = {
    seminar_retention,    network_retention,     plan_retention,
    mail_retention,       portal_retention,      people_retention,
    log_retention,        observation_retention, circular_retention,
    publishing_retention, gathering_retention,   keyring_retention,
    sum_box_retention,    study_retention,       results_retention,
    last_look_retention,  incident_retention,    NULL};

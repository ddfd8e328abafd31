/* Which rooms a served city has. */
#include "command/rooms.h"

#include "account/account_pages.h"
#include "area/area_pages.h"
#include "article/article_pages.h"
#include "audit/audit_pages.h"
#include "circular/circular_pages.h"
#include "extract/extract_pages.h"
#include "gathering/gathering_pages.h"
#include "help/help_pages.h"
#include "incident/incident_pages.h"
#include "indicator/indicator_pages.h"
#include "learning/learning_pages.h"
#include "mailing/letters_pages.h"
#include "manual/manual_pages.h"
#include "network/network_pages.h"
#include "observation/observation_pages.h"
#include "oidc/oidc_pages.h"
#include "outreach/outreach_pages.h"
#include "passkey/passkey_pages.h"
#include "people/people_pages.h"
#include "plan/plan_pages.h"
#include "programme/programme_pages.h"
#include "public/public_pages.h"
#include "publishing/publishing_pages.h"
#include "research/research_pages.h"
#include "results/results_pages.h"
#include "retention/retention_pages.h"
#include "seminar/seminar_room.h"
#include "setting/setting_pages.h"
#include "status/status_pages.h"

#include <stddef.h>

const struct portal_room *const rooms[] = {
    &public_room,     &indicator_room, &observation_room, &seminar_room,   &network_room,  &plan_room,
    &publishing_room, &programme_room, &research_room,    &results_room,   &learning_room, &outreach_room,
    &article_room,    &circular_room,  &mailing_room,     &retention_room, &audit_room,    &account_room,
    &passkey_room,    &oidc_room,      &people_room,      &incident_room,  &setting_room,  &gathering_room,
    &area_room,       &manual_room,    &help_room,        &status_room,    &extract_room,  NULL};

/* What is deleted when of reports: closed for 6 months, or 24 when they were referred or counted. Keys, texts
 * and messages go; the register keeps number, days and decision (Arkivlagen 1990:782, 10 §). Not what is held
 * (hold.h). */
#ifndef LYKTA_OBSERVATION_OBSERVATION_RETENTION_H
#define LYKTA_OBSERVATION_OBSERVATION_RETENTION_H

#include "store/retention.h"

/* Ends with a row whose class is NULL. */
extern const struct retention_rule observation_retention[];

#endif

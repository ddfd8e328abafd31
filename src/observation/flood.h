/* Floods: accept always, sort later. No report is refused or lost; what looks like a flood waits in a lane of
 * its own, so that the recipients' list and the members' reports are not drowned.
 *
 * It works without the sender's address, which is never looked at, without a third party and without
 * JavaScript: a field that people do not see, a form that is sent back faster than anyone reads it, and a
 * measure of how much comes in all. Kept in memory alone. */
#ifndef LYKTA_OBSERVATION_FLOOD_H
#define LYKTA_OBSERVATION_FLOOD_H

#include "base/str.h"
#include "observation/receive.h"

#include <stdint.h>

struct flood; /* shared by all threads */

/* So many reports without an account in so many seconds go to the open lane; then one every five minutes. */
enum { FLOOD_OPEN = 30, FLOOD_REFILL_SECONDS = 300, FLOOD_LEAST_SECONDS = 3 };

struct flood *flood_open(void);
void flood_close(struct flood *f);

/* The lane of a report: `honeypot` is what stood in the field that people do not see, `began_at` when the
 * form was made. A member's report is in the open lane. */
enum lane flood_lane(struct flood *f, enum channel channel, struct str honeypot, int64_t began_at,
                     int64_t now_at);

#endif

/* What is deleted when: access and food needs 7 days after the seminar; invitations without an answer 3
 * months after it; lists of who signed up and came 12 months after it, of which only counts by kind of actor
 * stay. */
#ifndef LYKTA_SEMINAR_SEMINAR_RETENTION_H
#define LYKTA_SEMINAR_SEMINAR_RETENTION_H

#include "store/retention.h"

/* Ends with a row whose class is NULL. */
extern const struct retention_rule seminar_retention[];

#endif

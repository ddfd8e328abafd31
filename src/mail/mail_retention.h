/* What is deleted when of letters and what is known of their addresses. */
#ifndef LYKTA_MAIL_MAIL_RETENTION_H
#define LYKTA_MAIL_MAIL_RETENTION_H

#include "store/retention.h"

/* Ends with a row whose class is NULL. */
extern const struct retention_rule mail_retention[];

#endif

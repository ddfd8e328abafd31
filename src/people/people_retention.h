/* What is deleted when of the links that let a person choose a password. */
#ifndef LYKTA_PEOPLE_PEOPLE_RETENTION_H
#define LYKTA_PEOPLE_PEOPLE_RETENTION_H

#include "store/retention.h"

/* Ends with a row whose class is NULL. */
extern const struct retention_rule people_retention[];

#endif

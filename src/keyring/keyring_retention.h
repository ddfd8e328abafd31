/* What is forgotten when of who holds the shares of the recovery key. The shares given in a recovery are no
 * row of this list: they end with it, after REGAIN_DAYS at most (regain.h). */
#ifndef LYKTA_KEYRING_KEYRING_RETENTION_H
#define LYKTA_KEYRING_KEYRING_RETENTION_H

#include "store/retention.h"

/* Ends with a row whose class is NULL. */
extern const struct retention_rule keyring_retention[];

#endif

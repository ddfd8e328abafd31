/* "Byt lås": new data keys for everything, when somebody who could open it no longer may.
 *
 * Threat answered: a removed recipient who kept a copy of the key file and knows the old passphrase. After
 * relocking, what they kept opens only what the texts were before, which the database no longer holds.
 *
 * Each report is done whole: copies of the new key first, then its texts, then the old copies go. A crash
 * leaves every report readable, and relocking again finishes the work. */
#ifndef LYKTA_KEYRING_RELOCK_H
#define LYKTA_KEYRING_RELOCK_H

#include "base/err.h"
#include "store/audit.h"

#include <stddef.h>

struct keyring;
struct opener;

/* Relocks everything the opener can open; *n is how many reports that was. */
enum status relock_all(struct keyring *k, const struct opener *opener, const struct who *who, size_t *n,
                       struct err *e) MUST_USE;

#endif

/* From a seminar into the network: one click for who came, with what is known filled in. */
#ifndef LYKTA_SEMINAR_INTO_NETWORK_H
#define LYKTA_SEMINAR_INTO_NETWORK_H

#include "base/err.h"
#include "store/audit.h"

#include <stdint.h>

struct db;

/* The guest's organisation is listed in the network, with the guest as contact person, unless an organisation
 * with the name is there already: then the guest is its guest. A membership begins with an agreement, which
 * they sign themselves. REFUSED when the guest did not come. */
enum status into_network(struct db *db, int64_t guest, const struct who *who, struct err *e) MUST_USE;

/* Notes for each organisation of the network that came to the seminar that it took part, and how many came.
 */
enum status into_network_note(struct db *db, int64_t seminar, const struct who *who, struct err *e) MUST_USE;

#endif

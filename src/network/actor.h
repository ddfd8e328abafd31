/* What kind of work an organisation does: whom a seminar, a mailing or a module is for.
 *
 * The codes are the data's: they stand in the database and in contact lists, and are the same for the
 * indicators of each actor. */
#ifndef LYKTA_NETWORK_ACTOR_H
#define LYKTA_NETWORK_ACTOR_H

#include "base/str.h"

#include <stdbool.h>
#include <stdint.h>

/* In the order they are shown. */
enum actor_kind {
    ACTOR_LANDLORD,
    ACTOR_PROPERTY_OWNER,
    ACTOR_HOTEL,
    ACTOR_ENVIRONMENT,
    ACTOR_BUILDING,
    ACTOR_TECHNICAL,
    ACTOR_FIRE_BRIGADE,
    ACTOR_SOCIAL_SERVICES,
    ACTOR_SCHOOL,
    ACTOR_UNIVERSITY,
    ACTOR_HEALTH,
    ACTOR_POLICE,
    ACTOR_COUNTY_BOARD,
    ACTOR_AUTHORITY,
    ACTOR_VOLUNTARY,
    ACTOR_OTHER,
    ACTORS /* how many there are */
};

/* "fire_brigade". */
const char *actor_code(enum actor_kind actor);

/* The actor whose code, or Swedish or English name, `text` is, whatever its case; false when there is none.
 */
bool actor_from_str(struct str text, enum actor_kind *out);

/* The names a contact list may have for it, "Räddningstjänst": NULL-ended, the Swedish one first. */
const char *const *actor_names(enum actor_kind actor);

/* Sets of actors, for whom something is meant: bit `actor` of the set. */
#define ACTOR_BIT(actor) ((uint32_t)1 << (actor))

#endif

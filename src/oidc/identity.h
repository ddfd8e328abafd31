/* Who people are at the municipality's own provider: issuer and subject, linked by the person or by an
 * administrator. Nothing else of what the provider says is kept, and nobody is found by an address. */
#ifndef LYKTA_OIDC_IDENTITY_H
#define LYKTA_OIDC_IDENTITY_H

#include "base/err.h"
#include "base/str.h"
#include "portal/person.h"

#include <stdbool.h>
#include <stdint.h>

struct arena;
struct db;

struct identity {
    struct str issuer;
    struct str subject;
};

/* Whose `x` is: *person is 0 when it is nobody's. */
enum status identity_owner(struct db *db, const struct identity *x, int64_t *person, struct err *e) MUST_USE;

/* When `person` was linked to somebody at `issuer`; 0: is not. */
enum status identity_linked_at(struct db *db, int64_t person, struct str issuer, int64_t *linked_at,
                               struct err *e) MUST_USE;

/* Links `person` to `x`, in place of what it was linked to before. REFUSED when `x` is somebody else's.
 * Inside the caller's change. */
enum status identity_link(struct db *db, int64_t person, const struct identity *x, int64_t now_at,
                          struct err *e) MUST_USE;

/* Forgets what `person` is linked to; *was_linked is false when that is nothing. Inside the caller's change.
 */
enum status identity_unlink(struct db *db, int64_t person, bool *was_linked, struct err *e) MUST_USE;

#endif

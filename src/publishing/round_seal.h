/* Sealing what of a round lies in the database for a while and is exact, or nearly so: with a key of the
 * city's folder, so that the database alone does not tell it. */
#ifndef LYKTA_PUBLISHING_ROUND_SEAL_H
#define LYKTA_PUBLISHING_ROUND_SEAL_H

#include "base/err.h"
#include "base/str.h"

struct arena;
struct city;
struct key;

/* A key for what `label` names alone, so that what seals it draws no figure. The caller wipes it. */
enum status round_key(const struct city *city, struct str label, struct key *out, struct err *e) MUST_USE;

/* `plain` in a box, in `a`. */
struct str round_seal(struct str plain, const struct key *key, struct arena *a);

/* What is in `box`, in `a`. BAD_INPUT when it is not whole, or of another key. */
enum status round_unseal(struct str box, const struct key *key, struct arena *a, struct str *out,
                         struct err *e) MUST_USE;

#endif

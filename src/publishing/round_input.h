/* The exact counts of a round, between their upload and the moment the program has worked them out.
 *
 * They lie sealed in the city's database (XSalsa20-Poly1305, libsodium's secretbox) under a key made from the
 * city's cube key, which is in no copy of the database; they are deleted with the change that keeps what
 * became of them. */
#ifndef LYKTA_PUBLISHING_ROUND_INPUT_H
#define LYKTA_PUBLISHING_ROUND_INPUT_H

#include "base/err.h"
#include "base/str.h"
#include "store/audit.h"

#include <stdint.h>

struct arena;
struct city;
struct db;

struct round_input {
    struct str file_name; /* as the analyst's computer calls it */
    struct str histories; /* CSV */
    struct str names;     /* CSV; may be empty */
};

/* Keeps `input` for the round and lets it wait for the program. REFUSED when the round takes no file now. */
enum status round_upload(const struct city *city, struct db *db, int64_t id, const struct round_input *input,
                         int64_t person, const struct who *who, struct err *e) MUST_USE;

/* Opens what is kept, in `a`, which should be secret. BAD_INPUT when it has been changed. */
enum status round_input_open(const struct city *city, struct db *db, int64_t id, struct arena *a,
                             struct round_input *out, struct err *e) MUST_USE;

/* Deletes it. Inside the caller's change. */
enum status round_input_delete(struct db *db, int64_t id, struct err *e) MUST_USE;

#endif

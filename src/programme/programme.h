/* A programme: several cities that make the same mapping, read side by side.
 *
 * It is a folder of its own in the form of a city's (database, settings, accounts, audit log), and holds no
 * city's data: only the cities that take part, their public keys, and the signed releases that they have
 * handed over. A release is verified when it is taken and every time it is read. The ledger of what was
 * taken, and of what was pooled when, is append-only. */
#ifndef LYKTA_PROGRAMME_PROGRAMME_H
#define LYKTA_PROGRAMME_PROGRAMME_H

#include "base/err.h"
#include "base/str.h"
#include "programme/pooled.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;
struct city;
struct db;
struct population;
struct who;

/* What stands where a city has its municipality's code. */
#define PROGRAMME_CODE "0000"

enum { PROGRAMME_MAX_NAME_BYTES = 100, PROGRAMME_MAX_RELEASES = 4000, PROGRAMME_SEED = 1 };

struct programme_city {
    int64_t id;
    struct str municipality;
    struct str name;
    struct str public_key; /* 64 hexadecimal digits */
    int64_t joined_at;
    int64_t withdrawn_at; /* 0: takes part */
};

struct programme_cities {
    size_t n;
    struct programme_city *city; /* by municipality */
};

/* Makes the city folder of `db` a programme. */
enum status programme_make(struct db *db, const struct who *who, struct err *e) MUST_USE;

/* Is the folder a programme? */
enum status programme_is(struct db *db, bool *out, struct err *e) MUST_USE;

enum status programme_cities(struct db *db, struct arena *a, struct programme_cities *out,
                             struct err *e) MUST_USE;
const struct programme_city *programme_city_find(const struct programme_cities *all, struct str municipality);

/* A city joins, or joins again after it has withdrawn. `key` is its public key. BAD_INPUT for a code, name or
 * key in another form, and when it takes part already. */
enum status programme_join(struct db *db, const struct who *who, const struct programme_city *city,
                           struct err *e) MUST_USE;

/* The city has a new key: releases that were taken under the old one stay. A person has confirmed it: the
 * program never takes a key from a release. */
enum status programme_set_key(struct db *db, const struct who *who, struct str municipality, struct str key,
                              struct err *e) MUST_USE;

/* The city takes no part any longer: its figures leave every pool from now on. Its releases stay in the
 * ledger, since they have been published. */
enum status programme_withdraw(struct db *db, const struct who *who, struct str municipality,
                               struct err *e) MUST_USE;

/* Replaces the inhabitants. */
enum status programme_set_population(struct db *db, const struct who *who, const struct population *p,
                                     struct err *e) MUST_USE;
enum status programme_population(struct db *db, struct arena *a, struct population *out,
                                 struct err *e) MUST_USE;

/* Takes the releases in the folders `path[n]`: each is verified against its city's key and with all that were
 * taken before, copied into the programme's folder and written into the ledger. All are taken or none: *all
 * says why one was refused, and the call is BAD_INPUT, or REFUSED when figures could be worked out. `db`
 * writes to the programme's database, in one change from the first look at the ledger. In `a`. */
enum status programme_take(const struct city *programme, struct db *db, const char *const *path, size_t n,
                           const struct who *who, struct arena *a, struct arrivals *all,
                           struct err *e) MUST_USE;

/* The one of `all` that lies at `path`, which was given to programme_take; NULL when there is none. */
const struct arrival *programme_arrival_of(const struct arrivals *all, const char *path);

/* Everything that was taken, verified anew; of cities that have withdrawn it is ARRIVAL_WITHDRAWN. In `a`.
 * `db` reads the programme's database. */
enum status programme_arrivals(const struct city *programme, struct db *db, int64_t now_at, struct arena *a,
                               struct arrivals *out, struct err *e) MUST_USE;

/* Pools what was taken and is still in, with the programme's inhabitants and its latest text. REFUSED when
 * that is nothing. `arrivals` must outlive *out. */
enum status programme_pool(struct db *db, const struct arrivals *arrivals, struct arena *a,
                           struct pooled *out, struct err *e) MUST_USE;

/* Writes into the ledger that `pooled` was made, whose file is `json`; *id is its number there. */
enum status programme_note_pooling(struct db *db, const struct who *who, const struct pooled *pooled,
                                   struct str json, int64_t *id, struct err *e) MUST_USE;

/* What pooling `id` of the ledger was made of, verified anew, also of cities that have withdrawn since. In
 * `a`. */
enum status programme_pooled_arrivals(const struct city *programme, struct db *db, int64_t id, int64_t now_at,
                                      struct arena *a, struct arrivals *out, struct err *e) MUST_USE;

/* The SHA-256 of a pooled file in hexadecimal digits, as the ledger has it; in `a`. */
struct str programme_hash(struct str json, struct arena *a);

#endif

/* What a programme has published: a pooling that stands at an address of its own for good.
 *
 * It is kept as what it was made of: the releases of the pooling in the ledger, the inhabitants of that day,
 * and the programme's text. Whoever reads it has it made anew of the signed releases, and compared with the
 * hash in the ledger. A city that leaves the programme afterwards is still in it, since it was published. */
#ifndef LYKTA_PROGRAMME_PUBLICATION_H
#define LYKTA_PROGRAMME_PUBLICATION_H

#include "base/err.h"
#include "programme/pooled.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;
struct city;
struct db;
struct who;

struct publication {
    int64_t id;
    int64_t published_at;
    int64_t releases;
};

struct publications {
    size_t n;
    struct publication *publication; /* the latest first */
};

struct published {
    struct publication is;
    bool is_same; /* its JSON is what was published, to the byte; a later version may add otherwise */
    struct arrivals arrivals;
    struct pooled pooled;
};

/* Publishes `pooled`, made of what the programme has now: sets *id, and ends the cities' last look. REFUSED
 * while they are reading, when they have read something else (last_look.h), and when the text names a figure
 * that is not there (pooled_cells.h). */
enum status publication_add(struct db *db, const struct who *who, const struct pooled *pooled, int64_t *id,
                            struct err *e) MUST_USE;

/* All of them, in `a`. */
enum status publication_list(struct db *db, struct arena *a, struct publications *out,
                             struct err *e) MUST_USE;

/* The latest that holds the release with this manifest; *id is 0 when none does. */
enum status publication_holding(struct db *db, struct str manifest_hash, int64_t *id, struct err *e) MUST_USE;

/* The one with this number, made anew, in `a`; *is_there is false when there is none. SYSTEM when a release
 * in the programme's folder is no longer what was taken. */
enum status publication_read(const struct city *programme, struct db *db, int64_t id, int64_t now_at,
                             struct arena *a, struct published *out, bool *is_there, struct err *e) MUST_USE;

#endif

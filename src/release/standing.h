/* Where a release stands: in force, corrected by a later version, or withdrawn. What has been published stays
 * in the ledger and at its address; only how it is told changes. */
#ifndef LYKTA_RELEASE_STANDING_H
#define LYKTA_RELEASE_STANDING_H

#include "base/err.h"
#include "base/str.h"
#include "store/audit.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;
struct city;
struct db;
struct mapping;
struct release;

enum { STANDING_REASON_BYTES = 2000 };

struct release_standing {
    struct str corrects;          /* the release that it is a later version of; empty: none */
    struct str corrects_reason;   /* why */
    struct str corrected_by;      /* the later version of it; empty: none */
    struct str correction_reason; /* why */
    int64_t corrected_at;
    int64_t withdrawn_at; /* 0: it is not */
    struct str withdrawn_reason;
};

/* Where the release `name` stands; texts in `a`. REFUSED when the city has none of that name. */
enum status release_standing(struct db *db, struct str name, struct arena *a, struct release_standing *out,
                             struct err *e) MUST_USE;

/* How a later version of the release `name` is rounded: as that was, since two roundings of the same figures
 * tell more than one. But what is no example is about people of the city, and never rounded with the key of
 * the examples, which everybody knows. REFUSED when the city has none of that name. */
enum status release_rounding(struct db *db, struct str name, bool is_example, int64_t *base,
                             bool *has_example_key, struct err *e) MUST_USE;

/* The latest release that counts people of any of the years; empty when there is none. */
enum status release_of_years(struct db *db, int first_year, int last_year, struct arena *a, struct str *name,
                             struct err *e) MUST_USE;

/* The names of the releases in force of years before `first_year`, the latest first, `most` at most; in `a`.
 */
enum status release_before(struct db *db, int first_year, size_t most, struct arena *a, struct str names[],
                           size_t *n, struct err *e) MUST_USE;

/* Withdraws it. REFUSED when it is withdrawn already or there is none; BAD_INPUT without a reason. */
enum status release_withdraw(struct db *db, struct str name, struct str reason, const struct who *who,
                             struct err *e) MUST_USE;

/* The name of the next version of the release `of`: "1281-2013-v2", "1281-2013-v3"; in `a`. */
struct str release_next_name(struct str of, struct arena *a);

/* What a later version is of, and why there must be one. */
struct release_correction {
    struct str of;
    struct str reason;
};

/* Publishes `release` as a later version of what it corrects, as release_publish does. REFUSED when that is
 * not the latest version of the same years, or when both together would tell a figure too closely: the
 * sentence names both and the figure. */
enum status release_correct(struct city *city, struct mapping *mapping, struct release *release,
                            const struct release_correction *correction, const struct who *who,
                            struct arena *a, struct err *e) MUST_USE;

#endif

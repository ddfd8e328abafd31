/* What a round has become: the release that waits to be approved, as the files it will have, unsigned; and
 * what a reader of it and of all that is published already could work out. Nothing exact is in it. */
#ifndef LYKTA_PUBLISHING_ROUND_DRAFT_H
#define LYKTA_PUBLISHING_ROUND_DRAFT_H

#include "base/err.h"
#include "base/str.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;
struct db;
struct mapping;
struct release;

/* An attack that was tried: on the draft alone (`release` is empty) or beside one that is published. */
struct round_audit {
    struct str release;
    bool is_same_people; /* a version of the same years; others count other people */
    int64_t figures, exposed;
    int64_t narrowest; /* the least difference between the highest and lowest possible value */
};

/* Keeps the draft instead of an earlier one, and the attacks on it. Inside the caller's change. */
enum status round_draft_keep(struct db *db, int64_t id, const struct release *draft,
                             const struct round_audit *audit, size_t n, struct err *e) MUST_USE;

/* The draft, in `a`; REFUSED when there is none. */
enum status round_draft_read(struct db *db, int64_t id, struct arena *a, struct release *out,
                             struct err *e) MUST_USE;

/* The attacks on it, the draft alone first; in `a`. */
enum status round_audits(struct db *db, int64_t id, struct arena *a, struct round_audit **out, size_t *n,
                         struct err *e) MUST_USE;

/* The draft's mapping with the names of its columns, which a release tells by its tables. */
void round_draft_mapping(const struct release *draft, struct mapping *out);

#endif

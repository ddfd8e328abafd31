/* Holding a report back from disposal ("spärr"), whatever its age: when a court has asked for it, say. One
 * recipient holds it, with a reason; letting it go takes two. The reason stands in the clear, beside the
 * number, for who follows disposal: it must point at nobody. */
#ifndef LYKTA_OBSERVATION_HOLD_H
#define LYKTA_OBSERVATION_HOLD_H

#include "base/date.h"
#include "base/err.h"
#include "base/str.h"
#include "store/audit.h"

#include <stddef.h>
#include <stdint.h>

struct arena;
struct db;

enum { HOLD_REASON_BYTES = 200 };

struct hold {
    int64_t year; /* and number: as in the register */
    int64_t number;
    struct date closed_on; /* no date: it is not closed */
    struct str reason;     /* empty: it is not held */
    struct str held_by;    /* as in the log: "person 7" */
    struct date held_on;
    struct str release_asked_by; /* empty: nobody has asked */
};

struct holds {
    size_t n;
    struct hold *hold;
};

/* Holds report `id`. BAD_INPUT when the reason is missing, too long or points at a person; REFUSED when it is
 * held already or there is no such report. */
enum status hold_place(struct db *db, int64_t id, struct str reason, const struct who *who,
                       struct err *e) MUST_USE;

/* Asks that it be let go. REFUSED when it is not held, or somebody has asked already. */
enum status hold_ask_release(struct db *db, int64_t id, const struct who *who, struct err *e) MUST_USE;

/* Lets it go. REFUSED when nobody has asked, or `who` did. */
enum status hold_release(struct db *db, int64_t id, const struct who *who, struct err *e) MUST_USE;

/* How report `id` is held; REFUSED when there is none. In `a`. */
enum status hold_find(struct db *db, int64_t id, struct arena *a, struct hold *out, struct err *e) MUST_USE;

/* All that are held, by number; in `a`. */
enum status holds_list(struct db *db, struct arena *a, struct holds *out, struct err *e) MUST_USE;

#endif

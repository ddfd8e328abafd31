/* Readers of a draft without an account: a person who is asked to look at a report before it is published.
 * Each is named, has a link of their own that ends on a day and can be ended before, and each reading is
 * noted. What a draft shows are the protected figures; the exact ones are nowhere by then. */
#ifndef LYKTA_PUBLISHING_DRAFT_READER_H
#define LYKTA_PUBLISHING_DRAFT_READER_H

#include "base/err.h"
#include "base/str.h"
#include "store/audit.h"
#include "web/language.h"

#include <stddef.h>
#include <stdint.h>

struct arena;
struct city;
struct db;
struct outside;

enum { DRAFT_READER_MOST_DAYS = 60, DRAFT_READER_DAYS = 14 };

struct draft_reader {
    int64_t id; /* 0: nobody */
    int64_t round;
    struct str name, email;
    enum language language;
    int64_t ends_at;
    int64_t ended_at; /* before its time, by a person; 0: not */
    int64_t readings;
    int64_t read_at; /* the latest; 0: never */
};

/* Lets reader->name read the draft of reader->round until reader->ends_at, and queues the letter with the
 * link: the token stands there alone, and its hash is kept. `by` is the person who asks. Sets reader->id.
 * REFUSED when the round has no draft now. */
enum status draft_reader_add(const struct city *city, struct db *db, const struct outside *outside,
                             struct draft_reader *reader, int64_t by, const struct who *who,
                             struct err *e) MUST_USE;

/* Those of the round, the latest first, in `a`. */
enum status draft_reader_list(struct db *db, int64_t round, struct arena *a, struct draft_reader **out,
                              size_t *n, struct err *e) MUST_USE;

/* Whose link `token` is at `now_at`. out->id is 0 for an unknown, an ended and an outdated link, and for one
 * to a mapping without a draft: nothing tells which. */
enum status draft_reader_find(struct db *db, struct str token, int64_t now_at, struct arena *a,
                              struct draft_reader *out, struct err *e) MUST_USE;

/* Notes that the reader has opened the draft; called before it is shown. */
enum status draft_reader_note(struct db *db, const struct draft_reader *reader, const struct who *who,
                              struct err *e) MUST_USE;

/* Ends the link of reader `id` of the round. REFUSED when it is not one, or has been ended. */
enum status draft_reader_end(struct db *db, int64_t round, int64_t id, const struct who *who,
                             struct err *e) MUST_USE;

#endif

/* Letters of the action plan. Each is queued inside the change it tells of. Nobody can unsubscribe from them:
 * they are about what the reader's own organisation has taken on, and say whom to talk to. */
#ifndef LYKTA_PLAN_PLAN_LETTER_H
#define LYKTA_PLAN_PLAN_LETTER_H

#include "base/err.h"
#include "base/str.h"
#include "plan/measure.h"
#include "web/language.h"

#include <stdint.h>

struct arena;
struct db;

/* What the letters need of the city. */
struct plan_office {
    struct str city;               /* "Lund (exempel)" */
    struct str municipality;       /* "1281": makes the events of one city other than another's */
    struct str address;            /* "https://…", before the paths of links */
    struct str contact;            /* who answers questions: "Samordnaren" */
    struct str email;              /* of that function; may be empty */
    const unsigned char *link_key; /* KEY_BYTES: what owners' links are proved with */
};

struct plan_reader {
    struct str name, address;
    enum language language;
};

/* To a contact person of the owner: what is soon to be done, with an event for each deadline, and `answer`,
 * the address of the page where the owner tells how its measures go (owner_link.h). */
enum status plan_letter_remind(struct db *db, const struct plan_office *o, const struct plan_reader *reader,
                               const struct measures *due, struct str answer, int64_t now_at, struct arena *a,
                               struct err *e) MUST_USE;

/* To a contact person of the owner when a quarter has begun: how many of `own` there are to tell of, and
 * `answer` as above. */
enum status plan_letter_quarter(struct db *db, const struct plan_office *o, const struct plan_reader *reader,
                                const struct measures *own, struct str answer, int64_t now_at,
                                struct arena *a, struct err *e) MUST_USE;

/* To a coordinator: what is late, and what is soon to be done by somebody without a contact person. One of
 * the two may be empty. */
enum status plan_letter_late(struct db *db, const struct plan_office *o, const struct plan_reader *reader,
                             const struct measures *late, const struct measures *unreached, int64_t now_at,
                             struct arena *a, struct err *e) MUST_USE;

#endif

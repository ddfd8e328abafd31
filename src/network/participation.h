/* What each organisation has taken part in: rooms that hold seminars, modules and plans write it here. */
#ifndef LYKTA_NETWORK_PARTICIPATION_H
#define LYKTA_NETWORK_PARTICIPATION_H

#include "base/err.h"
#include "base/str.h"

#include <stddef.h>
#include <stdint.h>

struct arena;
struct db;

enum participation_kind {
    PARTICIPATION_SEMINAR,
    PARTICIPATION_MODULE,
    PARTICIPATION_PLAN,
    PARTICIPATION_MEETING
};

/* Holds no person's data: how many came, not who. */
struct participation {
    int64_t organisation;
    enum participation_kind kind;
    int64_t source; /* the seminar's id in its own room; 0: none */
    struct str title;
    int64_t people;
    int64_t at;
};

/* Notes that an organisation took part; the same organisation, kind and source again replaces what was noted.
 * Inside a change of the caller. */
enum status participation_note(struct db *db, const struct participation *participation,
                               struct err *e) MUST_USE;

/* What `organisation` has taken part in, the latest first, in `a`. */
enum status participation_list(struct db *db, int64_t organisation, struct arena *a,
                               struct participation **out, size_t *n, struct err *e) MUST_USE;

#endif

/* The rules carried out by a served city: every night, and at once after a stop that lasted past a night.
 *
 * When the last run was stands in the database, so that a restart neither repeats nor forgets one. The files
 * are cleared after each run, and once after each start: the run before may have ended in between. */
#ifndef LYKTA_RETENTION_RETENTION_ERRAND_H
#define LYKTA_RETENTION_RETENTION_ERRAND_H

#include "base/err.h"
#include "store/errand.h"

#include <stdbool.h>
#include <stdint.h>

struct arena;
struct city;
struct db;

struct retention_watch {
    const struct city *city;
    struct db *db;
    int minute;       /* of the day, when a run begins */
    bool is_scrubbed; /* since the last run, by this process */
};

/* Looks whether it is time at `now_at`, and does what is due; *has_run when it was. REFUSED while disposal is
 * frozen. */
enum status retention_look(struct retention_watch *w, int64_t now_at, bool *has_run, struct err *e) MUST_USE;

extern const struct errand retention_errand;

#endif

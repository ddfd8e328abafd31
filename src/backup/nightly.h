/* Backups that a served city makes by itself: where, when, and how long they are kept (shelf.h). Old ones are
 * removed only after a new one has been written and read back: while backups fail, the old ones stay. */
#ifndef LYKTA_BACKUP_NIGHTLY_H
#define LYKTA_BACKUP_NIGHTLY_H

#include "base/err.h"

#include <stdbool.h>
#include <stdint.h>

struct arena;
struct backup_history;
struct config;

/* [backup] of lykta.conf. */
struct nightly {
    const char *folder; /* NULL: the city makes no backups by itself */
    int minute;         /* since midnight, Swedish time */
    int every; /* minutes between two in the day: what can be lost with the machine; 0: none in the day */
    int days;  /* a backup is kept; the law's limit on deleted reports reaches into backups, too */
    int trial_days; /* between two trials that a backup comes back */
};

/* In `a`. BAD_INPUT names the setting that cannot be used. */
enum status nightly_read(const struct config *c, struct arena *a, struct nightly *out,
                         struct err *e) MUST_USE;

/* Is the night's backup, or the next of the day, still to be made at `now_at`? */
bool nightly_is_due(const struct nightly *n, const struct backup_history *h, int64_t now_at);

/* Is there a backup, and none has come back on trial for so long? */
bool nightly_is_trial_due(const struct nightly *n, const struct backup_history *h, int64_t now_at);

#endif

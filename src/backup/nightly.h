/* Backups that a served city makes by itself: where, when, what they are called and how long they are kept.
 *
 * Only files with a name of our own making are ever removed, and only after a new backup has been written and
 * read back: while backups fail, the old ones stay. */
#ifndef LYKTA_BACKUP_NIGHTLY_H
#define LYKTA_BACKUP_NIGHTLY_H

#include "base/date.h"
#include "base/err.h"
#include "base/str.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;
struct backup_history;
struct city;
struct config;

/* [backup] of lykta.conf. */
struct nightly {
    const char *folder; /* NULL: the city makes no backups by itself */
    int minute;         /* since midnight, Swedish time */
    int days;           /* a backup is kept; the law's limit on deleted reports reaches into backups, too */
    int trial_days;     /* between two trials that a backup comes back */
};

/* In `a`. BAD_INPUT names the setting that cannot be used. */
enum status nightly_read(const struct config *c, struct arena *a, struct nightly *out,
                         struct err *e) MUST_USE;

/* Is the night's backup still to be made at `now_at`? */
bool nightly_is_due(const struct nightly *n, const struct backup_history *h, int64_t now_at);

/* Is there a backup, and none has come back on trial for so long? */
bool nightly_is_trial_due(const struct nightly *n, const struct backup_history *h, int64_t now_at);

/* "lykta-1281-2026-11-26-0200.lykta": the backup of the municipality's city at a moment, in `a`. */
const char *nightly_name(struct str municipality, int64_t at, struct arena *a);

/* Is `name` such a name, of that municipality? *day is the day in it. */
bool nightly_name_is(struct str name, struct str municipality, struct date *day);

/* Removes the backups that are older than n->days days at `now_at`; *gone is how many. SYSTEM when one cannot
 * be removed. */
enum status nightly_clear(const struct nightly *n, const struct city *city, int64_t now_at, size_t *gone,
                          struct err *e) MUST_USE;

#endif

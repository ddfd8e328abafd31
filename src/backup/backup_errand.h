/* The nightly backup of a served city. Looked at every minute; what a killed backup has left is removed at
 * the start. A failure is told in the log of the program and, once a night, in the audit log; it is tried
 * again every hour. */
#ifndef LYKTA_BACKUP_BACKUP_ERRAND_H
#define LYKTA_BACKUP_BACKUP_ERRAND_H

#include "base/err.h"
#include "store/errand.h"

#include <stdbool.h>
#include <stdint.h>

struct progress;

/* What the errand keeps from minute to minute. */
struct backup_watch {
    const struct city *city;
    struct db *db;
    const struct progress *progress;
    int64_t failed_at; /* 0: the latest attempt did not fail */
};

/* What is done each minute. *has_run: a backup was made, and old ones removed. */
enum status backup_look(struct backup_watch *w, int64_t now_at, bool *has_run, struct err *e) MUST_USE;

extern const struct errand backup_errand;

#endif

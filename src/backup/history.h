/* How a city's backups have gone, as the audit log has it: it is the one place where nothing is changed
 * afterwards. */
#ifndef LYKTA_BACKUP_HISTORY_H
#define LYKTA_BACKUP_HISTORY_H

#include "base/err.h"
#include "base/str.h"

#include <stdbool.h>
#include <stdint.h>

struct arena;
struct db;
struct who;

/* Something that has happened; at == 0: never. */
struct backup_event {
    int64_t at;
    struct str detail; /* the file's name without its folder, or why it failed */
};

/* The latest of each. */
struct backup_history {
    struct backup_event done;   /* written, and read back from the disk as it was written */
    struct backup_event failed; /* of the nightly ones */
    struct backup_event trial;  /* a backup was unpacked and found whole */
};

/* In `a`. */
enum status backup_history_read(struct db *db, struct arena *a, struct backup_history *out,
                                struct err *e) MUST_USE;

/* Was the latest attempt a failure? */
bool backup_history_is_failing(const struct backup_history *h);

enum status backup_note_done(struct db *db, const struct who *who, const char *path, struct err *e) MUST_USE;
enum status backup_note_failed(struct db *db, const struct who *who, const char *why, struct err *e) MUST_USE;
enum status backup_note_trial(struct db *db, const struct who *who, const char *path, struct err *e) MUST_USE;

#endif

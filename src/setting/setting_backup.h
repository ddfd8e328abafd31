/* How the city's backups stand, for the page of settings. */
#ifndef LYKTA_SETTING_SETTING_BACKUP_H
#define LYKTA_SETTING_SETTING_BACKUP_H

#include "base/err.h"
#include "base/str.h"

#include <stdbool.h>
#include <stdint.h>

struct arena;
struct city;
struct db;

/* Moments are as "2026-11-26 02.00", Swedish time, and empty for what has never been. */
struct setting_backup {
    bool is_nightly; /* the city makes one each night by itself */
    struct str done_at, name;
    struct str failed_at, reason; /* of the latest attempt, when it failed */
    struct str trial_at;
    bool is_trial_due;
};

/* As it stands in the log at `now_at`; texts are in `a`. */
enum status setting_backup_read(const struct city *city, struct db *db, int64_t now_at, struct arena *a,
                                struct setting_backup *out, struct err *e) MUST_USE;

#endif

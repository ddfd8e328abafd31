/* The folder that backups of a served city lie in: what they are called, which of them go, and which one is
 * of a moment. Only plain files with a name of our own making are ever removed. */
#ifndef LYKTA_BACKUP_SHELF_H
#define LYKTA_BACKUP_SHELF_H

#include "base/date.h"
#include "base/err.h"
#include "base/str.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;

/* Between them each day has the first of its backups alone. */
enum { SHELF_FINE_DAYS = 2 };

/* A moment on Swedish walls. */
struct shelf_moment {
    struct date day;
    int minute; /* since midnight */
};

struct shelf_backup {
    struct str name;         /* "lykta-1281-2026-11-26-0200.lykta" */
    struct str municipality; /* "1281", in it */
    struct shelf_moment at;
};

/* The name of a backup of the municipality's city, made at `at` (seconds UTC), in `a`. */
const char *shelf_name(struct str municipality, int64_t at, struct arena *a);

/* Is `name` one? *out then has its parts, which point into it. */
bool shelf_name_read(struct str name, struct shelf_backup *out);

/* Removes backups of the municipality's city: what is more than `days` old at `now_at`, and of each day
 * before the last SHELF_FINE_DAYS all but the first. *gone is how many. SYSTEM when one cannot be removed. */
enum status shelf_clear(const char *folder, struct str municipality, int days, int64_t now_at, size_t *gone,
                        struct err *e) MUST_USE;

/* The path of the newest backup that was begun at `wanted` or before, in `a`. BAD_INPUT when there is none,
 * or the folder holds backups of several cities; SYSTEM when it cannot be read. */
enum status shelf_at(const char *folder, const struct shelf_moment *wanted, struct arena *a,
                     const char **path, struct err *e) MUST_USE;

#endif

/* What a city has chosen, as it stands now: lykta.conf, and before it what an administrator has changed in
 * the portal while the city is served.
 *
 * A change is a row of the table `setting` and a line in the audit log, in one transaction. Who serves the
 * city takes it over with settings_refresh; what was there before lives until settings_close, so that nobody
 * reads a text that has gone. */
#ifndef LYKTA_STORE_SETTINGS_H
#define LYKTA_STORE_SETTINGS_H

#include "base/err.h"
#include "base/str.h"
#include "store/config.h"

#include <stdint.h>

struct arena;
struct db;
struct settings_now;
struct who;

struct settings {
    int64_t version; /* raised by every change */
    struct str name; /* of the city */
    struct config config;
};

/* One thing an administrator may change. */
struct settings_choice {
    const char *name; /* "site.email": for the table, the log and the questions */
    size_t offset;    /* of its struct str in struct settings */
};

/* All of them; the last has no name. */
extern const struct settings_choice settings_choices[];

struct str settings_value(const struct settings *s, const struct settings_choice *choice);

/* What holds in the database: `file` with the changes. Texts are in `a`, or those of `file`. */
enum status settings_read(struct db *db, const struct config *file, struct arena *a, struct settings *out,
                          struct err *e) MUST_USE;

/* The names of what has been changed in the portal and goes before lykta.conf, with ", " between; in `a`. */
enum status settings_changed(struct db *db, struct arena *a, struct str *names, struct err *e) MUST_USE;

/* Keeps what differs in `wanted`, a line in the audit log for each: which, from what, to what. A value that
 * lykta.conf has too is no longer a change. REFUSED when somebody has changed a setting since
 * wanted->version. */
enum status settings_save(struct db *db, const struct who *who, const struct config *file,
                          const struct settings *wanted, struct err *e) MUST_USE;

/* Notes with `action` that something beside the database has changed that is read together with the settings:
 * a password. */
enum status settings_note(struct db *db, const struct who *who, const char *action, struct err *e) MUST_USE;

/* For struct city: the settings as threads share them. `file` outlives *out. */
enum status settings_open(struct db *db, const struct config *file, struct settings_now **out,
                          struct err *e) MUST_USE;
/* NULL is harmless. */
void settings_close(struct settings_now *now);

/* Takes over what has been changed in the database. Any thread may, with a connection of its own. */
enum status settings_refresh(struct settings_now *now, struct db *db, struct err *e) MUST_USE;

/* Never NULL; lives until settings_close. */
const struct settings *settings_get(const struct settings_now *now);

#endif

/* How a city's backups have gone. */
#include "backup/history.h"

#include "base/arena.h"
#include "store/audit.h"

#include <string.h>

enum { WHY_MOST_BYTES = 300 };

static enum status read_latest(struct db *db, const char *action, struct arena *a, struct backup_event *out,
                               struct err *e)
{
    const struct audit_search search = {.action = str_of(action)};
    struct audit_entries found = {0, NULL};

    *out = (struct backup_event){0, S("")};
    TRY(audit_find(db, &search, 1, a, &found, e));
    if (found.n > 0)
        *out = (struct backup_event){found.entry[0].at, found.entry[0].detail};
    return OK;
}

enum status backup_history_read(struct db *db, struct arena *a, struct backup_history *out, struct err *e)
{
    TRY(read_latest(db, "city.backup_done", a, &out->done, e));
    TRY(read_latest(db, "city.backup_failed", a, &out->failed, e));
    return read_latest(db, "city.backup_trial", a, &out->trial, e);
}

bool backup_history_is_failing(const struct backup_history *h)
{
    return h->failed.at > h->done.at;
}

static enum status note(struct db *db, const struct who *who, const char *action, struct str detail,
                        struct err *e)
{
    return audit_note(db, &(struct audit_line){.who = *who, .action = action, .detail = detail}, e);
}

/* Where backups lie is nobody's business who reads the log. */
static struct str file_name(const char *path)
{
    const char *slash = strrchr(path, '/');

    return str_of(slash ? slash + 1 : path);
}

enum status backup_note_done(struct db *db, const struct who *who, const char *path, struct err *e)
{
    return note(db, who, "city.backup_done", file_name(path), e);
}

enum status backup_note_failed(struct db *db, const struct who *who, const char *why, struct err *e)
{
    return note(db, who, "city.backup_failed", str_part(str_of(why), 0, WHY_MOST_BYTES), e);
}

enum status backup_note_trial(struct db *db, const struct who *who, const char *path, struct err *e)
{
    return note(db, who, "city.backup_trial", file_name(path), e);
}

/* A trial that a backup comes back. */
#include "command/trial.h"

#include "backup/history.h"
#include "base/arena.h"
#include "base/file.h"
#include "command/whole.h"
#include "keyring/keyring.h"
#include "store/audit.h"
#include "store/city.h"

#include <string.h>

/* The chain's hash at a line is what everything before it was: another city's log has another. */
static enum status check_origin(const struct trial *t, const struct city *city, const struct audit_head *head,
                                struct arena *a, struct err *e)
{
    const struct audit_search search = {.up_to = head->last};
    struct audit_entries found = {0, NULL};

    TRY(audit_find(city->db, &search, 1, a, &found, e));
    if (found.n == 0 || found.entry[0].id != head->last || found.entry[0].hash.n != AUDIT_HASH_BYTES ||
        memcmp(found.entry[0].hash.p, head->hash, AUDIT_HASH_BYTES) != 0)
        return err_set(e, REFUSED, "%s: is whole, and is no backup of the city %s", t->backup, t->city);
    return OK;
}

static enum status try_out(const struct trial *t, struct city *city, struct arena *a,
                           struct trial_result *out, struct err *e)
{
    const struct who who = {.name = "command line", .now_at = t->now_at};
    struct whole whole = {0};
    size_t applied = 0;

    TRY(backup_unpack(t->backup, t->key, t->folder, &out->size, e));
    TRY(keyring_migrate(t->folder, t->now_at, &applied, e));
    TRY(city_whole(t->folder, &whole, e));
    TRY(check_origin(t, city, &whole.head, a, e));
    out->last = whole.head.last;
    return backup_note_trial(city->db, &who, t->backup, e);
}

enum status trial_run(const struct trial *t, struct arena *a, struct trial_result *out, struct err *e)
{
    struct city *city = NULL;

    TRY(city_open(t->city, DB_WRITE, &city, e));
    enum status s = try_out(t, city, a, out, e);
    folder_remove(t->folder);
    city_close(city);
    return s;
}

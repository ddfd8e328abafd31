/* Backups: a key to seal them with, how old the latest is, and whether one has come back on trial. */
#include "check/check.h"

#include "backup/backup.h"
#include "backup/history.h"
#include "backup/nightly.h"
#include "base/arena.h"
#include "calendar/stockholm.h"
#include "store/city.h"

static const char what[] = "backup";

/* A night may be late; two are a fault. */
enum { OLD_SECONDS = 48 * 60 * 60 };

static struct str moment(int64_t at, struct findings *out)
{
    return stockholm_moment(at, out->arena);
}

static void check_key(const struct city *city, struct findings *out)
{
    unsigned char key[BACKUP_KEY_BYTES];
    struct err e;

    if (backup_key_of(city, key, &e) != OK)
        find_fault(out, what,
                   str_of(arena_printf(
                       out->arena, "lykta backup %s --make-key FILE, and take FILE away from this machine.",
                       city->path)),
                   "there is no key to seal backups with: %s", e.what);
}

bool check_backup_is_old(const struct backup_history *h, int64_t now_at)
{
    return h->done.at < now_at - OLD_SECONDS;
}

static void check_age(const struct nightly *n, const struct backup_history *h, int64_t now_at,
                      struct findings *out)
{
    const struct str act =
        n->folder ? S("See that lykta serve runs, and what it says of the backup.")
                  : S("Name a folder on another disk in [backup] of lykta.conf, or run lykta backup.");

    if (backup_history_is_failing(h))
        find_fault(out, what, S("Put right what is wrong; it is tried again every hour."),
                   "the backup of %.*s could not be written: %.*s", STR(moment(h->failed.at, out)),
                   STR(h->failed.detail));
    if (h->done.at == 0)
        find_fault(out, what, act, "there has never been a backup");
    else if (check_backup_is_old(h, now_at))
        find_fault(out, what, act, "the latest, %.*s, is of %.*s", STR(h->done.detail),
                   STR(moment(h->done.at, out)));
    else
        find_good(out, what, "the latest, %.*s, is of %.*s", STR(h->done.detail),
                  STR(moment(h->done.at, out)));
}

static void check_trial(const struct city *city, const struct nightly *n, const struct backup_history *h,
                        int64_t now_at, struct findings *out)
{
    const struct str act = str_of(arena_printf(
        out->arena, "lykta restore FILE %s --trial --key KEY, with the latest backup.", city->path));

    if (!nightly_is_trial_due(n, h, now_at))
        find_good(out, what, "a backup came back on trial %.*s", STR(moment(h->trial.at, out)));
    else if (h->trial.at == 0)
        find_fault(out, what, act, "nobody has tried whether a backup comes back");
    else
        find_fault(out, what, act, "a backup came back on trial %.*s, and none in %d days since",
                   STR(moment(h->trial.at, out)), n->trial_days);
}

void check_backups(const struct city *city, int64_t now_at, struct findings *out)
{
    struct backup_history history;
    struct nightly n;
    struct err e;

    check_key(city, out);
    if (nightly_read(&city->file, out->arena, &n, &e) != OK) {
        find_fault(out, what, S("Put it right in lykta.conf."), "%s", e.what);
        return;
    }
    if (backup_history_read(city->db, out->arena, &history, &e) != OK) {
        find_fault(out, what, S("See what is said of the database."), "%s", e.what);
        return;
    }
    check_age(&n, &history, now_at, out);
    if (history.done.at > 0)
        check_trial(city, &n, &history, now_at, out);
}

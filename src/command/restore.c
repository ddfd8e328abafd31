/* lykta restore: a city out of its backup. */
#include "command/command.h"

#include "backup/backup.h"
#include "backup/shelf.h"
#include "base/arena.h"
#include "base/date.h"
#include "base/file.h"
#include "calendar/night.h"
#include "command/trial.h"
#include "command/whole.h"
#include "keyring/keyring.h"
#include "retention/retention_work.h"
#include "seal/secret.h"
#include "store/city.h"
#include "store/db.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { DATE_BYTES = 10 };

static enum status run(const struct call *call, struct err *e);

static const struct option options[] = {
    {"--key", "FILE", "The secret half of the city's backup key"},
    {"--at", "TIME", "FILE is a folder of backups: take the newest that is not later, by Swedish clocks"},
    {"--trial", NULL, "Only try: DIR is the city the backup is of, and stays as it is"},
    {NULL, NULL, NULL},
};

const struct command command_restore = {
    .name = "restore",
    .arguments = "FILE DIR",
    .summary = "Bring a city back from its backup",
    .about =
        "Unpacks the backup FILE beside DIR, checks it as lykta verify does, deletes what was due to be deleted\n"
        "since (lykta retention), and only then puts it at DIR, which must not be there yet.\n\n"
        "With --at FILE is the folder of [backup] in lykta.conf, and the newest backup that was begun at that time or\n"
        "before is taken: how a city was before a mistake. What came after it is not in it.\n\n"
        "What somebody asked to have deleted after the backup was made comes back with it, and the backup cannot\n"
        "know of it: look in the audit log you have kept, or ask the data protection officer, before the city is\n"
        "served. The backup key itself is not changed.\n\n"
        "With --trial DIR is the city itself, which may be served meanwhile. The backup is unpacked beside it, checked in\n"
        "the same way, held against the city's audit log, and removed. That it came back is noted in the log and shown to\n"
        "the administrator. Bring the key on a memory stick, and take it away again.",
    .examples = "  lykta restore /backup/lund-2026-11-25.lykta lund --key /media/usb/lund.backup-key\n"
                "  lykta verify lund\n"
                "  lykta restore /backup lund --at \"2026-11-26 14:05\" --key /media/usb/lund.backup-key\n"
                "  lykta restore /backup/lund-2026-11-25.lykta lund --trial --key /media/usb/lund.backup-key",
    .least = 2,
    .most = 2,
    .options = options,
    .run = run,
};

static enum status note(struct city *city, const struct who *who, struct err *e)
{
    const struct audit_line line = {.who = *who, .action = "city.restore"};

    TRY(db_change(city->db, e));
    return db_change_end(city->db, OK, &line, e);
}

static int64_t deleted(const struct retention_classes *gone)
{
    int64_t n = 0;

    for (size_t i = 0; i < gone->n; i++)
        n += retention_deletes(gone->class[i].rule) ? gone->class[i].n : 0;
    return n;
}

/* What was due since the backup was made is deleted before anybody can see it. */
static enum status clear(const char *folder, struct arena *a, int64_t *n, struct err *e)
{
    const struct who who = {.name = "command line", .now_at = (int64_t)time(NULL)};
    struct retention_classes gone = {0};
    struct city *city = NULL;

    enum status s = city_open(folder, DB_WRITE, &city, e);
    if (s == OK)
        s = note(city, &who, e);
    if (s == OK)
        s = retention_clear(city, city->db, &who, a, &gone, e);
    if (s == OK && deleted(&gone) > 0)
        s = retention_scrub(city, city->db, e);
    if (s == REFUSED) /* disposal was frozen when the backup was made: nothing may be deleted, and the city is
                         whole */
        s = OK;
    city_close(city);
    *n = s == OK ? deleted(&gone) : 0;
    return s;
}

/* A backup on its way back. */
struct restoring {
    const char *backup;
    const struct backup_key *key;
    const char *folder; /* where it is unpacked */
    const char *place;  /* of the city */
};

static enum status restore(const struct call *call, const struct restoring *r, struct err *e)
{
    struct backup_size size = {0};
    struct whole whole = {0};
    int64_t rows = 0;
    size_t applied = 0;

    TRY(backup_unpack(r->backup, r->key, r->folder, &size, e));
    TRY(keyring_migrate(r->folder, (int64_t)time(NULL), &applied, e));
    TRY(city_whole(r->folder, &whole, e));
    TRY(clear(r->folder, call->arena, &rows, e));
    TRY(folder_commit(r->folder, r->place, e));
    printf(
        "%s: %" PRIu64 " files of %s are back and whole, %zu releases among them. %" PRId64
        " rows whose time had passed were deleted.\n"
        "Audit head of the backup: %" PRId64 "\n"
        "What somebody asked to have deleted after the backup was made is back: see to it before you serve "
        "the city.\n",
        r->place, size.files, r->backup, whole.releases, rows, whole.head.last);
    return OK;
}

/* "lund/" is "lund": what is unpacked stands beside it, not in it. */
static const char *without_slashes(const char *path, struct arena *a)
{
    size_t n = strlen(path);

    while (n > 1 && path[n - 1] == '/')
        n--;
    return arena_cstr(a, path, n);
}

static enum status try_out(const struct call *call, const struct restoring *r, struct err *e)
{
    const struct trial t = {.backup = r->backup,
                            .key = r->key,
                            .city = r->place,
                            .folder = r->folder,
                            .now_at = (int64_t)time(NULL)};
    struct trial_result result = {0};

    TRY(trial_run(&t, call->arena, &result, e));
    printf("%s: comes back. %" PRIu64 " files are whole, with an audit log to line %" PRId64
           "; noted in %s, which is as it was.\n",
           t.backup, result.size.files, result.last, t.city);
    return OK;
}

static enum status check_place(const char *place, bool is_trial, struct err *e)
{
    if (!is_trial && access(place, F_OK) == 0)
        return err_set(e, BAD_INPUT, "%s: is there already", place);
    return OK;
}

/* "2026-11-26 14:05". */
static bool read_moment(struct str text, struct shelf_moment *out)
{
    return text.n > DATE_BYTES && (text.p[DATE_BYTES] == ' ' || text.p[DATE_BYTES] == 'T') &&
           date_from_str(str_part(text, 0, DATE_BYTES), &out->day) &&
           night_minute(str_part(text, DATE_BYTES + 1, text.n), &out->minute);
}

/* The backup that is named, or, in a folder of them, the one of a moment. */
static enum status find_backup(const struct call *call, const char **backup, struct err *e)
{
    const char *at = call_option(call, "--at");
    struct shelf_moment wanted;

    *backup = call->arguments[0];
    if (!at)
        return OK;
    if (!read_moment(str_of(at), &wanted))
        return err_set(e, USAGE, "--at %.40s: expected a day and a time as \"2026-11-26 14:05\"", at);
    return shelf_at(call->arguments[0], &wanted, call->arena, backup, e);
}

static enum status run(const struct call *call, struct err *e)
{
    const bool is_trial = call_has(call, "--trial");
    const char *path = call_option(call, "--key");
    const char *place = without_slashes(call->arguments[1], call->arena);
    const char *folder = arena_printf(call->arena, "%s.restore-%ld", place, (long)getpid());
    struct restoring r = {.folder = folder, .place = place};

    if (!path)
        return err_set(e, USAGE, "lykta restore: expected --key FILE; see lykta help restore");
    TRY(check_place(place, is_trial, e));
    TRY(find_backup(call, &r.backup, e));
    struct backup_key *key = secret_open(sizeof *key);
    enum status s = backup_key_read(path, key, e);
    if (s == OK) {
        r.key = key;
        s = (is_trial ? try_out : restore)(call, &r, e);
        folder_remove(folder); /* what is in its place is not there any more */
    }
    secret_close(key);
    return s;
}

/* How the system is, as it can be seen from a request. */
#include "status/status.h"

#include "backup/backup.h"
#include "backup/nightly.h"
#include "base/arena.h"
#include "mail/mail_settings.h"
#include "status/running.h"
#include "store/city.h"
#include "web/server.h"
#include "web/tally.h"

#include <stdatomic.h>
#include <sys/stat.h>

static void look_at_machine(const struct city *city, struct arena *a, struct status_facts *out)
{
    static const char *const databases[] = {"lykta.db", "sealed.db"};
    struct stat info;

    out->folder = findings_open(a);
    check_folder(city->path, &out->folder);
    check_keys(city->path, &out->folder);
    out->disks = check_disks(city, a, out->disk);
    out->clock_set_at = check_clock_set_at();
    out->is_in_server = city_is_in_server(city);
    for (size_t i = 0; i < sizeof databases / sizeof *databases; i++)
        if (stat(city_file(city, databases[i], a), &info) == 0)
            out->database_bytes += (uint64_t)info.st_size;
}

static enum status read_backups(const struct city *city, struct db *db, struct arena *a,
                                struct status_facts *out, struct err *e)
{
    unsigned char key[BACKUP_KEY_BYTES];
    struct nightly n;

    TRY(nightly_read(&city->file, a, &n, e));
    TRY(backup_history_read(db, a, &out->backups, e));
    out->has_backup_key = backup_key_of(city, key, e) == OK;
    out->is_nightly = n.folder != NULL;
    out->is_trial_due = nightly_is_trial_due(&n, &out->backups, out->now_at);
    return OK;
}

/* The password is read to see that it can be, and forgotten. */
static enum status read_mail(const struct city *city, struct db *db, struct arena *a,
                             struct status_facts *out, struct err *e)
{
    const struct settings *now = city_settings(city);
    struct arena *secret = arena_open_secret();
    struct mail_settings mail;

    out->has_mail_server = now->config.mail_server.n > 0;
    out->is_mail_usable = mail_settings_read(city, now, secret, &mail, e) == OK;
    arena_close(secret);
    return mail_standing(db, a, &out->mail, e);
}

static void count_requests(const struct tally *t, struct status_facts *out)
{
    out->is_counted = true;
    out->answers = (int64_t)tally_answers(t);
    for (size_t class = 0; class < TALLY_CLASSES; class ++) {
        out->failed += (int64_t)atomic_load(&t->answers[class][TALLY_STATUSES - 1]);
        for (size_t step = 1; step <= TALLY_STEPS; step++)
            if (tally_step_ms[step - 1] >= STATUS_SLOW_MS)
                out->slow += (int64_t)atomic_load(&t->took[class][step]);
    }
}

static void look_at_running(const struct running *running, struct status_facts *out)
{
    out->started_at = running->started_at;
    out->is_worker_seen = true;
    out->worker = keeper_state(running->keeper);
    out->errands = errand_board_state(running->board);
    const struct server *server = atomic_load(&running->server);
    if (server)
        count_requests(server_tally(server), out);
}

enum status status_read(const struct city *city, struct db *db, const struct running *running, int64_t now_at,
                        struct arena *a, struct status_facts *out, struct err *e)
{
    *out = (struct status_facts){.now_at = now_at, .address = city_settings(city)->config.address};
    look_at_machine(city, a, out);
    TRY(read_backups(city, db, a, out, e));
    TRY(read_mail(city, db, a, out, e));
    if (running)
        look_at_running(running, out);
    return OK;
}

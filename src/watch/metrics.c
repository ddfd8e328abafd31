/* How a served city is, as counts. */
#include "watch/metrics.h"

#include "backup/history.h"
#include "base/text.h"
#include "mail/mail.h"
#include "process/keeper.h"
#include "store/city.h"
#include "watch/watch.h"
#include "web/server.h"
#include "web/tally.h"

#include <inttypes.h>
#include <sys/stat.h>
#include <sys/statvfs.h>

static const char *const class_name[TALLY_CLASSES] = {[TALLY_PAGE] = "page",
                                                      [TALLY_FORM] = "form",
                                                      [TALLY_PORTAL_PAGE] = "portal_page",
                                                      [TALLY_PORTAL_FORM] = "portal_form",
                                                      [TALLY_FILE] = "file",
                                                      [TALLY_OTHER] = "other"};

/* Two lines before the values of `name`; `type` is counter, gauge or histogram. */
static void head(struct text *out, const char *name, const char *type, const char *help)
{
    text_format(out, "# HELP %s %s\n# TYPE %s %s\n", name, help, name, type);
}

static void gauge(struct text *out, const char *name, const char *help, int64_t value)
{
    head(out, name, "gauge", help);
    text_format(out, "%s %" PRId64 "\n", name, value);
}

static void write_answers(const struct tally *t, struct text *out)
{
    head(out, "lykta_answers_total", "counter",
         "Requests answered, by kind of page and first digit of the status.");
    for (int class = 0; class < TALLY_CLASSES; class ++)
        for (int status = 0; status < TALLY_STATUSES; status++)
            text_format(out, "lykta_answers_total{kind=\"%s\",status=\"%dxx\"} %llu\n", class_name[class],
                        status + 1, atomic_load(&t->answers[class][status]));
}

/* Each step counts all that took no longer: sums of ours. */
static void write_times_of(const struct tally *t, int class, struct text *out)
{
    const char *kind = class_name[class];
    unsigned long long so_far = 0;

    for (size_t step = 0; step <= TALLY_STEPS; step++) {
        so_far += atomic_load(&t->took[class][step]);
        if (step < TALLY_STEPS)
            text_format(out, "lykta_answer_seconds_bucket{kind=\"%s\",le=\"%g\"} %llu\n", kind,
                        (double)tally_step_ms[step] / 1000, so_far);
    }
    text_format(out, "lykta_answer_seconds_bucket{kind=\"%s\",le=\"+Inf\"} %llu\n", kind, so_far);
    text_format(out, "lykta_answer_seconds_sum{kind=\"%s\"} %.3f\n", kind,
                (double)atomic_load(&t->took_ms[class]) / 1000);
    text_format(out, "lykta_answer_seconds_count{kind=\"%s\"} %llu\n", kind, so_far);
}

static void write_server(struct server *server, struct text *out)
{
    const struct tally *t = server_tally(server);
    struct door_load load = server_load(server);

    write_answers(t, out);
    head(out, "lykta_answer_seconds", "histogram", "How long requests took, from their head to the answer.");
    for (int class = 0; class < TALLY_CLASSES; class ++)
        write_times_of(t, class, out);
    gauge(out, "lykta_connections", "Connections that are open.", load.inside);
    gauge(out, "lykta_connections_most", "Connections there is room for.", load.room);
    head(out, "lykta_connections_sent_away_total", "counter",
         "Connections ended since they asked for nothing while others waited.");
    text_format(out, "lykta_connections_sent_away_total %" PRId64 "\n", load.sent_away);
}

static enum status write_mail(struct db *db, int64_t now_at, struct text *out, struct err *e)
{
    struct mail_standing m;

    TRY(mail_standing(db, out->arena, &m, e));
    head(out, "lykta_letters", "gauge",
         "Letters that wait, that nobody knows the fate of, and that did not arrive.");
    text_format(out, "lykta_letters{state=\"waiting\"} %" PRId64 "\n", m.queued);
    text_format(out, "lykta_letters{state=\"unsure\"} %" PRId64 "\n", m.unsure);
    text_format(out, "lykta_letters{state=\"failed\"} %" PRId64 "\n", m.failed);
    gauge(out, "lykta_mail_server_down_seconds", "How long the mail server has not answered; 0: it does.",
          m.down_since > 0 ? now_at - m.down_since : 0);
    return OK;
}

static enum status write_backups(struct db *db, int64_t now_at, struct text *out, struct err *e)
{
    struct backup_history h;

    TRY(backup_history_read(db, out->arena, &h, e));
    if (h.done.at > 0)
        gauge(out, "lykta_backup_age_seconds", "Since the latest backup was made and read back.",
              now_at - h.done.at);
    if (h.trial.at > 0)
        gauge(out, "lykta_backup_trial_age_seconds", "Since a backup last came back on trial.",
              now_at - h.trial.at);
    gauge(out, "lykta_backup_failing", "1: the latest attempt failed.", backup_history_is_failing(&h));
    return OK;
}

static void write_disk(const struct city *city, struct text *out)
{
    static const char *const databases[] = {"lykta.db", "sealed.db"};
    struct statvfs disk;
    struct stat info;

    if (statvfs(city->path, &disk) == 0)
        gauge(out, "lykta_disk_free_bytes", "Room on the disk that the city is on.",
              (int64_t)disk.f_bavail * (int64_t)disk.f_frsize);
    head(out, "lykta_database_bytes", "gauge", "Size of each database.");
    for (size_t i = 0; i < sizeof databases / sizeof *databases; i++)
        if (stat(city_file(city, databases[i], out->arena), &info) == 0)
            text_format(out, "lykta_database_bytes{file=\"%s\"} %" PRId64 "\n", databases[i],
                        (int64_t)info.st_size);
}

static void write_worker(const struct keeper *keeper, struct text *out)
{
    struct keeper_state worker = keeper_state(keeper);

    gauge(out, "lykta_worker_up", "1: the worker, which does what nobody asks for, is there.", worker.is_up);
    head(out, "lykta_worker_starts_total", "counter",
         "How often the worker was started; 1: it has never ended.");
    text_format(out, "lykta_worker_starts_total %" PRId64 "\n", worker.starts);
}

enum status metrics_write(const struct watched *watched, struct db *db, int64_t now_at, struct text *out,
                          struct err *e)
{
    head(out, "lykta_build_info", "gauge", "Always 1: which version answers.");
    text_format(out, "lykta_build_info{version=\"%s\"} 1\n", LYKTA_VERSION);
    write_server(watched->server, out);
    write_worker(watched->keeper, out);
    TRY(write_mail(db, now_at, out, e));
    TRY(write_backups(db, now_at, out, e));
    write_disk(watched->city, out);
    return OK;
}

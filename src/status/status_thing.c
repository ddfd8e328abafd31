/* What is said of each thing. Where `lykta check` judges the same thing, its limits hold here (check.h). */
#include "status/status_thing.h"

#include "status/status.h"
#include "status/status_words.h"

/* The worker has an errand every second: when none has come to its end for so long, it stands still. Of
 * requests, one in a hundred may be slow, and a handful after the start. timesyncd sets the clock at least
 * every 35 minutes: one that was not set for a day is not looked after. */
enum { STILL_SECONDS = 600, SLOW_ONE_IN = 100, SLOW_FEW = 10, CLOCK_SECONDS = 24 * 60 * 60 };

/* What it means and what to do are for what is not well. */
static struct status_thing well(enum text_key title, struct str is)
{
    return (struct status_thing){.state = STATUS_WELL, .title = title, .is = is};
}

static struct status_thing unseen(const struct status_voice *v, enum text_key title, struct str is)
{
    return (struct status_thing){
        .state = STATUS_UNSEEN, .title = title, .is = is, .act = status_text(v, TEXT_STATUS_LOOK)};
}

static struct status_thing version(const struct status_facts *f, const struct status_voice *v)
{
    const struct insertion number = insertion("version", LYKTA_VERSION);
    struct str is = status_say(v, TEXT_STATUS_VERSION_IS, &number, 1);

    if (f->started_at > 0)
        is = status_join(v, is, status_at(v, TEXT_STATUS_VERSION_STARTED, f->started_at));
    return well(TEXT_STATUS_VERSION, is);
}

static struct status_thing folder(const struct status_facts *f, const struct status_voice *v)
{
    if (findings_faults(&f->folder) == 0)
        return well(TEXT_STATUS_FOLDER, status_text(v, TEXT_STATUS_FOLDER_WELL));
    return (struct status_thing){.state = STATUS_NOW,
                                 .title = TEXT_STATUS_FOLDER,
                                 .is = status_text(v, TEXT_STATUS_FOLDER_BAD),
                                 .means = status_text(v, TEXT_STATUS_FOLDER_MEANS),
                                 .act = status_text(v, TEXT_STATUS_FOLDER_ACT),
                                 .details = f->folder.n,
                                 .detail = f->folder.finding};
}

static struct str disk_is(const struct check_disk *d, enum text_key which, const struct status_voice *v)
{
    const struct insertion room[] = {insertion("which", status_text(v, which)),
                                     insertion("free", status_size(v, d->room.free)),
                                     insertion("needed", status_size(v, d->room.needed))};

    return d->why == 0 ? status_say(v, TEXT_STATUS_DISK_ROOM, room, 3)
                       : status_say(v, TEXT_STATUS_DISK_UNSEEN, room, 1);
}

static struct status_thing disk(const struct status_facts *f, const struct status_voice *v)
{
    static const enum text_key which[CHECK_DISKS] = {TEXT_STATUS_DISK_CITY, TEXT_STATUS_DISK_BACKUP};
    struct status_thing t = well(TEXT_STATUS_DISK, S(""));

    for (size_t i = 0; i < f->disks; i++) {
        const struct check_disk *d = &f->disk[i];
        const enum status_state state = d->why != 0                     ? STATUS_UNSEEN
                                        : check_room_is_short(&d->room) ? STATUS_NOW
                                                                        : STATUS_WELL;

        t.is = status_join(v, t.is, disk_is(d, which[i], v));
        t.state = state < t.state ? state : t.state;
    }
    if (t.state == STATUS_NOW) {
        t.means = status_text(v, TEXT_STATUS_DISK_MEANS);
        t.act = status_text(v, TEXT_STATUS_DISK_ACT);
    } else if (t.state == STATUS_UNSEEN) {
        t.act = status_text(v, TEXT_STATUS_LOOK);
    }
    return t;
}

/* That it is not set cannot be seen from within the walls; that it is, can, where timesyncd does it. */
static struct status_thing clock_of(const struct status_facts *f, const struct status_voice *v)
{
    if (f->clock_set_at <= f->now_at - CLOCK_SECONDS)
        return unseen(v, TEXT_STATUS_CLOCK, status_text(v, TEXT_STATUS_CLOCK_UNSEEN));
    return well(TEXT_STATUS_CLOCK, status_at(v, TEXT_STATUS_CLOCK_WELL, f->clock_set_at));
}

/* A page that is shown has read it. That all of it is whole is proved by a trial of a backup, which reads
 * every page of the copy. */
static struct status_thing database(const struct status_facts *f, const struct status_voice *v)
{
    const struct insertion size = insertion("size", status_size(v, f->database_bytes));
    const struct str kind = f->is_in_server ? status_text(v, TEXT_STATUS_DATABASE_SERVER)
                                            : status_say(v, TEXT_STATUS_DATABASE_FILE, &size, 1);

    if (f->backups.trial.at > 0)
        return well(TEXT_STATUS_DATABASE,
                    status_join(v, kind, status_at(v, TEXT_STATUS_DATABASE_WHOLE, f->backups.trial.at)));
    return unseen(v, TEXT_STATUS_DATABASE, status_join(v, kind, status_text(v, TEXT_STATUS_DATABASE_UNSEEN)));
}

static struct status_thing backup_fault(const struct status_facts *f, const struct status_voice *v,
                                        struct str is, enum text_key act)
{
    return (struct status_thing){
        .state = STATUS_NOW,
        .title = TEXT_STATUS_BACKUP,
        .is = is,
        .means =
            status_text(v, f->backups.done.at > 0 ? TEXT_STATUS_BACKUP_LOST_SINCE : TEXT_STATUS_BACKUP_LOST),
        .act = status_text(v, act)};
}

static struct status_thing backup(const struct status_facts *f, const struct status_voice *v)
{
    const struct backup_history *h = &f->backups;
    const enum text_key act = f->is_nightly ? TEXT_STATUS_BACKUP_SEE : TEXT_STATUS_BACKUP_NAME;

    if (!f->has_backup_key)
        return backup_fault(f, v, status_text(v, TEXT_STATUS_BACKUP_KEYLESS), TEXT_STATUS_BACKUP_MAKE_KEY);
    if (backup_history_is_failing(h))
        return backup_fault(f, v, status_at(v, TEXT_STATUS_BACKUP_FAILED, h->failed.at),
                            TEXT_STATUS_BACKUP_WHY);
    if (h->done.at == 0)
        return backup_fault(f, v, status_text(v, TEXT_STATUS_BACKUP_NEVER), act);
    if (check_backup_is_old(h, f->now_at))
        return backup_fault(f, v, status_at(v, TEXT_STATUS_BACKUP_OLD, h->done.at), act);
    return well(TEXT_STATUS_BACKUP, status_at(v, TEXT_STATUS_BACKUP_WELL, h->done.at));
}

static struct status_thing trial(const struct status_facts *f, const struct status_voice *v)
{
    const int64_t at = f->backups.trial.at;

    if (at > 0 && !f->is_trial_due)
        return well(TEXT_STATUS_TRIAL, status_at(v, TEXT_STATUS_TRIAL_WELL, at));
    return (struct status_thing){.state = STATUS_SOON,
                                 .title = TEXT_STATUS_TRIAL,
                                 .is = at > 0 ? status_at(v, TEXT_STATUS_TRIAL_DUE, at)
                                              : status_text(v, TEXT_STATUS_TRIAL_NEVER),
                                 .means = status_text(v, TEXT_STATUS_TRIAL_MEANS),
                                 .act = status_text(v, TEXT_STATUS_TRIAL_ACT)};
}

static struct status_thing mail_fault(const struct status_facts *f, const struct status_voice *v,
                                      struct str is, enum text_key act)
{
    return (struct status_thing){
        .state = STATUS_NOW,
        .title = TEXT_STATUS_MAIL,
        .is = status_join(v, is, status_n(v, TEXT_STATUS_MAIL_WAITING, f->mail.queued)),
        .means = status_text(v, TEXT_STATUS_MAIL_MEANS),
        .act = status_text(v, act)};
}

static struct status_thing mail(const struct status_facts *f, const struct status_voice *v)
{
    const struct mail_standing *m = &f->mail;
    const struct str waiting = status_n(v, TEXT_STATUS_MAIL_WAITING, m->queued);
    const struct insertion lost[] = {insertion("failed", m->failed), insertion("unsure", m->unsure)};

    if (!f->has_mail_server)
        return mail_fault(f, v, status_text(v, TEXT_STATUS_MAIL_NO_SERVER), TEXT_STATUS_MAIL_NAME);
    if (!f->is_mail_usable)
        return mail_fault(f, v, status_text(v, TEXT_STATUS_MAIL_UNUSABLE), TEXT_STATUS_MAIL_CORRECT);
    if (m->down_since > 0)
        return mail_fault(f, v, status_at(v, TEXT_STATUS_MAIL_DOWN, m->down_since), TEXT_STATUS_MAIL_ASK);
    if (m->failed + m->unsure == 0)
        return well(TEXT_STATUS_MAIL, waiting);
    return (struct status_thing){.state = STATUS_SOON,
                                 .title = TEXT_STATUS_MAIL,
                                 .is = status_join(v, waiting, status_say(v, TEXT_STATUS_MAIL_LOST, lost, 2)),
                                 .means = status_text(v, TEXT_STATUS_MAIL_LOST_MEANS),
                                 .act = status_text(v, TEXT_STATUS_MAIL_LOST_ACT)};
}

static struct status_thing worker_fault(const struct status_voice *v, enum status_state state, struct str is)
{
    return (struct status_thing){
        .state = state,
        .title = TEXT_STATUS_WORKER,
        .is = is,
        .means = status_text(v, state == STATUS_NOW ? TEXT_STATUS_WORKER_MEANS : TEXT_STATUS_WORKER_LATE),
        .act = status_text(v, TEXT_STATUS_WORKER_ACT)};
}

static struct status_thing worker(const struct status_facts *f, const struct status_voice *v)
{
    const int64_t at = f->errands.round_at;

    if (!f->is_worker_seen)
        return unseen(v, TEXT_STATUS_WORKER, status_text(v, TEXT_STATUS_WORKER_UNSEEN));
    if (!f->worker.is_up)
        return worker_fault(v, STATUS_NOW, status_text(v, TEXT_STATUS_WORKER_DOWN));
    if (at > 0 && at < f->now_at - STILL_SECONDS)
        return worker_fault(v, STATUS_NOW, status_at(v, TEXT_STATUS_WORKER_STILL, at));
    const struct str is =
        at > 0 ? status_at(v, TEXT_STATUS_WORKER_WELL, at) : status_text(v, TEXT_STATUS_WORKER_NEW);
    if (f->errands.failing > 0)
        return worker_fault(v, STATUS_SOON,
                            status_join(v, is, status_n(v, TEXT_STATUS_WORKER_FAILING, f->errands.failing)));
    if (f->worker.starts > 1)
        return worker_fault(v, STATUS_SOON,
                            status_join(v, is, status_n(v, TEXT_STATUS_WORKER_AGAIN, f->worker.starts - 1)));
    return well(TEXT_STATUS_WORKER, is);
}

/* Whoever keeps the certificate, a front server mostly, is asked over the network: lykta check --network. */
static struct status_thing address(const struct status_facts *f, const struct status_voice *v)
{
    const struct insertion it = insertion("address", f->address);
    const bool is_there = f->address.n > 0;

    if (is_there && str_starts(f->address, S("https://"))) {
        struct status_thing t =
            unseen(v, TEXT_STATUS_ADDRESS, status_say(v, TEXT_STATUS_ADDRESS_UNSEEN, &it, 1));
        t.act = status_text(v, TEXT_STATUS_LOOK_NETWORK);
        return t;
    }
    return (struct status_thing){
        .state = is_there ? STATUS_NOW : STATUS_SOON,
        .title = TEXT_STATUS_ADDRESS,
        .is = is_there ? status_say(v, TEXT_STATUS_ADDRESS_PLAIN, &it, 1)
                       : status_text(v, TEXT_STATUS_ADDRESS_NONE),
        .means = status_text(v, is_there ? TEXT_STATUS_ADDRESS_PLAIN_MEANS : TEXT_STATUS_ADDRESS_NONE_MEANS),
        .act = status_text(v, is_there ? TEXT_STATUS_ADDRESS_PLAIN_ACT : TEXT_STATUS_ADDRESS_NONE_ACT)};
}

static struct status_thing requests(const struct status_facts *f, const struct status_voice *v)
{
    const struct insertion counts[] = {insertion("answers", f->answers), insertion("failed", f->failed),
                                       insertion("slow", f->slow)};
    const bool is_slow = f->slow >= SLOW_FEW && f->slow * SLOW_ONE_IN > f->answers;

    if (!f->is_counted)
        return unseen(v, TEXT_STATUS_REQUESTS, status_text(v, TEXT_STATUS_REQUESTS_UNSEEN));
    const struct str is = status_say(v, TEXT_STATUS_REQUESTS_IS, counts, 3);
    if (f->failed == 0 && !is_slow)
        return well(TEXT_STATUS_REQUESTS, is);
    return (struct status_thing){.state = STATUS_SOON,
                                 .title = TEXT_STATUS_REQUESTS,
                                 .is = is,
                                 .means = status_text(v, f->failed > 0 ? TEXT_STATUS_REQUESTS_FAILED_MEANS
                                                                       : TEXT_STATUS_REQUESTS_SLOW_MEANS),
                                 .act = status_text(v, TEXT_STATUS_REQUESTS_ACT)};
}

typedef struct status_thing look(const struct status_facts *f, const struct status_voice *v);

static look *const looks[STATUS_THINGS] = {version, folder, disk,   clock_of, database, backup,
                                           trial,   mail,   worker, address,  requests};

/* When it was last looked at: at this moment, unless somebody else has done it for us, or nobody. */
static int64_t looked_at(look *at, const struct status_thing *t, const struct status_facts *f)
{
    if (at == clock_of)
        return t->state == STATUS_WELL ? f->clock_set_at : 0;
    if (at == database)
        return f->backups.trial.at;
    return t->state == STATUS_UNSEEN ? 0 : f->now_at;
}

void status_judge(const struct status_facts *f, enum language language, struct arena *a,
                  struct status_thing out[STATUS_THINGS])
{
    const struct status_voice v = {catalogue_of(language), a};
    struct status_thing all[STATUS_THINGS];
    size_t n = 0;

    for (size_t i = 0; i < STATUS_THINGS; i++) {
        all[i] = looks[i](f, &v);
        const int64_t at = looked_at(looks[i], &all[i], f);

        all[i].is_just_now = at == f->now_at;
        all[i].looked_at = status_moment(&v, at);
    }
    for (int state = 0; state < STATUS_STATES; state++)
        for (size_t i = 0; i < STATUS_THINGS; i++)
            if ((int)all[i].state == state)
                out[n++] = all[i];
}

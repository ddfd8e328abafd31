/* Backups that a served city makes by itself. */
#include "backup/nightly.h"

#include "backup/history.h"
#include "base/arena.h"
#include "base/number.h"
#include "calendar/night.h"
#include "store/config.h"

enum { DAYS_MOST = 366, DAY_SECONDS = 24 * 60 * 60, DAY_MINUTES = 24 * 60 };

static enum status read_days(const char *name, struct str value, int *out, struct err *e)
{
    int64_t days = 0;

    if (!i64_from_str(value, 1, DAYS_MOST, &days))
        return err_set(e, BAD_INPUT, "lykta.conf: %s in [backup]: expected a number of days from 1 to %d",
                       name, (int)DAYS_MOST);
    *out = (int)days;
    return OK;
}

static enum status read_every(struct str value, int *out, struct err *e)
{
    int64_t minutes = 0;

    if (!i64_from_str(value, 0, DAY_MINUTES, &minutes))
        return err_set(e, BAD_INPUT,
                       "lykta.conf: every in [backup]: expected a number of minutes from 0 to %d",
                       (int)DAY_MINUTES);
    *out = (int)minutes;
    return OK;
}

enum status nightly_read(const struct config *c, struct arena *a, struct nightly *out, struct err *e)
{
    struct nightly n = {0};

    TRY(read_days("days", c->backup_days, &n.days, e));
    TRY(read_days("trial_days", c->backup_trial_days, &n.trial_days, e));
    TRY(read_every(c->backup_every, &n.every, e));
    if (!night_minute(c->backup_time, &n.minute))
        return err_set(e, BAD_INPUT, "lykta.conf: time in [backup]: expected a time of day as 02:00");
    if (c->backup_folder.n > 0 && c->backup_folder.p[0] != '/')
        return err_set(e, BAD_INPUT,
                       "lykta.conf: folder in [backup]: expected a whole path that begins with /");
    if (c->backup_folder.n > 0)
        n.folder = arena_cstr(a, c->backup_folder.p, c->backup_folder.n);
    *out = n;
    return OK;
}

bool nightly_is_due(const struct nightly *n, const struct backup_history *h, int64_t now_at)
{
    const bool is_night_due = h->done.at < night_turn_before(now_at, n->minute);
    const bool is_day_due = n->every > 0 && h->done.at <= now_at - (int64_t)n->every * 60;

    return n->folder && (is_night_due || is_day_due);
}

bool nightly_is_trial_due(const struct nightly *n, const struct backup_history *h, int64_t now_at)
{
    return h->done.at > 0 && h->trial.at < now_at - (int64_t)n->trial_days * DAY_SECONDS;
}

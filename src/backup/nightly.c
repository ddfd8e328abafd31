/* Backups that a served city makes by itself. */
#include "backup/nightly.h"

#include "backup/history.h"
#include "base/arena.h"
#include "base/number.h"
#include "calendar/night.h"
#include "calendar/stockholm.h"
#include "store/city.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { DAYS_MOST = 366, DAY_SECONDS = 24 * 60 * 60, DATE_BYTES = 10, CLOCK_BYTES = 4 };

static enum status read_days(const char *name, struct str value, int *out, struct err *e)
{
    int64_t days = 0;

    if (!i64_from_str(value, 1, DAYS_MOST, &days))
        return err_set(e, BAD_INPUT, "lykta.conf: %s in [backup]: expected a number of days from 1 to %d",
                       name, (int)DAYS_MOST);
    *out = (int)days;
    return OK;
}

enum status nightly_read(const struct config *c, struct arena *a, struct nightly *out, struct err *e)
{
    struct nightly n = {0};

    TRY(read_days("days", c->backup_days, &n.days, e));
    TRY(read_days("trial_days", c->backup_trial_days, &n.trial_days, e));
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
    return n->folder && h->done.at < night_turn_before(now_at, n->minute);
}

bool nightly_is_trial_due(const struct nightly *n, const struct backup_history *h, int64_t now_at)
{
    return h->done.at > 0 && h->trial.at < now_at - (int64_t)n->trial_days * DAY_SECONDS;
}

static const char *name_begin(struct str municipality, struct arena *a)
{
    return arena_printf(a, "lykta-%.*s-", STR(municipality));
}

const char *nightly_name(struct str municipality, int64_t at, struct arena *a)
{
    int minute = 0;
    char day[DATE_BYTES + 1];

    date_to_text(stockholm_day(at, &minute), day);
    return arena_printf(a, "%s%s-%02d%02d.lykta", name_begin(municipality, a), day, minute / 60, minute % 60);
}

static bool is_clock(struct str s)
{
    int64_t hours = 0;
    int64_t minutes = 0;

    return s.n == CLOCK_BYTES && i64_from_str(str_part(s, 0, 2), 0, 23, &hours) &&
           i64_from_str(str_part(s, 2, 2), 0, 59, &minutes);
}

bool nightly_name_is(struct str name, struct str municipality, struct date *day)
{
    struct arena *a = arena_open();
    struct str begin = str_of(name_begin(municipality, a));
    struct str rest = str_part(name, begin.n, name.n);
    bool is = str_starts(name, begin) && rest.n == DATE_BYTES + 1 + CLOCK_BYTES + sizeof ".lykta" - 1 &&
              rest.p[DATE_BYTES] == '-' && is_clock(str_part(rest, DATE_BYTES + 1, CLOCK_BYTES)) &&
              str_ends(rest, S(".lykta")) && date_from_str(str_part(rest, 0, DATE_BYTES), day);

    arena_close(a);
    return is;
}

/* A link with such a name is not of our making. */
static enum status remove_file(int folder, const char *name, size_t *gone, struct err *e)
{
    struct stat info;

    if (fstatat(folder, name, &info, AT_SYMLINK_NOFOLLOW) != 0 || !S_ISREG(info.st_mode))
        return OK;
    if (unlinkat(folder, name, 0) != 0 && errno != ENOENT)
        return err_set(e, SYSTEM, "%s: an old backup cannot be removed: %s", name, strerror(errno));
    *gone += 1;
    return OK;
}

enum status nightly_clear(const struct nightly *n, const struct city *city, int64_t now_at, size_t *gone,
                          struct err *e)
{
    const int64_t oldest = date_days(stockholm_day(now_at, NULL)) - n->days;
    DIR *folder = opendir(n->folder);
    enum status s = OK;

    *gone = 0;
    if (!folder)
        return err_set(e, SYSTEM, "%s: cannot be read: %s", n->folder, strerror(errno));
    for (const struct dirent *one; s == OK && (one = readdir(folder)) != NULL;) {
        struct date day;

        if (nightly_name_is(str_of(one->d_name), city->municipality, &day) && date_days(day) < oldest)
            s = remove_file(dirfd(folder), one->d_name, gone, e);
    }
    closedir(folder);
    return s;
}

/* The folder that backups of a served city lie in. */
#include "backup/shelf.h"

#include "base/arena.h"
#include "base/number.h"
#include "calendar/stockholm.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { CODE_BYTES = 4, DATE_BYTES = 10, CLOCK_BYTES = 4, MOST = 100000 };

static const struct str begin = {"lykta-", 6};
static const struct str end = {".lykta", 6};

struct shelf {
    struct shelf_backup *backup; /* by municipality, the oldest first */
    size_t n;
};

const char *shelf_name(struct str municipality, int64_t at, struct arena *a)
{
    int minute = 0;
    char day[DATE_BYTES + 1];

    date_to_text(stockholm_day(at, &minute), day);
    return arena_printf(a, "%.*s%.*s-%s-%02d%02d%.*s", STR(begin), STR(municipality), day, minute / 60,
                        minute % 60, STR(end));
}

static bool read_clock(struct str s, int *minute)
{
    int64_t hours = 0;
    int64_t minutes = 0;
    bool is = s.n == CLOCK_BYTES && i64_from_str(str_part(s, 0, 2), 0, 23, &hours) &&
              i64_from_str(str_part(s, 2, 2), 0, 59, &minutes);

    *minute = (int)(60 * hours + minutes);
    return is;
}

bool shelf_name_read(struct str name, struct shelf_backup *out)
{
    const size_t day = begin.n + CODE_BYTES + 1;
    const size_t clock = day + DATE_BYTES + 1;
    int64_t code = 0;

    if (name.n != clock + CLOCK_BYTES + end.n || !str_starts(name, begin) || !str_ends(name, end) ||
        name.p[day - 1] != '-' || name.p[clock - 1] != '-')
        return false;
    *out = (struct shelf_backup){.name = name, .municipality = str_part(name, begin.n, CODE_BYTES)};
    return i64_from_str(out->municipality, 0, 9999, &code) &&
           date_from_str(str_part(name, day, DATE_BYTES), &out->at.day) &&
           read_clock(str_part(name, clock, CLOCK_BYTES), &out->at.minute);
}

/* Days and clocks are written so that they stand in order as letters. */
static int by_name(const void *a, const void *b)
{
    const struct shelf_backup *x = a;
    const struct shelf_backup *y = b;

    return memcmp(x->name.p, y->name.p, x->name.n);
}

static enum status cannot_read(const char *folder, struct err *e)
{
    return err_set(e, SYSTEM, "%s: cannot be read: %s", folder, strerror(errno));
}

static size_t count_files(DIR *folder)
{
    size_t n = 0;

    while (n < MOST && readdir(folder))
        n++;
    rewinddir(folder);
    return n;
}

static void read_shelf(DIR *folder, struct arena *a, struct shelf *out)
{
    const size_t most = count_files(folder);

    *out = (struct shelf){.backup = arena_new(a, most + 1, struct shelf_backup)};
    for (const struct dirent *one; out->n < most && (one = readdir(folder)) != NULL;)
        if (shelf_name_read(str_of(arena_printf(a, "%s", one->d_name)), &out->backup[out->n]))
            out->n++;
    qsort(out->backup, out->n, sizeof *out->backup, by_name);
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

static bool is_first_of_its_day(const struct shelf *s, size_t i)
{
    return i == 0 || !str_equal(s->backup[i - 1].municipality, s->backup[i].municipality) ||
           !date_equal(s->backup[i - 1].at.day, s->backup[i].at.day);
}

enum status shelf_clear(const char *folder, struct str municipality, int days, int64_t now_at, size_t *gone,
                        struct err *e)
{
    const int64_t today = date_days(stockholm_day(now_at, NULL));
    struct arena *a = arena_open();
    DIR *open = opendir(folder);
    enum status s = open ? OK : cannot_read(folder, e);
    struct shelf all = {0};

    *gone = 0;
    if (open)
        read_shelf(open, a, &all);
    for (size_t i = 0; s == OK && i < all.n; i++) {
        const struct shelf_backup *b = &all.backup[i];
        const int64_t age = today - date_days(b->at.day);

        if (str_equal(b->municipality, municipality) &&
            (age > days || (age >= SHELF_FINE_DAYS && !is_first_of_its_day(&all, i))))
            s = remove_file(dirfd(open), b->name.p, gone, e);
    }
    if (open)
        closedir(open);
    arena_close(a);
    return s;
}

static bool is_later(const struct shelf_moment *x, const struct shelf_moment *y)
{
    const int64_t days = date_days(x->day) - date_days(y->day);

    return days > 0 || (days == 0 && x->minute > y->minute);
}

enum status shelf_at(const char *folder, const struct shelf_moment *wanted, struct arena *a,
                     const char **path, struct err *e)
{
    DIR *open = opendir(folder);
    const struct shelf_backup *found = NULL;
    struct shelf all;

    if (!open)
        return cannot_read(folder, e);
    read_shelf(open, a, &all);
    closedir(open);
    if (all.n > 0 && !str_equal(all.backup[0].municipality, all.backup[all.n - 1].municipality))
        return err_set(e, BAD_INPUT, "%s: holds backups of several cities: name the file itself", folder);
    for (size_t i = 0; i < all.n && !is_later(&all.backup[i].at, wanted); i++)
        found = &all.backup[i];
    if (!found && all.n > 0)
        return err_set(e, BAD_INPUT, "%s: the oldest backup is later: %s", folder, all.backup[0].name.p);
    if (!found)
        return err_set(e, BAD_INPUT, "%s: holds no backup that a served city has made", folder);
    *path = arena_printf(a, "%s/%s", folder, found->name.p);
    return OK;
}

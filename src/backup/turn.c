/* One backup of a city at a time. */
#include "backup/turn.h"

#include "base/arena.h"
#include "base/file.h"
#include "base/str.h"
#include "store/city.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

/* The file a killed backup was writing. Only a plain file under a temporary name goes, whatever is noted.
 * False: it could not be removed. A city that is served may not reach a folder that somebody else named. */
static bool remove_left(const struct backup_turn *turn)
{
    char path[PATH_MAX];
    struct stat info;
    ssize_t n = pread(turn->fd, path, sizeof path - 1, 0);

    if (n <= 0)
        return true;
    path[n] = '\0';
    if (strlen(path) != (size_t)n || !str_ends(str_of(path), S(".tmp")) || lstat(path, &info) != 0 ||
        !S_ISREG(info.st_mode))
        return true;
    return unlink(path) == 0;
}

enum status backup_turn_take(const struct city *city, struct arena *a, struct backup_turn *out, struct err *e)
{
    const char *path = city_file(city, "backup.lock", a);
    struct backup_turn turn = {.path = path, .copies = city_file(city, "backup.tmp", a)};

    *out = (struct backup_turn){.fd = -1};
    turn.fd = open(path, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0600);
    if (turn.fd < 0)
        return err_set(e, SYSTEM, "%s: cannot be written: %s", path, strerror(errno));
    if (flock(turn.fd, LOCK_EX | LOCK_NB) != 0) {
        close(turn.fd);
        out->is_busy = true;
        return err_set(e, SYSTEM, "%s: another backup of this city is being made", city->path);
    }
    turn.has_rest = !remove_left(&turn);
    folder_remove(turn.copies);
    *out = turn;
    return OK;
}

/* The absolute path of what may not be there yet. False: its folder is not there, or it is too long. */
static bool real_path(const char *path, char out[PATH_MAX])
{
    const char *slash = strrchr(path, '/');
    const char *name = slash ? slash + 1 : path;
    char folder[PATH_MAX];
    char real[PATH_MAX];
    int n = slash ? snprintf(folder, sizeof folder, "%.*s", (int)(name - path), path)
                  : snprintf(folder, sizeof folder, ".");

    if (n < 0 || (size_t)n >= sizeof folder || !realpath(folder, real))
        return false;
    n = snprintf(out, PATH_MAX, "%s/%s", real, name);
    return n > 0 && n < PATH_MAX;
}

/* An absolute path: the next turn may be taken from another folder. */
enum status backup_turn_note(struct backup_turn *turn, const char *temporary, struct err *e)
{
    char real[PATH_MAX];

    if (!real_path(temporary, real))
        return err_set(e, SYSTEM, "%s: its folder cannot be found: %s", temporary, strerror(errno));
    size_t n = strlen(real);
    if (ftruncate(turn->fd, 0) != 0 || pwrite(turn->fd, real, n, 0) != (ssize_t)n || fsync(turn->fd) != 0)
        return err_set(e, SYSTEM, "backup.lock: cannot be written: %s", strerror(errno));
    turn->has_rest = false;
    return file_keep_name(turn->path, e);
}

void backup_turn_end(struct backup_turn *turn)
{
    if (turn->fd < 0)
        return;
    /* A note that stays does no harm: what it names is not there any more. */
    if (!turn->has_rest && ftruncate(turn->fd, 0) != 0)
        errno = 0;
    close(turn->fd);
    turn->fd = -1;
}

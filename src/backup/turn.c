/* One backup of a city at a time. */
#include "backup/turn.h"

#include "base/arena.h"
#include "base/file.h"
#include "base/str.h"
#include "store/city.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

/* The file a killed backup was writing. Only a plain file under a temporary name goes, whatever is noted. */
static void remove_left(const struct backup_turn *turn)
{
    char path[PATH_MAX];
    struct stat info;
    ssize_t n = pread(turn->fd, path, sizeof path - 1, 0);

    if (n <= 0)
        return;
    path[n] = '\0';
    if (strlen(path) == (size_t)n && str_ends(str_of(path), S(".tmp")) && lstat(path, &info) == 0 &&
        S_ISREG(info.st_mode))
        unlink(path);
}

enum status backup_turn_take(const struct city *city, struct arena *a, struct backup_turn *out, struct err *e)
{
    const char *path = city_file(city, "backup.lock", a);
    struct backup_turn turn = {.copies = city_file(city, "backup.tmp", a)};

    *out = (struct backup_turn){.fd = -1};
    turn.fd = open(path, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0600);
    if (turn.fd < 0)
        return err_set(e, SYSTEM, "%s: cannot be written: %s", path, strerror(errno));
    if (flock(turn.fd, LOCK_EX | LOCK_NB) != 0) {
        close(turn.fd);
        out->is_busy = true;
        return err_set(e, SYSTEM, "%s: another backup of this city is being made", city->path);
    }
    remove_left(&turn);
    folder_remove(turn.copies);
    *out = turn;
    return OK;
}

/* An absolute path: the next turn may be taken from another folder. */
enum status backup_turn_note(const struct backup_turn *turn, const char *temporary, struct err *e)
{
    char real[PATH_MAX];

    if (!realpath(temporary, real))
        return err_set(e, SYSTEM, "%s: cannot be found again: %s", temporary, strerror(errno));
    size_t n = strlen(real);
    if (ftruncate(turn->fd, 0) != 0 || pwrite(turn->fd, real, n, 0) != (ssize_t)n)
        return err_set(e, SYSTEM, "backup.lock: cannot be written: %s", strerror(errno));
    return OK;
}

void backup_turn_end(struct backup_turn *turn)
{
    if (turn->fd < 0)
        return;
    /* A note that stays does no harm: what it names is not there any more. */
    if (ftruncate(turn->fd, 0) != 0)
        errno = 0;
    close(turn->fd);
    turn->fd = -1;
}

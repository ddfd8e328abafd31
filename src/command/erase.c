/* Files overwritten and removed. */
#include "command/erase.h"

#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <stdbool.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { PIECE = 1 << 16 };

/* Open for both, so that what cannot be overwritten is told before anything is. */
static enum status open_plain(const char *path, int *fd, struct stat *what, struct err *e)
{
    *fd = open(path, O_RDWR | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
    if (*fd < 0)
        return err_set(e, BAD_INPUT, "%s: cannot be read and overwritten: %s", path,
                       errno == ELOOP ? "it is a symbolic link" : strerror(errno));
    if (fstat(*fd, what) != 0 || !S_ISREG(what->st_mode))
        return err_set(e, BAD_INPUT, "%s: expected a plain file", path);
    if (what->st_nlink > 1)
        return err_set(e, BAD_INPUT,
                       "%s: has another name (a hard link) that would be left: remove that first", path);
    return OK;
}

static enum status hash_file(int fd, struct erasable *out, struct err *e)
{
    crypto_hash_sha256_state hash;
    unsigned char piece[PIECE];
    ssize_t n = 0;

    crypto_hash_sha256_init(&hash);
    out->bytes = 0;
    while ((n = read(fd, piece, sizeof piece)) > 0) {
        crypto_hash_sha256_update(&hash, piece, (unsigned long long)n);
        out->bytes += n;
    }
    crypto_hash_sha256_final(&hash, out->sha256);
    sodium_memzero(piece, sizeof piece);
    return n == 0 ? OK : err_set(e, BAD_INPUT, "%s: cannot be read: %s", out->path, strerror(errno));
}

enum status erase_look(struct erasable *out, const char *path, struct err *e)
{
    struct stat what;
    int fd = -1;
    enum status s = open_plain(path, &fd, &what, e);

    *out = (struct erasable){.path = path};
    if (s == OK) {
        out->device = what.st_dev;
        out->number = what.st_ino;
        out->changed = what.st_mtim;
        s = hash_file(fd, out, e);
    }
    if (fd >= 0)
        close(fd);
    return s;
}

static bool is_unchanged(const struct erasable *x, const struct stat *now)
{
    return now->st_dev == x->device && now->st_ino == x->number && now->st_size == x->bytes &&
           now->st_mtim.tv_sec == x->changed.tv_sec && now->st_mtim.tv_nsec == x->changed.tv_nsec;
}

static bool write_zeros(int fd, int64_t bytes)
{
    static const char zeros[PIECE] = {0};

    for (ssize_t wrote = 0; bytes > 0; bytes -= wrote) {
        wrote = write(fd, zeros, bytes < PIECE ? (size_t)bytes : (size_t)PIECE);
        if (wrote <= 0)
            return false;
    }
    return fsync(fd) == 0;
}

enum status erase_file(const struct erasable *x, struct err *e)
{
    struct stat what;
    int fd = -1;
    enum status s = open_plain(x->path, &fd, &what, e);

    if (s == OK && !is_unchanged(x, &what))
        s = err_set(e, BAD_INPUT, "%s: was changed after it had been read; it was not removed", x->path);
    if (s == OK && !write_zeros(fd, x->bytes))
        s = err_set(e, SYSTEM, "%s: cannot be overwritten: %s", x->path, strerror(errno));
    if (fd >= 0)
        close(fd);
    if (s == OK && unlink(x->path) != 0)
        s = err_set(e, SYSTEM, "%s: was overwritten and cannot be removed: %s", x->path, strerror(errno));
    return s == OK ? file_keep_name(x->path, e) : s;
}

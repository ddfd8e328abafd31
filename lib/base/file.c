/* Files whole or not at all. */
#include "base/file.h"

#include "base/arena.h"
#include "base/text.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { READ_STEP = 64 * 1024, MAX_DEPTH = 32 };

static enum status too_large(struct err *e, const char *name, size_t limit_bytes);
static enum status write_all(int fd, const char *path, struct str bytes, struct err *e);
static enum status sync_folder_of(const char *path, struct err *e);

enum status file_read(const char *path, size_t limit_bytes, struct arena *a, struct str *out, struct err *e)
{
    bool is_stdin = strcmp(path, "-") == 0;
    const char *name = is_stdin ? "standard input" : path;
    int fd = is_stdin ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
    struct stat info;
    enum status s = OK;
    char *bytes = NULL;
    size_t room = 0;
    size_t n = 0;

    if (fd < 0)
        return err_set(e, BAD_INPUT, "%s: cannot be opened: %s", name, strerror(errno));
    if (fstat(fd, &info) != 0 || S_ISDIR(info.st_mode)) {
        s = err_set(e, BAD_INPUT, "%s: is not a file that can be read", name);
        goto done;
    }
    if (S_ISREG(info.st_mode) && (uint64_t)info.st_size > limit_bytes) {
        s = too_large(e, name, limit_bytes);
        goto done;
    }
    for (;;) {
        bytes = arena_grow(a, bytes, n + READ_STEP + 1, &room, 1);
        ssize_t got = read(fd, bytes + n, READ_STEP);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            s = err_set(e, SYSTEM, "%s: cannot be read: %s", name, strerror(errno));
        if (got <= 0)
            break;
        n += (size_t)got;
        if (n > limit_bytes) {
            s = too_large(e, name, limit_bytes);
            break;
        }
    }
    if (s == OK) {
        bytes[n] = '\0';
        *out = (struct str){bytes, n};
    }
done:
    if (!is_stdin)
        close(fd);
    return s;
}

enum status file_write(const char *path, struct str bytes, unsigned mode, struct err *e)
{
    char temporary[PATH_MAX];
    enum status s = OK;

    if (strcmp(path, "-") == 0)
        return write_all(STDOUT_FILENO, "standard output", bytes, e);
    int n = snprintf(temporary, sizeof temporary, "%s.%ld.tmp", path, (long)getpid());
    if (n < 0 || (size_t)n >= sizeof temporary)
        return err_set(e, SYSTEM, "%.200s: the path is too long", path);
    int fd = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, mode);
    if (fd < 0)
        return err_set(e, SYSTEM, "%s: cannot be written: %s", path, strerror(errno));
    s = write_all(fd, path, bytes, e);
    if (s == OK && fsync(fd) != 0)
        s = err_set(e, SYSTEM, "%s: cannot be made safe on disk: %s", path, strerror(errno));
    if (close(fd) != 0 && s == OK)
        s = err_set(e, SYSTEM, "%s: cannot be closed: %s", path, strerror(errno));
    if (s == OK && rename(temporary, path) != 0)
        s = err_set(e, SYSTEM, "%s: cannot be put in place: %s", path, strerror(errno));
    if (s != OK) {
        unlink(temporary);
        return s;
    }
    return sync_folder_of(path, e);
}

enum status folder_make(const char *path, unsigned mode, struct err *e)
{
    if (mkdir(path, mode) == 0)
        return OK;
    if (errno == EEXIST)
        return err_set(e, BAD_INPUT,
                       "%s: there is something there already; name a folder that does not exist", path);
    return err_set(e, SYSTEM, "%s: cannot be made: %s", path, strerror(errno));
}

enum status folder_commit(const char *from, const char *to, struct err *e)
{
    struct stat info;

    if (lstat(to, &info) == 0)
        return err_set(e, BAD_INPUT,
                       "%s: there is something there already; name a folder that does not exist", to);
    if (rename(from, to) != 0)
        return err_set(e, SYSTEM, "%s: cannot be put in place: %s", to, strerror(errno));
    return sync_folder_of(to, e);
}

/* Depth is bounded: the folders are our own, three levels deep. */
static void remove_at(int parent, const char *name, int depth)
{
    int fd = openat(parent, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    DIR *folder = fd >= 0 ? fdopendir(fd) : NULL;
    struct dirent *entry = NULL;

    if (!folder) {
        if (fd >= 0)
            close(fd);
        unlinkat(parent, name, 0);
        return;
    }
    while (depth < MAX_DEPTH && (entry = readdir(folder)) != NULL)
        if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0)
            remove_at(fd, entry->d_name, depth + 1);
    closedir(folder);
    unlinkat(parent, name, AT_REMOVEDIR);
}

void folder_remove(const char *path)
{
    remove_at(AT_FDCWD, path, 0);
}

static enum status too_large(struct err *e, const char *name, size_t limit_bytes)
{
    return err_set(e, BAD_INPUT, "%s: larger than %zu bytes, the most that is read", name, limit_bytes);
}

static enum status write_all(int fd, const char *path, struct str bytes, struct err *e)
{
    while (bytes.n > 0) {
        ssize_t n = write(fd, bytes.p, bytes.n);

        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return err_set(e, SYSTEM, "%s: cannot be written: %s", path, strerror(errno));
        bytes = str_part(bytes, (size_t)n, bytes.n);
    }
    return OK;
}

/* A rename is only safe on disk once its folder is. */
static enum status sync_folder_of(const char *path, struct err *e)
{
    char folder[PATH_MAX];
    const char *slash = strrchr(path, '/');
    size_t n = slash ? (size_t)(slash - path) : 0;

    if (n >= sizeof folder)
        return err_set(e, SYSTEM, "%.200s: the path is too long", path);
    memcpy(folder, path, n);
    folder[n] = '\0';
    int fd = open(n ? folder : slash ? "/" : ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0)
        return err_set(e, SYSTEM, "%s: its folder cannot be opened: %s", path, strerror(errno));
    int failed = fsync(fd);
    close(fd);
    if (failed != 0)
        return err_set(e, SYSTEM, "%s: its folder cannot be made safe on disk: %s", path, strerror(errno));
    return OK;
}

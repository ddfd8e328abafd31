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
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

enum { READ_STEP = 64 * 1024, MAX_DEPTH = 32 };

static enum status too_large(struct err *e, const char *name, size_t limit_bytes);
static enum status write_all(int fd, const char *path, struct str bytes, struct err *e);

/* A small file takes what it holds, a byte by which its end is seen and the NUL; /proc and streams do not say
 * how much they hold. */
static size_t first_room(const struct stat *info)
{
    const bool is_small = S_ISREG(info->st_mode) && info->st_size > 0 && info->st_size < READ_STEP;

    return is_small ? (size_t)info->st_size + 2 : READ_STEP + 1;
}

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
    const size_t first = first_room(&info);
    for (;;) {
        bytes = arena_grow(a, bytes, n == 0 ? first : n + 2, &room, 1);
        ssize_t got = read(fd, bytes + n, room - n - 1);
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

struct file_out {
    int fd; /* -1: ended */
    bool is_stdout;
    char path[PATH_MAX];
    char temporary[PATH_MAX];
};

enum status file_begin(struct file_out **out, const char *path, unsigned mode, struct arena *a, struct err *e)
{
    struct file_out *f = arena_new(a, 1, struct file_out);

    f->is_stdout = strcmp(path, "-") == 0;
    f->fd = STDOUT_FILENO;
    if (!f->is_stdout) {
        int n = snprintf(f->temporary, sizeof f->temporary, "%s", file_temporary(path, a));

        if (n < 0 || (size_t)n >= sizeof f->temporary)
            return err_set(e, SYSTEM, "%.200s: the path is too long", path);
        f->fd = open(f->temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, mode);
        if (f->fd < 0)
            return err_set(e, SYSTEM, "%s: cannot be written: %s", path, strerror(errno));
    }
    snprintf(f->path, sizeof f->path, "%s", f->is_stdout ? "standard output" : path);
    *out = f;
    return OK;
}

static enum status put_file(void *to, struct str bytes, struct err *e)
{
    const struct file_out *f = to;

    return write_all(f->fd, f->path, bytes, e);
}

struct sink file_sink(struct file_out *f)
{
    return (struct sink){.put = put_file, .to = f};
}

const char *file_temporary(const char *path, struct arena *a)
{
    return arena_printf(a, "%s.%ld.tmp", path, (long)getpid());
}

enum status file_commit(struct file_out *f, struct err *e)
{
    enum status s = OK;

    if (f->is_stdout)
        return OK;
    if (fsync(f->fd) != 0)
        s = err_set(e, SYSTEM, "%s: cannot be made safe on disk: %s", f->path, strerror(errno));
    if (s == OK && rename(f->temporary, f->path) != 0)
        s = err_set(e, SYSTEM, "%s: cannot be put in place: %s", f->path, strerror(errno));
    if (s != OK) {
        file_abandon(f);
        return s;
    }
    close(f->fd);
    f->fd = -1;
    return file_keep_name(f->path, e);
}

void file_abandon(struct file_out *f)
{
    if (!f || f->is_stdout || f->fd < 0)
        return;
    close(f->fd);
    f->fd = -1;
    unlink(f->temporary);
}

enum status file_write(const char *path, struct str bytes, unsigned mode, struct err *e)
{
    struct arena *a = arena_open();
    struct file_out *f = NULL;
    enum status s = file_begin(&f, path, mode, a, e);

    if (s == OK) {
        s = put_file(f, bytes, e);
        if (s == OK)
            s = file_commit(f, e);
        else
            file_abandon(f);
    }
    arena_close(a);
    return s;
}

enum status file_map_open(struct file_map *out, const char *path, struct err *e)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
    struct stat info;
    enum status s = OK;

    *out = (struct file_map){{"", 0}};
    if (fd < 0)
        return err_set(e, BAD_INPUT, "%s: cannot be opened: %s", path, strerror(errno));
    if (fstat(fd, &info) != 0 || !S_ISREG(info.st_mode)) {
        s = err_set(e, BAD_INPUT, "%s: is not a plain file", path);
    } else if (info.st_size > 0) {
        void *p = mmap(NULL, (size_t)info.st_size, PROT_READ, MAP_PRIVATE, fd, 0);

        if (p == MAP_FAILED) {
            s = err_set(e, SYSTEM, "%s: cannot be read: %s", path, strerror(errno));
        } else {
            (void)madvise(p, (size_t)info.st_size, MADV_DONTDUMP);
            out->bytes = (struct str){p, (size_t)info.st_size};
        }
    }
    close(fd);
    return s;
}

void file_map_close(struct file_map *m)
{
    if (m->bytes.n > 0)
        munmap((void *)(uintptr_t)m->bytes.p, m->bytes.n);
    *m = (struct file_map){{"", 0}};
}

enum status folder_make(const char *path, unsigned mode, struct err *e)
{
    bool is_made = mkdir(path, mode) == 0;

    if (!is_made && errno == EEXIST)
        return err_set(e, BAD_INPUT,
                       "%s: there is something there already; name a folder that does not exist", path);
    if (!is_made)
        return err_set(e, SYSTEM, "%s: cannot be made: %s", path, strerror(errno));
    enum status s = file_keep_name(path, e);
    if (s != OK)
        rmdir(path);
    return s;
}

enum status folder_commit(const char *from, const char *to, struct err *e)
{
    struct stat info;

    if (lstat(to, &info) == 0)
        return err_set(e, BAD_INPUT,
                       "%s: there is something there already; name a folder that does not exist", to);
    if (rename(from, to) != 0)
        return err_set(e, SYSTEM, "%s: cannot be put in place: %s", to, strerror(errno));
    enum status s = file_keep_name(to, e);
    if (s != OK && rename(to, from) != 0)
        return err_in(e, "%s: is there, though it may not outlive a power cut", to);
    return s;
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
enum status file_keep_name(const char *path, struct err *e)
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

/* Notes what a program does to files, and what it waits for the disk to keep: loaded into it with LD_PRELOAD
 * by the tests beside this file, which work out from the notes what a disk may hold after a power cut.
 *
 * What is written through a mapping is not noted: of the program's files that is the index of a write-ahead
 * log, which is made anew after a power cut. */
#undef _FILE_OFFSET_BITS /* write and write64 are two names here, as in the programs it is loaded into */
#undef _FORTIFY_SOURCE   /* and what is defined here is not checked by itself */
#include "recording_notes.h"

#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

/* The next `name` after this one: the C library's. */
#define REAL(name) ((__typeof__(&(name)))(uintptr_t)dlsym(RTLD_NEXT, #name))

/* As write and pwrite tell: a file of the recording's device, and nothing else. The reason of a call that
 * fails is the call's. */
static uint64_t number_of(int fd)
{
    int before = errno;
    uint64_t number = note_number(fd, NULL);

    errno = before;
    return number;
}

static void note_written(uint64_t file, int64_t at, const void *p, ssize_t n)
{
    if (n > 0)
        note_add((struct note){.what = WRITTEN, .file = file, .at = at, .bytes_n = (uint64_t)n}, NULL, NULL,
                 p);
}

ssize_t write(int fd, const void *p, size_t n)
{
    uint64_t file = number_of(fd);

    if (!file)
        return REAL(write)(fd, p, n);
    notes_enter();
    ssize_t done = REAL(write)(fd, p, n);
    if (done > 0)
        note_written(file, lseek(fd, 0, SEEK_CUR) - done, p, done);
    notes_leave();
    return done;
}

static ssize_t write_at(int fd, const void *p, size_t n, off_t at,
                        ssize_t (*real)(int, const void *, size_t, off_t))
{
    uint64_t file = number_of(fd);

    if (!file)
        return real(fd, p, n, at);
    notes_enter();
    ssize_t done = real(fd, p, n, at);
    note_written(file, at, p, done);
    notes_leave();
    return done;
}

ssize_t pwrite(int fd, const void *p, size_t n, off_t at)
{
    return write_at(fd, p, n, at, REAL(pwrite));
}

ssize_t pwrite64(int fd, const void *p, size_t n, off64_t at)
{
    return write_at(fd, p, n, at, REAL(pwrite64));
}

/* A part after the other: of files, nobody else sees them apart. */
ssize_t writev(int fd, const struct iovec *parts, int n)
{
    ssize_t all = 0;

    if (!number_of(fd))
        return REAL(writev)(fd, parts, n);
    for (int i = 0; i < n; i++) {
        ssize_t done = write(fd, parts[i].iov_base, parts[i].iov_len);

        if (done < 0)
            return all > 0 ? all : -1;
        all += done;
        if ((size_t)done < parts[i].iov_len)
            break;
    }
    return all;
}

static void note_cut(uint64_t file, int64_t size)
{
    note_add((struct note){.what = CUT, .file = file, .at = size}, NULL, NULL, NULL);
}

static int cut(int fd, off_t n, int (*real)(int, off_t))
{
    uint64_t file = number_of(fd);

    if (!file)
        return real(fd, n);
    notes_enter();
    int failed = real(fd, n);
    if (failed == 0)
        note_cut(file, n);
    notes_leave();
    return failed;
}

int ftruncate(int fd, off_t n)
{
    return cut(fd, n, REAL(ftruncate));
}

int ftruncate64(int fd, off64_t n)
{
    return cut(fd, n, REAL(ftruncate64));
}

/* The disk. Others go on while it is waited for: what they write meanwhile, it has not been asked to keep. */
static int keep(int fd, int (*real)(int))
{
    uint64_t file = number_of(fd);

    if (!file)
        return real(fd);
    notes_enter();
    int64_t asked = note_add((struct note){.what = ASKED, .file = file}, NULL, NULL, NULL);
    notes_leave();
    int failed = real(fd);
    if (failed == 0) {
        notes_enter();
        note_add((struct note){.what = KEPT, .file = file, .at = asked}, NULL, NULL, NULL);
        notes_leave();
    }
    return failed;
}

int fsync(int fd)
{
    return keep(fd, REAL(fsync));
}

int fdatasync(int fd)
{
    return keep(fd, REAL(fdatasync));
}

/* A file that has been opened: is it new, or emptied? */
static void note_opened(const char *path, int fd, int flags, bool was_there)
{
    mode_t mode = 0;
    uint64_t file = note_number(fd, &mode);

    if (file && was_there && (flags & O_TRUNC))
        note_cut(file, 0);
    if (!file || was_there)
        return;
    struct note_place p = note_place(path);
    note_add((struct note){.what = FILE_MADE, .file = file, .folder = p.folder, .mode = mode}, p.name, NULL,
             NULL);
}

static int open_noted(const char *path, int flags, mode_t mode, int (*real)(const char *, int, ...))
{
    struct stat info;

    if (!notes_are_taken() || !(flags & (O_CREAT | O_TRUNC)))
        return real(path, flags, mode);
    notes_enter();
    bool was_there = stat(path, &info) == 0;
    int fd = real(path, flags, mode);
    if (fd >= 0)
        note_opened(path, fd, flags, was_there);
    notes_leave();
    return fd;
}

static mode_t mode_of(int flags, va_list more)
{
    return flags & (O_CREAT | __O_TMPFILE) ? (mode_t)va_arg(more, int) : 0;
}

int open(const char *path, int flags, ...)
{
    va_list more;

    va_start(more, flags);
    mode_t mode = mode_of(flags, more);
    va_end(more);
    return open_noted(path, flags, mode, REAL(open));
}

int open64(const char *path, int flags, ...)
{
    va_list more;

    va_start(more, flags);
    mode_t mode = mode_of(flags, more);
    va_end(more);
    return open_noted(path, flags, mode, REAL(open64));
}

static void note_folder(const char *path)
{
    struct stat info;
    struct note_place p = note_place(path);

    if (stat(path, &info) == 0)
        note_add(
            (struct note){
                .what = FOLDER_MADE, .file = info.st_ino, .folder = p.folder, .mode = info.st_mode & 07777},
            p.name, NULL, NULL);
}

int mkdir(const char *path, mode_t mode)
{
    if (!notes_are_taken())
        return REAL(mkdir)(path, mode);
    notes_enter();
    int failed = REAL(mkdir)(path, mode);
    if (failed == 0)
        note_folder(path);
    notes_leave();
    return failed;
}

static int two_names(enum what what, const char *from, const char *to,
                     int (*real)(const char *, const char *))
{
    if (!notes_are_taken())
        return real(from, to);
    notes_enter();
    int failed = real(from, to);
    if (failed == 0) {
        struct note_place p = note_place(from);
        struct note_place q = note_place(to);

        note_add((struct note){.what = what, .folder = p.folder, .to_folder = q.folder}, p.name, q.name,
                 NULL);
    }
    notes_leave();
    return failed;
}

int rename(const char *from, const char *to)
{
    return two_names(RENAMED, from, to, REAL(rename));
}

int link(const char *from, const char *to)
{
    return two_names(LINKED, from, to, REAL(link));
}

/* A path, or a name below the open folder `fd`. */
int unlinkat(int fd, const char *path, int flags)
{
    if (!notes_are_taken())
        return REAL(unlinkat)(fd, path, flags);
    notes_enter();
    int failed = REAL(unlinkat)(fd, path, flags);
    if (failed == 0) {
        struct note_place p =
            fd == AT_FDCWD ? note_place(path) : (struct note_place){note_number(fd, NULL), path};

        note_add((struct note){.what = REMOVED, .folder = p.folder}, p.name, NULL, NULL);
    }
    notes_leave();
    return failed;
}

int unlink(const char *path)
{
    return unlinkat(AT_FDCWD, path, 0);
}

int rmdir(const char *path)
{
    return unlinkat(AT_FDCWD, path, AT_REMOVEDIR);
}

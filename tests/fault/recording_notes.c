/* The notes of a recording. */
#include "recording_notes.h"

#include <fcntl.h>
#include <limits.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

struct recording {
    _Atomic uint64_t end; /* of what has been noted, from the beginning of the file */
    uint64_t size;
    _Atomic uint32_t is_busy; /* a process makes a call and notes it */
    _Atomic uint32_t is_full;
};

static struct recording *recording;
static dev_t device; /* files of others are not noted */

__attribute__((constructor)) static void open_recording(void)
{
    const char *path = getenv("FAULT_RECORDING");
    int fd = path ? open(path, O_RDWR | O_CLOEXEC) : -1;
    struct stat info;

    if (fd < 0)
        return;
    if (fstat(fd, &info) == 0) {
        void *p = mmap(NULL, (size_t)info.st_size, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);

        if (p != MAP_FAILED) {
            device = info.st_dev;
            recording = p;
        }
    }
    close(fd);
}

bool notes_are_taken(void)
{
    return recording != NULL;
}

void notes_enter(void)
{
    while (atomic_exchange(&recording->is_busy, 1) != 0)
        sched_yield();
}

void notes_leave(void)
{
    atomic_store(&recording->is_busy, 0);
}

static char *put(char *to, const void *p, size_t n)
{
    if (n > 0)
        memcpy(to, p, n);
    return to + n;
}

int64_t note_add(struct note n, const char *name, const char *to_name, const void *bytes)
{
    n.name_n = name ? (uint32_t)strlen(name) : 0;
    n.to_name_n = to_name ? (uint32_t)strlen(to_name) : 0;
    uint64_t at = atomic_load(&recording->end);
    uint64_t size = sizeof n + n.name_n + n.to_name_n + n.bytes_n;
    if (size > recording->size - at) {
        atomic_store(&recording->is_full, 1);
        return (int64_t)at;
    }
    char *to = put((char *)recording + at, &n, sizeof n);
    to = put(to, name, n.name_n);
    to = put(to, to_name, n.to_name_n);
    put(to, bytes, n.bytes_n);
    atomic_store(&recording->end, at + size);
    return (int64_t)at;
}

uint64_t note_number(int fd, mode_t *mode)
{
    struct stat info;

    if (!recording || fstat(fd, &info) != 0 || info.st_dev != device ||
        !(S_ISREG(info.st_mode) || S_ISDIR(info.st_mode)))
        return 0;
    if (mode)
        *mode = info.st_mode & 07777;
    return info.st_ino;
}

struct note_place note_place(const char *path)
{
    char folder[PATH_MAX] = ".";
    const char *slash = strrchr(path, '/');
    size_t n = slash ? (size_t)(slash - path) : 0;
    struct stat info;

    if (slash && n < sizeof folder - 1) {
        memcpy(folder, path, n + 1);
        folder[n > 0 ? n : 1] = '\0';
    }
    bool is = stat(folder, &info) == 0 && info.st_dev == device;
    return (struct note_place){is ? info.st_ino : 0, slash ? slash + 1 : path};
}

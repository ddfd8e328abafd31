/* Makes one call of a program fail, from outside: loaded into it with LD_PRELOAD by the tests beside this
 * file.
 *
 * What is to fail stands in the file that FAULT_PLAN names, which the program and the test both have mapped,
 * so that a test can say it of a program that already runs. Two kinds of calls are counted: those for memory,
 * and those that change a file. A call that fails has not done anything. */
#undef _FILE_OFFSET_BITS /* write and write64 are two names here, as in the programs it is loaded into */
#undef _FORTIFY_SOURCE   /* and what is defined here is not checked by itself */
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

enum kind { NONE = 0, MEMORY = 1, DISK = 2 };
enum { ONCE = 0, LASTING = 1 };

/* As tests/fault/failing.py writes it. */
struct plan {
    _Atomic int32_t kind;    /* of the calls that are counted */
    _Atomic int32_t lasting; /* does every later call fail too? */
    _Atomic int32_t error;   /* errno of a call that fails */
    int32_t padding;
    _Atomic int64_t at;     /* the call that fails, from 1; 0: none, they are counted only */
    _Atomic int64_t seen;   /* calls counted */
    _Atomic int64_t failed; /* of them */
};

static struct plan *plan;

__attribute__((constructor)) static void read_plan(void)
{
    const char *path = getenv("FAULT_PLAN");
    int fd = path ? open(path, O_RDWR | O_CLOEXEC) : -1;

    if (fd < 0)
        return;
    void *p = mmap(NULL, sizeof *plan, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    close(fd);
    if (p != MAP_FAILED)
        plan = p;
}

/* Counts a call of `kind`, and tells whether it is one that fails. */
static bool fails(enum kind kind)
{
    if (!plan || atomic_load(&plan->kind) != (int32_t)kind)
        return false;
    int64_t number = atomic_fetch_add(&plan->seen, 1) + 1;
    int64_t at = atomic_load(&plan->at);
    if (at == 0 || number < at || (number > at && atomic_load(&plan->lasting) == ONCE))
        return false;
    atomic_fetch_add(&plan->failed, 1);
    errno = atomic_load(&plan->error);
    return true;
}

/* ICU 72 locks up or crashes where memory runs out while it looks for its data for the first time: that is
 * its own, and is left alone. */
static bool is_icu(const void *caller)
{
    Dl_info from;

    return dladdr(caller, &from) != 0 && from.dli_fname && strstr(from.dli_fname, "libicu") != NULL;
}

static bool memory_fails(const void *caller)
{
    return plan && atomic_load(&plan->kind) == MEMORY && !is_icu(caller) && fails(MEMORY);
}

/* Memory. The C library's own names of these serve as the real ones: looking them up would ask for memory. */
extern void *__libc_malloc(size_t n);
extern void *__libc_calloc(size_t n, size_t size);
extern void *__libc_realloc(void *old, size_t n);
extern void *__libc_memalign(size_t alignment, size_t n);

void *malloc(size_t n)
{
    return memory_fails(__builtin_return_address(0)) ? NULL : __libc_malloc(n);
}

void *calloc(size_t n, size_t size)
{
    return memory_fails(__builtin_return_address(0)) ? NULL : __libc_calloc(n, size);
}

void *realloc(void *old, size_t n)
{
    return memory_fails(__builtin_return_address(0)) ? NULL : __libc_realloc(old, n);
}

void *aligned_alloc(size_t alignment, size_t n)
{
    return memory_fails(__builtin_return_address(0)) ? NULL : __libc_memalign(alignment, n);
}

int posix_memalign(void **out, size_t alignment, size_t n)
{
    if (memory_fails(__builtin_return_address(0)))
        return ENOMEM;
    *out = __libc_memalign(alignment, n);
    return *out ? 0 : ENOMEM;
}

/* The next `name` after this one: the C library's. */
#define REAL(name) ((__typeof__(&(name)))(uintptr_t)dlsym(RTLD_NEXT, #name))

void *mmap(void *at, size_t n, int protection, int flags, int fd, off_t offset)
{
    /* Before the constructor has run there is no plan, and this serves the constructor itself. */
    if ((flags & MAP_ANONYMOUS) && memory_fails(__builtin_return_address(0)))
        return MAP_FAILED;
    return REAL(mmap)(at, n, protection, flags, fd, offset);
}

/* Files: what goes to a socket, a pipe or a terminal is not counted. */
static bool is_file(int fd)
{
    int before = errno;
    struct stat info;
    bool is = fstat(fd, &info) == 0 && (S_ISREG(info.st_mode) || S_ISDIR(info.st_mode));

    errno = before;
    return is;
}

static bool file_fails(int fd)
{
    return plan && atomic_load(&plan->kind) == DISK && is_file(fd) && fails(DISK);
}

ssize_t write(int fd, const void *p, size_t n)
{
    return file_fails(fd) ? -1 : REAL(write)(fd, p, n);
}

ssize_t writev(int fd, const struct iovec *parts, int n)
{
    return file_fails(fd) ? -1 : REAL(writev)(fd, parts, n);
}

ssize_t pwrite(int fd, const void *p, size_t n, off_t at)
{
    return file_fails(fd) ? -1 : REAL(pwrite)(fd, p, n, at);
}

ssize_t pwrite64(int fd, const void *p, size_t n, off64_t at)
{
    return file_fails(fd) ? -1 : REAL(pwrite64)(fd, p, n, at);
}

int ftruncate(int fd, off_t n)
{
    return file_fails(fd) ? -1 : REAL(ftruncate)(fd, n);
}

int ftruncate64(int fd, off64_t n)
{
    return file_fails(fd) ? -1 : REAL(ftruncate64)(fd, n);
}

int fsync(int fd)
{
    return file_fails(fd) ? -1 : REAL(fsync)(fd);
}

int fdatasync(int fd)
{
    return file_fails(fd) ? -1 : REAL(fdatasync)(fd);
}

int rename(const char *from, const char *to)
{
    return fails(DISK) ? -1 : REAL(rename)(from, to);
}

int mkdir(const char *path, mode_t mode)
{
    return fails(DISK) ? -1 : REAL(mkdir)(path, mode);
}

/* Opening counts where it may make a file. */
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
    return (flags & O_CREAT) && fails(DISK) ? -1 : REAL(open)(path, flags, mode);
}

int open64(const char *path, int flags, ...)
{
    va_list more;

    va_start(more, flags);
    mode_t mode = mode_of(flags, more);
    va_end(more);
    return (flags & O_CREAT) && fails(DISK) ? -1 : REAL(open64)(path, flags, mode);
}

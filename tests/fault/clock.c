/* A program whose clock of day jumps while it runs: loaded into it with LD_PRELOAD by clock.py.
 *
 * By how many seconds it is ahead stands in the file that CLOCK_AHEAD names, which the program and the test
 * both have mapped. The clock that measures how long something takes goes on, as a machine's does. */
#include <dlfcn.h>
#include <fcntl.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

typedef int ask_clock(clockid_t clock, struct timespec *at);

static _Atomic int64_t *ahead_s;
static ask_clock *real;

__attribute__((constructor)) static void begin(void)
{
    const char *path = getenv("CLOCK_AHEAD");
    int fd = path ? open(path, O_RDWR | O_CLOEXEC) : -1;

    *(void **)&real = dlsym(RTLD_NEXT, "clock_gettime");
    if (fd < 0)
        return;
    void *p = mmap(NULL, sizeof *ahead_s, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    close(fd);
    if (p != MAP_FAILED)
        ahead_s = p;
}

int clock_gettime(clockid_t clock, struct timespec *at)
{
    int failed = real(clock, at);

    if (!failed && ahead_s && (clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE))
        at->tv_sec += (time_t)atomic_load(ahead_s);
    return failed;
}

time_t time(time_t *out)
{
    struct timespec at = {0};

    clock_gettime(CLOCK_REALTIME, &at);
    if (out)
        *out = at.tv_sec;
    return at.tv_sec;
}

int gettimeofday(struct timeval *restrict out, void *restrict zone)
{
    struct timespec at = {0};

    (void)zone;
    clock_gettime(CLOCK_REALTIME, &at);
    *out = (struct timeval){at.tv_sec, at.tv_nsec / 1000};
    return 0;
}

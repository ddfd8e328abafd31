/* What is left to the vault. */
#include "vault/vault_process.h"

#include "walls/walls.h"

#include <errno.h>
#include <string.h>
#include <sys/resource.h>

#include <seccomp.h>

enum { MOST_FILES = 64 }; /* a descriptor for each ask under way */

static bool limit(int what, rlim_t most)
{
    const struct rlimit both = {most, most};

    return setrlimit((__rlimit_resource_t)what, &both) == 0;
}

/* No file can be opened: that is a call, and not left. */
enum status vault_walls(struct err *e)
{
    /* Asks and replies; memory, some of it locked; threads that wait for each other; randomness; an end. */
    static const int left[] = {
        SCMP_SYS(recvmsg),
        SCMP_SYS(write),
        SCMP_SYS(close),
        SCMP_SYS(brk),
        SCMP_SYS(mmap),
        SCMP_SYS(munmap),
        SCMP_SYS(mremap),
        SCMP_SYS(mprotect),
        SCMP_SYS(madvise),
        SCMP_SYS(mlock),
        SCMP_SYS(munlock),
        SCMP_SYS(futex),
        SCMP_SYS(rseq),
        SCMP_SYS(set_robust_list),
        SCMP_SYS(rt_sigprocmask),
        SCMP_SYS(rt_sigreturn),
        SCMP_SYS(restart_syscall),
        SCMP_SYS(sched_yield),
        SCMP_SYS(gettid),
        SCMP_SYS(getpid),
        SCMP_SYS(getrandom),
        SCMP_SYS(clock_gettime),
        SCMP_SYS(exit),
        SCMP_SYS(exit_group),
    };

    if (!limit(RLIMIT_NOFILE, MOST_FILES) || !limit(RLIMIT_FSIZE, 0) || !limit(RLIMIT_CORE, 0))
        return err_set(e, SYSTEM, "the limits of the vault cannot be set: %s", strerror(errno));
    return walls_only(left, sizeof left / sizeof *left, e);
}

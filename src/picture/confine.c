/* Limits, and the list of calls that are left. */
#include "picture/confine.h"

#include <errno.h>
#include <stdbool.h>
#include <stddef.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>

#include <seccomp.h>

static const int allowed[] = {
    SCMP_SYS(read),   SCMP_SYS(write),  SCMP_SYS(exit_group), SCMP_SYS(brk),        SCMP_SYS(mmap),
    SCMP_SYS(munmap), SCMP_SYS(mremap), SCMP_SYS(mprotect),   SCMP_SYS(newfstatat), SCMP_SYS(rt_sigreturn),
};

static bool limit(int what, rlim_t most)
{
    const struct rlimit both = {most, most};

    return setrlimit((__rlimit_resource_t)what, &both) == 0;
}

static bool limit_all(void)
{
    return limit(RLIMIT_AS, CONFINE_MEMORY_BYTES) && limit(RLIMIT_CPU, CONFINE_SECONDS) &&
           limit(RLIMIT_NOFILE, 0) && limit(RLIMIT_FSIZE, 0) && limit(RLIMIT_CORE, 0) &&
           prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 && prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) == 0;
}

/* Loads the filter: 0, or why not, as an errno below 0. */
static int filter(void)
{
    scmp_filter_ctx calls = seccomp_init(SCMP_ACT_KILL_PROCESS);
    int failed = calls ? 0 : -ENOMEM;

    for (size_t i = 0; failed == 0 && i < sizeof allowed / sizeof allowed[0]; i++)
        failed = seccomp_rule_add(calls, SCMP_ACT_ALLOW, allowed[i], 0);
    if (failed == 0)
        failed = seccomp_load(calls);
    if (calls)
        seccomp_release(calls);
    return failed;
}

enum status confine(struct err *e)
{
    if (!limit_all())
        return err_set(e, SYSTEM, "the limits of the picture program cannot be set: %s", strerror(errno));
    int failed = filter();
    return failed == 0 ? OK
                       : err_set(e, SYSTEM, "the picture program cannot be confined: %s", strerror(-failed));
}

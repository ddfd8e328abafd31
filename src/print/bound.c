/* Limits, the files that can be reached, and the calls that end the process. */
#include "print/bound.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/landlock.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <seccomp.h>

/* A program that makes PDF needs none of these: the network, other processes, the system itself. */
static const int forbidden[] = {
    SCMP_SYS(socket),
    SCMP_SYS(socketpair),
    SCMP_SYS(connect),
    SCMP_SYS(bind),
    SCMP_SYS(listen),
    SCMP_SYS(accept4),
    SCMP_SYS(ptrace),
    SCMP_SYS(process_vm_readv),
    SCMP_SYS(process_vm_writev),
    SCMP_SYS(kill),
    SCMP_SYS(pidfd_getfd),
    SCMP_SYS(pidfd_send_signal),
    SCMP_SYS(mount),
    SCMP_SYS(umount2),
    SCMP_SYS(pivot_root),
    SCMP_SYS(chroot),
    SCMP_SYS(unshare),
    SCMP_SYS(setns),
    SCMP_SYS(init_module),
    SCMP_SYS(finit_module),
    SCMP_SYS(kexec_load),
    SCMP_SYS(bpf),
    SCMP_SYS(perf_event_open),
    SCMP_SYS(userfaultfd),
    SCMP_SYS(io_uring_setup),
    SCMP_SYS(keyctl),
    SCMP_SYS(add_key),
    SCMP_SYS(request_key),
    SCMP_SYS(shmget),
    SCMP_SYS(msgget),
    SCMP_SYS(open_by_handle_at),
    SCMP_SYS(quotactl),
    SCMP_SYS(reboot),
    SCMP_SYS(clock_settime),
    SCMP_SYS(settimeofday),
    SCMP_SYS(swapon),
};

/* What is read: programs, libraries, fonts and their lists. */
static const char *const readable[] = {"/usr",
                                       "/bin",
                                       "/sbin",
                                       "/lib",
                                       "/lib64",
                                       "/etc/fonts",
                                       "/etc/ld.so.cache",
                                       "/etc/localtime",
                                       "/etc/mime.types",
                                       "/var/cache/fontconfig",
                                       "/dev/null",
                                       "/dev/urandom"};

enum {
    READ_FILE = LANDLOCK_ACCESS_FS_EXECUTE | LANDLOCK_ACCESS_FS_READ_FILE,
    READ_FOLDER = READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR,
    HANDLED = READ_FOLDER | LANDLOCK_ACCESS_FS_WRITE_FILE | LANDLOCK_ACCESS_FS_REMOVE_DIR |
              LANDLOCK_ACCESS_FS_REMOVE_FILE | LANDLOCK_ACCESS_FS_MAKE_CHAR | LANDLOCK_ACCESS_FS_MAKE_DIR |
              LANDLOCK_ACCESS_FS_MAKE_REG | LANDLOCK_ACCESS_FS_MAKE_SOCK | LANDLOCK_ACCESS_FS_MAKE_FIFO |
              LANDLOCK_ACCESS_FS_MAKE_BLOCK | LANDLOCK_ACCESS_FS_MAKE_SYM
};

static bool limit(int what, rlim_t most)
{
    const struct rlimit both = {most, most};

    return setrlimit((__rlimit_resource_t)what, &both) == 0;
}

static bool limit_all(void)
{
    return limit(RLIMIT_CPU, BOUND_SECONDS) && limit(RLIMIT_NOFILE, BOUND_FILES) &&
           limit(RLIMIT_FSIZE, BOUND_FILE_BYTES) && limit(RLIMIT_CORE, 0) &&
           prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0;
}

static bool let(int rules, const char *path, uint64_t rights)
{
    struct landlock_path_beneath_attr rule = {.allowed_access = rights};

    rule.parent_fd = open(path, O_PATH | O_CLOEXEC);
    if (rule.parent_fd < 0)
        return false;
    bool is_let = syscall(SYS_landlock_add_rule, rules, LANDLOCK_RULE_PATH_BENEATH, &rule, 0) == 0;
    close(rule.parent_fd);
    return is_let;
}

/* Rights that are for folders are refused on a file. What is not on this machine is passed over. */
static bool let_read(int rules, const char *path)
{
    return access(path, F_OK) != 0 || let(rules, path, READ_FOLDER) || let(rules, path, READ_FILE);
}

/* True also where the kernel has no Landlock. */
static bool guard_files(const char *workplace)
{
    const struct landlock_ruleset_attr handled = {.handled_access_fs = HANDLED};
    int rules = (int)syscall(SYS_landlock_create_ruleset, &handled, sizeof handled, 0);

    if (rules < 0)
        return errno == ENOSYS || errno == EOPNOTSUPP;
    bool is_guarded = let(rules, workplace, HANDLED & ~LANDLOCK_ACCESS_FS_EXECUTE);
    for (size_t i = 0; i < sizeof readable / sizeof *readable; i++)
        is_guarded = let_read(rules, readable[i]) && is_guarded;
    is_guarded = is_guarded && syscall(SYS_landlock_restrict_self, rules, 0) == 0;
    close(rules);
    return is_guarded;
}

/* Loads the filter: 0, or why not, as an errno below 0. */
static int filter(void)
{
    scmp_filter_ctx calls = seccomp_init(SCMP_ACT_ALLOW);
    int failed = calls ? 0 : -ENOMEM;

    for (size_t i = 0; failed == 0 && i < sizeof forbidden / sizeof *forbidden; i++)
        failed = seccomp_rule_add(calls, SCMP_ACT_KILL_PROCESS, forbidden[i], 0);
    if (failed == 0)
        failed = seccomp_load(calls);
    if (calls)
        seccomp_release(calls);
    return failed;
}

enum status bound(const char *workplace, struct err *e)
{
    if (!limit_all())
        return err_set(e, SYSTEM, "the limits of the printing program cannot be set: %s", strerror(errno));
    if (!guard_files(workplace))
        return err_set(e, SYSTEM, "the files of the printing program cannot be guarded: %s", strerror(errno));
    int failed = filter();
    return failed == 0 ? OK
                       : err_set(e, SYSTEM, "the printing program cannot be bound: %s", strerror(-failed));
}

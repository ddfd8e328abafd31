/* Which calls of the system end a process, by seccomp. */
#include "walls/walls.h"

#include "walls/sanitizer.h"

#include <errno.h>
#include <sched.h>
#include <stdint.h>
#include <string.h>
#include <sys/prctl.h>
#include <unistd.h>

#include <seccomp.h>

enum { ALWAYS = 0 };

static const struct {
    int call;
    unsigned without; /* ALWAYS, or what it belongs to */
} forbidden[] = {
    /* Other processes' memory. */
    {SCMP_SYS(process_vm_readv), ALWAYS},
    {SCMP_SYS(process_vm_writev), ALWAYS},
    {SCMP_SYS(process_madvise), ALWAYS},
    {SCMP_SYS(pidfd_getfd), ALWAYS},
    {SCMP_SYS(kcmp), ALWAYS},
    /* Another world than the one it was started in. */
    {SCMP_SYS(mount), ALWAYS},
    {SCMP_SYS(umount2), ALWAYS},
    {SCMP_SYS(pivot_root), ALWAYS},
    {SCMP_SYS(chroot), ALWAYS},
    {SCMP_SYS(unshare), ALWAYS},
    {SCMP_SYS(setns), ALWAYS},
    {SCMP_SYS(fsopen), ALWAYS},
    {SCMP_SYS(open_tree), ALWAYS},
    {SCMP_SYS(move_mount), ALWAYS},
    {SCMP_SYS(personality), ALWAYS},
    /* The kernel itself, and the machine. */
    {SCMP_SYS(init_module), ALWAYS},
    {SCMP_SYS(finit_module), ALWAYS},
    {SCMP_SYS(delete_module), ALWAYS},
    {SCMP_SYS(kexec_load), ALWAYS},
    {SCMP_SYS(kexec_file_load), ALWAYS},
    {SCMP_SYS(bpf), ALWAYS},
    {SCMP_SYS(perf_event_open), ALWAYS},
    {SCMP_SYS(userfaultfd), ALWAYS},
    {SCMP_SYS(io_uring_setup), ALWAYS},
    {SCMP_SYS(keyctl), ALWAYS},
    {SCMP_SYS(add_key), ALWAYS},
    {SCMP_SYS(request_key), ALWAYS},
    {SCMP_SYS(acct), ALWAYS},
    {SCMP_SYS(quotactl), ALWAYS},
    {SCMP_SYS(reboot), ALWAYS},
    {SCMP_SYS(clock_settime), ALWAYS},
    {SCMP_SYS(clock_adjtime), ALWAYS},
    {SCMP_SYS(settimeofday), ALWAYS},
    {SCMP_SYS(adjtimex), ALWAYS},
    {SCMP_SYS(swapon), ALWAYS},
    {SCMP_SYS(swapoff), ALWAYS},
    {SCMP_SYS(sethostname), ALWAYS},
    /* Files past Landlock: by handle, and what its first versions do not see. */
    {SCMP_SYS(open_by_handle_at), ALWAYS},
    {SCMP_SYS(name_to_handle_at), ALWAYS},
    {SCMP_SYS(truncate), ALWAYS},
    {SCMP_SYS(fanotify_init), ALWAYS},
    /* Memory and queues that other processes share. */
    {SCMP_SYS(shmget), ALWAYS},
    {SCMP_SYS(shmat), ALWAYS},
    {SCMP_SYS(msgget), ALWAYS},
    {SCMP_SYS(execveat), WALLS_WITHOUT_PROGRAMS},
    {SCMP_SYS(execve), WALLS_WITHOUT_PROGRAMS},
    {SCMP_SYS(fork), WALLS_WITHOUT_PROCESSES},
    {SCMP_SYS(vfork), WALLS_WITHOUT_PROCESSES},
    {SCMP_SYS(kill), WALLS_WITHOUT_SIGNALS},
    {SCMP_SYS(tkill), WALLS_WITHOUT_SIGNALS},
    {SCMP_SYS(rt_sigqueueinfo), WALLS_WITHOUT_SIGNALS},
    {SCMP_SYS(pidfd_send_signal), WALLS_WITHOUT_SIGNALS},
    {SCMP_SYS(socket), WALLS_WITHOUT_NETWORK},
    {SCMP_SYS(socketpair), WALLS_WITHOUT_NETWORK},
    {SCMP_SYS(connect), WALLS_WITHOUT_NETWORK},
    {SCMP_SYS(bind), WALLS_WITHOUT_NETWORK},
    {SCMP_SYS(listen), WALLS_WITHOUT_NETWORK | WALLS_WITHOUT_DOORS},
};

/* Ends the process at `call` where its arguments are as `when` says. */
static int forbid_when(scmp_filter_ctx calls, int call, const struct scmp_arg_cmp *when, unsigned n)
{
    return seccomp_rule_add_array(calls, SCMP_ACT_KILL_PROCESS, call, n, when);
}

static int forbid_looking(scmp_filter_ctx calls)
{
    static const struct scmp_arg_cmp dumpable[] = {{.arg = 0, .op = SCMP_CMP_EQ, .datum_a = PR_SET_DUMPABLE},
                                                   {.arg = 1, .op = SCMP_CMP_NE, .datum_a = 0}};
    int failed = seccomp_rule_add(calls, SCMP_ACT_KILL_PROCESS, SCMP_SYS(ptrace), 0);

    return failed == 0 ? forbid_when(calls, SCMP_SYS(prctl), dumpable, 2) : failed;
}

/* Threads are left. clone3 hides its arguments from a filter: the C library then uses clone. */
static int forbid_processes(scmp_filter_ctx calls)
{
    static const struct scmp_arg_cmp no_thread[] = {
        {.arg = 0, .op = SCMP_CMP_MASKED_EQ, .datum_a = CLONE_THREAD, .datum_b = 0}};
    int failed = forbid_when(calls, SCMP_SYS(clone), no_thread, 1);

    return failed == 0 ? seccomp_rule_add(calls, SCMP_ACT_ERRNO(ENOSYS), SCMP_SYS(clone3), 0) : failed;
}

/* A process that makes no others signals its own threads alone. */
static int forbid_other_threads(scmp_filter_ctx calls)
{
    const struct scmp_arg_cmp others[] = {{.arg = 0, .op = SCMP_CMP_NE, .datum_a = (scmp_datum_t)getpid()}};

    return forbid_when(calls, SCMP_SYS(tgkill), others, 1);
}

/* Calls whose arguments decide. */
static int forbid_by_argument(scmp_filter_ctx calls, unsigned without)
{
    const bool makes_none = without & WALLS_WITHOUT_PROCESSES;
    int failed = HAS_SANITIZER ? 0 : forbid_looking(calls);

    if (failed == 0 && makes_none && (without & WALLS_WITHOUT_SIGNALS))
        failed = forbid_other_threads(calls);
    if (failed == 0 && makes_none && !HAS_SANITIZER)
        failed = forbid_processes(calls);
    return failed;
}

static int forbid(scmp_filter_ctx calls, unsigned without)
{
    int failed = 0;

    for (size_t i = 0; failed == 0 && i < sizeof forbidden / sizeof *forbidden; i++)
        if (forbidden[i].without == ALWAYS || (forbidden[i].without & without))
            failed = seccomp_rule_add(calls, SCMP_ACT_KILL_PROCESS, forbidden[i].call, 0);
    return failed;
}

static int allow(scmp_filter_ctx calls, const int *left, size_t n)
{
    int failed = 0;

    for (size_t i = 0; failed == 0 && i < n; i++)
        failed = seccomp_rule_add(calls, SCMP_ACT_ALLOW, left[i], 0);
    return failed;
}

/* What becomes of calls without a rule, and the rules: those that are given up, or those that are left. */
struct filter {
    uint32_t usual;
    unsigned without;
    const int *left; /* NULL: all but what is given up */
    size_t n;
};

static int fill(scmp_filter_ctx calls, const struct filter *f)
{
    if (f->left)
        return allow(calls, f->left, f->n);
    int failed = forbid(calls, f->without);
    return failed == 0 ? forbid_by_argument(calls, f->without) : failed;
}

static enum status load(const struct filter *f, struct err *e)
{
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
        return err_set(e, SYSTEM, "rights cannot be given up: %s", strerror(errno));
    scmp_filter_ctx calls = seccomp_init(f->usual);
    int failed = calls ? seccomp_attr_set(calls, SCMP_FLTATR_CTL_TSYNC, 1) : -ENOMEM;

    if (failed == 0)
        failed = fill(calls, f);
    if (failed == 0)
        failed = seccomp_load(calls);
    if (calls)
        seccomp_release(calls);
    return failed == 0 ? OK : err_set(e, SYSTEM, "calls cannot be given up: %s", strerror(-failed));
}

enum status walls_calls(unsigned without, struct err *e)
{
    return load(&(struct filter){.usual = SCMP_ACT_ALLOW, .without = without}, e);
}

/* The sanitizer has calls of its own, which differ from version to version. */
enum status walls_only(const int *calls, size_t n, struct err *e)
{
    if (HAS_SANITIZER)
        return walls_calls(WALLS_OF_PAGES_SERVED, e);
    return load(&(struct filter){.usual = SCMP_ACT_KILL_PROCESS, .left = calls, .n = n}, e);
}

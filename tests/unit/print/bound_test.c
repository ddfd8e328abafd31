/* What a bound process can still do, what it cannot, and what ends it. Built without sanitizers, as
 * lykta-print is. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/file.h"
#include "print/bound.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/landlock.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

/* A folder of the test's own, and the workplace in it. */
struct place {
    char folder[64];
    char workplace[80];
    char inside[96];
    char secret[80];
};

static int open_place(void **state)
{
    struct place *p = calloc(1, sizeof *p);

    snprintf(p->folder, sizeof p->folder, "/tmp/lykta-bound-XXXXXX");
    *state = p;
    if (!mkdtemp(p->folder))
        return -1;
    snprintf(p->workplace, sizeof p->workplace, "%s/workplace", p->folder);
    snprintf(p->inside, sizeof p->inside, "%s/file", p->workplace);
    snprintf(p->secret, sizeof p->secret, "%s/lykta.db", p->folder);
    int fd = open(p->secret, O_WRONLY | O_CREAT, 0600);
    return fd >= 0 && close(fd) == 0 ? mkdir(p->workplace, 0700) : -1;
}

static int close_place(void **state)
{
    struct place *p = *state;

    folder_remove(p->folder);
    free(p);
    return 0;
}

static bool has_landlock(void)
{
    return syscall(SYS_landlock_create_ruleset, NULL, 0, LANDLOCK_CREATE_RULESET_VERSION) > 0;
}

struct call {
    const char *name;
    long number, a, b, c;
};

/* How a child ends that bounds itself and then makes the call: a wait status; its exit status is the call's
 * errno. */
static int end_of(const struct place *p, const struct call *call)
{
    struct err e;
    int outcome = 0;
    pid_t child = fork();

    if (child == 0) {
        if (bound(p->workplace, &e) != OK)
            _exit(255);
        _exit(syscall(call->number, call->a, call->b, call->c) >= 0 ? 0 : errno);
    }
    assert_true(child > 0);
    assert_int_equal(waitpid(child, &outcome, 0), child);
    return outcome;
}

static void a_forbidden_call_ends_the_process(void **state)
{
    static const struct call forbidden[] = {
        {"a connection", SYS_socket, AF_INET, SOCK_STREAM, 0},
        {"a connection of the other kind", SYS_socket, AF_INET6, SOCK_DGRAM, 0},
        {"a socket in a file", SYS_socket, AF_UNIX, SOCK_STREAM, 0},
        {"a pair of sockets", SYS_socketpair, AF_UNIX, SOCK_STREAM, 0},
        {"look into another process", SYS_ptrace, 0, 0, 0},
        {"read another's memory", SYS_process_vm_readv, 1, 0, 0},
        {"a signal", SYS_kill, 1, 0, 0},
        {"a file system", SYS_mount, 0, 0, 0},
        {"another root", SYS_chroot, 0, 0, 0},
        {"a world of its own", SYS_unshare, 0, 0, 0},
        {"a program in the kernel", SYS_bpf, 0, 0, 0},
        {"the kernel's keys", SYS_keyctl, 0, 0, 0},
        {"a queue to the kernel", SYS_io_uring_setup, 0, 0, 0},
        {"a module", SYS_init_module, 0, 0, 0},
    };

    for (size_t i = 0; i < sizeof forbidden / sizeof *forbidden; i++) {
        int outcome = end_of(*state, &forbidden[i]);

        if (!WIFSIGNALED(outcome) || WTERMSIG(outcome) != SIGSYS)
            fail_msg("%s: wait status %d", forbidden[i].name, outcome);
    }
}

static void files_of_others_are_out_of_reach(void **state)
{
    const struct place *p = *state;
    const struct call denied[] = {
        {"read a city's database", SYS_openat, AT_FDCWD, (long)p->secret, O_RDONLY},
        {"write it", SYS_openat, AT_FDCWD, (long)p->secret, O_WRONLY},
        {"delete it", SYS_unlink, (long)p->secret, 0, 0},
        {"list its folder", SYS_openat, AT_FDCWD, (long)p->folder, O_RDONLY | O_DIRECTORY},
        {"read accounts", SYS_openat, AT_FDCWD, (long)"/etc/passwd", O_RDONLY},
        {"read another process", SYS_openat, AT_FDCWD, (long)"/proc/1/environ", O_RDONLY},
        {"change a program", SYS_openat, AT_FDCWD, (long)"/usr/bin/env", O_WRONLY},
    };

    if (!has_landlock())
        skip();
    for (size_t i = 0; i < sizeof denied / sizeof *denied; i++) {
        int outcome = end_of(p, &denied[i]);

        if (!WIFEXITED(outcome) || WEXITSTATUS(outcome) != EACCES)
            fail_msg("%s: wait status %d", denied[i].name, outcome);
    }
}

static void what_printing_needs_is_left(void **state)
{
    const struct place *p = *state;
    const struct call allowed[] = {
        {"read a library", SYS_openat, AT_FDCWD, (long)"/usr/bin/env", O_RDONLY},
        {"list a folder of the system", SYS_openat, AT_FDCWD, (long)"/usr", O_RDONLY | O_DIRECTORY},
        {"write in the workplace", SYS_open, (long)p->inside, O_WRONLY | O_CREAT, 0600},
        {"write what is open", SYS_write, STDOUT_FILENO, (long)"", 0},
    };

    for (size_t i = 0; i < sizeof allowed / sizeof *allowed; i++) {
        int outcome = end_of(p, &allowed[i]);

        if (!WIFEXITED(outcome) || WEXITSTATUS(outcome) != 0)
            fail_msg("%s: wait status %d", allowed[i].name, outcome);
    }
}

static void limits_cannot_be_raised_again(void **state)
{
    static const struct rlimit more = {RLIM_INFINITY, RLIM_INFINITY};
    struct err e;
    int outcome = 0;
    pid_t child = fork();

    (void)state;
    if (child == 0) {
        /* Who may raise limits may do it here too: so not as root. */
        if ((getuid() == 0 && setuid(65534) != 0) || bound("/tmp", &e) != OK)
            _exit(255);
        _exit(setrlimit(RLIMIT_CPU, &more) != 0 && setrlimit(RLIMIT_CORE, &more) != 0 ? 0 : 1);
    }
    assert_int_equal(waitpid(child, &outcome, 0), child);
    assert_true(WIFEXITED(outcome));
    assert_int_equal(WEXITSTATUS(outcome), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_forbidden_call_ends_the_process),
        cmocka_unit_test(files_of_others_are_out_of_reach),
        cmocka_unit_test(what_printing_needs_is_left),
        cmocka_unit_test(limits_cannot_be_raised_again),
    };

    return cmocka_run_group_tests_name("bound", tests, open_place, close_place);
}

/* What a confined process can still do, and what ends it. Built without sanitizers, as lykta-picture is:
 * theirs are calls that the filter refuses. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "picture/confine.h"

#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

/* How a child ends that confines itself and then makes the call: a wait status. */
static int end_of(long call, long a, long b, long c)
{
    struct err e;
    int outcome = 0;
    pid_t child = fork();

    if (child == 0) {
        if (confine(&e) != OK)
            _exit(77);
        syscall(call, a, b, c);
        syscall(SYS_exit_group, 0);
    }
    assert_true(child > 0);
    assert_int_equal(waitpid(child, &outcome, 0), child);
    return outcome;
}

static void a_forbidden_call_ends_the_process(void **state)
{
    static const char path[] = "/etc/passwd";
    static const struct {
        const char *name;
        long call, a, b, c;
    } forbidden[] = {
        {"open a file", SYS_openat, AT_FDCWD, (long)path, O_RDONLY},
        {"open it the old way", SYS_open, (long)path, O_RDONLY, 0},
        {"a socket", SYS_socket, AF_INET, SOCK_STREAM, 0},
        {"a pair of sockets", SYS_socketpair, AF_UNIX, SOCK_STREAM, 0},
        {"another process", SYS_fork, 0, 0, 0},
        {"a thread", SYS_clone, 0, 0, 0},
        {"another program", SYS_execve, (long)path, 0, 0},
        {"a signal", SYS_kill, 1, 0, 0},
        {"look into another process", SYS_ptrace, 0, 0, 0},
        {"one descriptor more", SYS_dup, 1, 0, 0},
        {"other limits", SYS_prlimit64, 0, RLIMIT_CPU, 0},
        {"delete a file", SYS_unlink, (long)path, 0, 0},
        {"who am I", SYS_getuid, 0, 0, 0},
        {"control of a device", SYS_ioctl, 0, 0, 0},
    };

    (void)state;
    for (size_t i = 0; i < sizeof forbidden / sizeof forbidden[0]; i++) {
        int outcome = end_of(forbidden[i].call, forbidden[i].a, forbidden[i].b, forbidden[i].c);

        if (!WIFSIGNALED(outcome) || WTERMSIG(outcome) != SIGSYS)
            fail_msg("%s: wait status %d", forbidden[i].name, outcome);
    }
}

static void reading_writing_and_ending_are_left(void **state)
{
    int outcome = end_of(SYS_write, 1, (long)"", 0);

    (void)state;
    assert_true(WIFEXITED(outcome));
    assert_int_equal(WEXITSTATUS(outcome), 0);
}

static void memory_has_an_end(void **state)
{
    struct err e;
    int outcome = 0;
    pid_t child = fork();

    (void)state;
    if (child == 0) {
        if (confine(&e) != OK)
            _exit(77);
        volatile char *small = malloc(1024 * 1024);
        volatile char *large = malloc(CONFINE_MEMORY_BYTES);
        _exit(small && !large ? 0 : 1);
    }
    assert_int_equal(waitpid(child, &outcome, 0), child);
    assert_true(WIFEXITED(outcome));
    assert_int_equal(WEXITSTATUS(outcome), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_forbidden_call_ends_the_process),
        cmocka_unit_test(reading_writing_and_ending_are_left),
        cmocka_unit_test(memory_has_an_end),
    };

    return cmocka_run_group_tests_name("confine", tests, NULL, NULL);
}

/* What each process of a served city can still do behind its walls, and what ends it: every process tries
 * every call. Built without sanitizers, to which some of them are left. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/file.h"
#include "walls/walls.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <sched.h>
#include <seccomp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

enum { PAGES = 1, PAGES_SERVED = 2, WORKER = 4, KEEPER = 8, STARTER = 16, ALL = 31 };

static const struct role {
    const char *name;
    unsigned without;
    unsigned bit;
} roles[] = {
    {"pages", WALLS_OF_PAGES, PAGES},       {"pages, doors open", WALLS_OF_PAGES_SERVED, PAGES_SERVED},
    {"worker", WALLS_OF_WORKER, WORKER},    {"keeper", WALLS_OF_KEEPER, KEEPER},
    {"starter", WALLS_OF_STARTER, STARTER},
};

struct call {
    const char *name;
    unsigned ends; /* the roles it ends */
    long number, a, b, c;
};

/* How a child ends that raises the walls of `role` and then makes the call: a wait status; its exit status is
 * the call's errno. */
static int end_of(unsigned without, const struct call *call)
{
    struct err e;
    int outcome = 0;
    pid_t child = fork();

    if (child == 0) {
        if (walls_calls(without, &e) != OK)
            _exit(255);
        long answer = syscall(call->number, call->a, call->b, call->c);
        syscall(SYS_exit_group, answer >= 0 ? 0 : errno);
    }
    assert_true(child > 0);
    assert_int_equal(waitpid(child, &outcome, 0), child);
    return outcome;
}

static void each_process_is_ended_by_what_it_gave_up_and_by_nothing_else(void **state)
{
    enum { NOT_STARTING = ALL & ~(STARTER | KEEPER), NO_SOCKETS = PAGES_SERVED | STARTER };
    /* A call that is left must do nothing here: its arguments are wrong. */
    static const struct call calls[] = {
        {"look into another process", ALL, SYS_ptrace, -1, 0, 0},
        {"read another's memory", ALL, SYS_process_vm_readv, 1, 0, 0},
        {"write another's memory", ALL, SYS_process_vm_writev, 1, 0, 0},
        {"take another's descriptor", ALL, SYS_pidfd_getfd, -1, 0, 0},
        {"be looked into again", ALL, SYS_prctl, PR_SET_DUMPABLE, 1, 0},
        {"a file system", ALL, SYS_mount, 0, 0, 0},
        {"another root", ALL, SYS_chroot, 0, 0, 0},
        {"a world of its own", ALL, SYS_unshare, 0, 0, 0},
        {"another's world", ALL, SYS_setns, -1, 0, 0},
        {"a module", ALL, SYS_init_module, 0, 0, 0},
        {"a program in the kernel", ALL, SYS_bpf, -1, 0, 0},
        {"the kernel's keys", ALL, SYS_keyctl, -1, 0, 0},
        {"a queue to the kernel", ALL, SYS_io_uring_setup, 0, 0, 0},
        {"the clock", ALL, SYS_clock_settime, -1, 0, 0},
        {"an end of the machine", ALL, SYS_reboot, 0, 0, 0},
        {"a file by its number", ALL, SYS_open_by_handle_at, -1, 0, 0},
        {"cut a file by its name", ALL, SYS_truncate, 0, 0, 0},
        {"another program", ALL & ~STARTER, SYS_execve, 0, 0, 0},
        {"another program, by descriptor", ALL & ~STARTER, SYS_execveat, -1, 0, 0},
        {"another process", NOT_STARTING, SYS_clone, CLONE_FILES | CLONE_SIGHAND, 0, 0},
        {"another process, as it was once", NOT_STARTING, SYS_fork, 0, 0, 0},
        {"a signal", NOT_STARTING, SYS_kill, -1, 99, 0},
        {"a signal to a thread of another", NOT_STARTING, SYS_tgkill, 1, 1, 99},
        {"a signal by descriptor", NOT_STARTING, SYS_pidfd_send_signal, -1, 0, 0},
        {"a connection", NO_SOCKETS, SYS_connect, -1, 0, 0},
        {"a socket", NO_SOCKETS, SYS_socket, -1, 0, 0},
        {"a pair of sockets", NO_SOCKETS, SYS_socketpair, -1, 0, 0},
        {"a name for a socket", NO_SOCKETS, SYS_bind, -1, 0, 0},
        {"a door", ALL & ~PAGES, SYS_listen, -1, 0, 0},
        {"read", 0, SYS_read, -1, 0, 0},
        {"write", 0, SYS_write, -1, 0, 0},
        {"take in who comes", 0, SYS_accept4, -1, 0, 0},
        {"look up a file", 0, SYS_openat, -1, 0, 0},
        {"memory", 0, SYS_mmap, 0, 0, 0},
        {"its own end", 0, SYS_exit_group, 0, 0, 0},
    };

    (void)state;
    for (size_t r = 0; r < sizeof roles / sizeof *roles; r++)
        for (size_t i = 0; i < sizeof calls / sizeof *calls; i++) {
            int outcome = end_of(roles[r].without, &calls[i]);
            bool is_ended = WIFSIGNALED(outcome) && WTERMSIG(outcome) == SIGSYS;

            if (is_ended != ((calls[i].ends & roles[r].bit) != 0) || (!is_ended && !WIFEXITED(outcome)))
                fail_msg("%s, %s: wait status %d", roles[r].name, calls[i].name, outcome);
        }
}

/* Not in the table: where it is left, both would go on with one stack. */
static void a_process_on_the_same_stack_is_given_up_too(void **state)
{
    static const struct call vfork_call = {"vfork", WORKER, SYS_vfork, 0, 0, 0};
    int outcome = end_of(WALLS_OF_WORKER, &vfork_call);

    (void)state;
    assert_true(WIFSIGNALED(outcome));
    assert_int_equal(WTERMSIG(outcome), SIGSYS);
}

static void *note_that_it_ran(void *has_run)
{
    *(bool *)has_run = true;
    return NULL;
}

static void threads_are_left_to_who_makes_no_processes(void **state)
{
    struct err e;
    int outcome = 0;
    pid_t child = fork();

    (void)state;
    if (child == 0) {
        pthread_t thread;
        bool has_run = false;

        if (walls_calls(WALLS_OF_PAGES_SERVED, &e) != OK)
            _exit(255);
        if (pthread_create(&thread, NULL, note_that_it_ran, &has_run) != 0 || pthread_join(thread, NULL) != 0)
            _exit(1);
        _exit(has_run ? 0 : 2);
    }
    assert_int_equal(waitpid(child, &outcome, 0), child);
    assert_true(WIFEXITED(outcome));
    assert_int_equal(WEXITSTATUS(outcome), 0);
}

static void *wait_then_connect(void *turn)
{
    while (read(*(int *)turn, &(char){0}, 1) < 0)
        continue;
    socket(AF_INET, SOCK_STREAM, 0);
    return NULL;
}

static void a_wall_raised_later_is_before_threads_that_run(void **state)
{
    struct err e;
    int outcome = 0;
    int turn[2];

    (void)state;
    assert_int_equal(pipe(turn), 0);
    pid_t child = fork();
    if (child == 0) {
        pthread_t thread;

        if (pthread_create(&thread, NULL, wait_then_connect, &turn[0]) != 0 ||
            walls_calls(WALLS_OF_PAGES_SERVED, &e) != OK || write(turn[1], "", 1) != 1)
            _exit(255);
        pthread_join(thread, NULL);
        _exit(0);
    }
    assert_int_equal(waitpid(child, &outcome, 0), child);
    close(turn[0]);
    close(turn[1]);
    assert_true(WIFSIGNALED(outcome));
    assert_int_equal(WTERMSIG(outcome), SIGSYS);
}

static void what_is_given_up_cannot_be_had_by_another_program(void **state)
{
    struct err e;
    int outcome = 0;
    pid_t child = fork();

    (void)state;
    if (child == 0) {
        if (walls_calls(WALLS_OF_STARTER, &e) != OK || prctl(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0) != 1)
            _exit(255);
        execlp("python3", "python3", "-c", "import socket; socket.socket()", NULL);
        _exit(254);
    }
    assert_int_equal(waitpid(child, &outcome, 0), child);
    assert_true(WIFSIGNALED(outcome));
    assert_int_equal(WTERMSIG(outcome), SIGSYS);
}

/* A city's folder, another city beside it, and a program. */
struct place {
    char folder[64];
    char own[80], own_file[96], own_new[96], own_renamed[96], own_folder[96];
    char other[80], other_file[96], other_new[96];
};

static int open_place(void **state)
{
    struct place *p = calloc(1, sizeof *p);

    *state = p;
    snprintf(p->folder, sizeof p->folder, "/tmp/lykta-walls-XXXXXX");
    if (!mkdtemp(p->folder))
        return -1;
    snprintf(p->own, sizeof p->own, "%s/own", p->folder);
    snprintf(p->own_file, sizeof p->own_file, "%s/lykta.db", p->own);
    snprintf(p->own_new, sizeof p->own_new, "%s/new", p->own);
    snprintf(p->own_renamed, sizeof p->own_renamed, "%s/renamed", p->own);
    snprintf(p->own_folder, sizeof p->own_folder, "%s/folder", p->own);
    snprintf(p->other, sizeof p->other, "%s/other", p->folder);
    snprintf(p->other_file, sizeof p->other_file, "%s/lykta.db", p->other);
    snprintf(p->other_new, sizeof p->other_new, "%s/new", p->other);
    if (mkdir(p->own, 0700) != 0 || mkdir(p->other, 0700) != 0)
        return -1;
    int a = open(p->own_file, O_WRONLY | O_CREAT, 0600);
    int b = open(p->other_file, O_WRONLY | O_CREAT, 0600);
    return a >= 0 && b >= 0 && close(a) == 0 && close(b) == 0 ? 0 : -1;
}

static int close_place(void **state)
{
    struct place *p = *state;

    folder_remove(p->folder);
    free(p);
    return 0;
}

/* The errno of a call after the walls around p->own. */
static int errno_of(const struct place *p, const struct call *call)
{
    const struct walls_place places[] = {
        {p->own, WALLS_WRITE}, {"/usr", WALLS_READ}, {"/nowhere/at/all", WALLS_READ}};
    struct err e;
    int outcome = 0;
    pid_t child = fork();

    if (child == 0) {
        if (walls_files(places, sizeof places / sizeof *places, &e) != OK)
            _exit(255);
        _exit(syscall(call->number, call->a, call->b, call->c) >= 0 ? 0 : errno);
    }
    assert_int_equal(waitpid(child, &outcome, 0), child);
    assert_true(WIFEXITED(outcome));
    return WEXITSTATUS(outcome);
}

static void files_outside_are_refused(void **state)
{
    const struct place *p = *state;
    static const char *const arguments[] = {"true", NULL};
    const struct call denied[] = {
        {"read another city", 0, SYS_openat, AT_FDCWD, (long)p->other_file, O_RDONLY},
        {"write it", 0, SYS_openat, AT_FDCWD, (long)p->other_file, O_WRONLY},
        {"delete it", 0, SYS_unlink, (long)p->other_file, 0, 0},
        {"list its folder", 0, SYS_openat, AT_FDCWD, (long)p->other, O_RDONLY | O_DIRECTORY},
        {"make a file in it", 0, SYS_open, (long)p->other_new, O_WRONLY | O_CREAT, 0600},
        {"make a folder in it", 0, SYS_mkdir, (long)p->other_new, 0700, 0},
        {"make a link in the own", 0, SYS_symlink, (long)p->other_file, (long)p->own_new, 0},
        {"read accounts", 0, SYS_openat, AT_FDCWD, (long)"/etc/passwd", O_RDONLY},
        {"read another process", 0, SYS_openat, AT_FDCWD, (long)"/proc/1/environ", O_RDONLY},
        {"change a program", 0, SYS_openat, AT_FDCWD, (long)"/usr/bin/env", O_WRONLY},
        {"run a program", 0, SYS_execve, (long)"/usr/bin/true", (long)arguments, 0},
    };

    if (!walls_guard_files())
        skip();
    for (size_t i = 0; i < sizeof denied / sizeof *denied; i++)
        if (errno_of(p, &denied[i]) != EACCES)
            fail_msg("%s: errno %d", denied[i].name, errno_of(p, &denied[i]));
}

static void a_file_is_not_moved_out_of_the_folder(void **state)
{
    const struct place *p = *state;
    const struct call out = {"move out", 0, SYS_rename, (long)p->own_file, (long)p->other_new, 0};

    if (!walls_guard_files())
        skip();
    int why = errno_of(p, &out);
    assert_true(why == EXDEV || why == EACCES);
}

static void files_inside_are_left(void **state)
{
    const struct place *p = *state;
    const struct call allowed[] = {
        {"read", 0, SYS_openat, AT_FDCWD, (long)p->own_file, O_RDONLY},
        {"write", 0, SYS_openat, AT_FDCWD, (long)p->own_file, O_WRONLY},
        {"list", 0, SYS_openat, AT_FDCWD, (long)p->own, O_RDONLY | O_DIRECTORY},
        {"make a file", 0, SYS_open, (long)p->own_new, O_WRONLY | O_CREAT, 0600},
        {"rename it", 0, SYS_rename, (long)p->own_new, (long)p->own_renamed, 0},
        {"delete it", 0, SYS_unlink, (long)p->own_renamed, 0, 0},
        {"make a folder", 0, SYS_mkdir, (long)p->own_folder, 0700, 0},
        {"delete it", 0, SYS_rmdir, (long)p->own_folder, 0, 0},
        {"read a library", 0, SYS_openat, AT_FDCWD, (long)"/usr/bin/env", O_RDONLY},
    };

    for (size_t i = 0; i < sizeof allowed / sizeof *allowed; i++)
        if (errno_of(p, &allowed[i]) != 0)
            fail_msg("%s: errno %d", allowed[i].name, errno_of(p, &allowed[i]));
}

/* What a container's filter does to calls that it does not know. */
static bool keep_landlock_away(void)
{
    scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ALLOW);
    bool is_kept =
        filter &&
        seccomp_rule_add(filter, SCMP_ACT_ERRNO(EPERM), SCMP_SYS(landlock_create_ruleset), 0) == 0 &&
        seccomp_load(filter) == 0;

    seccomp_release(filter);
    return is_kept;
}

static void a_container_that_keeps_the_walls_away_leaves_the_user_s_rights(void **state)
{
    const struct place *p = *state;
    const struct walls_place own = {p->own, WALLS_WRITE};
    struct err e;
    int outcome = 0;
    pid_t child = fork();

    if (child == 0)
        _exit(keep_landlock_away() && walls_files(&own, 1, &e) == OK && !walls_guard_files() ? 0 : 1);
    assert_int_equal(waitpid(child, &outcome, 0), child);
    assert_true(WIFEXITED(outcome) && WEXITSTATUS(outcome) == 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_process_is_ended_by_what_it_gave_up_and_by_nothing_else),
        cmocka_unit_test(a_process_on_the_same_stack_is_given_up_too),
        cmocka_unit_test(threads_are_left_to_who_makes_no_processes),
        cmocka_unit_test(a_wall_raised_later_is_before_threads_that_run),
        cmocka_unit_test(what_is_given_up_cannot_be_had_by_another_program),
        cmocka_unit_test(files_outside_are_refused),
        cmocka_unit_test(a_file_is_not_moved_out_of_the_folder),
        cmocka_unit_test(files_inside_are_left),
        cmocka_unit_test(a_container_that_keeps_the_walls_away_leaves_the_user_s_rights),
    };

    return cmocka_run_group_tests_name("walls", tests, open_place, close_place);
}

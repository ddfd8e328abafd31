/* Where the server may listen. */
#include "web/listen.h"

#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

static void a_free_port_of_this_machine_is_opened(void **state)
{
    struct err e = {OK, ""};
    int fd = -1;

    (void)state;
    assert_int_equal(listen_open("127.0.0.1:0", LISTEN_ON_THIS_MACHINE, &fd, &e), OK);
    assert_int_not_equal(fcntl(fd, F_GETFL) & O_NONBLOCK,
                         0); /* who accepts also waits for the door to close */
    assert_true(listen_port(fd) > 0);
    listen_close(fd);
}

static void a_file_is_for_its_owner_and_group_and_goes_when_it_is_closed(void **state)
{
    char path[100];
    char address[120];
    struct stat info;
    struct err e = {OK, ""};
    int fd = -1;

    (void)state;
    snprintf(path, sizeof path, "/tmp/lykta-listen-%ld", (long)getpid());
    snprintf(address, sizeof address, "unix:%s", path);
    assert_int_equal(listen_open(address, LISTEN_ON_THIS_MACHINE, &fd, &e), OK);
    close(fd); /* as of a program that is killed: the file is left */
    assert_int_equal(listen_open(address, LISTEN_ON_THIS_MACHINE, &fd, &e), OK);
    assert_int_equal(stat(path, &info), 0);
    assert_int_equal(info.st_mode, S_IFSOCK | 0660);
    listen_close(fd);
    assert_int_equal(stat(path, &info), -1);
}

static void a_file_that_is_no_socket_stays(void **state)
{
    char path[] = "/tmp/lykta-listen-XXXXXX";
    char address[120];
    struct stat info;
    struct err e = {OK, ""};
    int fd = -1;

    (void)state;
    close(mkstemp(path));
    snprintf(address, sizeof address, "unix:%s", path);
    assert_int_equal(listen_open(address, LISTEN_ON_THIS_MACHINE, &fd, &e), SYSTEM);
    assert_int_equal(stat(path, &info), 0);
    unlink(path);
}

static void an_address_that_is_not_understood_is_wrong_usage(void **state)
{
    static const char *const wrong[] = {"",
                                        "8080",
                                        "127.0.0.1",
                                        "127.0.0.1:65536",
                                        "127.0.0.1:x",
                                        ":8080",
                                        "localhost:1",
                                        "::1:8080",
                                        "[::1:8080",
                                        "[]:1",
                                        "[::1]",
                                        "1.2.3:80",
                                        "127.0.0.1:-1",
                                        "unix:",
                                        "unix:watch.sock",
                                        "a.b.c.d:80",
                                        "[127.0.0.1]:80",
                                        "0000000000000000000000000000000000000000000000000127.0.0.1:1"};
    struct err e = {OK, ""};
    int fd = -1;

    (void)state;
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++)
        assert_int_equal(listen_open(wrong[i], LISTEN_OPENLY, &fd, &e), USAGE);
    assert_int_equal(fd, -1);
}

static void an_address_others_can_reach_must_be_asked_for(void **state)
{
    static const char *const open[] = {"0.0.0.0:0", "[::]:0", "192.0.2.1:8080", "[2001:db8::1]:8080"};
    struct err e = {OK, ""};
    int fd = -1;

    (void)state;
    for (size_t i = 0; i < sizeof open / sizeof open[0]; i++) {
        assert_int_equal(listen_open(open[i], LISTEN_ON_THIS_MACHINE, &fd, &e), USAGE);
        assert_non_null(strstr(e.what, "--direct"));
    }
}

static void an_address_of_another_machine_is_told(void **state)
{
    struct err e = {OK, ""};
    int fd = -1;

    (void)state;
    assert_int_equal(listen_open("192.0.2.1:8080", LISTEN_OPENLY, &fd, &e), SYSTEM);
    assert_non_null(strstr(e.what, "does not have that address"));
}

enum { GIVEN = 3 };

/* Hands over, as the service manager does to `pid`, `n` sockets of which the first is `fd`. */
static void hand_over(long pid, const char *n, int fd)
{
    char text[24];

    snprintf(text, sizeof text, "%ld", pid);
    setenv("LISTEN_PID", text, 1);
    setenv("LISTEN_FDS", n, 1);
    if (fd >= 0)
        dup2(fd, GIVEN);
}

static void a_socket_that_the_service_manager_opened_is_taken_once(void **state)
{
    struct err e = {OK, ""};
    int theirs = -1;
    int fd = -1;
    int again = 0;

    (void)state;
    assert_int_equal(listen_open("127.0.0.1:0", LISTEN_ON_THIS_MACHINE, &theirs, &e), OK);
    hand_over((long)getpid(), "1", theirs);
    assert_int_equal(listen_given(LISTEN_ON_THIS_MACHINE, &fd, &e), OK);
    assert_int_equal(fd, GIVEN);
    assert_int_equal(listen_port(fd), listen_port(theirs));
    assert_int_not_equal(fcntl(fd, F_GETFD) & FD_CLOEXEC, 0);
    assert_int_equal(listen_given(LISTEN_ON_THIS_MACHINE, &again, &e), OK);
    assert_int_equal(again, -1);
    close(fd);
    listen_close(theirs);
}

static void a_socket_for_another_process_is_left_alone(void **state)
{
    struct err e = {OK, ""};
    int fd = 0;

    (void)state;
    hand_over((long)getppid(), "1", -1);
    assert_int_equal(listen_given(LISTEN_ON_THIS_MACHINE, &fd, &e), OK);
    assert_int_equal(fd, -1);
}

static void what_is_handed_over_must_be_one_socket_that_listens(void **state)
{
    int connected[2];
    struct err e = {OK, ""};
    int fd = 0;

    (void)state;
    assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM, 0, connected), 0);
    hand_over((long)getpid(), "1", connected[0]);
    assert_int_equal(listen_given(LISTEN_OPENLY, &fd, &e), USAGE);
    hand_over((long)getpid(), "2", connected[0]);
    assert_int_equal(listen_given(LISTEN_OPENLY, &fd, &e), USAGE);
    assert_int_equal(fd, -1);
    close(GIVEN);
    close(connected[0]);
    close(connected[1]);
}

static void a_socket_that_others_reach_must_be_asked_for(void **state)
{
    struct err e = {OK, ""};
    int theirs = -1;
    int fd = -1;

    (void)state;
    assert_int_equal(listen_open("0.0.0.0:0", LISTEN_OPENLY, &theirs, &e), OK);
    hand_over((long)getpid(), "1", theirs);
    assert_int_equal(listen_given(LISTEN_ON_THIS_MACHINE, &fd, &e), USAGE);
    assert_non_null(strstr(e.what, "--direct"));
    hand_over((long)getpid(), "1", theirs);
    assert_int_equal(listen_given(LISTEN_OPENLY, &fd, &e), OK);
    close(fd);
    listen_close(theirs);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_free_port_of_this_machine_is_opened),
        cmocka_unit_test(a_file_is_for_its_owner_and_group_and_goes_when_it_is_closed),
        cmocka_unit_test(a_file_that_is_no_socket_stays),
        cmocka_unit_test(an_address_that_is_not_understood_is_wrong_usage),
        cmocka_unit_test(an_address_others_can_reach_must_be_asked_for),
        cmocka_unit_test(an_address_of_another_machine_is_told),
        cmocka_unit_test(a_socket_that_the_service_manager_opened_is_taken_once),
        cmocka_unit_test(a_socket_for_another_process_is_left_alone),
        cmocka_unit_test(what_is_handed_over_must_be_one_socket_that_listens),
        cmocka_unit_test(a_socket_that_others_reach_must_be_asked_for),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

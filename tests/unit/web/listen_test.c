/* Where the server may listen. */
#include "web/listen.h"

#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

static void a_free_port_of_this_machine_is_opened(void **state)
{
    struct err e = {OK, ""};
    int fd = -1;

    (void)state;
    assert_int_equal(listen_open("127.0.0.1:0", LISTEN_ON_THIS_MACHINE, &fd, &e), OK);
    assert_int_equal(fcntl(fd, F_GETFL) & O_NONBLOCK, 0); /* or who accepts would turn and turn */
    assert_true(listen_port(fd) > 0);
    close(fd);
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

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_free_port_of_this_machine_is_opened),
        cmocka_unit_test(an_address_that_is_not_understood_is_wrong_usage),
        cmocka_unit_test(an_address_others_can_reach_must_be_asked_for),
        cmocka_unit_test(an_address_of_another_machine_is_told),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* The process that starts programs: what it starts, what it does not, and how it ends. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/text.h"
#include "child/child.h"
#include "process/starter.h"

#include <fcntl.h>
#include <pthread.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

/* In place of lykta-picture and of lykta-print for both kinds of PDF: programs of the system, each with the
 * argument that the real one would get. */
static const char *const programs[START_PROGRAMS] = {"/bin/cat", "/bin/echo", "/nowhere/lykta-print"};

static int open_starter(void **state)
{
    struct starter *s = NULL;
    struct err e;

    if (starter_open(programs, &s, &e) != OK)
        return -1;
    *state = s;
    return 0;
}

static int close_starter(void **state)
{
    starter_close(*state);
    return 0;
}

/* Asks as child_run does for the program `name` with `argument`. */
static enum status run(const char *name, const char *argument, struct str input, struct text *out,
                       struct err *e)
{
    const char *const arguments[] = {name, argument, NULL};
    const struct child c = {.arguments = arguments,
                            .input = input,
                            .most_bytes = 1 << 22,
                            .most_seconds = 20,
                            .how_to_get = "install it"};

    return child_run(&c, out, e);
}

static void it_runs_a_program_on_bytes_and_gives_bytes_back(void **state)
{
    struct arena *a = arena_open();
    struct text out = text_open(a);
    struct err e = {0};

    (void)state;
    assert_int_equal(run("/any/lykta-picture", NULL, S("what is sent"), &out, &e), OK);
    assert_true(str_is(text_str(&out), "what is sent"));
    arena_close(a);
}

static void it_gives_the_argument_of_its_own_table(void **state)
{
    struct arena *a = arena_open();
    struct text out = text_open(a);
    struct err e = {0};

    (void)state;
    assert_int_equal(run("lykta-print", "pdf/ua-1", S(""), &out, &e), OK);
    assert_true(str_is(text_str(&out), "pdf/ua-1\n"));
    arena_close(a);
}

static void a_program_of_another_name_or_argument_is_not_asked_for(void **state)
{
    static const char *const others[][2] = {
        {"/bin/sh", NULL}, {"lykta-print", "pdf/a-1b"}, {"lykta-print", NULL}, {"lykta-picture", "-x"}};
    struct arena *a = arena_open();
    struct text out = text_open(a);
    struct err e = {0};

    (void)state;
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        assert_int_equal(run(others[i][0], others[i][1], S(""), &out, &e), BAD_INPUT);
    assert_int_equal(out.n, 0);
    arena_close(a);
}

static void a_program_that_is_not_there_is_told_of(void **state)
{
    struct arena *a = arena_open();
    struct text out = text_open(a);
    struct err e = {0};

    (void)state;
    assert_int_equal(run("lykta-print", "pdf/a-3b", S(""), &out, &e), SYSTEM);
    assert_non_null(strstr(e.what, "install it"));
    arena_close(a);
}

static void a_program_that_writes_too_much_is_ended(void **state)
{
    struct arena *a = arena_open();
    struct text out = text_open(a);
    struct err e = {0};
    char bytes[64 * 1024];
    const char *const arguments[] = {"lykta-picture", NULL};
    /* cat gives back what it gets, and that is more than is taken. */
    const struct child c = {.arguments = arguments,
                            .input = {bytes, sizeof bytes},
                            .most_bytes = 10,
                            .most_seconds = 20,
                            .how_to_get = ""};

    (void)state;
    memset(bytes, 'x', sizeof bytes);
    assert_int_equal(child_run(&c, &out, &e), SYSTEM);
    assert_non_null(strstr(e.what, "writes too much, and was ended"));
    arena_close(a);
}

/* Sends it `n` bytes with `descriptors` of standard input. */
static void send_bytes(const void *bytes, size_t n, size_t descriptors)
{
    union {
        struct cmsghdr head;
        char room[CMSG_SPACE(8 * sizeof(int))];
    } with = {.room = {0}};
    struct iovec one = {.iov_base = (void *)(uintptr_t)bytes, .iov_len = n};
    struct msghdr m = {.msg_iov = &one, .msg_iovlen = 1};

    if (descriptors > 0) {
        m.msg_control = with.room;
        m.msg_controllen = CMSG_SPACE(descriptors * sizeof(int));
        with.head.cmsg_level = SOL_SOCKET;
        with.head.cmsg_type = SCM_RIGHTS;
        with.head.cmsg_len = CMSG_LEN(descriptors * sizeof(int));
    }
    assert_int_equal(sendmsg(START_SOCKET, &m, MSG_NOSIGNAL), (ssize_t)n);
}

static void what_is_no_ask_is_passed_over(void **state)
{
    const struct start_ask unknown = {.program = START_PROGRAMS};
    const struct start_ask huge = {.program = UINT32_MAX};
    const struct start_ask known = {.program = START_PICTURE};
    char long_one[300] = {0};
    struct arena *a = arena_open();
    struct text out = text_open(a);
    struct err e = {0};

    send_bytes(&unknown, sizeof unknown, 3);
    send_bytes(&huge, sizeof huge, 3);
    send_bytes(&known, sizeof known, 0);
    send_bytes(&known, sizeof known, 1);
    send_bytes(&known, sizeof known, 8);
    send_bytes("x", 1, 3);
    send_bytes(long_one, sizeof long_one, 0);
    assert_true(starter_is_there(*state));
    assert_int_equal(run("lykta-picture", NULL, S("after it"), &out, &e), OK);
    assert_true(str_is(text_str(&out), "after it"));
    arena_close(a);
}

enum { ASKERS = 24 };

static void *ask_once(void *is_right)
{
    struct arena *a = arena_open();
    struct text out = text_open(a);
    struct err e = {0};

    *(bool *)is_right =
        run("lykta-picture", NULL, S("one of many"), &out, &e) == OK && str_is(text_str(&out), "one of many");
    arena_close(a);
    return NULL;
}

static void more_may_ask_at_once_than_it_runs_at_once(void **state)
{
    pthread_t thread[ASKERS];
    bool is_right[ASKERS] = {false};

    (void)state;
    for (size_t i = 0; i < ASKERS; i++)
        assert_int_equal(pthread_create(&thread[i], NULL, ask_once, &is_right[i]), 0);
    for (size_t i = 0; i < ASKERS; i++)
        pthread_join(thread[i], NULL);
    for (size_t i = 0; i < ASKERS; i++)
        assert_true(is_right[i]);
}

static void without_it_programs_are_started_here(void **state)
{
    struct arena *a = arena_open();
    struct text out = text_open(a);
    struct err e = {0};

    (void)state;
    assert_false(start_is_elsewhere());
    assert_int_equal(run("/bin/echo", "here", S(""), &out, &e), OK);
    assert_true(str_is(text_str(&out), "here\n"));
    arena_close(a);
}

static void a_file_at_its_number_is_not_taken_for_it(void **state)
{
    (void)state;
    assert_int_equal(dup2(STDERR_FILENO, START_SOCKET), START_SOCKET);
    assert_false(start_is_elsewhere());
    close(START_SOCKET);
}

#define WITH_STARTER(test) cmocka_unit_test_setup_teardown(test, open_starter, close_starter)

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_STARTER(it_runs_a_program_on_bytes_and_gives_bytes_back),
        WITH_STARTER(it_gives_the_argument_of_its_own_table),
        WITH_STARTER(a_program_of_another_name_or_argument_is_not_asked_for),
        WITH_STARTER(a_program_that_is_not_there_is_told_of),
        WITH_STARTER(a_program_that_writes_too_much_is_ended),
        WITH_STARTER(what_is_no_ask_is_passed_over),
        WITH_STARTER(more_may_ask_at_once_than_it_runs_at_once),
        cmocka_unit_test(without_it_programs_are_started_here),
        cmocka_unit_test(a_file_at_its_number_is_not_taken_for_it),
    };

    return cmocka_run_group_tests_name("starter", tests, NULL, NULL);
}

/* The process that keeps the worker: it is made, made anew, and ended in order. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "process/keeper.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdatomic.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <unistd.h>

/* What a worker tells the test, in memory that both have. */
struct told {
    _Atomic pid_t process;
    atomic_int begun, ended;
    atomic_int other_descriptors;
    _Atomic pid_t parent;
};

static int open_told(void **state)
{
    void *p = mmap(NULL, sizeof(struct told), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);

    *state = p;
    return p == MAP_FAILED ? -1 : 0;
}

static int close_told(void **state)
{
    return munmap(*state, sizeof(struct told));
}

static int work(void *context)
{
    struct told *t = context;
    int others = 0;

    for (int fd = PROCESS_SOCKET + 1; fd < 200; fd++)
        others += fcntl(fd, F_GETFD) >= 0;
    atomic_store(&t->other_descriptors, others);
    atomic_store(&t->parent, getppid());
    atomic_store(&t->process, getpid());
    atomic_fetch_add(&t->begun, 1);
    keeper_ready(OK, NULL);
    keeper_is_over();
    atomic_fetch_add(&t->ended, 1);
    return 0;
}

static struct keeper *begun(int (*run)(void *), struct told *t)
{
    const struct process worker = {"test-worker", run, t};
    struct keeper *k = NULL;
    struct err e;

    assert_int_equal(keeper_open(&worker, &k, &e), OK);
    assert_int_equal(keeper_begin(k, NULL, &e), OK);
    return k;
}

/* Waits until `count` has become `so_many`. */
static void wait_until(const atomic_int *count, int so_many)
{
    for (int i = 0; i < 2000 && atomic_load(count) != so_many; i++)
        poll(NULL, 0, 10);
    assert_int_equal(atomic_load(count), so_many);
}

static void a_worker_is_made_when_asked_for_and_ends_in_order(void **state)
{
    struct told *t = *state;
    struct keeper *k = begun(work, t);

    assert_int_equal(atomic_load(&t->begun), 1);
    assert_true(keeper_state(k).is_up);
    assert_int_equal(keeper_state(k).starts, 1);
    assert_int_equal(atomic_load(&t->ended), 0);
    keeper_close(k);
    assert_int_equal(atomic_load(&t->ended), 1);
}

static void a_worker_has_no_descriptor_of_who_serves(void **state)
{
    struct told *t = *state;
    struct keeper *k = begun(work, t);

    assert_int_equal(atomic_load(&t->other_descriptors), 0);
    assert_int_not_equal(atomic_load(&t->parent), getpid());
    keeper_close(k);
}

static void a_worker_that_was_killed_is_made_anew(void **state)
{
    struct told *t = *state;
    struct keeper *k = begun(work, t);
    pid_t first = atomic_load(&t->process);

    assert_int_equal(kill(first, SIGKILL), 0);
    wait_until(&t->begun, 2);
    assert_int_not_equal(atomic_load(&t->process), first);
    assert_true(keeper_is_there(k));
    for (int i = 0; i < 1000 && !keeper_state(k).is_up; i++)
        poll(NULL, 0, 10);
    assert_true(keeper_state(k).is_up);
    assert_int_equal(keeper_state(k).starts, 2);
    keeper_close(k);
    assert_int_equal(atomic_load(&t->ended), 1);
}

static void signals_for_all_are_not_for_it(void **state)
{
    struct told *t = *state;
    struct keeper *k = begun(work, t);

    assert_int_equal(kill(atomic_load(&t->process), SIGTERM), 0);
    assert_int_equal(kill(atomic_load(&t->process), SIGINT), 0);
    assert_int_equal(kill(atomic_load(&t->parent), SIGTERM), 0);
    keeper_close(k);
    assert_int_equal(atomic_load(&t->begun), 1);
    assert_int_equal(atomic_load(&t->ended), 1);
}

static int refuse(void *context)
{
    struct err e;
    struct told *t = context;

    atomic_fetch_add(&t->begun, 1);
    keeper_ready(err_set(&e, BAD_INPUT, "not today"), &e);
    return 1;
}

static void a_worker_that_cannot_begin_says_why_and_is_not_made_anew(void **state)
{
    const struct process worker = {"test-worker", refuse, *state};
    struct told *t = *state;
    struct keeper *k = NULL;
    struct err e;

    assert_int_equal(keeper_open(&worker, &k, &e), OK);
    assert_int_equal(keeper_begin(k, NULL, &e), BAD_INPUT);
    assert_string_equal(e.what, "not today");
    keeper_close(k);
    assert_int_equal(atomic_load(&t->begun), 1);
}

static int end_at_once(void *context)
{
    (void)context;
    return 7;
}

static void a_worker_without_a_word_is_a_fault(void **state)
{
    const struct process worker = {"test-worker", end_at_once, *state};
    struct keeper *k = NULL;
    struct err e;

    assert_int_equal(keeper_open(&worker, &k, &e), OK);
    assert_int_equal(keeper_begin(k, NULL, &e), SYSTEM);
    keeper_close(k);
}

/* A worker that has been taken over by somebody says what it likes. */
static int say_nonsense(void *context)
{
    struct err said = {.status = (enum status)4711};

    (void)context;
    memset(said.what, 'x', sizeof said.what);
    return send(PROCESS_SOCKET, &said, sizeof said, 0) > 0 ? 0 : 1;
}

static void what_a_worker_says_is_held_to_its_form(void **state)
{
    const struct process worker = {"test-worker", say_nonsense, *state};
    struct keeper *k = NULL;
    struct err e;

    assert_int_equal(keeper_open(&worker, &k, &e), OK);
    assert_int_equal(keeper_begin(k, NULL, &e), SYSTEM);
    assert_int_equal(strlen(e.what), sizeof e.what - 1);
    keeper_close(k);
}

static void its_own_end_is_seen(void **state)
{
    struct told *t = *state;
    struct keeper *k = begun(work, t);

    assert_true(keeper_is_there(k));
    assert_int_equal(kill(atomic_load(&t->parent), SIGKILL), 0);
    for (int i = 0; i < 2000 && keeper_is_there(k); i++)
        poll(NULL, 0, 10);
    assert_false(keeper_is_there(k));
    keeper_close(k);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_worker_is_made_when_asked_for_and_ends_in_order, open_told,
                                        close_told),
        cmocka_unit_test_setup_teardown(a_worker_has_no_descriptor_of_who_serves, open_told, close_told),
        cmocka_unit_test_setup_teardown(a_worker_that_was_killed_is_made_anew, open_told, close_told),
        cmocka_unit_test_setup_teardown(signals_for_all_are_not_for_it, open_told, close_told),
        cmocka_unit_test_setup_teardown(a_worker_that_cannot_begin_says_why_and_is_not_made_anew, open_told,
                                        close_told),
        cmocka_unit_test_setup_teardown(a_worker_without_a_word_is_a_fault, open_told, close_told),
        cmocka_unit_test_setup_teardown(what_a_worker_says_is_held_to_its_form, open_told, close_told),
        cmocka_unit_test_setup_teardown(its_own_end_is_seen, open_told, close_told),
    };

    return cmocka_run_group_tests_name("keeper", tests, NULL, NULL);
}

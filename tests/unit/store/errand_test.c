/* Errands: done over and over on threads of their own, and ended in order. */
#include "../scratch.h"
#include "../unit.h"

#include "store/city.h"
#include "store/errand.h"
#include "store/errand_board.h"

#include <assert.h>
#include <fcntl.h>
#include <stdio.h>
#include <time.h>
#include <unistd.h>

static atomic_int runs, closes, by_all;
static atomic_bool fails;
static int opened;

static enum status open_counted(const struct city *city, struct db *db, const atomic_bool *stop, void **kept,
                                struct err *e)
{
    (void)city;
    (void)stop;
    (void)db;
    if (atomic_load(&fails))
        return err_set(e, BAD_INPUT, "not today");
    *kept = &opened;
    return OK;
}

static enum status run_counted(const struct errand_round *r, struct err *e)
{
    static const char sql[] = "select count(*) from city";
    struct query q = db_query(r->db, sql);
    int *piece = arena_new(r->arena, 1000, int);

    assert(piece[999] == 0 && r->city && (!r->kept || r->kept == &opened));

    atomic_fetch_add(&runs, (int)(query_next(&q) ? query_int(&q, 0) : 0));
    return query_end(&q, e);
}

static enum status run_by_all(const struct errand_round *r, struct err *e)
{
    (void)r;
    (void)e;
    atomic_fetch_add(&by_all, 1);
    return OK;
}

static void close_counted(void *kept)
{
    (void)kept;
    atomic_fetch_add(&closes, 1);
}

static struct city *city_of(void **state)
{
    const struct city_make make = {.municipality = S("1281"), .who = {.name = "test", .now_at = 1795500000}};
    const char *path = scratch_path(*state, "lund");
    struct city *city = NULL;
    struct err e = {0};

    atomic_store(&runs, 0);
    atomic_store(&closes, 0);
    atomic_store(&fails, false);
    assert_int_equal(city_init(path, &make, &e), OK);
    assert_int_equal(city_open(path, DB_WRITE, &city, &e), OK);
    assert_int_equal(city_lock(city, &e), OK);
    return city;
}

static const struct errand two[] = {{"one", 1, run_counted, open_counted, close_counted, false},
                                    {"other", 3600000, run_counted, open_counted, close_counted, false}};
static const struct errand bare[] = {{.name = "bare", .every_ms = 1, .run = run_counted}};

static void an_errand_is_done_over_and_over_until_it_is_told_to_stop(void **state)
{
    struct city *city = city_of(state);
    struct errands *all = NULL;
    struct err e = {0};

    assert_int_equal(errands_open(city, two, 2, NULL, &all, &e), OK);
    while (atomic_load(&runs) < 20)
        usleep(1000);
    errands_close(all); /* at once, although one of them rests for an hour */
    assert_int_equal(atomic_load(&closes), 2);
    city_close(city);
}

static void an_errand_that_keeps_nothing_is_done_as_well(void **state)
{
    struct city *city = city_of(state);
    struct errands *all = NULL;
    struct err e = {0};

    assert_int_equal(errands_open(city, bare, 1, NULL, &all, &e), OK);
    while (atomic_load(&runs) < 20)
        usleep(1000);
    errands_close(all);
    assert_int_equal(atomic_load(&closes), 0);
    city_close(city);
}

static const struct errand twice[] = {
    {"once", 1, run_counted, open_counted, close_counted, false},
    {.name = "all", .every_ms = 1, .run = run_by_all, .in_each_process = true}};

static void what_another_process_does_waits_until_that_has_ended(void **state)
{
    struct city *first = city_of(state);
    struct city *second = NULL;
    struct errands *all = NULL;
    struct err e = {0};

    assert_int_equal(city_open(first->path, DB_WRITE, &second, &e), OK);
    second->lock = open(city_file(second, "lykta.lock", second->arena), O_RDWR | O_CLOEXEC);
    assert_int_equal(errands_open(second, twice, 2, NULL, &all, &e), OK);
    while (atomic_load(&by_all) < 20)
        usleep(1000);
    assert_int_equal(atomic_load(&runs), 0);
    city_close(first);
    while (atomic_load(&runs) < 20)
        usleep(1000);
    errands_close(all);
    assert_int_equal(atomic_load(&closes), 1);
    city_close(second);
}

static enum status run_failing(const struct errand_round *r, struct err *e)
{
    (void)r;
    atomic_fetch_add(&runs, 1);
    return atomic_load(&fails) ? err_set(e, SYSTEM, "not today") : OK;
}

/* Until `n` errands are seen to fail. */
static struct errand_board_state wait_for_failing(const struct errand_board *board, int64_t n)
{
    struct errand_board_state seen = errand_board_state(board);

    while (seen.failing != n || seen.round_at == 0) {
        usleep(1000);
        seen = errand_board_state(board);
    }
    return seen;
}

static void whoever_shares_the_board_sees_when_an_errand_was_done_and_that_it_fails(void **state)
{
    static const struct errand failing[] = {{.name = "failing", .every_ms = 1, .run = run_failing}};
    struct city *city = city_of(state);
    struct errand_board *board = NULL;
    struct errands *all = NULL;
    struct err e = {0};
    const int64_t begun_at = (int64_t)time(NULL);

    atomic_store(&fails, true);
    assert_int_equal(errand_board_open(&board, &e), OK);
    errand_board_post(board, 1, 7); /* of one before it */
    assert_int_equal(errands_open(city, failing, 1, &(struct errand_told){.board = board}, &all, &e), OK);
    assert_true(wait_for_failing(board, 1).round_at >= begun_at);
    atomic_store(&fails, false);
    wait_for_failing(board, 0);
    errands_close(all);
    errand_board_close(board);
    city_close(city);
}

static atomic_int rounds_of[3], marked;

/* Leaves a mark on its connection, which is seen by who uses it next. */
static enum status run_marking(struct db *db, int i, struct err *e)
{
    static const char sql[] = "select count(*) from sqlite_temp_schema";
    struct query q = db_query(db, sql);

    atomic_fetch_add(&marked, (int)(query_next(&q) ? query_int(&q, 0) : 0));
    TRY(query_end(&q, e));
    TRY(db_script(db, "create temp table if not exists mark (x integer)", e));
    atomic_fetch_add(&rounds_of[i], 1);
    return OK;
}

static enum status run_first(const struct errand_round *r, struct err *e)
{
    return run_marking(r->db, 0, e);
}

static enum status run_second(const struct errand_round *r, struct err *e)
{
    return run_marking(r->db, 1, e);
}

/* Long work: it has its connection until another has been done meanwhile. */
static enum status run_long(const struct errand_round *r, struct err *e)
{
    (void)r;
    (void)e;
    while (atomic_load(&rounds_of[0]) == 0 || atomic_load(&rounds_of[1]) == 0)
        usleep(1000);
    atomic_fetch_add(&rounds_of[2], 1);
    return OK;
}

static const struct errand resting[] = {{.name = "long", .every_ms = 3600000, .run = run_long},
                                        {.name = "first", .every_ms = 3600000, .run = run_first},
                                        {.name = "second", .every_ms = 3600000, .run = run_second}};

static void wait_for_rounds(size_t i)
{
    while (atomic_load(&rounds_of[i]) == 0)
        usleep(1000);
}

static void open_resting(const struct city *city, const struct errand *table, size_t n, struct errands **all)
{
    struct err e = {0};

    for (size_t i = 0; i < 3; i++)
        atomic_store(&rounds_of[i], 0);
    atomic_store(&marked, 0);
    assert_int_equal(errands_open(city, table, n, NULL, all, &e), OK);
}

/* On a machine so busy that the first holds it for too long, the second has opened its own: then again. */
static void errands_that_rest_long_hand_on_a_connection(void **state)
{
    struct city *city = city_of(state);
    struct errands *all = NULL;
    int tries = 0;

    do {
        open_resting(city, resting + 1, 2, &all);
        wait_for_rounds(0);
        wait_for_rounds(1);
        errands_close(all);
    } while (atomic_load(&marked) == 0 && ++tries < 50);
    assert_int_equal(atomic_load(&marked), 1);
    city_close(city);
}

static void none_waits_for_the_work_of_another(void **state)
{
    struct city *city = city_of(state);
    struct errands *all = NULL;

    open_resting(city, resting, 3, &all);
    wait_for_rounds(2); /* which would wait for ever */
    errands_close(all);
    city_close(city);
}

static void an_errand_that_cannot_begin_is_told_of(void **state)
{
    struct city *city = city_of(state);
    struct errands *all = NULL;
    struct err e = {0};

    atomic_store(&fails, true);
    assert_int_equal(errands_open(city, two, 2, NULL, &all, &e), BAD_INPUT);
    assert_string_equal(e.what, "not today");
    assert_int_equal(atomic_load(&closes), 0);
    city_close(city);
}

/* What cannot be opened now is tried again, and told of until it can. */
static void an_errand_that_becomes_ours_and_cannot_begin_is_tried_again(void **state)
{
    struct city *first = city_of(state);
    struct city *second = NULL;
    struct errand_board *board = NULL;
    struct errands *all = NULL;
    struct err e = {0};

    assert_int_equal(city_open(first->path, DB_WRITE, &second, &e), OK);
    second->lock = open(city_file(second, "lykta.lock", second->arena), O_RDWR | O_CLOEXEC);
    assert_int_equal(errand_board_open(&board, &e), OK);
    assert_int_equal(errands_open(second, twice, 1, &(struct errand_told){.board = board}, &all, &e), OK);
    atomic_store(&fails, true);
    city_close(first);
    wait_for_failing(board, 1);
    assert_int_equal(atomic_load(&runs), 0);
    atomic_store(&fails, false);
    wait_for_failing(board, 0);
    while (atomic_load(&runs) == 0)
        usleep(1000);
    errands_close(all);
    assert_int_equal(atomic_load(&closes), 1);
    errand_board_close(board);
    city_close(second);
}

/* Neither of those that rest long, which share a connection, nor of the others one is left running. */
static void without_its_database_no_errand_begins(void **state)
{
    struct city *city = city_of(state);
    const char *path = city_file(city, "lykta.db", city->arena);
    const char *aside = city_file(city, "aside.db", city->arena);
    struct errands *all = NULL;
    struct err e = {0};

    assert_int_equal(rename(path, aside), 0);
    assert_int_equal(errands_open(city, bare, 1, NULL, &all, &e), BAD_INPUT);
    assert_says(e, "No such file");
    assert_int_equal(errands_open(city, resting, 3, NULL, &all, &e), BAD_INPUT);
    assert_null(all);
    assert_int_equal(atomic_load(&runs), 0);
    assert_int_equal(rename(aside, path), 0);
    errands_close(NULL);
    city_close(city);
}

/* The log's lines of this test, on standard error, are counted by way of a file in its place. */
static int lines_told(struct scratch *scratch, int kept)
{
    struct str text = {0};
    struct err e = {0};
    int n = 0;

    (void)fflush(stderr);
    assert_int_equal(dup2(kept, STDERR_FILENO), STDERR_FILENO);
    assert_int_equal(file_read(scratch_path(scratch, "log"), 1 << 16, scratch->arena, &text, &e), OK);
    for (size_t i = 0; i < text.n; i++)
        n += text.p[i] == '\n';
    return n;
}

static void a_failure_that_lasts_is_logged_once(void **state)
{
    static const struct errand failing[] = {{.name = "failing", .every_ms = 1, .run = run_failing}};
    struct city *city = city_of(state);
    struct errands *all = NULL;
    struct err e = {0};
    const int kept = dup(STDERR_FILENO);
    const int log = open(scratch_path(*state, "log"), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);

    assert_true(kept >= 0 && log >= 0);
    assert_int_equal(dup2(log, STDERR_FILENO), STDERR_FILENO);
    atomic_store(&fails, true);
    const enum status s = errands_open(city, failing, 1, NULL, &all, &e);
    while (s == OK && atomic_load(&runs) < 5)
        usleep(1000);
    errands_close(all);
    assert_int_equal(lines_told(*state, kept), 1);
    close(log);
    close(kept);
    city_close(city);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(an_errand_is_done_over_and_over_until_it_is_told_to_stop,
                                        scratch_open, scratch_close),
        cmocka_unit_test_setup_teardown(
            whoever_shares_the_board_sees_when_an_errand_was_done_and_that_it_fails, scratch_open,
            scratch_close),
        cmocka_unit_test_setup_teardown(an_errand_that_keeps_nothing_is_done_as_well, scratch_open,
                                        scratch_close),
        cmocka_unit_test_setup_teardown(what_another_process_does_waits_until_that_has_ended, scratch_open,
                                        scratch_close),
        cmocka_unit_test_setup_teardown(errands_that_rest_long_hand_on_a_connection, scratch_open,
                                        scratch_close),
        cmocka_unit_test_setup_teardown(none_waits_for_the_work_of_another, scratch_open, scratch_close),
        cmocka_unit_test_setup_teardown(an_errand_that_cannot_begin_is_told_of, scratch_open, scratch_close),
        cmocka_unit_test_setup_teardown(an_errand_that_becomes_ours_and_cannot_begin_is_tried_again,
                                        scratch_open, scratch_close),
        cmocka_unit_test_setup_teardown(without_its_database_no_errand_begins, scratch_open, scratch_close),
        cmocka_unit_test_setup_teardown(a_failure_that_lasts_is_logged_once, scratch_open, scratch_close),
    };

    return cmocka_run_group_tests_name("errand", tests, NULL, NULL);
}

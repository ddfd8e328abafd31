/* Writing in turn, and waiting for the disk together. */
#include "store/db_turn.h"

#include "../scratch.h"
#include "../unit.h"
#include "slow_disk.h"

#include "store/audit.h"
#include "store/db.h"
#include "store/db_own.h"
#include "store/migrate.h"

#include <fcntl.h>
#include <pthread.h>
#include <unistd.h>

enum { WRITERS = 8, CHANGES = 25 };

static const struct audit_line line = {
    .who = {.name = "test", .now_at = 1000}, .action = "test.change", .subject = 1, .detail = {"", 0}};

/* A database with one table, and a turn. */
struct place {
    struct db_turn *turn;
    struct db *db;
};

static int open_place(void **state)
{
    struct err e = {0};
    size_t applied = 0;

    if (scratch_open(state) != 0)
        return -1;
    struct scratch *s = *state;
    struct place *p = arena_new(s->arena, 1, struct place);
    p->turn = db_turn_open(s->arena);
    s->mine = p;
    return db_open(scratch_path(s, "lykta.db"), DB_CREATE, &p->db, &e) == OK &&
                   migrate(p->db, migrations, 1000, &applied, &e) == OK &&
                   db_script(p->db, "create table t (a integer not null) strict", &e) == OK &&
                   db_in_turn(p->db, p->turn, &e) == OK
               ? 0
               : -1;
}

static struct place *place_of(void **state)
{
    return ((struct scratch *)*state)->mine;
}

static int close_place(void **state)
{
    db_close(place_of(state)->db);
    db_turn_close(place_of(state)->turn);
    return scratch_close(state);
}

static enum status insert(struct db *db, int64_t a, struct err *e)
{
    static const char sql[] = "insert into t (a) values ($1)";
    struct query q = db_query(db, sql);

    bind_int(&q, 1, a);
    return query_run(&q, e);
}

/* Could somebody else write now? */
static bool is_free(struct db_turn *turn)
{
    bool is = pthread_mutex_trylock(&turn->writer) == 0;

    if (is)
        pthread_mutex_unlock(&turn->writer);
    return is;
}

static void a_change_keeps_the_turn_from_its_beginning_to_its_end(void **state)
{
    struct place *p = place_of(state);
    struct err e = {0};

    assert_int_equal(db_change(p->db, &e), OK);
    assert_false(is_free(p->turn));
    assert_int_equal(db_change(p->db, &e), OK);
    assert_int_equal(insert(p->db, 1, &e), OK);
    assert_int_equal(db_change_end(p->db, OK, &line, &e), OK);
    assert_false(is_free(p->turn));
    assert_int_equal(db_change_end(p->db, OK, &line, &e), OK);
    assert_true(is_free(p->turn));
}

static void a_change_that_is_undone_gives_the_turn_back(void **state)
{
    struct place *p = place_of(state);
    struct err e = {0};

    assert_int_equal(db_change(p->db, &e), OK);
    assert_int_equal(db_change_end(p->db, REFUSED, &line, &e), REFUSED);
    assert_true(is_free(p->turn));
}

static void a_single_write_takes_the_turn_and_a_read_does_not(void **state)
{
    static const char add[] = "insert into t (a) values (1) returning a";
    static const char read[] = "select a from t";
    struct place *p = place_of(state);
    struct err e = {0};

    struct query q = db_query(p->db, add);
    assert_true(query_next(&q));
    assert_false(is_free(p->turn));
    assert_int_equal(query_run(&q, &e), OK);
    assert_true(is_free(p->turn));
    q = db_query(p->db, read);
    assert_true(query_next(&q));
    assert_true(is_free(p->turn));
    assert_int_equal(query_end(&q, &e), OK);
}

static void a_write_that_fails_gives_the_turn_back(void **state)
{
    static const char twice[] = "insert into portal_key (id, key) values (2, x'00')"; /* id is 1 alone */
    struct place *p = place_of(state);
    struct err e = {0};

    struct query q = db_query(p->db, twice);
    assert_int_not_equal(query_run(&q, &e), OK);
    assert_true(is_free(p->turn));
}

static void the_disk_keeps_a_change_before_its_end_returns(void **state)
{
    struct place *p = place_of(state);
    uint64_t before = slow_disk_written();
    struct err e = {0};

    assert_int_equal(db_change(p->db, &e), OK);
    assert_int_equal(insert(p->db, 1, &e), OK);
    assert_int_equal(db_change_end(p->db, OK, &line, &e), OK);
    assert_true(slow_disk_written() > before);
    assert_true(slow_disk_kept() >= slow_disk_written());
}

static void the_disk_keeps_a_single_write_before_it_returns(void **state)
{
    struct place *p = place_of(state);
    uint64_t before = slow_disk_written();
    struct err e = {0};

    assert_int_equal(insert(p->db, 1, &e), OK);
    assert_true(slow_disk_written() > before);
    assert_true(slow_disk_kept() >= slow_disk_written());
}

static void nobody_waits_for_the_disk_without_having_written(void **state)
{
    struct place *p = place_of(state);
    uint64_t before = slow_disk_waits();
    struct err e = {0};

    assert_int_equal(db_change(p->db, &e), OK);
    assert_int_equal(db_change_end(p->db, REFUSED, &line, &e), REFUSED);
    assert_int_equal(slow_disk_waits(), before);
}

/* Somebody else has committed and waits for the disk still: who then finds that there is nothing left to do,
 * and says that it is done, waits too. */
static void who_finds_nothing_to_do_waits_for_what_was_done_before(void **state)
{
    struct place *p = place_of(state);
    struct db *other = NULL;
    struct err e = {0};

    assert_int_equal(db_open(db_path(p->db), DB_WRITE, &other, &e), OK);
    assert_int_equal(db_in_turn(other, p->turn, &e), OK);
    assert_int_equal(sqlite3_exec(other->handle.lite, "insert into t (a) values (1)", NULL, NULL, NULL), 0);
    p->turn->written++;
    assert_true(slow_disk_kept() < slow_disk_written());
    assert_int_equal(db_await_disk(p->db, &e), OK);
    assert_true(slow_disk_kept() >= slow_disk_written());
    db_close(other);
}

/* One of those who write at once: how many changes ended before the disk kept them. */
struct writer {
    struct db *db;
    int64_t unkept, failed;
};

static void nobody_waits_for_the_disk_with_what_is_undone(void **state)
{
    struct place *p = place_of(state);
    struct err e = {0};
    uint64_t waits = slow_disk_waits();

    assert_int_equal(db_change(p->db, &e), OK);
    assert_int_equal(insert(p->db, 1, &e), OK);
    assert_int_equal(db_change_end(p->db, REFUSED, &line, &e), REFUSED);
    assert_int_equal(slow_disk_waits(), waits);
}

static void *write_often(void *context)
{
    struct writer *w = context;
    struct err e = {0};

    for (int64_t i = 0; i < CHANGES; i++) {
        w->failed += db_change(w->db, &e) != OK;
        w->failed += db_change_end(w->db, insert(w->db, i, &e), &line, &e) != OK;
        w->unkept += slow_disk_kept() < slow_disk_written();
    }
    return NULL;
}

static void those_who_write_at_once_wait_for_the_disk_together(void **state)
{
    static const char sql[] = "select count(*) from t";
    struct place *p = place_of(state);
    struct writer writer[WRITERS] = {{.db = NULL}};
    pthread_t thread[WRITERS];
    uint64_t before = slow_disk_waits();
    struct err e = {0};

    for (size_t i = 0; i < WRITERS; i++) {
        assert_int_equal(db_open(db_path(p->db), DB_WRITE, &writer[i].db, &e), OK);
        assert_int_equal(db_in_turn(writer[i].db, p->turn, &e), OK);
        assert_int_equal(pthread_create(&thread[i], NULL, write_often, &writer[i]), 0);
    }
    for (size_t i = 0; i < WRITERS; i++) {
        assert_int_equal(pthread_join(thread[i], NULL), 0);
        assert_int_equal(writer[i].failed, 0);
        assert_int_equal(writer[i].unkept, 0);
        db_close(writer[i].db);
    }
    struct query q = db_query(p->db, sql);
    assert_true(query_next(&q));
    assert_int_equal(query_int(&q, 0), WRITERS * CHANGES);
    assert_int_equal(query_end(&q, &e), OK);
    assert_true(slow_disk_waits() - before < WRITERS * CHANGES);
}

static int open_shared(void **state)
{
    int fd = open(scratch_path(*state, "lykta.lock"), O_RDWR | O_CREAT | O_CLOEXEC, 0600);

    assert_true(fd >= 0);
    return fd;
}

/* Could another process, which has opened the file for itself, write now? */
static bool is_free_elsewhere(int fd, int64_t byte)
{
    struct flock range = {.l_type = F_WRLCK, .l_whence = SEEK_SET, .l_start = byte, .l_len = 1};

    assert_int_equal(fcntl(fd, F_OFD_GETLK, &range), 0);
    return range.l_type == F_UNLCK;
}

static void other_processes_wait_for_the_turn_too(void **state)
{
    struct place *p = place_of(state);
    int own = open_shared(state);
    int other = open_shared(state);
    struct err e = {0};

    db_turn_share(p->turn, own, 1);
    assert_int_equal(db_change(p->db, &e), OK);
    assert_false(is_free_elsewhere(other, 1));
    assert_true(is_free_elsewhere(other, 0));
    assert_int_equal(db_change_end(p->db, insert(p->db, 1, &e), &line, &e), OK);
    assert_true(is_free_elsewhere(other, 1));
    close(own);
    close(other);
}

enum { PROCESSES = 3 };

static void processes_that_write_at_once_write_all(void **state)
{
    static const char sql[] = "select count(*) from t";
    struct place *p = place_of(state);
    struct writer writer[PROCESSES] = {{.db = NULL}};
    struct db_turn *turn[PROCESSES];
    int shared[PROCESSES];
    pthread_t thread[PROCESSES];
    struct err e = {0};

    /* Each with a turn and a file of its own, as each process has. */
    for (size_t i = 0; i < PROCESSES; i++) {
        turn[i] = db_turn_open(((struct scratch *)*state)->arena);
        shared[i] = open_shared(state);
        db_turn_share(turn[i], shared[i], 0);
        assert_int_equal(db_open(db_path(p->db), DB_WRITE, &writer[i].db, &e), OK);
        assert_int_equal(db_in_turn(writer[i].db, turn[i], &e), OK);
        assert_int_equal(pthread_create(&thread[i], NULL, write_often, &writer[i]), 0);
    }
    for (size_t i = 0; i < PROCESSES; i++) {
        assert_int_equal(pthread_join(thread[i], NULL), 0);
        assert_int_equal(writer[i].failed, 0);
        db_close(writer[i].db);
        db_turn_close(turn[i]);
        close(shared[i]);
    }
    struct query q = db_query(p->db, sql);
    assert_true(query_next(&q));
    assert_int_equal(query_int(&q, 0), PROCESSES * CHANGES);
    assert_int_equal(query_end(&q, &e), OK);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_change_keeps_the_turn_from_its_beginning_to_its_end, open_place,
                                        close_place),
        cmocka_unit_test_setup_teardown(a_change_that_is_undone_gives_the_turn_back, open_place, close_place),
        cmocka_unit_test_setup_teardown(a_single_write_takes_the_turn_and_a_read_does_not, open_place,
                                        close_place),
        cmocka_unit_test_setup_teardown(a_write_that_fails_gives_the_turn_back, open_place, close_place),
        cmocka_unit_test_setup_teardown(the_disk_keeps_a_change_before_its_end_returns, open_place,
                                        close_place),
        cmocka_unit_test_setup_teardown(the_disk_keeps_a_single_write_before_it_returns, open_place,
                                        close_place),
        cmocka_unit_test_setup_teardown(nobody_waits_for_the_disk_without_having_written, open_place,
                                        close_place),
        cmocka_unit_test_setup_teardown(who_finds_nothing_to_do_waits_for_what_was_done_before, open_place,
                                        close_place),
        cmocka_unit_test_setup_teardown(nobody_waits_for_the_disk_with_what_is_undone, open_place,
                                        close_place),
        cmocka_unit_test_setup_teardown(those_who_write_at_once_wait_for_the_disk_together, open_place,
                                        close_place),
        cmocka_unit_test_setup_teardown(other_processes_wait_for_the_turn_too, open_place, close_place),
        cmocka_unit_test_setup_teardown(processes_that_write_at_once_write_all, open_place, close_place),
    };

    slow_disk_use();
    return cmocka_run_group_tests_name("turn", tests, NULL, NULL);
}

/* A connection to a file: SQLite. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "../scratch.h"
#include "base/progress.h"
#include "store/db.h"

#include <signal.h>
#include <stdio.h>
#include <sys/mman.h>
#include <sys/resource.h>

#include <sqlite3.h>

static struct db *make(struct scratch *scratch)
{
    struct db *db = NULL;
    struct err e = {0};

    assert_int_equal(db_open(scratch_path(scratch, "lykta.db"), DB_CREATE, &db, &e), OK);
    assert_int_equal(db_script(db, "create table t (a {int}, b {text}) {strict}", &e), OK);
    return db;
}

static enum status insert(struct db *db, struct err *e)
{
    static const char sql[] = "insert into t (a, b) values ($1, hex(zeroblob(9000)))";
    struct query q = db_query(db, sql);

    bind_int(&q, 1, 7);
    return query_run(&q, e);
}

static void a_file_that_is_no_database_is_refused(void **state)
{
    struct scratch *scratch = *state;
    const char *path = scratch_path(scratch, "lykta.db");
    struct err e = {0};
    struct db *db = NULL;

    assert_int_equal(file_write(path, S("this is a letter, and rather longer than a header"), 0600, &e), OK);
    assert_int_equal(db_open(path, DB_READ, &db, &e), BAD_INPUT);
    assert_int_equal(file_write(path, S(""), 0600, &e), OK);
    assert_int_equal(db_open(path, DB_READ, &db, &e), BAD_INPUT);
    assert_null(db);
}

static void a_damaged_page_is_found(void **state)
{
    struct scratch *scratch = *state;
    const char *path = scratch_path(scratch, "lykta.db");
    struct db *db = make(scratch);
    struct str bytes;
    struct err e = {0};

    assert_int_equal(insert(db, &e), OK);
    assert_int_equal(db_check(db, &e), OK);
    db_close(db);
    assert_int_equal(file_read(path, 1 << 20, scratch->arena, &bytes, &e), OK);
    char *page = arena_cstr(scratch->arena, bytes.p, bytes.n);
    memset(page + (size_t)3 * 4096, 0x5a, 200);
    assert_int_equal(file_write(path, (struct str){page, bytes.n}, 0600, &e), OK);
    assert_int_equal(db_open(path, DB_READ, &db, &e), OK);
    assert_int_equal(db_check(db, &e), BAD_INPUT);
    db_close(db);
}

/* How many rows another process sees; it comes and goes. */
static int rows_elsewhere(struct scratch *scratch)
{
    FILE *other = popen(arena_printf(scratch->arena, "sqlite3 %s 'select count(*) from t'",
                                     scratch_path(scratch, "lykta.db")),
                        "r");
    int n = -1;

    assert_int_equal(fscanf(other, "%d", &n), 1);
    assert_int_equal(pclose(other), 0);
    return n;
}

static void another_process_that_comes_and_goes_takes_nothing_with_it(void **state)
{
    struct scratch *scratch = *state;
    struct db *first = make(scratch);
    struct db *second = NULL;
    struct err e = {0};

    assert_int_equal(db_open(scratch_path(scratch, "lykta.db"), DB_WRITE, &second, &e), OK);
    assert_int_equal(insert(first, &e), OK);
    assert_int_equal(rows_elsewhere(scratch), 1);
    assert_int_equal(insert(second, &e), OK);
    assert_int_equal(rows_elsewhere(scratch), 2);
    db_close(first);
    db_close(second);
}

/* A cache that could hold all of it would leave more memory in use. */
static void a_bounded_cache_holds_few_of_the_pages_that_are_read(void **state)
{
    static const char fill[] =
        "with recursive n (i) as (select 1 union all select i + 1 from n where i < 400) "
        "insert into t (a, b) select i, hex(zeroblob(2000)) from n";
    static const char all[] = "select sum(length(b)) from t";
    struct scratch *scratch = *state;
    struct db *db = make(scratch);
    struct db *other = NULL;
    struct err e = {0};

    assert_int_equal(db_script(db, fill, &e), OK);
    assert_int_equal(db_open(scratch_path(scratch, "lykta.db"), DB_READ, &other, &e), OK);
    assert_int_equal(db_bound_cache(other, &e), OK);
    const int64_t before = sqlite3_memory_used();
    struct query q = db_query(other, all);
    assert_true(query_next(&q));
    assert_int_equal(query_int(&q, 0), 400 * 4000);
    assert_int_equal(query_end(&q, &e), OK);
    assert_in_range(sqlite3_memory_used() - before, 1, 400 * 1024);
    db_close(other);
    db_close(db);
}

/* A value that there was no memory for is read as empty, and the end tells it. */
static void a_value_that_there_is_no_memory_for_is_told(void **state)
{
    static const char sql[] = "select 1234567";
    struct scratch *scratch = *state;
    struct db *db = make(scratch);
    struct err e = {0};

    struct query q = db_query(db, sql);
    assert_true(query_next(&q));
    sqlite3_hard_heap_limit64(1);
    const struct str text = query_str(&q, 0, scratch->arena);
    const enum status s = query_end(&q, &e);
    sqlite3_hard_heap_limit64(0);
    assert_int_equal(text.n, 0);
    assert_int_equal(s, SYSTEM);
    assert_non_null(strstr(e.what, "out of memory"));
    db_close(db);
}

static void a_database_that_there_is_no_memory_for_is_not_opened(void **state)
{
    struct scratch *scratch = *state;
    struct db *db = NULL;
    struct err e = {0};

    db_close(make(scratch));
    sqlite3_hard_heap_limit64(sqlite3_memory_used() + 8000);
    const enum status s = db_open(scratch_path(scratch, "lykta.db"), DB_READ, &db, &e);
    sqlite3_hard_heap_limit64(0);
    assert_int_equal(s, SYSTEM);
    assert_non_null(strstr(e.what, "out of memory"));
    assert_null(db);
}

/* SQLite takes a thousand million bytes; the pages of this are never there. */
static void what_is_too_long_to_be_kept_is_told(void **state)
{
    static const char sql[] = "insert into t (b) values ($1)";
    const size_t n = 1000000001;
    char *bytes = mmap(NULL, n, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    struct db *db = make(*state);
    struct err e = {0};

    assert_ptr_not_equal(bytes, MAP_FAILED);
    struct query q = db_query(db, sql);
    bind_str(&q, 1, (struct str){bytes, n});
    assert_int_equal(query_run(&q, &e), SYSTEM);
    assert_non_null(strstr(e.what, "too big"));
    q = db_query(db, sql);
    bind_blob(&q, 1, (struct str){bytes, n});
    assert_int_equal(query_run(&q, &e), SYSTEM);
    assert_int_equal(insert(db, &e), OK); /* and the statement is free again */
    munmap(bytes, n);
    db_close(db);
}

static void a_row_that_refers_to_one_that_is_gone_is_found(void **state)
{
    struct db *db = make(*state);
    struct err e = {0};

    assert_int_equal(db_script(db,
                               "create table whole (id {id}) {strict};"
                               "create table piece (whole {int} references whole (id)) {strict};"
                               "pragma foreign_keys = off; insert into piece (whole) values (7)",
                               &e),
                     OK);
    assert_int_equal(db_check(db, &e), BAD_INPUT);
    assert_non_null(strstr(e.what, "a row of piece refers to one that is gone"));
    db_close(db);
}

static void assert_not_copied(struct db *db, const char *path, const struct progress *progress,
                              const char *said)
{
    struct err e = {0};

    assert_int_equal(db_copy(db, path, progress, &e), SYSTEM);
    assert_non_null(strstr(e.what, said));
}

/* A limit on the size of files stands for a full disk. */
static enum status copy_with_little_room(struct db *db, const char *path, struct err *e)
{
    struct rlimit before;

    (void)signal(SIGXFSZ, SIG_IGN);
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &before), 0);
    struct rlimit limit = {.rlim_cur = 6000, .rlim_max = before.rlim_max};
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &limit), 0);
    const enum status s = db_copy(db, path, NULL, e);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &before), 0);
    return s;
}

static void a_copy_that_cannot_be_written_is_told(void **state)
{
    static atomic_bool stop = true;
    struct scratch *scratch = *state;
    struct db *db = make(scratch);
    struct err e = {0};

    assert_int_equal(insert(db, &e), OK);
    assert_not_copied(db, scratch_path(scratch, "nowhere/copy.db"), NULL, "cannot be written");
    assert_not_copied(db, scratch_path(scratch, "lykta.db"), NULL, "cannot be written: File exists");
    assert_not_copied(db, scratch_path(scratch, "stopped.db"), &(struct progress){.stop = &stop}, "stopped");
    assert_int_equal(copy_with_little_room(db, scratch_path(scratch, "full.db"), &e), SYSTEM);
    assert_non_null(strstr(e.what, "cannot be copied"));
    assert_int_equal(db_write_anew(db, scratch_path(scratch, "full.db"), &e), SYSTEM);
    assert_non_null(strstr(e.what, "File exists"));
    assert_int_equal(db_copy(db, scratch_path(scratch, "copy.db"), NULL, &e), OK);
    db_close(db);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_file_that_is_no_database_is_refused, scratch_open, scratch_close),
        cmocka_unit_test_setup_teardown(a_damaged_page_is_found, scratch_open, scratch_close),
        cmocka_unit_test_setup_teardown(another_process_that_comes_and_goes_takes_nothing_with_it,
                                        scratch_open, scratch_close),
        cmocka_unit_test_setup_teardown(a_bounded_cache_holds_few_of_the_pages_that_are_read, scratch_open,
                                        scratch_close),
        cmocka_unit_test_setup_teardown(a_value_that_there_is_no_memory_for_is_told, scratch_open,
                                        scratch_close),
        cmocka_unit_test_setup_teardown(a_database_that_there_is_no_memory_for_is_not_opened, scratch_open,
                                        scratch_close),
        cmocka_unit_test_setup_teardown(what_is_too_long_to_be_kept_is_told, scratch_open, scratch_close),
        cmocka_unit_test_setup_teardown(a_row_that_refers_to_one_that_is_gone_is_found, scratch_open,
                                        scratch_close),
        cmocka_unit_test_setup_teardown(a_copy_that_cannot_be_written_is_told, scratch_open, scratch_close),
    };

    /* Without a store of its own a connection asks for each small piece of memory, which may then be refused.
     */
    sqlite3_config(SQLITE_CONFIG_LOOKASIDE, 0, 0);
    return cmocka_run_group_tests_name("db in a file", tests, NULL, NULL);
}

/* A connection to a file: SQLite. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "../scratch.h"
#include "store/db.h"

#include <stdio.h>

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

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_file_that_is_no_database_is_refused, scratch_open, scratch_close),
        cmocka_unit_test_setup_teardown(a_damaged_page_is_found, scratch_open, scratch_close),
        cmocka_unit_test_setup_teardown(another_process_that_comes_and_goes_takes_nothing_with_it,
                                        scratch_open, scratch_close),
        cmocka_unit_test_setup_teardown(a_bounded_cache_holds_few_of_the_pages_that_are_read, scratch_open,
                                        scratch_close),
    };

    return cmocka_run_group_tests_name("db in a file", tests, NULL, NULL);
}

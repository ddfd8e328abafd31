/* Connections, queries and changes on a real database. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "../database.h"
#include "store/audit.h"
#include "store/db.h"
#include "store/migrate.h"

#include <sqlite3.h>
#include <stdio.h>

static const struct audit_line line = {
    .who = {.name = "test", .now_at = 1000}, .action = "test.change", .subject = 1, .detail = {"", 0}};

static struct db *make(struct scratch *scratch)
{
    struct db *db = NULL;
    struct err e = {0};
    size_t applied = 0;

    assert_int_equal(db_open(scratch_database(scratch, "lykta"), DB_CREATE, &db, &e), OK);
    assert_int_equal(migrate(db, migrations, 1000, &applied, &e), OK);
    assert_int_equal(
        db_script(db, "create table t (a {int}, b {text}, c {text}, d {blob}, x {real}) {strict}", &e), OK);
    return db;
}

static int64_t rows(struct db *db)
{
    static const char sql[] = "select count(*) from t";
    struct err e = {0};
    struct query q = db_query(db, sql);
    int64_t n = query_next(&q) ? query_int(&q, 0) : -1;

    assert_int_equal(query_end(&q, &e), OK);
    return n;
}

static enum status insert(struct db *db, struct err *e)
{
    static const char sql[] = "insert into t (a, b, c, d, x) values ($5, $4, $3, $2, $1)";
    struct query q = db_query(db, sql);

    bind_real(&q, 1, 0.5);
    bind_blob(&q, 2, (struct str){"\0\1", 2});
    bind_date(&q, 3, (struct date){2026, 11, 24});
    bind_str(&q, 4, S("räksmörgås"));
    bind_int(&q, 5, INT64_MIN);
    return query_run(&q, e);
}

static void what_is_bound_by_number_comes_back(void **state)
{
    static const char sql[] = "select a, b, c, d, x from t";
    struct scratch *scratch = *state;
    struct db *db = make(scratch);
    struct err e = {0};

    assert_int_equal(insert(db, &e), OK);
    struct query q = db_query(db, sql);
    assert_true(query_next(&q));
    assert_int_equal(query_int(&q, 0), INT64_MIN);
    assert_true(str_is(query_str(&q, 1, scratch->arena), "räksmörgås"));
    assert_true(date_equal(query_date(&q, 2), (struct date){2026, 11, 24}));
    assert_memory_equal(query_blob(&q, 3, scratch->arena).p, "\0\1", 2);
    assert_true(query_real(&q, 4) == 0.5);
    assert_int_equal(query_end(&q, &e), OK);
    db_close(db);
}

static void a_date_that_there_is_no_memory_for_is_not_null(void **state)
{
    static const char sql[] = "select $1 is null";
    struct scratch *scratch = *state;
    struct db *db = make(scratch);
    struct err e = {0};
    struct query q = db_query(db, sql);

    sqlite3_hard_heap_limit64(1);
    bind_date(&q, 1, (struct date){2026, 11, 24});
    sqlite3_hard_heap_limit64(0);
    bool is_null = query_next(&q) && query_int(&q, 0) == 1;
    enum status s = query_end(&q, &e);
    assert_true(s == OK || s == SYSTEM);
    assert_false(is_null);
    db_close(db);
}

static void a_column_of_no_row_holds_nothing(void **state)
{
    static const char sql[] = "select a, b, c, d, x from t order by a";
    struct scratch *scratch = *state;
    struct db *db = make(scratch);
    struct err e = {0};

    assert_int_equal(insert(db, &e), OK);
    struct query q = db_query(db, sql);
    while (query_next(&q))
        continue;
    assert_false(query_next(&q));
    assert_true(query_is_null(&q, 0));
    assert_int_equal(query_int(&q, 0), 0);
    assert_int_equal(query_str(&q, 1, scratch->arena).n, 0);
    assert_int_equal(query_date(&q, 2).year, 0);
    assert_int_equal(query_blob(&q, 3, scratch->arena).n, 0);
    assert_true(query_real(&q, 4) == 0.0);
    assert_int_equal(query_end(&q, &e), OK);
    db_close(db);
}

static void a_statement_that_has_ended_does_not_begin_again(void **state)
{
    static const char sql[] = "insert into t (a) values (1)";
    struct db *db = make(*state);
    struct err e = {0};

    struct query q = db_query(db, sql);
    assert_false(query_next(&q));
    assert_false(query_next(&q));
    assert_int_equal(query_run(&q, &e), OK);
    assert_int_equal(rows(db), 1);
    db_close(db);
}

static void no_day_is_kept_as_null_and_empty_bytes_as_empty(void **state)
{
    static const char put[] = "insert into t (a, c, d) values (1, $1, $2)";
    static const char sql[] = "select c, d, a = 1, a = 2 from t";
    struct scratch *scratch = *state;
    struct db *db = make(scratch);
    struct err e = {0};

    struct query q = db_query(db, put);
    bind_date(&q, 1, (struct date){0});
    bind_blob(&q, 2, (struct str){NULL, 0});
    assert_int_equal(query_run(&q, &e), OK);
    q = db_query(db, sql);
    assert_true(query_next(&q));
    assert_true(query_is_null(&q, 0));
    assert_int_equal(query_date(&q, 0).year, 0);
    assert_false(query_is_null(&q, 1));
    assert_int_equal(query_blob(&q, 1, scratch->arena).n, 0);
    assert_int_equal(query_int(&q, 2), 1);
    assert_int_equal(query_int(&q, 3), 0);
    assert_int_equal(query_end(&q, &e), OK);
    db_close(db);
}

static void a_query_may_be_open_inside_itself(void **state)
{
    struct db *db = make(*state);
    struct err e = {0};
    static const char sql[] = "select a from t";

    assert_int_equal(insert(db, &e), OK);
    struct query outer = db_query(db, sql);
    assert_true(query_next(&outer));
    struct query inner = db_query(db, sql);
    assert_true(query_next(&inner));
    assert_false(query_next(&outer));
    assert_int_equal(query_end(&inner, &e), OK);
    assert_int_equal(query_end(&outer, &e), OK);
    db_close(db);
}

static void a_fault_is_kept_until_the_query_ends(void **state)
{
    struct db *db = make(*state);
    struct err e = {0};
    struct query q = db_query(db, "select a from no_such_table where a = $1");

    bind_int(&q, 1, 7);
    assert_false(query_next(&q));
    assert_int_equal(query_int(&q, 0), 0);
    assert_int_equal(query_end(&q, &e), SYSTEM);
    assert_non_null(strstr(e.what, "no_such_table"));
    db_close(db);
}

static void a_change_that_fails_leaves_nothing(void **state)
{
    struct db *db = make(*state);
    struct err e = {0};
    struct audit_head head = {0};

    assert_int_equal(db_change(db, &e), OK);
    assert_int_equal(insert(db, &e), OK);
    assert_int_equal(db_change_end(db, err_set(&e, REFUSED, "no"), &line, &e), REFUSED);
    assert_int_equal(rows(db), 0);
    assert_int_equal(audit_verify(db, &head, &e), OK);
    assert_int_equal(head.last, 0);
    db_close(db);
}

static enum status send(struct db *db, int64_t a, struct err *e)
{
    static const char sql[] = "insert into t (a, b) values ($1, $2)";
    struct query q = db_query(db, sql);

    bind_int(&q, 1, a);
    bind_str(&q, 2, S("sent"));
    return query_send(&q, e);
}

static void what_is_sent_in_a_change_is_there(void **state)
{
    static const char sum[] = "select sum(a) from t";
    struct db *db = make(*state);
    struct err e = {0};

    assert_int_equal(send(db, 1000, &e), OK);
    assert_int_equal(db_change(db, &e), OK);
    for (int64_t i = 1; i <= 1000; i++)
        assert_int_equal(send(db, i, &e), OK);
    struct query q = db_query(db, sum);
    assert_true(query_next(&q));
    assert_int_equal(query_int(&q, 0), 1000 + 1000 * 1001 / 2);
    assert_int_equal(query_end(&q, &e), OK);
    assert_int_equal(send(db, 1, &e), OK);
    assert_int_equal(db_change_end(db, OK, &line, &e), OK);
    assert_int_equal(rows(db), 1002);
    db_close(db);
}

/* A server tells of it later than SQLite, but not after the change. */
static void a_fault_among_what_is_sent_keeps_nothing(void **state)
{
    struct db *db = make(*state);
    struct err e = {0};

    assert_int_equal(db_script(db, "create unique index t_a on t (a)", &e), OK);
    for (int part = 0; part < 2; part++) {
        assert_int_equal(db_change(db, &e), OK);
        enum status s = OK;
        if (part)
            assert_int_equal(db_begin(db, &e), OK);
        for (int64_t i = 0; s == OK && i < 100; i++)
            s = send(db, i < 50 ? i : 7, &e);
        if (part)
            s = db_end(db, s, &e);
        assert_int_equal(db_change_end(db, s, &line, &e), SYSTEM);
        assert_non_null(strstr(e.what, database_server() ? "t_a" : "UNIQUE"));
        assert_int_equal(rows(db), 0);
    }
    assert_int_equal(send(db, 1, &e), OK);
    assert_int_equal(rows(db), 1);
    db_close(db);
}

static void a_change_that_holds_has_its_audit_line(void **state)
{
    struct db *db = make(*state);
    struct err e = {0};
    struct audit_head head = {0};

    assert_int_equal(db_change(db, &e), OK);
    assert_int_equal(db_change_end(db, insert(db, &e), &line, &e), OK);
    assert_int_equal(rows(db), 1);
    assert_int_equal(audit_verify(db, &head, &e), OK);
    assert_int_equal(head.last, 1);
    db_close(db);
}

static void a_connection_for_reading_cannot_write(void **state)
{
    struct scratch *scratch = *state;
    struct err e = {0};
    struct db *db = NULL;

    db_close(make(scratch));
    assert_int_equal(db_open(scratch_database(scratch, "lykta"), DB_READ, &db, &e), OK);
    assert_int_equal(insert(db, &e), SYSTEM);
    assert_non_null(strstr(e.what, "read-only"));
    db_close(db);
}

static void a_database_is_made_only_where_nothing_is(void **state)
{
    struct scratch *scratch = *state;
    struct db *db = NULL;
    struct err e = {0};

    db_close(make(scratch));
    assert_int_not_equal(db_open(scratch_database(scratch, "lykta"), DB_CREATE, &db, &e), OK);
    assert_int_equal(db_open(scratch_database(scratch, "other"), DB_WRITE, &db, &e), BAD_INPUT);
}

/* After the first fault, here of a statement that is none, every call does nothing, and the end tells it. */
static void after_a_fault_every_call_does_nothing(void **state)
{
    static const char none[] = "selec 1";
    static const char many[] = "select a, b, c, d, x from t where a = $1";
    static const char wrong[] = "insert into t (a) values ($1) returning missing";
    const char *const sql[] = {none, wrong};
    struct scratch *scratch = *state;
    struct db *db = make(scratch);
    struct err e = {0};

    assert_int_equal(insert(db, &e), OK);
    for (size_t i = 0; i < 2; i++) {
        struct query q = db_query(db, sql[i]);

        bind_int(&q, 1, 1);
        assert_false(query_next(&q));
        bind_null(&q, 1);
        bind_real(&q, 1, 1.0);
        bind_str(&q, 1, S("a"));
        bind_blob(&q, 1, S("a"));
        bind_date(&q, 1, (struct date){2026, 11, 24});
        assert_false(query_next(&q));
        assert_true(query_is_null(&q, 0));
        assert_int_equal(query_int(&q, 0), 0);
        assert_true(query_real(&q, 0) == 0.0);
        assert_int_equal(query_str(&q, 0, scratch->arena).n, 0);
        assert_int_equal(query_blob(&q, 0, scratch->arena).n, 0);
        assert_int_equal(query_date(&q, 0).year, 0);
        assert_int_equal(query_end(&q, &e), SYSTEM);
        assert_true(e.what[0] != '\0');
        q = db_query(db, sql[i]);
        assert_int_not_equal(query_send(&q, &e), OK);
    }
    struct query q = db_query(db, many);
    bind_int(&q, 1, INT64_MIN);
    assert_true(query_next(&q));
    assert_true(query_real(&q, 4) == 0.5);
    assert_false(query_next(&q));
    assert_int_equal(query_end(&q, &e), OK);
    assert_int_equal(rows(db), 1);
    db_close(db);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(what_is_bound_by_number_comes_back, scratch_open, scratch_close),
        cmocka_unit_test_setup_teardown(a_date_that_there_is_no_memory_for_is_not_null, scratch_open,
                                        scratch_close),
        cmocka_unit_test_setup_teardown(after_a_fault_every_call_does_nothing, scratch_open, scratch_close),
        cmocka_unit_test_setup_teardown(a_column_of_no_row_holds_nothing, scratch_open, scratch_close),
        cmocka_unit_test_setup_teardown(a_statement_that_has_ended_does_not_begin_again, scratch_open,
                                        scratch_close),
        cmocka_unit_test_setup_teardown(no_day_is_kept_as_null_and_empty_bytes_as_empty, scratch_open,
                                        scratch_close),
        cmocka_unit_test_setup_teardown(a_query_may_be_open_inside_itself, scratch_open, scratch_close),
        cmocka_unit_test_setup_teardown(a_fault_is_kept_until_the_query_ends, scratch_open, scratch_close),
        cmocka_unit_test_setup_teardown(a_change_that_fails_leaves_nothing, scratch_open, scratch_close),
        cmocka_unit_test_setup_teardown(a_change_that_holds_has_its_audit_line, scratch_open, scratch_close),
        cmocka_unit_test_setup_teardown(what_is_sent_in_a_change_is_there, scratch_open, scratch_close),
        cmocka_unit_test_setup_teardown(a_fault_among_what_is_sent_keeps_nothing, scratch_open,
                                        scratch_close),
        cmocka_unit_test_setup_teardown(a_connection_for_reading_cannot_write, scratch_open, scratch_close),
        cmocka_unit_test_setup_teardown(a_database_is_made_only_where_nothing_is, scratch_open,
                                        scratch_close),
    };

    return cmocka_run_group_tests_name("db", tests, NULL, NULL);
}

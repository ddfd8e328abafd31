/* The tables of a database, brought forward block by block. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "../database.h"
#include "store/db.h"
#include "store/migrate.h"

static const struct migration one[] = {
    {1, "a", "create table a (id {id}, n {int}, t {text}, r {real}, b {blob}) {strict};"}, {0, NULL, NULL}};
static const struct migration two[] = {
    {1, "a", "create table a (id {id}, n {int}, t {text}, r {real}, b {blob}) {strict};"},
    {2, "b", "create table b (id {id}) {strict};"},
    {0, NULL, NULL}};
static const struct migration altered[] = {{1, "a", "create table a (id {id}) {strict};"}, {0, NULL, NULL}};
static const struct migration faulty[] = {
    {1, "a", "create table c (id {id}) {strict}; create table nonsense;"}, {0, NULL, NULL}};

static int base_open(void **state)
{
    struct err e = {0};
    struct db *db = NULL;

    if (scratch_open(state) != 0 || db_open(scratch_database(*state, "lykta"), DB_CREATE, &db, &e) != OK)
        return -1;
    ((struct scratch *)*state)->mine = db;
    return 0;
}

static int base_close(void **state)
{
    db_close(((struct scratch *)*state)->mine);
    return scratch_close(state);
}

static void blocks_are_applied_once_and_in_order(void **state)
{
    struct db *db = ((struct scratch *)*state)->mine;
    struct err e = {0};
    size_t applied = 0;

    assert_int_equal(migrate(db, one, 0, &applied, &e), OK);
    assert_int_equal(applied, 1);
    assert_int_equal(migrate(db, two, 0, &applied, &e), OK);
    assert_int_equal(applied, 1);
    assert_int_equal(migrate(db, two, 0, &applied, &e), OK);
    assert_int_equal(applied, 0);
    assert_int_equal(migrate_check(db, two, &e), OK);
}

static void an_altered_block_is_an_error(void **state)
{
    struct db *db = ((struct scratch *)*state)->mine;
    struct err e = {0};
    size_t applied = 0;

    assert_int_equal(migrate(db, one, 0, &applied, &e), OK);
    assert_int_equal(migrate(db, altered, 0, &applied, &e), BAD_INPUT);
    assert_non_null(strstr(e.what, "block 0001"));
}

static void a_block_with_another_number_or_mark_is_an_error(void **state)
{
    struct db *db = ((struct scratch *)*state)->mine;
    struct err e = {0};
    size_t applied = 0;

    assert_int_equal(migrate(db, one, 0, &applied, &e), OK);
    assert_int_equal(db_script(db, "update migration set number = 7", &e), OK);
    assert_int_equal(migrate_check(db, one, &e), BAD_INPUT);
    assert_non_null(strstr(e.what, "block 0007"));
    assert_int_equal(db_script(db, "update migration set number = 1, hash = substr(hash, 1, 31)", &e), OK);
    assert_int_equal(migrate(db, one, 0, &applied, &e), BAD_INPUT);
    assert_non_null(strstr(e.what, "block 0001"));
}

static void a_database_that_may_not_be_written_is_left(void **state)
{
    struct db *db = ((struct scratch *)*state)->mine;
    struct db *reader = NULL;
    struct err e = {0};
    size_t applied = 7;

    assert_int_equal(db_open(db_path(db), DB_READ, &reader, &e), OK);
    assert_int_equal(migrate(reader, one, 0, &applied, &e), SYSTEM);
    assert_non_null(strstr(e.what, "read-only"));
    assert_int_equal(applied, 7);
    db_close(reader);
}

static void a_newer_database_is_an_error_that_says_so(void **state)
{
    struct db *db = ((struct scratch *)*state)->mine;
    struct err e = {0};
    size_t applied = 0;

    assert_int_equal(migrate(db, two, 0, &applied, &e), OK);
    assert_int_equal(migrate(db, one, 0, &applied, &e), BAD_INPUT);
    assert_non_null(strstr(e.what, "newer version"));
    assert_int_equal(migrate_check(db, one, &e), BAD_INPUT);
}

static void an_older_database_is_told_to_migrate(void **state)
{
    struct db *db = ((struct scratch *)*state)->mine;
    struct err e = {0};
    size_t applied = 0;

    assert_int_equal(migrate(db, one, 0, &applied, &e), OK);
    assert_int_equal(migrate_check(db, two, &e), BAD_INPUT);
    assert_non_null(strstr(e.what, "lykta migrate"));
}

static void a_faulty_block_leaves_nothing(void **state)
{
    struct db *db = ((struct scratch *)*state)->mine;
    struct err e = {0};
    size_t applied = 0;

    assert_int_not_equal(migrate(db, faulty, 0, &applied, &e), OK);
    assert_int_equal(migrate(db, one, 0, &applied, &e), OK);
    assert_int_equal(db_script(db, "create table c (id {id}) {strict};", &e), OK);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(blocks_are_applied_once_and_in_order, base_open, base_close),
        cmocka_unit_test_setup_teardown(an_altered_block_is_an_error, base_open, base_close),
        cmocka_unit_test_setup_teardown(a_block_with_another_number_or_mark_is_an_error, base_open,
                                        base_close),
        cmocka_unit_test_setup_teardown(a_database_that_may_not_be_written_is_left, base_open, base_close),
        cmocka_unit_test_setup_teardown(a_newer_database_is_an_error_that_says_so, base_open, base_close),
        cmocka_unit_test_setup_teardown(an_older_database_is_told_to_migrate, base_open, base_close),
        cmocka_unit_test_setup_teardown(a_faulty_block_leaves_nothing, base_open, base_close),
    };

    return cmocka_run_group_tests_name("migrate", tests, NULL, NULL);
}

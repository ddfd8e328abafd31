/* The audit log: altered, dropped and moved rows are named. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "../scratch.h"
#include "store/audit.h"
#include "store/db.h"
#include "store/migrate.h"

/* A log of four rows; the scratch's `mine` is the database. */
static int log_open(void **state)
{
    if (scratch_open(state) != 0)
        return -1;
    struct scratch *scratch = *state;
    struct db *db = NULL;
    struct err e = {0};
    size_t applied = 0;

    if (db_open(scratch_path(scratch, "lykta.db"), DB_CREATE, &db, &e) != OK ||
        migrate(db, migrations, 0, &applied, &e) != OK)
        return -1;
    for (int64_t i = 1; i <= 4; i++) {
        struct audit_line line = {.who = {.name = "test", .now_at = 1000 * i},
                                  .action = "plan.decide",
                                  .subject = i,
                                  .detail = S("yes")};

        if (db_change(db, &e) != OK || db_change_end(db, OK, &line, &e) != OK)
            return -1;
    }
    scratch->mine = db;
    return 0;
}

static int log_close(void **state)
{
    db_close(((struct scratch *)*state)->mine);
    return scratch_close(state);
}

/* What someone does who can write the file: without triggers there is nothing that refuses. */
static void tamper(void **state, const char *sql, const char *named)
{
    struct db *db = ((struct scratch *)*state)->mine;
    struct audit_head head = {0};
    struct err e = {0};

    assert_int_equal(
        db_script(db, "drop trigger audit_is_never_changed; drop trigger audit_is_never_shortened;", &e), OK);
    assert_int_equal(audit_verify(db, &head, &e), OK);
    assert_int_equal(db_script(db, sql, &e), OK);
    assert_int_equal(audit_verify(db, &head, &e), BAD_INPUT);
    assert_non_null(strstr(e.what, named));
}

static void a_whole_log_gives_its_head(void **state)
{
    struct audit_head head = {0};
    struct err e = {0};

    assert_int_equal(audit_verify(((struct scratch *)*state)->mine, &head, &e), OK);
    assert_int_equal(head.last, 4);
}

static void a_row_can_be_neither_changed_nor_deleted(void **state)
{
    struct db *db = ((struct scratch *)*state)->mine;
    struct err e = {0};

    assert_int_equal(db_script(db, "update audit set who = 'nobody' where id = 2", &e), SYSTEM);
    assert_int_equal(db_script(db, "delete from audit where id = 2", &e), SYSTEM);
    assert_non_null(strstr(e.what, "append-only"));
}

static void an_altered_text_is_named(void **state)
{
    tamper(state, "update audit set detail = 'no' where id = 2", "row 2 ");
}

static void an_altered_time_is_named(void **state)
{
    tamper(state, "update audit set at = at + 1 where id = 4", "row 4 ");
}

static void a_letter_moved_from_one_field_to_the_next_is_named(void **state)
{
    tamper(state, "update audit set who = 'testp', action = 'lan.decide' where id = 3", "row 3 ");
}

static void a_dropped_row_is_named(void **state)
{
    tamper(state, "delete from audit where id = 2", "row 2: missing");
}

static void a_row_dropped_at_the_end_is_named(void **state)
{
    tamper(state, "delete from audit where id = 4", "row 4: missing");
}

static void a_dropped_row_with_the_rest_renumbered_is_named(void **state)
{
    tamper(state,
           "delete from audit where id = 2; update audit set id = 2 where id = 3; update audit set id = 3 "
           "where id = 4",
           "row 2 ");
}

static void swapped_rows_are_named(void **state)
{
    tamper(state,
           "update audit set id = 9 where id = 2; update audit set id = 2 where id = 3; update audit set id "
           "= 3 where id = 9",
           "row 2 ");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_whole_log_gives_its_head, log_open, log_close),
        cmocka_unit_test_setup_teardown(a_row_can_be_neither_changed_nor_deleted, log_open, log_close),
        cmocka_unit_test_setup_teardown(an_altered_text_is_named, log_open, log_close),
        cmocka_unit_test_setup_teardown(an_altered_time_is_named, log_open, log_close),
        cmocka_unit_test_setup_teardown(a_letter_moved_from_one_field_to_the_next_is_named, log_open,
                                        log_close),
        cmocka_unit_test_setup_teardown(a_dropped_row_is_named, log_open, log_close),
        cmocka_unit_test_setup_teardown(a_row_dropped_at_the_end_is_named, log_open, log_close),
        cmocka_unit_test_setup_teardown(a_dropped_row_with_the_rest_renumbered_is_named, log_open, log_close),
        cmocka_unit_test_setup_teardown(swapped_rows_are_named, log_open, log_close),
    };

    return cmocka_run_group_tests_name("audit", tests, NULL, NULL);
}

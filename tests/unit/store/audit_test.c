/* The audit log: altered, dropped and moved rows are named. */
#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "../tables.h"
#include "store/audit.h"
#include "store/db.h"

/* A log of four rows; the scratch's `mine` is the database. */
static int log_open(void **state)
{
    if (scratch_open(state) != 0)
        return -1;
    struct scratch *scratch = *state;
    struct db *db = NULL;
    struct err e = {0};

    if (scratch_tables(scratch, "lykta", 0, &db, &e) != OK)
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

/* What someone does who can write the database: without triggers there is nothing that refuses. */
static void tamper(void **state, const char *sql, const char *named)
{
    static const char in_file[] =
        "drop trigger audit_is_never_changed; drop trigger audit_is_never_shortened";
    static const char in_server[] = "alter table audit disable trigger user";
    struct db *db = ((struct scratch *)*state)->mine;
    struct audit_head head = {0};
    struct err e = {0};

    assert_int_equal(db_script(db, database_server() ? in_server : in_file, &e), OK);
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

static void a_mark_that_is_too_short_is_named(void **state)
{
    tamper(state, "update audit set hash = substr(hash, 1, 31) where id = 3", "row 3 ");
}

static void a_head_with_another_mark_is_named(void **state)
{
    tamper(state, "update audit_head set hash = (select hash from audit where id = 2)",
           "its head is at row 4");
}

static void a_head_whose_mark_is_too_short_is_named(void **state)
{
    tamper(state, "update audit_head set hash = substr(hash, 1, 31)", "its head is at row 4");
}

static enum status stop_at_second(void *context, const struct audit_entry *entry, struct err *e)
{
    *(int64_t *)context = entry->id;
    return entry->id < 2 ? OK : err_set(e, REFUSED, "enough");
}

static void who_reads_the_log_may_stop(void **state)
{
    struct audit_head head = {0};
    int64_t last = 0;
    struct err e = {0};

    assert_int_equal(audit_walk(((struct scratch *)*state)->mine, stop_at_second, &last, &head, &e), REFUSED);
    assert_string_equal(e.what, "enough");
    assert_int_equal(last, 2);
}

/* Their words are kept and cannot be changed, whichever of the two there is. */
static void a_reason_without_a_role_is_part_of_the_chain(void **state)
{
    struct db *db = ((struct scratch *)*state)->mine;
    const struct audit_line line = {.who = {.name = "test", .now_at = 5000, .why = "a request"},
                                    .action = "plan.decide"};
    struct err e = {0};

    assert_int_equal(audit_note(db, &line, &e), OK);
    tamper(state, "update audit set why = 'a whim' where id = 5", "row 5 ");
}

static struct audit_entries find(void **state, const struct audit_search *search, size_t most)
{
    struct scratch *scratch = *state;
    struct audit_entries found = {0};
    struct err e = {0};

    assert_int_equal(audit_find(scratch->mine, search, most, scratch->arena, &found, &e), OK);
    return found;
}

static int64_t count(void **state, const struct audit_search *search)
{
    struct err e = {0};
    int64_t n = -1;

    assert_int_equal(audit_count(((struct scratch *)*state)->mine, search, &n, &e), OK);
    return n;
}

static void rows_are_found_with_the_latest_first(void **state)
{
    struct audit_entries all = find(state, &(struct audit_search){0}, 10);

    assert_int_equal(all.n, 4);
    assert_int_equal(all.entry[0].id, 4);
    assert_int_equal(all.entry[3].id, 1);
    assert_true(str_is(all.entry[0].action, "plan.decide"));
    assert_int_equal(all.entry[0].hash.n, AUDIT_HASH_BYTES);
}

static void rows_are_found_by_who_what_and_when(void **state)
{
    const struct audit_search nobody = {.who = S("tes")};
    const struct audit_search nothing = {.action = S("plan.%")};
    const struct audit_search between = {
        .who = S("test"), .action = S("plan.decide"), .from_at = 2000, .before_at = 4000};

    assert_int_equal(find(state, &nobody, 10).n, 0);
    assert_int_equal(find(state, &nothing, 10).n, 0);
    assert_int_equal(count(state, &between), 2);
    struct audit_entries found = find(state, &between, 10);
    assert_int_equal(found.n, 2);
    assert_int_equal(found.entry[0].id, 3);
    assert_int_equal(found.entry[1].id, 2);
}

static void a_page_of_rows_goes_on_where_the_one_before_it_ended(void **state)
{
    struct audit_entries first = find(state, &(struct audit_search){0}, 3);
    struct audit_entries second = find(state, &(struct audit_search){.up_to = first.entry[2].id - 1}, 3);

    assert_int_equal(first.n, 3);
    assert_int_equal(second.n, 1);
    assert_int_equal(second.entry[0].id, 1);
    assert_int_equal(count(state, &(struct audit_search){.up_to = 1}), 4);
}

enum { APPENDED = 300 };

/* A city that is served goes on writing. */
static void *append_many(void *context)
{
    struct db *db = context;
    struct err e = {0};

    for (int64_t i = 0; i < APPENDED; i++) {
        const struct audit_line line = {.who = {.name = "test", .now_at = i}, .action = "plan.decide"};
        if (audit_note(db, &line, &e) != OK)
            return db;
    }
    return NULL;
}

static void a_log_that_is_written_to_meanwhile_verifies(void **state)
{
    struct scratch *scratch = *state;
    struct db *writer = NULL;
    struct audit_head head = {0};
    struct err e = {0};
    pthread_t thread;
    void *failed = NULL;

    assert_int_equal(db_open(db_path(scratch->mine), DB_WRITE, &writer, &e), OK);
    assert_int_equal(pthread_create(&thread, NULL, append_many, writer), 0);
    while (head.last < 4 + APPENDED)
        assert_int_equal(audit_verify(scratch->mine, &head, &e), OK);
    assert_int_equal(pthread_join(thread, &failed), 0);
    assert_null(failed);
    db_close(writer);
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
        cmocka_unit_test_setup_teardown(a_mark_that_is_too_short_is_named, log_open, log_close),
        cmocka_unit_test_setup_teardown(a_head_with_another_mark_is_named, log_open, log_close),
        cmocka_unit_test_setup_teardown(a_head_whose_mark_is_too_short_is_named, log_open, log_close),
        cmocka_unit_test_setup_teardown(who_reads_the_log_may_stop, log_open, log_close),
        cmocka_unit_test_setup_teardown(a_reason_without_a_role_is_part_of_the_chain, log_open, log_close),
        cmocka_unit_test_setup_teardown(rows_are_found_with_the_latest_first, log_open, log_close),
        cmocka_unit_test_setup_teardown(rows_are_found_by_who_what_and_when, log_open, log_close),
        cmocka_unit_test_setup_teardown(a_page_of_rows_goes_on_where_the_one_before_it_ended, log_open,
                                        log_close),
        cmocka_unit_test_setup_teardown(a_log_that_is_written_to_meanwhile_verifies, log_open, log_close),
    };

    return cmocka_run_group_tests_name("audit", tests, NULL, NULL);
}

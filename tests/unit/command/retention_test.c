/* lykta retention: what would go, what goes, and what the log says of it. */
#include "program.h"

#include "store/db.h"

#include <string.h>

/* A city with a session, a sent letter and a marked form, all years old. */
static const char old[] =
    "insert into person (id, email, name, language, state, made_at, signed_in_at, version) "
    "values (1, 'kim@example.org', 'Kim Exempel', 'sv', 'active', 1, 1, 1);"
    "insert into session (hash, person, stage, method, device, made_at, seen_at) "
    "values (x'01', 1, 'whole', 'password', 'spårlöst', 1, 1);"
    "insert into mail_letter (message, address, name, language, subject, plain, html, calendar, "
    "calendar_method, unsubscribe, state, tries, queued_at, next_at, state_at, reason) "
    "values ('m', 'kim@example.org', '', 'sv', 'spårlöst', '', '', '', '', '', 'sent', 1, 1, 1, 1, '')";

static struct db *open_city(struct scratch *s, enum db_mode mode)
{
    struct db *db = NULL;
    struct err e = {0};

    assert_int_equal(db_open(scratch_path(s, "lund/lykta.db"), mode, &db, &e), OK);
    return db;
}

static void make(struct scratch *s)
{
    struct err e = {0};

    assert_int_equal(program_run_line(s, "init @lund --municipality 1281").status, OK);
    struct db *db = open_city(s, DB_WRITE);
    assert_int_equal(db_script(db, old, &e), OK);
    db_close(db);
}

static int64_t count(struct scratch *s, const char *sql)
{
    struct db *db = open_city(s, DB_READ);
    struct query q = db_query(db, sql);
    struct err e = {0};
    int64_t n = query_next(&q) ? query_int(&q, 0) : -1;

    assert_int_equal(query_end(&q, &e), OK);
    db_close(db);
    return n;
}

static struct str database(struct scratch *s)
{
    struct str bytes;
    struct err e = {0};

    assert_int_equal(file_read(scratch_path(s, "lund/lykta.db"), 1 << 26, s->arena, &bytes, &e), OK);
    return bytes;
}

static bool says(struct str text, const char *part)
{
    return memmem(text.p, text.n, part, strlen(part)) != NULL;
}

static void a_dry_run_tells_and_changes_not_a_byte(void **state)
{
    struct scratch *s = *state;

    make(s);
    struct str before = database(s);
    struct program p = program_run_line(s, "retention @lund --dry-run");
    assert_int_equal(p.status, OK);
    assert_true(says(p.out, "would delete"));
    assert_true(says(p.out, "       1  sessions that have ended: kept 1 day\n"));
    assert_true(says(p.out, "lines of the audit log: kept 60 months; not deleted\n"));
    assert_true(str_equal(before, database(s)));
    assert_int_equal(count(s, "select count(*) from session"), 1);
    assert_int_equal(count(s, "select count(*) from audit where action = 'retention.run'"), 0);
}

static void a_run_deletes_and_the_log_says_how_much(void **state)
{
    struct scratch *s = *state;

    make(s);
    assert_true(says(database(s), "spårlöst"));
    struct program p = program_run_line(s, "retention @lund");
    assert_int_equal(p.status, OK);
    assert_true(says(p.out, "       1  letters that were sent, or could not be: kept 7 days\n"));
    assert_int_equal(count(s, "select count(*) from session") + count(s, "select count(*) from mail_letter"),
                     0);
    assert_int_equal(count(s, "select count(*) from audit where action = 'retention.run' and "
                              "detail = 'mail.letter 1, portal.session 1'"),
                     1);
    assert_false(says(database(s), "spårlöst"));
    assert_int_equal(program_run_line(s, "verify @lund").status, OK);
    assert_true(says(program_run_line(s, "retention @lund").out, "       0  sessions"));
}

static void the_list_is_told_as_json(void **state)
{
    struct scratch *s = *state;

    make(s);
    struct program p = program_run_line(s, "retention @lund --dry-run --json");
    assert_int_equal(p.status, OK);
    assert_true(says(p.out, "\"is_dry_run\": true"));
    assert_true(says(p.out, "\"class\": \"portal.session\""));
    assert_true(says(p.out, "\"class\": \"observation.acted\""));
    assert_true(says(p.out, "\"kept_months\": 24"));
    assert_true(says(p.out, "\"is_deleted\": false"));
}

static void while_it_is_frozen_nothing_goes(void **state)
{
    struct scratch *s = *state;
    struct err e = {0};

    make(s);
    struct db *db = open_city(s, DB_WRITE);
    assert_int_equal(db_script(db,
                               "insert into retention_freeze (reason, since_at, frozen_by) "
                               "values ('händelse 3', 1, 'x')",
                               &e),
                     OK);
    db_close(db);
    struct program p = program_run_line(s, "retention @lund");
    assert_int_equal(p.status, REFUSED);
    assert_true(says(p.err, "händelse 3"));
    assert_int_equal(count(s, "select count(*) from session"), 1);
}

#define WITH_SCRATCH(test) cmocka_unit_test_setup_teardown(test, scratch_open, scratch_close)

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_SCRATCH(a_dry_run_tells_and_changes_not_a_byte),
        WITH_SCRATCH(a_run_deletes_and_the_log_says_how_much),
        WITH_SCRATCH(the_list_is_told_as_json),
        WITH_SCRATCH(while_it_is_frozen_nothing_goes),
    };

    return cmocka_run_group_tests_name("retention command", tests, NULL, NULL);
}

/* Rules of retention, run on a table of their own under a simulated clock. */
#include "../unit.h"

#include "../tables.h"
#include "base/date.h"
#include "store/db.h"
#include "store/retention.h"

#include <string.h>

enum { DAY = 86400, START = 1795500000 /* 2026-11-24 */ };

static const struct retention_rule rules[] = {
    {.class = "note.left",
     .what = "notes that were left",
     .ground = "the test",
     .kept = {.months = 3},
     .count = "select count(*) from note where left_at < $1",
     .erase = {"delete from note_word where note in (select id from note where left_at < $1)",
               "delete from note where left_at < $1"}},
    {.class = NULL},
};
static const struct retention_rule *const tables[] = {rules, NULL};
static const struct retention_rules all = {.tables = tables};

static struct db *make(struct scratch *scratch)
{
    struct db *db = NULL;
    struct err e = {0};

    assert_int_equal(scratch_tables(scratch, "lykta", START, &db, &e), OK);
    assert_int_equal(
        db_script(db,
                  "create table note (id {id}, left_at {int}) {strict};"
                  "create table note_word (note {int} references note (id), word {text}) {strict}",
                  &e),
        OK);
    return db;
}

static void leave_note(struct db *db, int64_t id, int64_t left_at, const char *word)
{
    static const char note[] = "insert into note (id, left_at) values ($1, $2)";
    static const char said[] = "insert into note_word (note, word) values ($1, $2)";
    struct err e = {0};
    struct query q = db_query(db, note);

    bind_int(&q, 1, id);
    bind_int(&q, 2, left_at);
    assert_int_equal(query_run(&q, &e), OK);
    q = db_query(db, said);
    bind_int(&q, 1, id);
    bind_str(&q, 2, str_of(word));
    assert_int_equal(query_run(&q, &e), OK);
}

static int64_t run_at(struct scratch *scratch, struct db *db, int64_t at)
{
    struct retention_classes done = {0};
    struct who who = {.name = "test", .now_at = at};
    struct err e = {0};

    assert_int_equal(retention_run(db, &all, &who, scratch->arena, &done, &e), OK);
    assert_int_equal(done.n, 1);
    return done.class[0].n;
}

static void months_are_the_calendars_and_days_are_days(void **state)
{
    struct date may31 = {2026, 5, 31};
    int64_t at = date_days(may31) * DAY + 3600;

    (void)state;
    assert_int_equal(retention_cutoff((struct retention_period){.months = 3}, at),
                     date_days((struct date){2026, 2, 28}) * DAY + 3600);
    assert_int_equal(retention_cutoff((struct retention_period){.days = 31}, at), at - 31 * DAY);
}

static void a_row_is_deleted_on_its_day_and_not_before(void **state)
{
    struct db *db = make(*state);
    int64_t days = 0;

    leave_note(db, 1, START, "a");
    while (run_at(*state, db, START + days * DAY + 1) == 0)
        days++;
    assert_int_equal(START + days * DAY, date_days(date_add_months(date_of(START), 3)) * DAY + START % DAY);
    db_close(db);
}

static void after_a_run_nothing_is_due(void **state)
{
    struct scratch *scratch = *state;
    struct db *db = make(scratch);
    struct retention_classes due = {0};
    struct err e = {0};

    for (int64_t i = 1; i <= 100; i++)
        leave_note(db, i, START + i * 7 * DAY, "a");
    for (int day = 0; day < 900; day += 30) {
        run_at(scratch, db, START + day * (int64_t)DAY);
        assert_int_equal(retention_due(db, tables, START + day * (int64_t)DAY, scratch->arena, &due, &e), OK);
        assert_int_equal(due.class[0].n, 0);
    }
    db_close(db);
}

static void what_was_deleted_stands_in_no_file(void **state)
{
    ONLY_IN_A_FILE();
    struct scratch *scratch = *state;
    struct db *db = make(scratch);
    struct str bytes;
    struct err e = {0};

    leave_note(db, 1, START, "hemligtmarke");
    assert_int_equal(run_at(scratch, db, START + 200 * (int64_t)DAY), 1);
    assert_int_equal(db_checkpoint(db, &e), OK);
    const char *const files[] = {"lykta.db", "lykta.db-wal"};
    for (size_t i = 0; i < 2; i++) {
        assert_int_equal(file_read(scratch_path(scratch, files[i]), 1 << 24, scratch->arena, &bytes, &e), OK);
        assert_null(memmem(bytes.p, bytes.n, "hemligtmarke", 12));
    }
    db_close(db);
}

/* Rows of all lengths, put in where there is no room, are moved from page to page, and every other one is
 * then to go: what they left behind where they stood before is gone too. */
static void what_moved_before_it_was_deleted_stands_in_no_file(void **state)
{
    static const char sql[] =
        "insert into said (word, body, goes) values "
        "(substr('abcdefghij', 1 + $1 % 7) || $1 || case $2 when 1 then 'hemligtmarke' else '' "
        "end, replace(hex(zeroblob($3)), '00', case $2 when 1 then 'hemligtmarke' else 'x' end), "
        "$2)";
    ONLY_IN_A_FILE();
    struct scratch *scratch = *state;
    struct db *db = make(scratch);
    uint32_t random = 7;
    struct str bytes;
    struct err e = {0};

    assert_int_equal(
        db_script(db, "create table said (id integer primary key, word text unique, body text, goes integer)",
                  &e),
        OK);
    assert_int_equal(db_begin(db, &e), OK);
    for (int i = 0; i < 4000; i++) {
        struct query q = db_query(db, sql);

        random = random * 1664525 + 1013904223;
        bind_int(&q, 1, random);
        bind_int(&q, 2, i % 2);
        bind_int(&q, 3, 1 + (random >> 20) % 60);
        assert_int_equal(query_run(&q, &e), OK);
    }
    assert_int_equal(db_end(db, OK, &e), OK);
    assert_int_equal(db_script(db, "delete from said where goes = 1", &e), OK);
    assert_int_equal(db_scrub(db, &e), OK);
    assert_int_equal(file_read(scratch_path(scratch, "lykta.db"), 1 << 26, scratch->arena, &bytes, &e), OK);
    assert_null(memmem(bytes.p, bytes.n, "hemligtmarke", 12));
    db_close(db);
}

static void a_run_is_remembered_with_how_many(void **state)
{
    struct scratch *scratch = *state;
    struct db *db = make(scratch);
    struct retention_deleted *deleted = NULL;
    size_t n = 0;
    int64_t last = 0;
    struct err e = {0};

    leave_note(db, 1, START, "a");
    leave_note(db, 2, START, "b");
    run_at(scratch, db, START + 200 * (int64_t)DAY);
    run_at(scratch, db, START + 201 * (int64_t)DAY);
    assert_int_equal(retention_history(db, 10, scratch->arena, &deleted, &n, &e), OK);
    assert_int_equal(n, 1);
    assert_int_equal(deleted[0].n, 2);
    assert_str(deleted[0].class, "note.left");
    assert_int_equal(retention_last_run(db, &last, &e), OK);
    assert_int_equal(last, START + 201 * (int64_t)DAY);
    db_close(db);
}

static int64_t propose(struct db *db, int months)
{
    struct who who = {.name = "first", .now_at = START};
    struct err e = {0};
    int64_t id = 0;
    struct retention_proposal p = {.class = S("note.left"),
                                   .kept = {.months = months},
                                   .decided_on = {2026, 11, 1},
                                   .decision = S("KS 2026/12")};

    assert_int_equal(retention_propose(db, &p, &who, &id, &e), OK);
    return id;
}

static void another_time_takes_two_people(void **state)
{
    struct scratch *scratch = *state;
    struct db *db = make(scratch);
    struct who first = {.name = "first", .now_at = START};
    struct who second = {.name = "second", .now_at = START};
    struct err e = {0};
    int64_t id = propose(db, 1);

    leave_note(db, 1, START, "a");
    assert_int_equal(retention_confirm(db, id, &first, &e), REFUSED);
    assert_int_equal(run_at(scratch, db, START + 40 * (int64_t)DAY), 0);
    assert_int_equal(retention_confirm(db, id, &second, &e), OK);
    assert_int_equal(run_at(scratch, db, START + 40 * (int64_t)DAY), 1);
    db_close(db);
}

static void a_proposal_is_confirmed_once(void **state)
{
    struct db *db = make(*state);
    struct who second = {.name = "second", .now_at = START};
    struct err e = {0};
    int64_t id = propose(db, 1);

    assert_int_equal(retention_confirm(db, id, &second, &e), OK);
    assert_int_equal(retention_confirm(db, id, &second, &e), REFUSED);
    db_close(db);
}

static void a_time_without_decision_or_length_is_refused(void **state)
{
    struct db *db = make(*state);
    struct who who = {.name = "first", .now_at = START};
    struct err e = {0};
    int64_t id = 0;
    struct retention_proposal p = {.class = S("note.left"), .decided_on = {2026, 1, 1}, .decision = S("1")};

    assert_int_equal(retention_propose(db, &p, &who, &id, &e), BAD_INPUT);
    p.kept.days = 1;
    p.decision = S(" ");
    assert_int_equal(retention_propose(db, &p, &who, &id, &e), BAD_INPUT);
    p.decision = S("1");
    p.decided_on = (struct date){0};
    assert_int_equal(retention_propose(db, &p, &who, &id, &e), BAD_INPUT);
    assert_says(e, "the day and the number of the city's decision");
    db_close(db);
}

static void a_time_is_at_most_a_hundred_years_or_ten_in_days(void **state)
{
    static const struct retention_period wrong[] = {
        {.months = RETENTION_MAX_MONTHS + 1}, {.days = RETENTION_MAX_DAYS + 1}, {-1, 5}, {5, -1}};
    struct db *db = make(*state);
    struct who who = {.name = "first", .now_at = START};
    struct retention_proposal p = {.class = S("note.left"), .decided_on = {2026, 1, 1}, .decision = S("1")};
    struct err e = {0};
    int64_t id = 0;

    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        p.kept = wrong[i];
        assert_int_equal(retention_propose(db, &p, &who, &id, &e), BAD_INPUT);
        assert_says(e, "at most 1200 months or 3660 days");
    }
    p.kept = (struct retention_period){RETENTION_MAX_MONTHS, RETENTION_MAX_DAYS};
    assert_int_equal(retention_propose(db, &p, &who, &id, &e), OK);
    db_close(db);
}

static void nothing_is_deleted_while_disposal_is_frozen(void **state)
{
    struct scratch *scratch = *state;
    struct db *db = make(scratch);
    struct retention_classes done = {0};
    struct who who = {.name = "test", .now_at = START + 200 * (int64_t)DAY};
    struct err e = {0};

    leave_note(db, 1, START, "a");
    assert_int_equal(retention_freeze(db, S("Incident 3"), &who, &e), OK);
    assert_int_equal(retention_run(db, &all, &who, scratch->arena, &done, &e), REFUSED);
    assert_says(e, "Incident 3");
    assert_int_equal(retention_freeze(db, S("Incident 4"), &who, &e), REFUSED);
    assert_says(e, "frozen already");
    assert_int_equal(retention_thaw(db, &who, &e), OK);
    assert_int_equal(retention_thaw(db, &who, &e), REFUSED);
    assert_says(e, "is not frozen");
    assert_int_equal(run_at(scratch, db, who.now_at), 1);
    db_close(db);
}

static void stopping_disposal_needs_a_reason(void **state)
{
    struct db *db = make(*state);
    struct who who = {.name = "test", .now_at = START};
    struct err e = {0};

    assert_int_equal(retention_freeze(db, S("  "), &who, &e), BAD_INPUT);
    assert_int_equal(retention_thaw(db, &who, &e), REFUSED);
    db_close(db);
}

/* Stands for the key file: what is due is told to it, in its place among the rules. */
struct keyring {
    int64_t told;
};

static enum status dispose(struct keyring *keyring, const struct retention_class *class,
                           const struct who *who, struct err *e)
{
    (void)who;
    (void)e;
    keyring->told += class->n;
    return OK;
}

static const struct retention_rule mixed[] = {
    {.class = "note.sealed",
     .what = "sealed notes",
     .ground = "the test",
     .kept = {.months = 3},
     .count = "select count(*) from note where left_at < $1 and id > 100",
     .dispose = dispose},
    {.class = "note.open",
     .what = "notes, in as many statements as there may be",
     .ground = "the test",
     .kept = {.months = 3},
     .count = "select count(*) from note where left_at < $1 and id <= 100",
     .erase = {"delete from note_word where note in (select id from note where left_at < $1)",
               "delete from note where left_at < $1 and id < 10",
               "delete from note where left_at < $1 and id < 20",
               "delete from note where left_at < $1 and id <= 100"}},
    {.class = NULL},
};

static int64_t notes(struct db *db)
{
    struct query q = db_query(db, "select count(*) from note");
    struct err e = {0};
    int64_t n = query_next(&q) ? query_int(&q, 0) : -1;

    assert_int_equal(query_end(&q, &e), OK);
    return n;
}

static struct str latest_line(struct scratch *scratch, struct db *db)
{
    struct query q = db_query(db, "select detail from audit where action = 'retention.run' order by id desc");
    struct err e = {0};
    struct str detail = query_next(&q) ? query_str(&q, 0, scratch->arena) : S("none");

    assert_int_equal(query_end(&q, &e), OK);
    return detail;
}

/* Without the key file nothing at all is deleted. */
static void what_is_sealed_needs_the_key_file(void **state)
{
    static const struct retention_rule *const rooms[] = {mixed, NULL};
    struct scratch *scratch = *state;
    struct db *db = make(scratch);
    struct keyring keyring = {0};
    struct retention_rules sealed = {.tables = rooms};
    struct retention_classes done = {0};
    struct who who = {.name = "test", .now_at = START + 200 * (int64_t)DAY};
    struct err e = {0};

    for (int64_t id = 5; id < 50; id += 10)
        leave_note(db, id, START, "a");
    leave_note(db, 101, START, "sealed");
    assert_int_equal(retention_run(db, &sealed, &who, scratch->arena, &done, &e), BAD_INPUT);
    assert_says(e, "note.sealed: the key file is missing");
    assert_int_equal(notes(db), 6);
    sealed.keyring = &keyring;
    assert_int_equal(retention_run(db, &sealed, &who, scratch->arena, &done, &e), OK);
    assert_int_equal(keyring.told, 1);
    assert_int_equal(notes(db), 1);
    assert_str(latest_line(scratch, db), "note.sealed 1, note.open 5");
    db_close(db);
}

#define IN_SCRATCH(test) cmocka_unit_test_setup_teardown(test, scratch_open, scratch_close)

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(months_are_the_calendars_and_days_are_days),
        IN_SCRATCH(a_row_is_deleted_on_its_day_and_not_before),
        IN_SCRATCH(after_a_run_nothing_is_due),
        IN_SCRATCH(what_was_deleted_stands_in_no_file),
        IN_SCRATCH(what_moved_before_it_was_deleted_stands_in_no_file),
        IN_SCRATCH(a_run_is_remembered_with_how_many),
        IN_SCRATCH(another_time_takes_two_people),
        IN_SCRATCH(a_proposal_is_confirmed_once),
        IN_SCRATCH(a_time_without_decision_or_length_is_refused),
        IN_SCRATCH(a_time_is_at_most_a_hundred_years_or_ten_in_days),
        IN_SCRATCH(nothing_is_deleted_while_disposal_is_frozen),
        IN_SCRATCH(stopping_disposal_needs_a_reason),
        IN_SCRATCH(what_is_sealed_needs_the_key_file),
    };

    return cmocka_run_group_tests_name("retention", tests, NULL, NULL);
}

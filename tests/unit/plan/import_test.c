/* A plan from a spreadsheet: read row by row, kept, taken in when somebody says yes. */
#include "plan/plan_import.h"

#include "../network/city.h"
#include "sheet/sheet_write.h"

#define HEADER                                                                                               \
    "Mål;Åtgärd;Ansvarig organisation;Klart senast;Läge;Så vet vi att det är gjort;Lagstöd;Underlag\n"

static struct plan_rows read(struct db *db, struct arena *a, const char *csv)
{
    struct plan_rows rows;
    struct err e = {0};

    if (plan_list_read(db, "plan.csv", str_of(csv), a, &rows, &e) != OK)
        fail_msg("%s", e.what);
    return rows;
}

static int64_t keep(struct db *db, const char *csv)
{
    struct err e = {0};
    int64_t id = 0;

    if (plan_import_keep(db, S("plan.csv"), str_of(csv), &coordinator, &id, &e) != OK)
        fail_msg("%s", e.what);
    return id;
}

static int64_t measures(struct db *db)
{
    return count_rows(db, "select count(*) from plan_measure");
}

static void a_row_becomes_a_measure_with_its_owner_and_date(void **state)
{
    struct scratch *s = *state;
    struct db *db = city_db(s);
    int64_t owner = add_organisation(db, "Hotell (exempel)", "", ACTOR_HOTEL, ORGANISATION_MEMBER);
    struct plan_rows rows = read(
        db, s->arena,
        HEADER
        "Förebygga;Dela ut kortet;hotell (EXEMPEL);2027-05-31;Pågår;Alla har det;2023:196;Tabellen över åldrar\n"
        "counter;Stäng lokalen;;;;;;\n");

    assert_int_equal(rows.n, 2);
    assert_int_equal(rows.faults, 0);
    const struct measure *m = &rows.row[0].measure;
    assert_int_equal(m->goal, PLAN_PREVENT);
    assert_str(m->title, "Dela ut kortet");
    assert_int_equal(m->owner, owner);
    assert_true(date_equal(m->deadline, (struct date){2027, 5, 31}));
    assert_str(m->done_when, "Alla har det");
    assert_str(m->legal, "2023:196");
    assert_str(m->evidence, "Tabellen över åldrar");
    assert_int_equal(rows.row[1].measure.goal, PLAN_COUNTER);
    assert_int_equal(rows.row[1].measure.owner, 0);
    assert_int_equal(rows.row[1].measure.deadline.year, 0);
    db_close(db);
}

static void what_is_wrong_is_told_by_row(void **state)
{
    static const char file[] = "Mål;Åtgärd;Ansvarig;Klart\n"
                               "Upptäcka;;;\n"
                               ";Utan mål;;\n"
                               "Annat;Okänt mål;;\n"
                               "Upptäcka;Okänd ägare;Ingen;\n"
                               "Upptäcka;Fel datum;;2027-02-30\n"
                               "Upptäcka;Också fel;;i maj\n"
                               "Upptäcka;Rätt;;\n"
                               "Stödja;RÄTT;;\n"
                               "Upptäcka;Trasig rad\n"
                               "Upptäcka;Finns redan;;\n";
    static const enum plan_fault faults[] = {
        PLAN_NO_TITLE, PLAN_NO_GOAL, PLAN_UNKNOWN_GOAL, PLAN_UNKNOWN_OWNER, PLAN_BAD_DATE,
        PLAN_BAD_DATE, PLAN_RIGHT,   PLAN_TWICE,        PLAN_TORN,          PLAN_TWICE};
    struct scratch *s = *state;
    struct db *db = city_db(s);
    const struct measure there = {.goal = PLAN_DETECT, .title = S("finns redan")};
    struct err e = {0};
    int64_t id = 0;

    assert_int_equal(measure_add(db, &there, &coordinator, &id, &e), OK);
    struct plan_rows rows = read(db, s->arena, file);
    assert_int_equal(rows.n, sizeof faults / sizeof *faults);
    for (size_t i = 0; i < rows.n; i++) {
        assert_int_equal(rows.row[i].fault, faults[i]);
        assert_int_equal(rows.row[i].line, i + 2);
    }
    assert_int_equal(rows.faults, 9);
    db_close(db);
}

static void a_spreadsheets_number_is_a_day(void **state)
{
    struct scratch *s = *state;
    struct db *db = city_db(s);
    const struct str header[] = {S("Goal"), S("Measure"), S("Done by")};
    const struct str cells[] = {S("Prevent"), S("Hand out the card"), S("46538")};
    const struct sheet_table table = {.name = "Plan", .columns = 3, .header = header, .n = 1, .cell = cells};
    struct plan_rows rows;
    struct str bytes;
    struct err e = {0};

    assert_int_equal(sheet_write_xlsx(&table, s->arena, &bytes, &e), OK);
    assert_int_equal(plan_list_read(db, "plan.xlsx", bytes, s->arena, &rows, &e), OK);
    assert_int_equal(rows.n, 1);
    assert_int_equal(rows.faults, 0);
    assert_true(date_equal(rows.row[0].measure.deadline, (struct date){2027, 5, 31}));
    db_close(db);
}

static void a_file_that_is_no_plan_is_refused_and_nothing_kept(void **state)
{
    struct scratch *s = *state;
    struct db *db = city_db(s);
    struct err e = {0};
    int64_t id = 0;

    assert_int_equal(
        plan_import_keep(db, S("x"), S("Namn;E-post\nKim;k@example.org\n"), &coordinator, &id, &e),
        BAD_INPUT);
    assert_int_equal(plan_import_keep(db, S("x"), S("Mål;Åtgärd\n"), &coordinator, &id, &e), BAD_INPUT);
    assert_int_equal(plan_import_keep(db, S("x"), S(""), &coordinator, &id, &e), BAD_INPUT);
    assert_int_equal(count_rows(db, "select count(*) from plan_import"), 0);
    db_close(db);
}

static void nothing_is_added_before_yes_and_right_rows_after(void **state)
{
    struct db *db = city_db(*state);
    struct err e = {0};
    int64_t id = keep(db, HEADER "Upptäcka;A;;;;;;\nAnnat;B;;;;;;\nStödja;C;;2027-01-01;;;;\n");

    assert_int_equal(measures(db), 0);
    assert_int_equal(plan_import_take(db, id, 2, &coordinator, &e), OK);
    assert_int_equal(measures(db), 2);
    assert_int_equal(count_rows(db, "select count(*) from plan_import"), 0);
    assert_int_equal(plan_import_take(db, id, 2, &coordinator, &e), REFUSED);
    assert_int_equal(measures(db), 2);
    db_close(db);
}

/* Somebody else adds one of the measures between the preview and the yes. */
static void a_yes_to_something_else_adds_nothing(void **state)
{
    struct db *db = city_db(*state);
    const struct measure same = {.goal = PLAN_DETECT, .title = S("A")};
    struct err e = {0};
    int64_t measure = 0;
    int64_t id = keep(db, HEADER "Upptäcka;A;;;;;;\nStödja;C;;;;;;\n");

    assert_int_equal(measure_add(db, &same, &coordinator, &measure, &e), OK);
    assert_int_equal(plan_import_take(db, id, 2, &coordinator, &e), REFUSED);
    assert_int_equal(measures(db), 1);
    assert_int_equal(plan_import_take(db, id, 1, &coordinator, &e), OK);
    assert_int_equal(measures(db), 2);
    db_close(db);
}

static void no_forgets_the_file(void **state)
{
    struct db *db = city_db(*state);
    struct err e = {0};
    int64_t id = keep(db, HEADER "Upptäcka;A;;;;;;\n");

    assert_int_equal(plan_import_drop(db, id, &coordinator, &e), OK);
    assert_int_equal(plan_import_take(db, id, 1, &coordinator, &e), REFUSED);
    assert_int_equal(measures(db), 0);
    db_close(db);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_SCRATCH(a_row_becomes_a_measure_with_its_owner_and_date),
        IN_SCRATCH(what_is_wrong_is_told_by_row),
        IN_SCRATCH(a_spreadsheets_number_is_a_day),
        IN_SCRATCH(a_file_that_is_no_plan_is_refused_and_nothing_kept),
        IN_SCRATCH(nothing_is_added_before_yes_and_right_rows_after),
        IN_SCRATCH(a_yes_to_something_else_adds_nothing),
        IN_SCRATCH(no_forgets_the_file),
    };

    return cmocka_run_group_tests_name("plan import", tests, NULL, NULL);
}

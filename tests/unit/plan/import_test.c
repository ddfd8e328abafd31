/* A plan from a spreadsheet: read row by row, kept, taken in when somebody says yes. */
#include "plan/plan_import.h"

#include "../network/city.h"
#include "plan/plan_offers.h"
#include "sheet/sheet_write.h"

#define HEADER                                                                                               \
    "Mål;Åtgärd;Ansvarig organisation;Klart senast;Läge;Så vet vi att det är gjort;Lagstöd;Underlag\n"

static struct plan_rows read(struct db *db, struct arena *a, const char *csv)
{
    struct plan_rows rows;
    struct err e = {0};

    if (plan_list_read(db, NULL, "plan.csv", str_of(csv), a, &rows, &e) != OK)
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
    assert_int_equal(plan_list_read(db, NULL, "plan.xlsx", bytes, s->arena, &rows, &e), OK);
    assert_int_equal(rows.n, 1);
    assert_int_equal(rows.faults, 0);
    assert_true(date_equal(rows.row[0].measure.deadline, (struct date){2027, 5, 31}));
    db_close(db);
}

/* A row may wait for one below it, and for what is in the plan already. */
static void rows_wait_for_each_other_and_for_the_plan(void **state)
{
    struct scratch *s = *state;
    struct db *db = city_db(s);
    const struct measure there = {.goal = PLAN_DETECT, .title = S("Finns redan")};
    struct measures all;
    struct err e = {0};
    int64_t id = 0;

    assert_int_equal(measure_add(db, &there, &coordinator, &id, &e), OK);
    id = keep(db, "Mål;Åtgärd;Väntar på\n"
                  "Upptäcka;A;\"B\nfinns REDAN\"\n"
                  "Upptäcka;B;\n"
                  "Upptäcka;C;\"B; A\"\n");
    assert_int_equal(plan_import_take(db, NULL, id, 3, &coordinator, &e), OK);
    assert_int_equal(measure_list(db, &(struct measure_filter){0}, s->arena, &all, &e), OK);
    assert_int_equal(all.n, 4);
    assert_int_equal(all.measure[1].waits, 2);
    assert_str(all.measure[1].wait[0].title, "Finns redan");
    assert_str(all.measure[1].wait[1].title, "B");
    assert_int_equal(all.measure[2].waits, 0);
    assert_int_equal(all.measure[3].waits, 2);
    db_close(db);
}

static void a_tie_that_cannot_be_is_told_by_row(void **state)
{
    static const char file[] = "Mål;Åtgärd;Väntar på;Underlag i Lykta\n"
                               "Upptäcka;A;B;\n"
                               "Upptäcka;B;C;\n"
                               "Upptäcka;C;A;\n"
                               "Upptäcka;Väntar på dem;A;\n"
                               "Upptäcka;Okänd;Finns inte;\n"
                               "Upptäcka;Väntar på okänd;Okänd;\n"
                               "Upptäcka;Sig själv;Sig själv;\n"
                               "Upptäcka;Fri;;\n"
                               "Upptäcka;Många;\"Fri; Fri; Fri; Fri\";\n"
                               "Upptäcka;Länk;;Annat https://lykta.example.org/seminarier/4\n";
    static const enum plan_fault faults[] = {PLAN_CIRCLE,       PLAN_CIRCLE,       PLAN_CIRCLE, PLAN_CIRCLE,
                                             PLAN_UNKNOWN_WAIT, PLAN_UNKNOWN_WAIT, PLAN_CIRCLE, PLAN_RIGHT,
                                             PLAN_MANY_TIES,    PLAN_UNKNOWN_LINK};
    struct scratch *s = *state;
    struct db *db = city_db(s);
    struct plan_rows rows = read(db, s->arena, file);

    assert_int_equal(rows.n, sizeof faults / sizeof *faults);
    for (size_t i = 0; i < rows.n; i++)
        assert_int_equal(rows.row[i].fault, faults[i]);
    db_close(db);
}

static void an_address_becomes_a_link_in_any_form_it_is_written(void **state)
{
    struct measure_link seminar = {LINK_SEMINAR, S("/seminarier/3"), S("Seminarium 1 maj 2026: Tecken")};
    const struct plan_offers offers = {.n = 1, .link = &seminar};
    static const char file[] = "Mål;Åtgärd;Underlag i Lykta\n"
                               "Upptäcka;A;Seminarium https://lykta.example.org/seminarier/3\n"
                               "Upptäcka;B;https://lykta.example.org/en/seminarier/3\n"
                               "Upptäcka;C;/seminarier/3\n";
    struct scratch *s = *state;
    struct db *db = city_db(s);
    struct plan_rows rows;
    struct err e = {0};

    assert_int_equal(plan_list_read(db, &offers, "plan.csv", str_of(file), s->arena, &rows, &e), OK);
    assert_int_equal(rows.faults, 0);
    for (size_t i = 0; i < 3; i++) {
        assert_int_equal(rows.row[i].measure.links, 1);
        assert_str(rows.row[i].measure.link[0].title, "Seminarium 1 maj 2026: Tecken");
    }
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
    assert_int_equal(plan_import_take(db, NULL, id, 2, &coordinator, &e), OK);
    assert_int_equal(measures(db), 2);
    assert_int_equal(count_rows(db, "select count(*) from plan_import"), 0);
    assert_int_equal(plan_import_take(db, NULL, id, 2, &coordinator, &e), REFUSED);
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
    assert_int_equal(plan_import_take(db, NULL, id, 2, &coordinator, &e), REFUSED);
    assert_int_equal(measures(db), 1);
    assert_int_equal(plan_import_take(db, NULL, id, 1, &coordinator, &e), OK);
    assert_int_equal(measures(db), 2);
    db_close(db);
}

static void no_forgets_the_file(void **state)
{
    struct db *db = city_db(*state);
    struct err e = {0};
    int64_t id = keep(db, HEADER "Upptäcka;A;;;;;;\n");

    assert_int_equal(plan_import_drop(db, id, &coordinator, &e), OK);
    assert_int_equal(plan_import_take(db, NULL, id, 1, &coordinator, &e), REFUSED);
    assert_int_equal(measures(db), 0);
    db_close(db);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_SCRATCH(a_row_becomes_a_measure_with_its_owner_and_date),
        IN_SCRATCH(what_is_wrong_is_told_by_row),
        IN_SCRATCH(a_spreadsheets_number_is_a_day),
        IN_SCRATCH(rows_wait_for_each_other_and_for_the_plan),
        IN_SCRATCH(a_tie_that_cannot_be_is_told_by_row),
        IN_SCRATCH(an_address_becomes_a_link_in_any_form_it_is_written),
        IN_SCRATCH(a_file_that_is_no_plan_is_refused_and_nothing_kept),
        IN_SCRATCH(nothing_is_added_before_yes_and_right_rows_after),
        IN_SCRATCH(a_yes_to_something_else_adds_nothing),
        IN_SCRATCH(no_forgets_the_file),
    };

    return cmocka_run_group_tests_name("plan import", tests, NULL, NULL);
}

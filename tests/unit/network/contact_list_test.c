/* Contact lists: columns, rows and what is wrong with them. */
#include "../unit.h"

#include "network/contact_list.h"
#include "network/phone.h"
#include "sheet/sheet.h"

#include <string.h>

#define HEADER "Organisation;Org.nr;Aktör;Namn;Roll;E-post;Telefon\n"

static enum status read(void **state, const char *csv, enum actor_kind otherwise, struct contact_rows *out,
                        struct err *e)
{
    struct sheet sheet;

    assert_int_equal(sheet_read("lista.csv", str_of(csv), *state, &sheet, e), OK);
    return contact_list_read("lista.csv", &sheet, otherwise, *state, out, e);
}

static struct contact_row row_of(void **state, const char *csv)
{
    struct contact_rows rows;
    struct err e;

    assert_int_equal(read(state, csv, ACTORS, &rows, &e), OK);
    assert_int_equal(rows.n, 1);
    return rows.row[0];
}

static void a_right_row_is_taken_whatever_the_script_of_its_names(void **state)
{
    struct contact_row row = row_of(
        state, HEADER "Öresundshotellet (exempel);2120001132;hotell;Нина Пример;Nattchef;nina@hotell.example;"
                      "08-465 004 00\n");

    assert_int_equal(row.fault, CONTACT_RIGHT);
    assert_int_equal(row.actor, ACTOR_HOTEL);
    assert_str(row.cell[CONTACT_COLUMN_NUMBER], "212000-1132");
    assert_str(row.cell[CONTACT_COLUMN_NAME], "Нина Пример");
}

static void each_fault_is_told_with_its_column(void **state)
{
    static const struct {
        const char *row;
        enum contact_fault fault;
        enum contact_column column;
    } cases[] = {
        {";;hotell;A;B;a@b.se;\n", CONTACT_NO_ORGANISATION, CONTACT_COLUMN_ORGANISATION},
        {"X;212000-1133;hotell;A;;a@b.se;\n", CONTACT_NUMBER_CHECK, CONTACT_COLUMN_NUMBER},
        {"X;811228-9874;hotell;A;;a@b.se;\n", CONTACT_NUMBER_PERSON, CONTACT_COLUMN_NUMBER},
        {"X;;;A;;a@b.se;\n", CONTACT_NO_ACTOR, CONTACT_COLUMN_ACTOR},
        {"X;;hotellkedja på månen;A;;a@b.se;\n", CONTACT_UNKNOWN_ACTOR, CONTACT_COLUMN_ACTOR},
        {"X;;hotell;;;a@b.se;\n", CONTACT_NO_NAME, CONTACT_COLUMN_NAME},
        {"X;;hotell;A;;;\n", CONTACT_NO_EMAIL, CONTACT_COLUMN_EMAIL},
        {"X;;hotell;A;;a(at)b.se;\n", CONTACT_BAD_EMAIL, CONTACT_COLUMN_EMAIL},
        {"X;;hotell;A;;a@b.se;ring inte\n", CONTACT_BAD_PHONE, CONTACT_COLUMN_PHONE},
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct contact_row row = row_of(state, arena_printf(*state, HEADER "%s", cases[i].row));
        assert_int_equal(row.fault, cases[i].fault);
        assert_int_equal(row.column, cases[i].column);
        assert_int_equal(row.line, 2);
    }
}

static void a_row_with_too_many_cells_is_torn_and_the_next_one_is_read(void **state)
{
    struct contact_rows rows;
    struct err e;

    assert_int_equal(
        read(state, HEADER "Bo; Co;;hotell;A;;a@b.se;;\nX;;hotell;A;;a@b.se;\nkort rad\n", ACTORS, &rows, &e),
        OK);
    assert_int_equal(rows.n, 3);
    assert_int_equal(rows.row[0].fault, CONTACT_TORN);
    assert_int_equal(rows.row[1].fault, CONTACT_RIGHT);
    assert_int_equal(rows.row[2].fault, CONTACT_TORN);
    assert_int_equal(rows.faults, 2);
}

static void a_list_without_kinds_of_work_takes_the_one_that_is_chosen(void **state)
{
    struct contact_rows rows;
    struct err e;

    assert_int_equal(read(state, "Företag,Kontaktperson,E-mail\nX,A,a@b.se\n", ACTOR_LANDLORD, &rows, &e),
                     OK);
    assert_int_equal(rows.row[0].fault, CONTACT_RIGHT);
    assert_int_equal(rows.row[0].actor, ACTOR_LANDLORD);
}

static void a_missing_or_doubled_column_is_named(void **state)
{
    struct contact_rows rows;
    struct err e;

    assert_int_equal(read(state, "Organisation;Namn\nX;A\n", ACTORS, &rows, &e), BAD_INPUT);
    assert_says(e, "\"E-post\"");
    assert_int_equal(read(state, "Organisation;Namn;E-post;Mail\nX;A;;\n", ACTORS, &rows, &e), BAD_INPUT);
    assert_says(e, "number 3 and number 4");
}

static void a_list_in_the_letters_of_older_programs_is_read(void **state)
{
    struct sheet sheet;
    struct err e;

    assert_int_equal(
        sheet_read("a.csv", S("Organisation;Namn\nR\xE4ksm\xF6rg\xE5sen;\x80\n"), *state, &sheet, &e), OK);
    assert_int_equal(sheet.letters, SHEET_WINDOWS_1252);
    assert_str(sheet.row[0].cell[0], "Räksmörgåsen");
    assert_str(sheet.row[0].cell[1], "€");
}

static void an_open_quote_ends_the_reading_with_its_line(void **state)
{
    struct sheet sheet;
    struct err e;

    assert_int_equal(sheet_read("a.csv", S("A;B\n1;2\n\"3;4\n"), *state, &sheet, &e), BAD_INPUT);
    assert_says(e, "a.csv:3");
}

static void phone_numbers_are_digits_as_people_write_them(void **state)
{
    (void)state;
    assert_true(phone_is_valid(S("08-465 004 00")));
    assert_true(phone_is_valid(S("+46 (8) 465 004 00")));
    assert_false(phone_is_valid(S("1234")));
    assert_false(phone_is_valid(S("08-465 004 00 anknytning 3")));
    assert_false(phone_is_valid(S("0846+500400")));
    assert_false(phone_is_valid(S("1234567890123456")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_ARENA(a_right_row_is_taken_whatever_the_script_of_its_names),
        WITH_ARENA(each_fault_is_told_with_its_column),
        WITH_ARENA(a_row_with_too_many_cells_is_torn_and_the_next_one_is_read),
        WITH_ARENA(a_list_without_kinds_of_work_takes_the_one_that_is_chosen),
        WITH_ARENA(a_missing_or_doubled_column_is_named),
        WITH_ARENA(a_list_in_the_letters_of_older_programs_is_read),
        WITH_ARENA(an_open_quote_ends_the_reading_with_its_line),
        WITH_ARENA(phone_numbers_are_digits_as_people_write_them),
    };

    return cmocka_run_group_tests_name("contact_list", tests, NULL, NULL);
}

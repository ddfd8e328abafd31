/* Contact lists on their way into the network. */
#include "base/text.h"
#include "city.h"
#include "network/import.h"
#include "sheet/sheet.h"

#define HEADER "Organisation;Organisationsnummer;Aktör;Namn;Roll;E-post;Telefon\n"

/* Reads and keeps the list; gives its id. */
static int64_t keep(struct scratch *scratch, struct db *db, const char *csv)
{
    struct contact_rows rows;
    struct sheet sheet;
    struct err e = {0};
    int64_t id = 0;

    assert_int_equal(sheet_read("l.csv", str_of(csv), scratch->arena, &sheet, &e), OK);
    assert_int_equal(contact_list_read("l.csv", &sheet, ACTORS, scratch->arena, &rows, &e), OK);
    assert_int_equal(import_keep(db, "l.csv", S(""), &rows, &coordinator, &id, &e), OK);
    return id;
}

static struct import found(struct scratch *scratch, struct db *db, int64_t id)
{
    struct import import;
    struct err e = {0};

    assert_int_equal(import_find(db, id, scratch->arena, &import, &e), OK);
    return import;
}

static void nothing_is_imported_before_somebody_says_so(void **state)
{
    struct db *db = city_db(*state);

    keep(*state, db, HEADER "Hotell A;;hotell;Kim;;kim@a.example;\n");
    assert_int_equal(count_rows(db, "select count(*) from organisation"), 0);
    assert_int_equal(count_rows(db, "select count(*) from contact"), 0);
    db_close(db);
}

static void each_row_says_what_becomes_of_it(void **state)
{
    struct db *db = city_db(*state);
    int64_t lund =
        add_organisation(db, "Lunds exempelhotell", "212000-1132", ACTOR_HOTEL, ORGANISATION_MEMBER);

    add_contact(db, lund, "Kim Exempel", "kim@lund.example", CONTACT_FIRST);
    struct import i = found(*state, db,
                            keep(*state, db,
                                 HEADER "Lunds hotell;212000-1132;hotell;Kim;;kim@LUND.example;\n" /* known */
                                        "LUNDS EXEMPELHOTELL;;hotell;Bo;;bo@lund.example;\n" /* contact */
                                        "Nya hotellet;;hotell;Eva;;eva@nya.example;\n"       /* new */
                                        "nya hotellet;;hotell;Per;;per@nya.example;\n"       /* contact */
                                        "Nya hotellet;;hotell;Eva;;eva@nya.example;\n"       /* twice */
                                        "Fel;212000-1133;hotell;Eva;;eva@fel.example;\n"));  /* fault */
    assert_int_equal(i.rows[IMPORT_ORGANISATION], 1);
    assert_int_equal(i.rows[IMPORT_CONTACT], 2);
    assert_int_equal(i.rows[IMPORT_KNOWN], 1);
    assert_int_equal(i.rows[IMPORT_TWICE], 1);
    assert_int_equal(i.rows[IMPORT_FAULT], 1);
    db_close(db);
}

static void what_was_shown_is_what_is_added(void **state)
{
    struct db *db = city_db(*state);
    struct err e = {0};
    int64_t organisations = 0;
    int64_t contacts = 0;
    int64_t id = keep(*state, db,
                      HEADER "A;;hotell;Kim;;kim@a.example;\nA;;hotell;Bo;;bo@a.example;\n"
                             "B;;polis;Eva;;eva@b.example;\nC;;polis;;;fel@c.example;\n");
    struct import i = found(*state, db, id);

    assert_int_equal(import_carry_out(db, id, i.version, &coordinator, &organisations, &contacts, &e), OK);
    assert_int_equal(organisations, i.rows[IMPORT_ORGANISATION]);
    assert_int_equal(contacts, i.rows[IMPORT_ORGANISATION] + i.rows[IMPORT_CONTACT]);
    assert_int_equal(count_rows(db, "select count(*) from organisation where state = 'listed'"), 2);
    assert_int_equal(count_rows(db, "select count(*) from contact"), 3);
    assert_int_equal(count_rows(db, "select count(*) from import_row"), 0);
    db_close(db);
}

static void a_list_is_carried_out_once(void **state)
{
    struct db *db = city_db(*state);
    struct err e = {0};
    int64_t n = 0;
    int64_t id = keep(*state, db, HEADER "A;;hotell;Kim;;kim@a.example;\n");

    assert_int_equal(import_carry_out(db, id, 1, &coordinator, &n, &n, &e), OK);
    assert_int_equal(import_carry_out(db, id, 1, &coordinator, &n, &n, &e), REFUSED);
    assert_int_equal(import_drop(db, id, 2, &coordinator, &e), REFUSED);
    assert_int_equal(count_rows(db, "select count(*) from contact"), 1);
    db_close(db);
}

static void a_list_that_was_dropped_is_forgotten(void **state)
{
    struct db *db = city_db(*state);
    struct err e = {0};
    int64_t id = keep(*state, db, HEADER "A;;hotell;Kim;;kim@a.example;\n");

    assert_int_equal(import_drop(db, id, 1, &coordinator, &e), OK);
    assert_int_equal(count_rows(db, "select count(*) from import_row"), 0);
    assert_int_equal(count_rows(db, "select count(*) from contact"), 0);
    db_close(db);
}

static void the_same_list_again_adds_nothing(void **state)
{
    static const char list[] = HEADER "Å;;hotell;Kim;;kim@a.example;\nÅ;;hotell;Bo;;bo@a.example;\n";
    struct db *db = city_db(*state);
    struct err e = {0};
    int64_t organisations = 0;
    int64_t contacts = 0;

    assert_int_equal(
        import_carry_out(db, keep(*state, db, list), 1, &coordinator, &organisations, &contacts, &e), OK);
    int64_t again = keep(*state, db, list);
    assert_int_equal(found(*state, db, again).rows[IMPORT_KNOWN], 2);
    assert_int_equal(import_carry_out(db, again, 1, &coordinator, &organisations, &contacts, &e), OK);
    assert_int_equal(organisations + contacts, 0);
    db_close(db);
}

/* Every 33rd of 10,000 rows is broken in one of four ways: 304 of them. */
static void ten_thousand_rows_with_three_hundred_broken(void **state)
{
    struct scratch *scratch = *state;
    struct db *db = city_db(scratch);
    struct text list = text_open(scratch->arena);
    struct import_row *rows = NULL;
    struct err e = {0};
    size_t n = 0;
    int64_t faults = 0;

    text_lit(&list, HEADER);
    for (int i = 1; i <= 10000; i++) {
        if (i % 33 == 0) {
            text_format(&list, "Org %d;%s;%s;%s;;k%d%sa.example;\n", i, faults % 4 == 0 ? "212000-1133" : "",
                        faults % 4 == 1 ? "rymdfart" : "hotell", faults % 4 == 2 ? "" : "Kim", i,
                        faults % 4 == 3 ? "(at)" : "@");
            faults++;
        } else {
            text_format(&list, "Org %d;;hotell;Kim Exempel;;k%d@a.example;\n", i / 2, i);
        }
    }
    int64_t id = keep(scratch, db, text_str(&list).p);
    assert_int_equal(found(scratch, db, id).rows[IMPORT_FAULT], faults);
    assert_int_equal(import_rows(db, id, IMPORT_FAULT, 0, 1000, scratch->arena, &rows, &n, &e), OK);
    assert_int_equal(n, faults);
    for (size_t i = 0; i < n; i++)
        assert_int_equal(rows[i].row.line, 33 * (int64_t)(i + 1) + 1);
    assert_int_equal(count_rows(db, "select count(*) from contact"), 0);
    int64_t organisations = 0;
    int64_t contacts = 0;
    assert_int_equal(import_carry_out(db, id, 1, &coordinator, &organisations, &contacts, &e), OK);
    assert_int_equal(contacts, 10000 - faults);
    assert_int_equal(count_rows(db, "select count(*) from contact"), contacts);
    assert_int_equal(count_rows(db, "select count(*) from organisation"), organisations);
    assert_int_equal(count_rows(db, "select count(*) from contact where place = 'first'"), organisations);
    db_close(db);
}

/* Two with numbers, and one without that could be either: it is the one that stands first. */
static void who_has_no_number_belongs_to_the_first_of_the_name(void **state)
{
    struct db *db = city_db(*state);
    struct err e = {0};
    int64_t organisations = 0;
    int64_t contacts = 0;
    int64_t id =
        keep(*state, db,
             HEADER "A;556016-0680;hotell;Kim;;kim@a.example;\nA;212000-1132;hotell;Bo;;bo@a.example;\n"
                    "a;;hotell;Eva;;eva@a.example;\nA;;hotell;Kim;;kim@a.example;\n");
    struct import i = found(*state, db, id);

    assert_int_equal(i.rows[IMPORT_ORGANISATION], 2);
    assert_int_equal(i.rows[IMPORT_CONTACT], 1);
    assert_int_equal(i.rows[IMPORT_TWICE], 1);
    assert_int_equal(import_carry_out(db, id, 1, &coordinator, &organisations, &contacts, &e), OK);
    assert_int_equal(organisations, 2);
    assert_int_equal(contacts, 3);
    assert_int_equal(
        count_rows(db, "select count(*) from contact c join organisation o on o.id = c.organisation "
                       "where o.number = '556016-0680' and c.email in ('kim@a.example', 'eva@a.example')"),
        2);
    assert_int_equal(count_rows(db, "select count(*) from contact where place = 'first'"), 2);
    db_close(db);
}

/* An organisation without number has been joined by a number meanwhile, and another has got its first person.
 */
static void what_holds_is_looked_up_again(void **state)
{
    struct db *db = city_db(*state);
    struct err e = {0};
    int64_t organisations = 0;
    int64_t contacts = 0;
    int64_t id = keep(*state, db,
                      HEADER "A;;hotell;Kim;;kim@a.example;\nB;;hotell;Bo;;bo@b.example;\n"
                             "B;;hotell;Eva;;eva@b.example;\n");
    int64_t b = add_organisation(db, "B", "", ACTOR_HOTEL, ORGANISATION_MEMBER);

    add_contact(db, b, "Bo Exempel", "bo@b.example", CONTACT_FIRST);
    assert_int_equal(import_carry_out(db, id, 1, &coordinator, &organisations, &contacts, &e), OK);
    assert_int_equal(organisations, 1);
    assert_int_equal(contacts, 2);
    assert_int_equal(count_rows(db, "select count(*) from contact where place = 'first'"), 2);
    assert_int_equal(
        count_rows(db, "select count(*) from contact where email = 'eva@b.example' and place = 'more'"), 1);
    db_close(db);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_SCRATCH(nothing_is_imported_before_somebody_says_so),
        IN_SCRATCH(each_row_says_what_becomes_of_it),
        IN_SCRATCH(what_was_shown_is_what_is_added),
        IN_SCRATCH(a_list_is_carried_out_once),
        IN_SCRATCH(a_list_that_was_dropped_is_forgotten),
        IN_SCRATCH(the_same_list_again_adds_nothing),
        IN_SCRATCH(ten_thousand_rows_with_three_hundred_broken),
        IN_SCRATCH(who_has_no_number_belongs_to_the_first_of_the_name),
        IN_SCRATCH(what_holds_is_looked_up_again),
    };

    return cmocka_run_group_tests_name("import", tests, NULL, NULL);
}

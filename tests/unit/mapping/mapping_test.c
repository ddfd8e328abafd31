/* A mapping's names, texts and rows. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "../database.h"
#include "../unit.h"
#include "mapping/mapping.h"
#include "store/db.h"
#include "store/migrate.h"

#include <stdbool.h>

static const char histories[] = "police,shelter,gender,count\n"
                                "1,0,woman,12\n"
                                "0,1,man,7\n"
                                "1,1,woman,3\n";
static const char names[] = "code,sv,en\n"
                            "police,Polisen,The police\n"
                            "gender,Kön,Gender\n"
                            "gender=man,Män,Men\n"
                            "gender=other,Annat,Other\n"
                            "gender=woman,Kvinnor,Women\n";

/* `m` with the names in `text` for the histories above. */
static enum status name(void **state, const char *text, struct mapping *m, struct err *e)
{
    struct arena *a = ((struct scratch *)*state)->arena;
    struct counts counts;

    assert_int_equal(counts_read(&counts, "histories.csv", str_of(histories), a, e), OK);
    *m = (struct mapping){.first_year = 2025,
                          .last_year = 2025,
                          .title_sv = S("Kartläggning"),
                          .title_en = S("Mapping"),
                          .people_sv = S("människor"),
                          .people_en = S("people"),
                          .source_sv = S("listor"),
                          .source_en = S("lists")};
    return mapping_name(m, &counts, "names.csv", str_of(text), a, e);
}

static void lists_and_categories_have_the_names_they_are_given(void **state)
{
    struct mapping m;
    struct err e = {0};

    assert_int_equal(name(state, names, &m, &e), OK);
    assert_true(str_is(m.list[0].sv, "Polisen"));
    assert_true(str_is(m.list[1].en, "shelter"));
    assert_true(str_is(m.dimension[0].label.en, "Gender"));
    assert_true(str_is(m.dimension[0].category[0].code, "man"));
}

static void a_category_without_anyone_is_kept(void **state)
{
    struct mapping m;
    struct err e = {0};

    assert_int_equal(name(state, names, &m, &e), OK);
    assert_int_equal(m.dimension[0].n, 3);
    assert_true(str_is(m.dimension[0].category[1].code, "other"));
}

static void a_category_of_the_data_without_a_name_is_refused(void **state)
{
    struct mapping m;
    struct err e = {0};

    assert_int_equal(name(state, "code,sv,en\ngender=man,Män,Men\n", &m, &e), BAD_INPUT);
    assert_non_null(strstr(e.what, "names.csv: no row \"gender=woman\""));
    assert_int_equal(name(state, "", &m, &e), BAD_INPUT);
}

static void a_row_that_names_nothing_is_refused_with_its_place(void **state)
{
    struct mapping m;
    struct err e = {0};

    assert_int_equal(name(state, "code,sv,en\npolice,P,P\nhotel,H,H\n", &m, &e), BAD_INPUT);
    assert_non_null(strstr(e.what, "names.csv:3:1: \"hotel\""));
    assert_int_equal(name(state, "code,sv,en\npolice,,P\n", &m, &e), BAD_INPUT);
    assert_non_null(strstr(e.what, "names.csv:2:2"));
    assert_int_equal(name(state, "code,en\npolice,P\n", &m, &e), BAD_INPUT);
}

static void an_area_with_fewer_than_5000_residents_is_refused_with_its_place(void **state)
{
    struct mapping m;
    struct err e = {0};

    assert_int_equal(name(state,
                          "code,sv,en,residents\ngender=man,Norr,North,4999\ngender=woman,Söder,South,5000\n",
                          &m, &e),
                     BAD_INPUT);
    assert_says(e, "names.csv:2:4: \"Norr\" has 4999 residents");
}

static void a_category_with_residents_is_an_area(void **state)
{
    struct mapping m;
    struct err e = {0};

    assert_int_equal(name(state,
                          "code,sv,en,residents\ngender=man,Norr,North,5000\ngender=woman,Okänt,Not known,\n",
                          &m, &e),
                     OK);
    assert_true(m.dimension[0].is_area[0]);
    assert_false(m.dimension[0].is_area[1]);
}

static void residents_of_a_list_or_in_words_are_refused(void **state)
{
    struct mapping m;
    struct err e = {0};

    assert_int_equal(name(state, "code,sv,en,residents\npolice,P,P,9000\n", &m, &e), BAD_INPUT);
    assert_says(e, "names.csv:2:4: only a category");
    assert_int_equal(name(state, "code,sv,en,residents\ngender=man,N,N,many\n", &m, &e), BAD_INPUT);
    assert_says(e, "names.csv:2:4: residents: expected a whole number");
    assert_int_equal(name(state, "code,sv,en,people\ngender=man,N,N,9000\n", &m, &e), BAD_INPUT);
}

static void a_list_in_plain_words_gets_a_code_of_its_place(void **state)
{
    struct arena *a = ((struct scratch *)*state)->arena;
    struct mapping m = {0};
    struct counts counts;
    struct err e = {0};

    assert_int_equal(
        counts_read(&counts, "h.csv", S("../a,b,Polisen i stan,count\n1,0,0,5\n0,1,1,5\n"), a, &e), OK);
    assert_int_equal(
        mapping_name(&m, &counts, "n.csv", S("code,sv,en\nPolisen i stan,Polisen,Police\n"), a, &e), OK);
    assert_str(m.list[0].code, "list1");
    assert_str(m.list[0].sv, "../a");
    assert_str(m.list[1].code, "b");
    assert_str(m.list[2].code, "list3");
    assert_str(m.list[2].en, "Police");
}

static void two_lists_never_have_one_code(void **state)
{
    struct arena *a = ((struct scratch *)*state)->arena;
    struct mapping m = {0};
    struct counts counts;
    struct err e = {0};

    assert_int_equal(counts_read(&counts, "h.csv", S("list2,Polisen i stan,count\n1,0,5\n0,1,5\n"), a, &e),
                     OK);
    assert_int_equal(mapping_name(&m, &counts, "n.csv", S(""), a, &e), BAD_INPUT);
    assert_non_null(strstr(e.what, "letters, digits"));
}

static void a_column_whose_name_could_lead_out_of_a_folder_is_refused(void **state)
{
    struct arena *a = ((struct scratch *)*state)->arena;
    struct mapping m = {0};
    struct counts counts;
    struct err e = {0};

    assert_int_equal(counts_read(&counts, "h.csv", S("a,b,../c,count\n1,0,x,5\n0,1,x,5\n"), a, &e), OK);
    assert_int_equal(mapping_name(&m, &counts, "n.csv", S(""), a, &e), BAD_INPUT);
    assert_non_null(strstr(e.what, "letters, digits"));
}

static void a_period_is_a_year_or_two(void **state)
{
    struct mapping m = {0};
    struct err e = {0};

    (void)state;
    assert_int_equal(mapping_period(&m, S("2013"), &e), OK);
    assert_int_equal(m.last_year, 2013);
    assert_int_equal(mapping_period(&m, S("2013-2015"), &e), OK);
    assert_int_equal(m.last_year, 2015);
    assert_int_equal(mapping_period(&m, S("2015-2013"), &e), USAGE);
    assert_int_equal(mapping_period(&m, S("13"), &e), USAGE);
    assert_int_equal(mapping_period(&m, S("2013-"), &e), USAGE);
}

static void a_mapping_comes_back_from_the_database_as_it_was(void **state)
{
    struct scratch *scratch = *state;
    struct mapping m;
    struct mapping found;
    struct db *db = NULL;
    struct err e = {0};
    size_t applied = 0;

    assert_int_equal(name(state, names, &m, &e), OK);
    assert_int_equal(db_open(scratch_database(scratch, "lykta"), DB_CREATE, &db, &e), OK);
    assert_int_equal(migrate(db, migrations, 0, &applied, &e), OK);
    assert_int_equal(mapping_add(db, &m, &e), OK);
    assert_int_equal(mapping_find(db, m.id, scratch->arena, &found, &e), OK);
    assert_int_equal(found.lists, 2);
    assert_true(str_is(found.list[1].sv, "shelter"));
    assert_int_equal(found.dimensions, 1);
    assert_int_equal(found.dimension[0].n, 3);
    assert_true(str_is(found.dimension[0].category[2].sv, "Kvinnor"));
    assert_int_equal(mapping_find(db, m.id + 1, scratch->arena, &found, &e), BAD_INPUT);
    db_close(db);
}

static void a_mapping_without_a_title_is_not_kept(void **state)
{
    struct mapping m;
    struct err e = {0};

    assert_int_equal(name(state, names, &m, &e), OK);
    m.title_en = S("  ");
    assert_int_equal(mapping_check(&m, &e), BAD_INPUT);
    assert_non_null(strstr(e.what, "title in English"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(lists_and_categories_have_the_names_they_are_given, scratch_open,
                                        scratch_close),
        cmocka_unit_test_setup_teardown(a_category_without_anyone_is_kept, scratch_open, scratch_close),
        cmocka_unit_test_setup_teardown(a_category_of_the_data_without_a_name_is_refused, scratch_open,
                                        scratch_close),
        cmocka_unit_test_setup_teardown(a_row_that_names_nothing_is_refused_with_its_place, scratch_open,
                                        scratch_close),
        cmocka_unit_test_setup_teardown(an_area_with_fewer_than_5000_residents_is_refused_with_its_place,
                                        scratch_open, scratch_close),
        cmocka_unit_test_setup_teardown(a_category_with_residents_is_an_area, scratch_open, scratch_close),
        cmocka_unit_test_setup_teardown(residents_of_a_list_or_in_words_are_refused, scratch_open,
                                        scratch_close),
        cmocka_unit_test_setup_teardown(a_list_in_plain_words_gets_a_code_of_its_place, scratch_open,
                                        scratch_close),
        cmocka_unit_test_setup_teardown(two_lists_never_have_one_code, scratch_open, scratch_close),
        cmocka_unit_test_setup_teardown(a_column_whose_name_could_lead_out_of_a_folder_is_refused,
                                        scratch_open, scratch_close),
        cmocka_unit_test(a_period_is_a_year_or_two),
        cmocka_unit_test_setup_teardown(a_mapping_comes_back_from_the_database_as_it_was, scratch_open,
                                        scratch_close),
        cmocka_unit_test_setup_teardown(a_mapping_without_a_title_is_not_kept, scratch_open, scratch_close),
    };

    return cmocka_run_group_tests_name("mapping", tests, NULL, NULL);
}

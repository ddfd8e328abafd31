/* A report as it is written and read, what is taken, what is weak. */
#include "observation/inspection.h"
#include "observation/report.h"

#include "../unit.h"

#include "indicator/indicator.h"

#include <string.h>

static struct indicators signs(struct arena *a)
{
    struct indicators all;
    struct err e = {0};

    assert_int_equal(indicators_delivered(a, &all, &e), OK);
    return all;
}

static const struct report whole = {.actor = {"hotel", 5},
                                    .n_signs = 2,
                                    .sign = {{"HO01", 4}, {"HO07", 4}},
                                    .when = WHEN_YESTERDAY,
                                    .area = AREA_NORTH,
                                    .place = PLACE_HOTEL,
                                    .text = {"Rad ett\n\nactor: rad två", 24}};

static void a_report_is_read_back_as_it_was_written(void **state)
{
    struct report read;

    report_read(report_write(&whole, *state), &read);
    assert_str(read.actor, "hotel");
    assert_int_equal(read.n_signs, 2);
    assert_str(read.sign[1], "HO07");
    assert_int_equal(read.when, WHEN_YESTERDAY);
    assert_int_equal(read.area, AREA_NORTH);
    assert_int_equal(read.place, PLACE_HOTEL);
    assert_true(str_equal(read.text, whole.text));
}

static void what_cannot_be_read_is_a_report_with_nothing_in_it(void **state)
{
    struct report read;

    (void)state;
    report_read(S("area: moon\nsomething: else\nno colon\n"), &read);
    assert_int_equal(read.area, AREA_UNKNOWN);
    assert_int_equal(read.n_signs, 0);
    assert_int_equal(read.text.n, 0);
}

static void a_report_that_says_nothing_or_points_at_a_person_is_not_taken(void **state)
{
    struct indicators all = signs(*state);
    struct report r = {.text = S("  ")};
    struct err e = {0};

    assert_int_equal(report_check(&r, &all, &e), BAD_INPUT);
    r.text = S("Ring 070-174 06 05");
    assert_int_equal(report_check(&r, &all, &e), BAD_INPUT);
    assert_says(e, "in 1 places");
    r.text = S("De bor på rum 214");
    assert_int_equal(report_check(&r, &all, &e), BAD_INPUT);
    r = (struct report){.n_signs = 1, .sign = {{"XX01", 4}}};
    assert_int_equal(report_check(&r, &all, &e), BAD_INPUT);
    assert_int_equal(report_check(&whole, &all, &e), OK);
}

static void one_weak_sign_alone_is_weak_and_the_person_decides(void **state)
{
    struct indicators all = signs(*state);
    struct report weak = {.n_signs = 1, .sign = {{"HO03", 4}}};
    struct report two = {.n_signs = 2, .sign = {{"HO03", 4}, {"HO02", 4}}};
    struct report strong = {.n_signs = 1, .sign = {{"HO07", 4}}};
    struct report told = {.n_signs = 1, .sign = {{"HO03", 4}}, .text = {"och mer", 7}};
    struct err e = {0};

    assert_true(report_is_weak(&weak, &all));
    assert_false(report_is_weak(&two, &all));
    assert_false(report_is_weak(&strong, &all));
    assert_false(report_is_weak(&told, &all));
    assert_int_equal(report_check(&weak, &all, &e), OK);
}

static void signs_call_for_help_and_for_the_childs_way(void **state)
{
    struct indicators all = signs(*state);
    struct report child = {.n_signs = 1, .sign = {{"HO13", 4}}};

    assert_true(report_calls_for(&child, &all, "BAR"));
    assert_true(report_calls_for(&child, &all, "AKU"));
    assert_false(report_calls_for(&whole, &all, "BAR"));
}

static void a_sign_of_several_forms_is_of_each(void **state)
{
    struct indicators all = signs(*state);
    struct report both = {.n_signs = 1, .sign = {{"EN10", 4}}};

    assert_true(report_is_of_form(&both, &all, "sexual"));
    assert_true(report_is_of_form(&both, &all, "labour"));
    assert_false(report_is_of_form(&both, &all, "lab"));
    assert_false(report_is_of_form(&whole, &all, "criminal"));
}

static void signs_are_weighed_together_when_there_are_several(void **state)
{
    struct indicators all = signs(*state);
    struct report two = {.n_signs = 2, .sign = {{"EN01", 4}, {"EN02", 4}}};
    struct report one = {.n_signs = 1, .sign = {{"EN02", 4}}};

    assert_true(report_is_weighed(&two, &all));
    assert_false(report_is_weighed(&one, &all));
}

static void an_inspector_gets_the_signs_and_the_law_and_not_the_free_line(void **state)
{
    struct indicators all = signs(*state);
    struct report r = {.actor = {"environment_inspector", 21},
                       .n_signs = 2,
                       .sign = {{"EN01", 4}, {"EN02", 4}},
                       .text = {"en rad", 6}};
    struct str text = inspection_text(&r, &all, S("2026-014"), LANGUAGE_SV, *state);

    assert_true(inspection_is(&r));
    assert_false(inspection_is(&whole));
    assert_non_null(strstr(text.p, "madrasser, lakan"));
    assert_non_null(strstr(text.p, "chefen svarar"));
    assert_non_null(strstr(text.p, "2026-014"));
    assert_non_null(strstr(text.p, "8 § förvaltningslagen"));
    assert_non_null(strstr(text.p, "arbetsmiljölagen"));
    assert_null(strstr(text.p, "socialtjänstlagen"));
    assert_null(strstr(text.p, "en rad"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_ARENA(a_report_is_read_back_as_it_was_written),
        cmocka_unit_test(what_cannot_be_read_is_a_report_with_nothing_in_it),
        WITH_ARENA(a_report_that_says_nothing_or_points_at_a_person_is_not_taken),
        WITH_ARENA(one_weak_sign_alone_is_weak_and_the_person_decides),
        WITH_ARENA(signs_call_for_help_and_for_the_childs_way),
        WITH_ARENA(a_sign_of_several_forms_is_of_each),
        WITH_ARENA(signs_are_weighed_together_when_there_are_several),
        WITH_ARENA(an_inspector_gets_the_signs_and_the_law_and_not_the_free_line),
    };

    return cmocka_run_group_tests_name("report", tests, NULL, NULL);
}

/* What a warning may not hold. */
#include "../unit.h"

#include "circular/warning.h"

static void assert_fault(const char *const *words, enum warning_fault fault)
{
    for (; *words; words++) {
        enum warning_fault found = warning_check(str_of(*words));

        if (found != fault)
            fail_msg("\"%s\": expected %d, got %d", *words, (int)fault, (int)found);
    }
}

static void general_words_with_years_dates_and_help_numbers_are_taken(void **state)
{
    static const char *const words[] = {"Korttidsuthyrningen ökar i norra delen av kommunen.",
                                        "Vi har sett 15 situationer sedan 2026-11-04.",
                                        "Ring 112 när någon är i fara.",
                                        "Mötet börjar 4.30 på torget vid vägen.",
                                        "",
                                        NULL};

    (void)state;
    assert_fault(words, WARNING_GOOD);
}

static void a_figure_below_five_is_not(void **state)
{
    static const char *const words[] = {"Vi har sett 3 hotell.", "4", "Det gäller 02 salonger.",
                                        "Hotell: 1, salonger: flera", NULL};

    (void)state;
    assert_fault(words, WARNING_FIGURE);
}

static void a_street_by_its_name_is_not(void **state)
{
    static const char *const words[] = {"Det händer på Exempelgatan.", "Ängavägen",
                                        "vid Åkertorget, på kvällen", "Östra Exempelgränd", NULL};

    (void)state;
    assert_fault(words, WARNING_STREET);
}

static void what_points_at_a_person_is_not(void **state)
{
    static const char *const words[] = {"Ring 070-174 06 05.", "Skriv till kim@exempel.example.", NULL};

    (void)state;
    assert_fault(words, WARNING_PERSON);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(general_words_with_years_dates_and_help_numbers_are_taken),
        cmocka_unit_test(a_figure_below_five_is_not),
        cmocka_unit_test(a_street_by_its_name_is_not),
        cmocka_unit_test(what_points_at_a_person_is_not),
    };

    return cmocka_run_group_tests_name("warning", tests, NULL, NULL);
}

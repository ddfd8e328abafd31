/* Figures named in a text: filled in, linked, missed; and numbers that are none of them. */
#include "programme/pooled_cells.h"

#include "../unit.h"

#include "base/text.h"

#include <string.h>

static struct pooled_cell figures[] = {
    {.code = {"2025 1281 kända", 16},
     .value = {"cirka 60", 8},
     .anchor = {"period-2025-2025-1281-known", 27}},
    {.code = {"2025 minst", 10}, .value = {"200", 3}, .anchor = {"period-2025-2025-least", 22}},
};
static const struct pooled_cells cells = {2, figures};

static void a_code_becomes_a_figure_and_a_link_to_its_cell(void **state)
{
    const struct str words = S("Minst {2025 minst}, i Lund { 2025 1281 kända }.");

    assert_str(pooled_cells_fill(&cells, words, CELLS_LINKED, *state),
               "Minst [200](#period-2025-2025-least), i Lund [cirka 60](#period-2025-2025-1281-known).");
    assert_str(pooled_cells_fill(&cells, words, CELLS_PLAIN, *state), "Minst 200, i Lund cirka 60.");
    assert_int_equal(pooled_cells_unknown(&cells, words).n, 0);
}

static void a_code_of_no_figure_is_named_and_stays(void **state)
{
    const struct str words = S("{2025 minst} och {2025 mest} och {x}");

    assert_str(pooled_cells_unknown(&cells, words), "2025 mest");
    assert_str(pooled_cells_fill(&cells, words, CELLS_PLAIN, *state), "200 och {2025 mest} och {x}");
    assert_str(pooled_cells_unknown(&cells, S("{} {x}")), "x");
}

static void a_brace_that_is_not_closed_is_a_brace(void **state)
{
    struct text long_one = text_open(*state);

    assert_int_equal(pooled_cells_unknown(&cells, S("{2025\nminst} {{{ {")).n, 0);
    assert_str(pooled_cells_fill(&cells, S("{{2025 minst}"), CELLS_PLAIN, *state), "{200");
    text_byte(&long_one, '{');
    for (int i = 0; i < 100; i++)
        text_byte(&long_one, 'x');
    text_byte(&long_one, '}');
    assert_int_equal(pooled_cells_unknown(&cells, text_str(&long_one)).n, 0);
    assert_str(pooled_cells_fill(&cells, S(""), CELLS_PLAIN, *state), "");
}

static void numbers_outside_codes_are_told_but_not_years_and_lists(void **state)
{
    assert_str(
        pooled_cells_loose(S("1. Minst {2025 minst}\n2) År 2025 sågs 4 450 och 12.\n[läs 7](#x-99)"), *state),
        "4 450, 12, 7");
    assert_str(pooled_cells_loose(S("Ingen siffra."), *state), "");
    assert_str(pooled_cells_loose(S("1,2,3,4,5,6,7,8,9,10,11,12"), *state), "1, 2, 3, 4, 5, 6, 7, 8, 9, 10");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_ARENA(a_code_becomes_a_figure_and_a_link_to_its_cell),
        WITH_ARENA(a_code_of_no_figure_is_named_and_stays),
        WITH_ARENA(a_brace_that_is_not_closed_is_a_brace),
        WITH_ARENA(numbers_outside_codes_are_told_but_not_years_and_lists),
    };

    return cmocka_run_group_tests_name("pooled cells", tests, NULL, NULL);
}

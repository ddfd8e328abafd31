/* The program's documents as pages. */
#include "manual/manual.h"

#include "../unit.h"

#include <string.h>

static bool holds(const struct manual_text *t, const char *words)
{
    return memmem(t->html.p, t->html.n, words, strlen(words)) != NULL;
}

static void a_document_is_found_by_its_name_alone(void **state)
{
    (void)state;
    assert_non_null(manual_text_of(S("installera")));
    assert_null(manual_text_of(S("installer")));
    assert_null(manual_text_of(S("")));
}

static void commands_and_tables_are_there_as_they_were_written(void **state)
{
    (void)state;
    assert_true(holds(manual_text_of(S("installera")), "systemctl enable --now lykta@lund"));
    assert_true(
        holds(manual_text_of(S("roller")), ">open sealed reports, with a key of one&#x27;s own</td>"));
}

static void a_link_to_another_document_leads_to_its_page(void **state)
{
    (void)state;
    assert_true(holds(manual_text_of(S("installera")), "<a href=\"drift\">"));
}

static void every_document_leaves_the_first_heading_to_its_page(void **state)
{
    (void)state;
    for (const struct manual_text *t = manual_texts; t->name; t++) {
        assert_true(t->html.n > 500);
        assert_false(holds(t, "<h1"));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_document_is_found_by_its_name_alone),
        cmocka_unit_test(commands_and_tables_are_there_as_they_were_written),
        cmocka_unit_test(a_link_to_another_document_leads_to_its_page),
        cmocka_unit_test(every_document_leaves_the_first_heading_to_its_page),
    };

    return cmocka_run_group_tests_name("manual", tests, NULL, NULL);
}

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
    assert_non_null(manual_text_of(S("installera"), LANGUAGE_EN));
    assert_null(manual_text_of(S("installer"), LANGUAGE_EN));
    assert_null(manual_text_of(S(""), LANGUAGE_EN));
}

static void commands_and_tables_are_there_as_they_were_written(void **state)
{
    (void)state;
    assert_true(holds(manual_text_of(S("installera"), LANGUAGE_EN), "systemctl enable --now lykta@lund"));
    assert_true(holds(manual_text_of(S("roller"), LANGUAGE_EN),
                      ">open sealed reports, with a key of one&#x27;s own</td>"));
}

static void a_link_to_another_document_leads_to_its_page(void **state)
{
    (void)state;
    assert_true(holds(manual_text_of(S("installera"), LANGUAGE_EN), "<a href=\"drift\">"));
}

static void a_document_is_in_the_language_that_is_asked_for_or_the_one_there_is(void **state)
{
    const struct manual_text *swedish = manual_text_of(S("installera"), LANGUAGE_SV);
    const struct manual_text *english = manual_text_of(S("installera"), LANGUAGE_EN);

    (void)state;
    assert_int_equal(swedish->language, LANGUAGE_SV);
    assert_true(holds(swedish, ">Installera med fem kommandon</h2>"));
    assert_int_equal(english->language, LANGUAGE_EN);
    assert_true(holds(english, ">Install, in five commands</h2>"));
    assert_int_equal(manual_text_of(S("asvs"), LANGUAGE_SV)->language, LANGUAGE_EN);
    assert_int_equal(manual_text_of(S("registerforteckning"), LANGUAGE_EN)->language, LANGUAGE_SV);
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
        cmocka_unit_test(a_document_is_in_the_language_that_is_asked_for_or_the_one_there_is),
        cmocka_unit_test(every_document_leaves_the_first_heading_to_its_page),
    };

    return cmocka_run_group_tests_name("manual", tests, NULL, NULL);
}

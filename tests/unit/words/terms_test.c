/* Words that no sign may rest on. */
#include "words/terms.h"

#include "../unit.h"

static void origin_looks_dress_and_language_are_found(void **state)
{
    static const char *const bad[] = {
        "Kvinnorna är rumänska.",         "Hon är utmanande klädd.", "Gästen har kort kjol.",
        "De talar inte svenska.",         "Two Asian women.",        "She wears high heels.",
        "A provocatively dressed guest.", "Han är prostituerad."};
    struct str word;

    (void)state;
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
        assert_true(terms_forbidden(str_of(bad[i]), &word));
}

static void situations_are_not(void **state)
{
    static const char *const good[] = {"Kläder, sovsäckar och matrester visar att någon bor i en byggbod.",
                                       "Personen följs varje gång av samma person.",
                                       "Nail care is very cheap.",
                                       "Är escorted every time by the same person."};
    struct str word;

    (void)state;
    for (size_t i = 0; i < sizeof good / sizeof good[0]; i++)
        assert_false(terms_forbidden(str_of(good[i]), &word));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(origin_looks_dress_and_language_are_found),
        cmocka_unit_test(situations_are_not),
    };

    return cmocka_run_group_tests_name("terms", tests, NULL, NULL);
}

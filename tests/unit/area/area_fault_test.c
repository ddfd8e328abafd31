/* Every fault has a sentence with its facts in both languages. */
#include "area/area_fault.h"

#include "../unit.h"

#include <string.h>

static const char *told(void **state, const struct area_fault *fault, enum language language)
{
    struct str words = area_fault_words(fault, language, *state);

    return arena_cstr(*state, words.p, words.n);
}

static void every_fault_has_a_sentence_of_its_own(void **state)
{
    for (int language = 0; language < LANGUAGES; language++)
        for (int i = 0; i < AREA_FAULTS; i++) {
            const struct area_fault fault = {.kind = (enum area_fault_kind)i};
            const char *words = told(state, &fault, (enum language)language);

            assert_true(strlen(words) > 20);
            for (int j = 0; j < i; j++)
                assert_string_not_equal(words,
                                        told(state, &(struct area_fault){.kind = (enum area_fault_kind)j},
                                             (enum language)language));
        }
}

static void a_crossing_is_told_with_area_and_place(void **state)
{
    const struct area_fault fault = {.kind = AREA_CROSSES, .area = S("Norr"), .at = {13.19123, 55.7}};
    const char *words = told(state, &fault, LANGUAGE_SV);

    assert_non_null(strstr(words, "Gränsen för Norr korsar sig själv"));
    assert_non_null(strstr(words, "13.1912"));
    assert_non_null(strstr(words, "55.7000"));
}

static void an_overlap_names_both(void **state)
{
    const struct area_fault fault = {.kind = AREA_OVERLAPS, .area = S("Norr"), .other = S("Öster")};

    assert_non_null(strstr(told(state, &fault, LANGUAGE_SV), "Norr och Öster"));
    assert_non_null(strstr(told(state, &fault, LANGUAGE_EN), "Norr and Öster"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_ARENA(every_fault_has_a_sentence_of_its_own),
        WITH_ARENA(a_crossing_is_told_with_area_and_place),
        WITH_ARENA(an_overlap_names_both),
    };

    return cmocka_run_group_tests_name("area_fault", tests, NULL, NULL);
}

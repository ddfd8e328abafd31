/* LIX by hand. */
#include "words/lix.h"

#include "../unit.h"

static double lix_of(struct str text)
{
    struct lix count = {0};

    lix_add(&count, text);
    return lix_value(&count);
}

static void words_a_sentence_and_long_words_are_added(void **state)
{
    (void)state;
    /* 4 words, 1 sentence, 1 long word (springer): 4 + 25. */
    assert_true(lix_of(S("Han och hon springer.")) == 29);
    /* 6 words, 2 sentences, none long: 3. */
    assert_true(lix_of(S("Han ser. Hon ser och vet")) == 3);
    /* Seven letters are long, six are not; Swedish letters count as one. */
    assert_true(lix_of(S("ååååååå öööööö.")) == 2 + 50);
}

static void a_point_in_a_number_ends_no_sentence(void **state)
{
    (void)state;
    assert_true(lix_of(S("Kl 08.30 kom de hit.")) == 6);
}

static void a_hyphen_joins_a_word(void **state)
{
    (void)state;
    assert_true(lix_of(S("Ett id-kortet.")) == 2 + 50);
}

static void texts_are_counted_together(void **state)
{
    struct lix count = {0};

    (void)state;
    lix_add(&count, S("Han ser hit."));
    lix_add(&count, S("Hon"));
    assert_int_equal(count.words, 4);
    assert_int_equal(count.sentences, 2);
    assert_true(lix_value(&(struct lix){0}) == 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_a_sentence_and_long_words_are_added),
        cmocka_unit_test(a_point_in_a_number_ends_no_sentence),
        cmocka_unit_test(a_hyphen_joins_a_word),
        cmocka_unit_test(texts_are_counted_together),
    };

    return cmocka_run_group_tests_name("lix", tests, NULL, NULL);
}

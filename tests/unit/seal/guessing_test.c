/* What is easy to guess is measured as easy, and what is not is taken. */
#include "seal/guessing.h"

#include "../unit.h"

#include <string.h>

static bool is_easy(const char *chosen)
{
    const struct str about[] = {S("Åsa Exempelsson"), S("asa.kvist@trelleborg.example"), S("Trelleborg")};

    return guessing_bits(str_of(chosen), about, sizeof about / sizeof about[0]) < GUESSING_LEAST_BITS;
}

static void common_passwords_are_easy(void **state)
{
    static const char *const easy[] = {
        "password1234",    "Password2026!",    "iloveyou12345",      "qwertyuiop123",    "letmein letmein",
        "aaaaaaaaaaaaaaa", "123456789012",     "P4ssw0rdP4ssw0rd",   "trustno1trustno1", "abcabcabcabcabc",
        "Lösenord2026!",   "sommarsommar2026", "hejhejhejhejhejhej", "Välkommen1234!",   "SOMMAREN 2026",
    };

    (void)state;
    for (size_t i = 0; i < sizeof easy / sizeof easy[0]; i++)
        if (!is_easy(easy[i]))
            fail_msg("not found easy: %s", easy[i]);
}

static void words_of_the_person_and_of_the_place_are_easy(void **state)
{
    static const char *const easy[] = {"Åsa Exempelsson 1985", "asaexempelsson!", "Trelleborg2026!",
                                       "Kvist i Trelleborg",   "7r3ll3b0rg 2026", "Lykta Trelleborg kommun",
                                       "Socialtjänsten2026"};

    (void)state;
    for (size_t i = 0; i < sizeof easy / sizeof easy[0]; i++)
        if (!is_easy(easy[i]))
            fail_msg("not found easy: %s", easy[i]);
    assert_true(guessing_bits(S("Trelleborg och Exempelsson"), NULL, 0) >= GUESSING_LEAST_BITS);
}

static void words_that_do_not_belong_together_are_hard(void **state)
{
    static const char *const hard[] = {"fyra korta ord hela dagen",   "katt soffa tåg kanel",
                                       "gravel mustard piano lagoon", "barasmåbokstäver",
                                       "k7m2q-x9d4r-h3w8p-c6v5t",     "9305718264430917"};

    (void)state;
    for (size_t i = 0; i < sizeof hard / sizeof hard[0]; i++)
        if (is_easy(hard[i]))
            fail_msg("found easy: %s", hard[i]);
}

static void size_marks_and_blanks_change_nothing(void **state)
{
    (void)state;
    double bits = guessing_bits(S("katt soffa tåg kanel"), NULL, 0);

    assert_true(guessing_bits(S("KattSoffaTagKANEL"), NULL, 0) == bits);
    assert_true(guessing_bits(S(" katt  soffa\tta\xcc\x8ag kanel"), NULL, 0) == bits);
}

/* However long it is, whatever the bytes, and however many words are known: under the sanitizers. */
static void anything_can_be_measured(void **state)
{
    static char much[100000];
    struct str words[100];

    (void)state;
    memset(much, '1', sizeof much);
    assert_true(guessing_bits((struct str){much, sizeof much}, NULL, 0) < GUESSING_LEAST_BITS);
    for (size_t i = 0; i < 100; i++)
        words[i] = (struct str){much, i == 0 ? sizeof much : i};
    assert_true(guessing_bits((struct str){much, 65}, words, 100) < GUESSING_LEAST_BITS);
    for (size_t i = 0; i < sizeof much; i++)
        much[i] = (char)(i * 131 >> 3);
    assert_true(guessing_bits((struct str){much, sizeof much}, words, 100) >= 0);
    assert_true(guessing_bits(S("\xef\xb7\xba\xef\xb7\xba\xff\xc3"), words, 1) >= 0);
    assert_true(guessing_bits(S(""), NULL, 0) == 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(common_passwords_are_easy),
        cmocka_unit_test(words_of_the_person_and_of_the_place_are_easy),
        cmocka_unit_test(words_that_do_not_belong_together_are_hard),
        cmocka_unit_test(size_marks_and_blanks_change_nothing),
        cmocka_unit_test(anything_can_be_measured),
    };

    return cmocka_run_group_tests_name("guessing", tests, NULL, NULL);
}

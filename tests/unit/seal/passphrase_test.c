/* Passphrases: made ones are good ones, and what everybody tries first is not. */
#include "seal/passphrase.h"

#include "../unit.h"

#include <string.h>

static void a_made_one_is_five_words_and_may_be_used(void **state)
{
    (void)state;
    for (int i = 0; i < 2000; i++) {
        char made[PASSPHRASE_BYTES];
        int blanks = 0;

        passphrase_make(made);
        for (const char *c = made; *c; c++)
            blanks += *c == ' ';
        assert_int_equal(blanks, 4);
        if (passphrase_check(str_of(made)) != PASSPHRASE_GOOD)
            fail_msg("a made passphrase was not good: %d", (int)passphrase_check(str_of(made)));
    }
}

static void each_fault_is_told(void **state)
{
    const char *much = arena_printf(*state, "%0201d", 7);

    assert_int_equal(passphrase_check(S("trettontecken")), PASSPHRASE_SHORT);
    assert_int_equal(passphrase_check(S("ååååååååååååå")), PASSPHRASE_SHORT);
    assert_int_equal(passphrase_check(str_of(much)), PASSPHRASE_LONG);
    assert_int_equal(passphrase_check(S("abababababababab")), PASSPHRASE_REPEATS);
    assert_int_equal(passphrase_check(S("Pass-word 2026 vår")), PASSPHRASE_COMMON);
    assert_int_equal(passphrase_check(S("mitt Lösenord är bra")), PASSPHRASE_COMMON);
    assert_int_equal(passphrase_check(S("monkey dragon sunshine love")), PASSPHRASE_COMMON);
    assert_int_equal(passphrase_check(S("en gul elefant cyklar hem")), PASSPHRASE_GOOD);
}

static void blanks_do_not_matter(void **state)
{
    char out[40];

    (void)state;
    struct str read = passphrase_read(S("  lomu   kadel\tstana "), out);
    assert_str(read, "lomu kadel stana");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_made_one_is_five_words_and_may_be_used),
        WITH_ARENA(each_fault_is_told),
        cmocka_unit_test(blanks_do_not_matter),
    };

    return cmocka_run_group_tests_name("passphrase", tests, NULL, NULL);
}

/* Shares on paper: read back as printed, faults named, the key whole or not at all. */
#include "seal/recovery.h"

#include "../unit.h"

#include "base/text.h"

#include <ctype.h>
#include <string.h>

/* Five shares of a new key, three needed. */
struct split {
    struct seal_public public_key;
    struct recovery_share share[5];
};

static struct split split_new(void)
{
    struct split s;
    struct err e = {0};

    assert_int_equal(recovery_make(3, 5, &s.public_key, s.share, &e), OK);
    return s;
}

static void any_three_of_five_give_the_key(void **state)
{
    struct split s = split_new();
    struct err e = {0};

    (void)state;
    for (int a = 0; a < 5; a++)
        for (int b = a + 1; b < 5; b++)
            for (int c = b + 1; c < 5; c++) {
                const struct recovery_share three[] = {s.share[c], s.share[a], s.share[b]};
                struct seal_key secret;
                struct seal_public found;

                assert_int_equal(recovery_join(three, 3, &s.public_key, &secret, &e), OK);
                seal_public_of(&secret, &found);
                assert_memory_equal(found.bytes, s.public_key.bytes, SEAL_KEY_BYTES);
            }
}

static void two_of_three_needed_are_too_few(void **state)
{
    struct split s = split_new();
    struct seal_key secret;
    struct err e = {0};

    (void)state;
    assert_int_equal(recovery_join(s.share, 2, &s.public_key, &secret, &e), REFUSED);
    assert_says(e, "3 shares are needed");
}

static void two_shares_that_say_they_are_enough_still_give_nothing(void **state)
{
    struct split s = split_new();
    struct seal_key secret;
    struct err e = {0};

    (void)state;
    s.share[0].needed = s.share[1].needed = 2;
    assert_int_equal(recovery_join(s.share, 2, &s.public_key, &secret, &e), REFUSED);
    assert_says(e, "not genuine");
}

static void a_share_of_another_key_is_named(void **state)
{
    struct split s = split_new();
    struct split other = split_new();
    struct seal_key secret;
    struct err e = {0};

    (void)state;
    s.share[1] = other.share[1];
    assert_int_equal(recovery_join(s.share, 3, &s.public_key, &secret, &e), REFUSED);
    assert_says(e, "share number 2 belongs to another");
}

static void a_printed_share_is_read_back_however_it_is_typed(void **state)
{
    struct split s = split_new();
    struct recovery_share read;
    struct text typed = text_open(*state);
    char shown[RECOVERY_SHOWN];
    struct err e = {0};

    recovery_share_shown(&s.share[3], shown);
    for (const char *c = shown; *c; c++)
        text_byte(&typed, *c == '-' ? ' ' : *c == '0' ? 'o' : *c == '1' ? 'l' : (char)tolower(*c));
    assert_int_equal(recovery_share_read(text_str(&typed), &read, &e), OK);
    assert_memory_equal(&read, &s.share[3], sizeof read);
}

static void one_wrong_letter_anywhere_is_told(void **state)
{
    struct split s = split_new();
    struct recovery_share read;
    char shown[RECOVERY_SHOWN];
    struct err e = {0};

    (void)state;
    recovery_share_shown(&s.share[0], shown);
    /* The last letter holds bits of padding: a change there may be none. */
    for (size_t i = 0; i + 1 < strlen(shown); i++) {
        char kept = shown[i];

        if (kept == '-')
            continue;
        shown[i] = kept == 'Z' ? 'Y' : 'Z';
        assert_int_equal(recovery_share_read(str_of(shown), &read, &e), BAD_INPUT);
        shown[i] = kept;
    }
}

static void what_is_no_share_is_told(void **state)
{
    static const char *const not_shares[] = {"", "ABCDE", "!!!!!",
                                             ("00000-00000-00000-00000-00000-00000-00000-"
                                              "00000-00000-00000-00000-00000-00000-0000")};
    struct recovery_share read;
    struct err e = {0};

    (void)state;
    for (size_t i = 0; i < sizeof not_shares / sizeof not_shares[0]; i++)
        assert_int_equal(recovery_share_read(str_of(not_shares[i]), &read, &e), BAD_INPUT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(any_three_of_five_give_the_key),
        cmocka_unit_test(two_of_three_needed_are_too_few),
        cmocka_unit_test(two_shares_that_say_they_are_enough_still_give_nothing),
        cmocka_unit_test(a_share_of_another_key_is_named),
        WITH_ARENA(a_printed_share_is_read_back_however_it_is_typed),
        cmocka_unit_test(one_wrong_letter_anywhere_is_told),
        cmocka_unit_test(what_is_no_share_is_told),
    };

    return cmocka_run_group_tests_name("recovery", tests, NULL, NULL);
}

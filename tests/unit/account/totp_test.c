/* Codes from another device. */
#include "account/totp.h"

#include "../scratch.h"
#include "../unit.h"

#include <string.h>

/* The secret of RFC 6238, appendix B. */
static struct totp_secret rfc_secret(void)
{
    struct totp_secret secret;

    memcpy(secret.bytes, "12345678901234567890", sizeof secret.bytes);
    return secret;
}

static void codes_are_those_of_rfc_6238_appendix_b(void **state)
{
    static const struct {
        int64_t at;
        const char *code;
    } rows[] = {{59, "287082"},         {1111111109, "081804"}, {1111111111, "050471"},
                {1234567890, "005924"}, {2000000000, "279037"}, {20000000000, "353130"}};
    const struct totp_secret secret = rfc_secret();

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        char code[TOTP_DIGITS + 1];

        totp_code(&secret, totp_step(rows[i].at), code);
        assert_string_equal(code, rows[i].code);
    }
}

static bool matches_at(int64_t typed_at, int64_t now_at, int64_t last_step)
{
    const struct totp_secret secret = rfc_secret();
    char code[TOTP_DIGITS + 1];
    int64_t step = -1;

    totp_code(&secret, totp_step(typed_at), code);
    bool is_right = totp_matches(&secret, str_of(code), now_at, last_step, &step);
    assert_int_equal(step, is_right ? totp_step(typed_at) : -1);
    return is_right;
}

static void a_clock_one_step_off_is_let_in_and_two_steps_off_is_not(void **state)
{
    int64_t now_at = 2000000000;

    (void)state;
    assert_true(matches_at(now_at, now_at, 0));
    assert_true(matches_at(now_at - TOTP_STEP_SECONDS, now_at, 0));
    assert_true(matches_at(now_at + TOTP_STEP_SECONDS, now_at, 0));
    assert_false(matches_at(now_at - 2 * TOTP_STEP_SECONDS, now_at, 0));
    assert_false(matches_at(now_at + 2 * TOTP_STEP_SECONDS, now_at, 0));
}

static void a_code_used_before_or_older_than_the_last_one_lets_nobody_in(void **state)
{
    int64_t now_at = 2000000000;

    (void)state;
    assert_false(matches_at(now_at, now_at, totp_step(now_at)));
    assert_false(matches_at(now_at - TOTP_STEP_SECONDS, now_at, totp_step(now_at)));
    assert_true(matches_at(now_at + TOTP_STEP_SECONDS, now_at, totp_step(now_at)));
}

static void spaces_are_passed_over_and_all_else_is_wrong(void **state)
{
    static const char *const wrong[] = {"",       " ",      "27903",   "2790377",
                                        "27903a", "-79037", "+279037", "２79037"};
    const struct totp_secret secret = rfc_secret();
    int64_t step;

    (void)state;
    assert_true(totp_matches(&secret, S(" 279 037 "), 2000000000, 0, &step));
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++)
        assert_false(totp_matches(&secret, str_of(wrong[i]), 2000000000, 0, &step));
    assert_false(totp_matches(&secret, (struct str){"279037\0", 7}, 2000000000, 0, &step));
}

static void an_app_is_given_the_secret_in_base_32(void **state)
{
    struct scratch *s = *state;
    const struct totp_secret secret = rfc_secret();

    assert_str(totp_words(&secret, s->arena), "GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ");
    assert_str(totp_address(&secret, S("Lykta Å & b"), S("a+b@lund.example"), s->arena),
               "otpauth://totp/Lykta%20%C3%85%20%26%20b:a%2Bb%40lund%2Eexample"
               "?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Lykta%20%C3%85%20%26%20b");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(codes_are_those_of_rfc_6238_appendix_b),
        cmocka_unit_test(a_clock_one_step_off_is_let_in_and_two_steps_off_is_not),
        cmocka_unit_test(a_code_used_before_or_older_than_the_last_one_lets_nobody_in),
        cmocka_unit_test(spaces_are_passed_over_and_all_else_is_wrong),
        cmocka_unit_test_setup_teardown(an_app_is_given_the_secret_in_base_32, scratch_open, scratch_close),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

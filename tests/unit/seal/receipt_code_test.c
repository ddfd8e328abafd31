/* Receipt codes: check digit, what people type, the names of rows. */
#include "seal/receipt_code.h"

#include "../unit.h"

#include "base/text.h"

#include <string.h>

static void a_new_code_is_read_back_as_it_is_shown(void **state)
{
    (void)state;
    for (int i = 0; i < 500; i++) {
        struct receipt_code code;
        struct receipt_code read;
        char shown[RECEIPT_CODE_SHOWN];

        receipt_code_make(&code);
        receipt_code_shown(&code, shown);
        assert_true(receipt_code_read(str_of(shown), &read));
        assert_string_equal(read.digits, code.digits);
    }
}

/* Luhn's sum, from the last digit on: 49927398716 is the textbook's example, filled up with zeros in front.
 */
static void the_textbooks_number_holds(void **state)
{
    struct receipt_code read;

    (void)state;
    assert_true(receipt_code_read(S("0000 0000 0499 2739 8716"), &read));
    assert_false(receipt_code_read(S("0000 0000 0499 2739 8717"), &read));
}

static void blanks_and_strokes_are_passed_over(void **state)
{
    struct receipt_code read;

    (void)state;
    assert_true(receipt_code_read(S("\t00000000-0499\xc2\xa0"
                                    "2739\xe2\x80\x93"
                                    "8716\n"),
                                  &read));
    assert_string_equal(read.digits, "00000000049927398716");
}

static void what_is_no_code_is_not_read(void **state)
{
    static const char *const wrong[] = {"",
                                        "1",
                                        "0000 0000 0499 2739 871",
                                        "0000 0000 0499 2739 87160",
                                        "0000 0000 0499 2739 871x",
                                        "\xc3\xa5",
                                        "0000'0000'0499'2739'8716"};
    struct receipt_code read = {"untouched"};

    (void)state;
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++)
        assert_false(receipt_code_read(str_of(wrong[i]), &read));
    assert_string_equal(read.digits, "untouched");
}

static void every_single_wrong_digit_is_noticed(void **state)
{
    struct receipt_code code;
    struct receipt_code read;

    (void)state;
    receipt_code_make(&code);
    for (int i = 0; i < RECEIPT_CODE_DIGITS; i++)
        for (char digit = '0'; digit <= '9'; digit++) {
            struct receipt_code wrong = code;

            wrong.digits[i] = digit;
            assert_true(receipt_code_read(str_of(wrong.digits), &read) == (digit == code.digits[i]));
        }
}

static void a_row_is_named_by_the_code_the_city_and_the_servers_key(void **state)
{
    static const struct receipt_code one = {"00000000049927398716"};
    static const struct receipt_code two = {"00000000000000000000"};
    const struct {
        const struct receipt_code *code;
        struct str city;
        unsigned char key;
    } cases[] = {
        {&one, {"1281", 4}, 1}, {&two, {"1281", 4}, 1}, {&one, {"1280", 4}, 1}, {&one, {"1281", 4}, 2}};
    struct receipt_lookup lookup[4];
    struct err e = {0};

    (void)state;
    for (size_t i = 0; i < 4; i++) {
        unsigned char server_key[SEAL_KEY_BYTES] = {cases[i].key};
        struct seal_key stretched;

        assert_int_equal(receipt_code_stretch(cases[i].code, cases[i].city, &stretched, &e), OK);
        receipt_code_lookup(&stretched, server_key, &lookup[i]);
        for (size_t j = 0; j < i; j++)
            assert_memory_not_equal(&lookup[i], &lookup[j], sizeof lookup[i]);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_new_code_is_read_back_as_it_is_shown),
        cmocka_unit_test(the_textbooks_number_holds),
        cmocka_unit_test(blanks_and_strokes_are_passed_over),
        cmocka_unit_test(what_is_no_code_is_not_read),
        cmocka_unit_test(every_single_wrong_digit_is_noticed),
        cmocka_unit_test(a_row_is_named_by_the_code_the_city_and_the_servers_key),
    };

    return cmocka_run_group_tests_name("receipt_code", tests, NULL, NULL);
}

/* Organisation numbers, and which of their rules is broken. */
#include "../unit.h"

#include "network/organisation_number.h"

#include <string.h>

static enum organisation_number_fault read(void **state, const char *text, struct str *number, int *digits)
{
    return organisation_number_read(str_of(text), *state, number, digits);
}

static enum organisation_number_fault fault_of(void **state, const char *text)
{
    struct str number = S("untouched");
    int digits = 0;
    enum organisation_number_fault fault = read(state, text, &number, &digits);

    if (fault != ORGANISATION_NUMBER_RIGHT)
        assert_str(number, "untouched");
    return fault;
}

/* Numbers of municipalities and authorities, which are public: Lund, Malmö, Skatteverket. */
static void public_numbers_are_right(void **state)
{
    assert_int_equal(fault_of(state, "212000-1132"), ORGANISATION_NUMBER_RIGHT);
    assert_int_equal(fault_of(state, "212000-1124"), ORGANISATION_NUMBER_RIGHT);
    assert_int_equal(fault_of(state, "202100-5448"), ORGANISATION_NUMBER_RIGHT);
}

static void any_way_of_writing_gives_the_same_number(void **state)
{
    static const char *const ways[] = {"2120001132", " 212000 - 1132 ", "16212000-1132", "212 000-11 32",
                                       "212000\u00a01132"};
    struct str number;
    int digits = 0;

    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
        assert_int_equal(read(state, ways[i], &number, &digits), ORGANISATION_NUMBER_RIGHT);
        assert_str(number, "212000-1132");
    }
}

static void every_single_wrong_digit_is_found(void **state)
{
    static const char right[] = "2120001132";

    for (int i = 0; i < 10; i++)
        for (char digit = '0'; digit <= '9'; digit++) {
            char changed[11];

            memcpy(changed, right, sizeof changed);
            changed[i] = digit;
            assert_int_equal(fault_of(state, changed) == ORGANISATION_NUMBER_RIGHT, digit == right[i]);
        }
}

static void each_rule_has_its_own_answer(void **state)
{
    assert_int_equal(fault_of(state, "  "), ORGANISATION_NUMBER_EMPTY);
    assert_int_equal(fault_of(state, "SE212000113201"), ORGANISATION_NUMBER_LETTERS);
    assert_int_equal(fault_of(state, "212000-113"), ORGANISATION_NUMBER_LENGTH);
    assert_int_equal(fault_of(state, "20212000-1132"), ORGANISATION_NUMBER_LENGTH);
    assert_int_equal(fault_of(state, "811228-9874"), ORGANISATION_NUMBER_PERSON);
    assert_int_equal(fault_of(state, "212000-1133"), ORGANISATION_NUMBER_CHECK);
}

static void how_many_digits_there_were_is_told(void **state)
{
    struct str number;
    int digits = 0;

    assert_int_equal(read(state, "212000-113", &number, &digits), ORGANISATION_NUMBER_LENGTH);
    assert_int_equal(digits, 9);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_ARENA(public_numbers_are_right),           WITH_ARENA(any_way_of_writing_gives_the_same_number),
        WITH_ARENA(every_single_wrong_digit_is_found),  WITH_ARENA(each_rule_has_its_own_answer),
        WITH_ARENA(how_many_digits_there_were_is_told),
    };

    return cmocka_run_group_tests_name("organisation_number", tests, NULL, NULL);
}

/* Addresses of e-mail: what every server takes, and nothing that could begin a line of its own. */
#include "../unit.h"

#include <string.h>

#include "web/address.h"

static void plain_addresses_are_valid(void **state)
{
    const char *const good[] = {"kim@example.org", "kim.exempel+nat@sub.example.org", "o'neil@example.org",
                                "a@b.se"};

    (void)state;
    for (size_t i = 0; i < sizeof good / sizeof *good; i++)
        assert_true(address_is_valid(str_of(good[i])));
}

static void what_could_break_out_of_a_line_is_not_valid(void **state)
{
    const char *const bad[] = {"",
                               "kim",
                               "@example.org",
                               "kim@",
                               "kim@example",
                               "kim@@example.org",
                               ".kim@example.org",
                               "kim.@example.org",
                               "k..m@example.org",
                               "kim@-example.org",
                               "kim@example..org",
                               "kim@example.org.",
                               "kim @example.org",
                               "kim@example.org\r\nBcc: all@example.org",
                               "<kim@example.org>",
                               "\"kim\"@example.org",
                               "kim@[127.0.0.1]",
                               "k\xc3\xa5re@example.org",
                               "kim@example.org,lo@example.org"};

    (void)state;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_false(address_is_valid(str_of(bad[i])));
}

static void an_address_longer_than_a_path_is_not_valid(void **state)
{
    struct arena *a = *state;
    char labels[300] = "kim@";

    for (size_t i = 4; i + 2 < 260; i += 2)
        memcpy(labels + i, "a.", 2);
    assert_false(address_is_valid(str_of(arena_printf(a, "%.258sse", labels))));
    assert_true(address_is_valid(str_of(arena_printf(a, "%.200sse", labels))));
}

static void addresses_are_compared_in_small_letters(void **state)
{
    assert_str(address_normal(S("  Kim@Example.ORG "), *state), "kim@example.org");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(plain_addresses_are_valid),
        cmocka_unit_test(what_could_break_out_of_a_line_is_not_valid),
        WITH_ARENA(an_address_longer_than_a_path_is_not_valid),
        WITH_ARENA(addresses_are_compared_in_small_letters),
    };

    return cmocka_run_group_tests_name("address", tests, NULL, NULL);
}

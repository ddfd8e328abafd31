/* lykta.conf: known settings only, each with a default. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "../scratch.h"
#include "store/config.h"

static enum status read_conf(void **state, struct str text, struct config *out, struct err *e)
{
    return config_read("lykta.conf", text, ((struct scratch *)*state)->arena, out, e);
}

static void an_empty_file_gives_every_default(void **state)
{
    struct config config = {0};
    struct err e = {0};

    assert_int_equal(read_conf(state, S(""), &config, &e), OK);
    assert_true(str_is(config.listen, "127.0.0.1:8080"));
    assert_true(str_is(config.contact, "Samordnaren"));
    assert_int_equal(config.address.n, 0);
}

static void the_file_a_new_city_begins_with_is_the_defaults(void **state)
{
    struct config first = {0};
    struct config second = {0};
    struct err e = {0};

    assert_int_equal(read_conf(state, S(""), &first, &e), OK);
    assert_int_equal(read_conf(state, str_of(config_template), &second, &e), OK);
    assert_true(str_equal(first.listen, second.listen));
    assert_true(str_equal(first.contact, second.contact));
    assert_true(str_equal(first.address, second.address));
}

static void a_setting_is_read(void **state)
{
    struct config config = {0};
    struct err e = {0};

    assert_int_equal(read_conf(state, S("[site]\naddress = https://example.org ; ours\n"), &config, &e), OK);
    assert_true(str_is(config.address, "https://example.org"));
}

static void a_line_that_is_no_setting_is_named(void **state)
{
    struct config config = {0};
    struct err e = {0};

    assert_int_equal(read_conf(state, S("[server]\nlisten\n"), &config, &e), BAD_INPUT);
    assert_string_equal(e.what, "lykta.conf:2: expected [section] or key = value");
}

static void a_setting_in_the_wrong_section_is_named(void **state)
{
    struct config config = {0};
    struct err e = {0};

    assert_int_equal(read_conf(state, S("[site]\nlisten = 1\n"), &config, &e), BAD_INPUT);
    assert_non_null(strstr(e.what, "lykta.conf:2: unknown setting \"listen\" in [site]"));
}

static void bytes_that_are_no_text_are_refused(void **state)
{
    struct config config = {0};
    struct err e = {0};

    assert_int_equal(read_conf(state, (struct str){"[site]\0", 7}, &config, &e), BAD_INPUT);
    assert_int_equal(read_conf(state, S("contact = Sj\xf6"), &config, &e), BAD_INPUT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(an_empty_file_gives_every_default, scratch_open, scratch_close),
        cmocka_unit_test_setup_teardown(the_file_a_new_city_begins_with_is_the_defaults, scratch_open,
                                        scratch_close),
        cmocka_unit_test_setup_teardown(a_setting_is_read, scratch_open, scratch_close),
        cmocka_unit_test_setup_teardown(a_line_that_is_no_setting_is_named, scratch_open, scratch_close),
        cmocka_unit_test_setup_teardown(a_setting_in_the_wrong_section_is_named, scratch_open, scratch_close),
        cmocka_unit_test_setup_teardown(bytes_that_are_no_text_are_refused, scratch_open, scratch_close),
    };

    return cmocka_run_group_tests_name("config", tests, NULL, NULL);
}

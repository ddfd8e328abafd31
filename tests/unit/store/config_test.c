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

static void a_setting_in_no_known_section_is_told_which_there_are(void **state)
{
    struct config config = {0};
    struct err e = {0};

    assert_int_equal(read_conf(state, S("[post]\nserver = 1\n"), &config, &e), BAD_INPUT);
    assert_string_equal(e.what,
                        "lykta.conf:2: unknown setting \"server\" in [post]; known sections: server, log, "
                        "watch, site, mail, retention, backup, database, oidc");
}

static void of_two_faults_the_first_is_told(void **state)
{
    struct config config = {0};
    struct err e = {0};

    assert_int_equal(read_conf(state, S("[site]\nfirst = 1\nsecond = 2\n"), &config, &e), BAD_INPUT);
    assert_non_null(strstr(e.what, "lykta.conf:2: unknown setting \"first\" in [site]"));
}

static void bytes_that_are_no_text_are_refused(void **state)
{
    struct config config = {0};
    struct err e = {0};

    assert_int_equal(read_conf(state, (struct str){"[site]\0", 7}, &config, &e), BAD_INPUT);
    assert_int_equal(read_conf(state, S("contact = Sj\xf6"), &config, &e), BAD_INPUT);
}

static struct str moved(void **state, struct str conf, const char *address)
{
    return config_with_database(conf, str_of(address), ((struct scratch *)*state)->arena);
}

static void another_address_changes_its_line_alone(void **state)
{
    const struct str conf = S("; mine\n[site]\naddress = https://lund.example\n[database]\n; why\naddress =\n"
                              "[mail]\ntls = none\n");
    const struct str there = moved(state, conf, "postgresql:///lykta#lund");

    assert_true(str_is(there, "; mine\n[site]\naddress = https://lund.example\n[database]\n; why\n"
                              "address = postgresql:///lykta#lund\n[mail]\ntls = none\n"));
    assert_true(str_equal(moved(state, there, ""), conf));
}

static void a_file_from_before_gets_the_section(void **state)
{
    struct config config = {0};
    struct err e = {0};
    const struct str there = moved(state, S("[site]\ncontact = Sam"), "postgresql:///lykta#lund");

    assert_int_equal(read_conf(state, there, &config, &e), OK);
    assert_true(str_is(config.database, "postgresql:///lykta#lund"));
    assert_true(str_is(config.contact, "Sam"));
}

static void the_file_of_a_new_city_has_one_line_for_the_database(void **state)
{
    struct config config = {0};
    struct err e = {0};
    const struct str there = moved(state, str_of(config_template), "postgresql:///lykta#lund");

    assert_int_equal(read_conf(state, there, &config, &e), OK);
    assert_true(str_is(config.database, "postgresql:///lykta#lund"));
    assert_int_equal(config.address.n, 0);
    assert_true(str_equal(moved(state, there, ""), str_of(config_template)));
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
        cmocka_unit_test_setup_teardown(a_setting_in_no_known_section_is_told_which_there_are, scratch_open,
                                        scratch_close),
        cmocka_unit_test_setup_teardown(of_two_faults_the_first_is_told, scratch_open, scratch_close),
        cmocka_unit_test_setup_teardown(another_address_changes_its_line_alone, scratch_open, scratch_close),
        cmocka_unit_test_setup_teardown(a_file_from_before_gets_the_section, scratch_open, scratch_close),
        cmocka_unit_test_setup_teardown(the_file_of_a_new_city_has_one_line_for_the_database, scratch_open,
                                        scratch_close),
        cmocka_unit_test_setup_teardown(bytes_that_are_no_text_are_refused, scratch_open, scratch_close),
    };

    return cmocka_run_group_tests_name("config", tests, NULL, NULL);
}

/* Where letters are handed over: what the settings may say. */
#include "../scratch.h"
#include "../unit.h"

#include "mail/mail_settings.h"
#include "store/city.h"

static struct settings chosen(const char *server, const char *sender, const char *user, const char *tls)
{
    return (struct settings){.name = S("Lund"),
                             .config = {.mail_server = str_of(server),
                                        .mail_sender = str_of(sender),
                                        .mail_user = str_of(user),
                                        .mail_tls = str_of(tls)}};
}

static enum status settings(void **state, const struct settings *wanted, struct mail_settings *out,
                            struct err *e)
{
    struct scratch *s = *state;
    const struct city city = {.path = s->folder};

    return mail_settings_read(&city, wanted, s->arena, out, e);
}

static void without_a_server_letters_wait(void **state)
{
    struct settings wanted = chosen("", "", "", "required");
    struct mail_settings s;
    struct err e = {0};

    assert_int_equal(settings(state, &wanted, &s, &e), OK);
    assert_null(s.server);
}

static void a_server_and_a_sender_are_enough(void **state)
{
    struct settings wanted = chosen("smtp://mail.example.org:587", "nat@example.org", "", "required");
    struct mail_settings s;
    struct err e = {0};

    assert_int_equal(settings(state, &wanted, &s, &e), OK);
    assert_string_equal(s.server, "smtp://mail.example.org:587");
    assert_false(s.is_plain);
}

static void what_is_no_mail_server_is_named(void **state)
{
    const char *const bad[] = {"mail.example.org", "http://mail.example.org", "smtp://",
                               "smtp://u:p@mail.example.org", "smtp://mail.example.org/x y"};
    struct mail_settings s;
    struct err e = {0};

    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        struct settings wanted = chosen(bad[i], "nat@example.org", "", "required");

        assert_int_equal(settings(state, &wanted, &s, &e), BAD_INPUT);
        assert_says(e, "server in [mail]");
    }
}

static void letters_go_unencrypted_to_this_machine_alone(void **state)
{
    struct settings far = chosen("smtp://mail.example.org:25", "nat@example.org", "", "none");
    struct settings near = chosen("smtp://127.0.0.1:25", "nat@example.org", "", "none");
    struct mail_settings s;
    struct err e = {0};

    assert_int_equal(settings(state, &far, &s, &e), BAD_INPUT);
    assert_says(e, "tls in [mail]");
    assert_int_equal(settings(state, &near, &s, &e), OK);
    assert_true(s.is_plain);
}

static void a_password_is_read_from_a_file_that_only_its_owner_reads(void **state)
{
    struct settings wanted = chosen("smtps://mail.example.org:465", "nat@example.org", "lykta", "required");
    const char *path = scratch_path(*state, "keys/mail.password");
    struct mail_settings s;
    struct err e = {0};

    assert_int_equal(folder_make(scratch_path(*state, "keys"), 0700, &e), OK);
    assert_int_not_equal(settings(state, &wanted, &s, &e), OK);
    assert_int_equal(file_write(path, S("hemligt exempel\n"), 0644, &e), OK);
    assert_int_equal(settings(state, &wanted, &s, &e), BAD_INPUT);
    assert_int_equal(file_write(path, S("hemligt exempel\n"), 0600, &e), OK);
    assert_int_equal(settings(state, &wanted, &s, &e), OK);
    assert_string_equal(s.password, "hemligt exempel");
}

static void a_password_that_is_kept_is_the_one_that_is_read(void **state)
{
    struct scratch *scratch = *state;
    const struct city city = {.path = scratch->folder};
    struct settings wanted = chosen("smtps://mail.example.org:465", "nat@example.org", "lykta", "required");
    struct mail_settings s;
    struct err e = {0};

    assert_int_equal(folder_make(scratch_path(*state, "keys"), 0700, &e), OK);
    assert_int_equal(mail_password_keep(&city, S("ett exempel"), &e), OK);
    assert_int_equal(mail_password_keep(&city, S("ett annat exempel"), &e), OK);
    assert_int_equal(settings(state, &wanted, &s, &e), OK);
    assert_string_equal(s.password, "ett annat exempel");
}

#define WITH_SCRATCH(test) cmocka_unit_test_setup_teardown(test, scratch_open, scratch_close)

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_SCRATCH(without_a_server_letters_wait),
        WITH_SCRATCH(a_server_and_a_sender_are_enough),
        WITH_SCRATCH(what_is_no_mail_server_is_named),
        WITH_SCRATCH(letters_go_unencrypted_to_this_machine_alone),
        WITH_SCRATCH(a_password_is_read_from_a_file_that_only_its_owner_reads),
        WITH_SCRATCH(a_password_that_is_kept_is_the_one_that_is_read),
    };

    return cmocka_run_group_tests_name("mail_settings", tests, NULL, NULL);
}

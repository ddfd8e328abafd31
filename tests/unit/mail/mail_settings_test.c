/* Where letters are handed over: what lykta.conf may say. */
#include "../scratch.h"
#include "../unit.h"

#include "mail/mail_settings.h"
#include "store/city.h"

static struct city city_with(void **state, const char *server, const char *sender, const char *user,
                             const char *tls)
{
    struct scratch *s = *state;

    return (struct city){.path = s->folder,
                         .name = S("Lund"),
                         .config = {.mail_server = str_of(server),
                                    .mail_sender = str_of(sender),
                                    .mail_user = str_of(user),
                                    .mail_tls = str_of(tls)}};
}

static enum status settings(void **state, const struct city *city, struct mail_settings *out, struct err *e)
{
    return mail_settings_read(city, ((struct scratch *)*state)->arena, out, e);
}

static void without_a_server_letters_wait(void **state)
{
    struct city city = city_with(state, "", "", "", "required");
    struct mail_settings s;
    struct err e = {0};

    assert_int_equal(settings(state, &city, &s, &e), OK);
    assert_null(s.server);
}

static void a_server_and_a_sender_are_enough(void **state)
{
    struct city city = city_with(state, "smtp://mail.example.org:587", "nat@example.org", "", "required");
    struct mail_settings s;
    struct err e = {0};

    assert_int_equal(settings(state, &city, &s, &e), OK);
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
        struct city city = city_with(state, bad[i], "nat@example.org", "", "required");

        assert_int_equal(settings(state, &city, &s, &e), BAD_INPUT);
        assert_says(e, "server in [mail]");
    }
}

static void letters_go_unencrypted_to_this_machine_alone(void **state)
{
    struct city far = city_with(state, "smtp://mail.example.org:25", "nat@example.org", "", "none");
    struct city near = city_with(state, "smtp://127.0.0.1:25", "nat@example.org", "", "none");
    struct mail_settings s;
    struct err e = {0};

    assert_int_equal(settings(state, &far, &s, &e), BAD_INPUT);
    assert_says(e, "tls in [mail]");
    assert_int_equal(settings(state, &near, &s, &e), OK);
    assert_true(s.is_plain);
}

static void a_password_is_read_from_a_file_that_only_its_owner_reads(void **state)
{
    struct city city =
        city_with(state, "smtps://mail.example.org:465", "nat@example.org", "lykta", "required");
    const char *path = scratch_path(*state, "keys/mail.password");
    struct mail_settings s;
    struct err e = {0};

    assert_int_equal(folder_make(scratch_path(*state, "keys"), 0700, &e), OK);
    assert_int_not_equal(settings(state, &city, &s, &e), OK);
    assert_int_equal(file_write(path, S("hemligt exempel\n"), 0644, &e), OK);
    assert_int_equal(settings(state, &city, &s, &e), BAD_INPUT);
    assert_int_equal(file_write(path, S("hemligt exempel\n"), 0600, &e), OK);
    assert_int_equal(settings(state, &city, &s, &e), OK);
    assert_string_equal(s.password, "hemligt exempel");
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
    };

    return cmocka_run_group_tests_name("mail_settings", tests, NULL, NULL);
}

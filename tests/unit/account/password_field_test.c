/* A new password as a form asks for it: how long it is and how hard to guess (NIST SP 800-63B, 3.1.1). */
#include "account/password_field.h"

#include "../scratch_city.h"
#include "../unit.h"
#include "account/password.h"
#include "base/arena.h"
#include "portal/outside.h"
#include "portal/person.h"
#include "web/field.h"

#include <string.h>

static int open_city(void **state)
{
    return scratch_city_open(state, &(struct who){.name = "test", .now_at = 1000});
}

#define IN_A_CITY(test) cmocka_unit_test_setup_teardown(test, open_city, scratch_city_close)

/* What is said at the field; empty: the password is taken. */
static struct str fault(void **state, struct str password)
{
    const struct person asa = {.name = S("Åsa Exempelsson"), .email = S("asa.kvist@kommun.example")};
    const struct form form = {0};
    struct arena *a = ((struct scratch *)*state)->arena;
    struct field_set *f = field_set_open(&form, catalogue_of(LANGUAGE_SV), a);
    struct field *x = field_add(f, FIELD_PASSWORD, "wanted", TEXT_ACCOUNT_PASSWORD_NEW);
    struct err e = {0};

    assert_int_equal(password_field_check(f, x, password, scratch_city(state), &asa, &e), OK);
    assert_int_equal(f->errors, x->error.n > 0);
    return x->error;
}

static bool is_taken(void **state, struct str password)
{
    return fault(state, password).n == 0;
}

static bool is_easy(void **state, struct str password)
{
    return str_equal(fault(state, password),
                     catalogue_text(catalogue_of(LANGUAGE_SV), TEXT_ACCOUNT_PASSWORD_EASY));
}

static void twelve_letters_are_enough_and_eleven_are_not(void **state)
{
    assert_true(is_taken(state, S("tolv tecken!")));
    assert_false(is_taken(state, S("elva tecken")));
    assert_true(is_taken(state, S("öfvärnkåhpäg")));
    assert_false(is_taken(state, S("öfvärnkåhpä")));
}

static void letters_of_one_kind_alone_are_taken(void **state)
{
    assert_true(is_taken(state, S("barasmåbokstäver")));
    assert_true(is_taken(state, S("9305718264430917")));
}

static void a_common_password_is_refused(void **state)
{
    assert_true(is_easy(state, S("password1234")));
    assert_true(is_easy(state, S("Lösenord2026!")));
    assert_true(is_easy(state, S("            ,")));
}

static void words_of_the_place_are_refused(void **state)
{
    assert_true(is_easy(state, S("Lund Lund Lund")));
    assert_true(is_easy(state, S("Lykta Lunds kommun")));
}

static void words_of_the_person_are_refused(void **state)
{
    assert_true(is_easy(state, S("Exempelsson1985")));
    assert_true(is_easy(state, S("Åsa.Kvist-2026!")));
    assert_true(is_taken(state, S("katt soffa tåg kanel")));
}

static void made_passwords_are_taken(void **state)
{
    struct arena *a = ((struct scratch *)*state)->arena;

    for (int i = 0; i < 100; i++)
        assert_true(is_taken(state, password_make(&outside_machine, a)));
}

static void more_than_64_letters_are_taken_and_a_megabyte_is_not(void **state)
{
    static char long_one[1024 * 1024];

    for (size_t i = 0; i < sizeof long_one; i++)
        long_one[i] = (char)('a' + i * i % 23);
    assert_true(is_taken(state, (struct str){long_one, 65}));
    assert_true(is_taken(state, (struct str){long_one, PASSWORD_MOST_BYTES}));
    assert_false(is_taken(state, (struct str){long_one, PASSWORD_MOST_BYTES + 1}));
    assert_false(is_taken(state, (struct str){long_one, sizeof long_one}));
}

static void blanks_are_part_of_a_password(void **state)
{
    struct arena *a = ((struct scratch *)*state)->arena;
    struct form form;
    struct err e;

    assert_int_equal(form_parse(S("wanted=++Tre+Ord+H%C3%A4r++"), a, &form, &e), OK);
    assert_true(str_equal(form_raw(&form, "wanted"), S("  Tre Ord Här  ")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_A_CITY(twelve_letters_are_enough_and_eleven_are_not),
        IN_A_CITY(letters_of_one_kind_alone_are_taken),
        IN_A_CITY(a_common_password_is_refused),
        IN_A_CITY(words_of_the_place_are_refused),
        IN_A_CITY(words_of_the_person_are_refused),
        IN_A_CITY(made_passwords_are_taken),
        IN_A_CITY(more_than_64_letters_are_taken_and_a_megabyte_is_not),
        IN_A_CITY(blanks_are_part_of_a_password),
    };

    return cmocka_run_group_tests_name("password field", tests, NULL, NULL);
}

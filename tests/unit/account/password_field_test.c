/* A new password as a form asks for it: length alone matters (NIST SP 800-63B, 3.1.1). */
#include "account/password_field.h"

#include "account/password.h"
#include "base/arena.h"
#include "web/field.h"

#include "../unit.h"

#include <string.h>

static bool is_taken(struct str password)
{
    struct arena *a = arena_open();
    const struct form form = {0};
    struct field_set *f = field_set_open(&form, catalogue_of(LANGUAGE_SV), a);
    struct field *x = field_add(f, FIELD_PASSWORD, "wanted", TEXT_ACCOUNT_PASSWORD_NEW);
    bool is = password_field_check(f, x, password);

    assert_int_equal(f->errors, is ? 0 : 1);
    arena_close(a);
    return is;
}

static void twelve_letters_are_enough_and_eleven_are_not(void **state)
{
    (void)state;
    assert_true(is_taken(S("tolv tecken!")));
    assert_false(is_taken(S("elva tecken")));
    assert_true(is_taken(S("åäöåäöåäöåäö")));
    assert_false(is_taken(S("åäöåäöåäöåä")));
}

static void letters_of_one_kind_alone_are_taken(void **state)
{
    (void)state;
    assert_true(is_taken(S("barasmåbokstäver")));
    assert_true(is_taken(S("830921475610")));
    assert_true(is_taken(S("            ,")));
}

static void more_than_64_letters_are_taken_and_a_megabyte_is_not(void **state)
{
    static char long_one[1024 * 1024];

    (void)state;
    memset(long_one, 'x', sizeof long_one);
    assert_true(is_taken((struct str){long_one, 65}));
    assert_true(is_taken((struct str){long_one, PASSWORD_MOST_BYTES}));
    assert_false(is_taken((struct str){long_one, PASSWORD_MOST_BYTES + 1}));
    assert_false(is_taken((struct str){long_one, sizeof long_one}));
}

static void blanks_are_part_of_a_password(void **state)
{
    struct arena *a = arena_open();
    struct form form;
    struct err e;

    (void)state;
    assert_int_equal(form_parse(S("wanted=++Tre+Ord+H%C3%A4r++"), a, &form, &e), OK);
    assert_true(str_equal(form_raw(&form, "wanted"), S("  Tre Ord Här  ")));
    arena_close(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(twelve_letters_are_enough_and_eleven_are_not),
        cmocka_unit_test(letters_of_one_kind_alone_are_taken),
        cmocka_unit_test(more_than_64_letters_are_taken_and_a_megabyte_is_not),
        cmocka_unit_test(blanks_are_part_of_a_password),
    };

    return cmocka_run_group_tests_name("password field", tests, NULL, NULL);
}

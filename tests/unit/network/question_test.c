/* Questions that several forms of the network ask. */
#include "../unit.h"

#include "base/arena.h"
#include "network/question.h"

#include <string.h>

/* A question as it comes back when `typed` was sent for it. */
struct asked {
    struct arena *arena;
    struct field_set *fields;
};

static struct asked sent(const char *body)
{
    struct asked a = {.arena = arena_open()};
    struct form *form = arena_new(a.arena, 1, struct form);
    struct err e = {0};

    assert_int_equal(form_parse(str_of(body), a.arena, form, &e), OK);
    a.fields = field_set_open(form, catalogue_of(LANGUAGE_SV), a.arena);
    return a;
}

/* What is said of the organisation number `body`; its form in *out. */
static struct str said_of(struct asked *a, struct str *out)
{
    struct field *x =
        question_optional(field_add(a->fields, FIELD_TEXT, "number", TEXT_NETWORK_FIELD_NUMBER));

    *out = S("");
    bool is_right = question_number_read(a->fields, x, out);
    assert_int_equal(is_right, x->error.n == 0);
    return x->error;
}

static void a_number_comes_out_in_its_form(void **state)
{
    struct asked a = sent("number=16+556016+0680");
    struct str number;

    (void)state;
    assert_int_equal(said_of(&a, &number).n, 0);
    assert_str(number, "556016-0680");
    arena_close(a.arena);
}

static void no_number_is_no_fault(void **state)
{
    struct asked a = sent("number=");
    struct str number;

    (void)state;
    assert_int_equal(said_of(&a, &number).n, 0);
    assert_int_equal(number.n, 0);
    arena_close(a.arena);
}

static void each_rule_of_the_number_has_words_of_its_own(void **state)
{
    static const struct {
        const char *body, *words;
    } cases[] = {{"number=55601606x0", "Skriv bara siffror"},
                 {"number=55601606", "Du skrev 8 siffror"},
                 {"number=9001010017", "personnummer"},
                 {"number=5560160681", "Den sista siffran"}};

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct asked a = sent(cases[i].body);
        struct str number;
        struct str said = said_of(&a, &number);

        assert_non_null(strstr(arena_cstr(a.arena, said.p, said.n), cases[i].words));
        assert_int_equal(number.n, 0);
        arena_close(a.arena);
    }
}

static void nobody_is_counted_as_an_actor_they_did_not_choose(void **state)
{
    struct asked a = sent("actor=");
    struct field *x = question_actor(a.fields, ACTOR_HOTEL);
    enum actor_kind actor = ACTORS;

    (void)state;
    assert_false(question_actor_read(a.fields, x, &actor));
    assert_int_equal(actor, ACTORS);
    arena_close(a.arena);
    a = sent("actor=police");
    x = question_actor(a.fields, ACTORS);
    assert_true(question_actor_read(a.fields, x, &actor));
    assert_int_equal(actor, ACTOR_POLICE);
    arena_close(a.arena);
}

static void an_address_that_no_letter_reaches_is_told_at_its_field(void **state)
{
    static const char *const bodies[] = {"email=kim", "email=kim..b%40hotell.example", "email=kim%40hotell"};
    struct str address;

    (void)state;
    for (size_t i = 0; i < sizeof bodies / sizeof bodies[0]; i++) {
        struct asked a = sent(bodies[i]);
        struct field *x = field_add(a.fields, FIELD_EMAIL, "email", TEXT_NETWORK_FIELD_CONTACT_EMAIL);

        assert_false(field_email(a.fields, x, &address));
        assert_true(x->error.n > 0);
        arena_close(a.arena);
    }
    struct asked a = sent("email=Kim%40Hotell.example");
    struct field *x = field_add(a.fields, FIELD_EMAIL, "email", TEXT_NETWORK_FIELD_CONTACT_EMAIL);
    assert_true(field_email(a.fields, x, &address));
    assert_str(address, "kim@hotell.example");
    arena_close(a.arena);
}

static void a_phone_number_has_digits(void **state)
{
    struct asked a = sent("phone=ring+mig");
    struct field *x = question_optional(field_add(a.fields, FIELD_TEL, "phone", TEXT_NETWORK_EXPORT_PHONE));
    struct str phone;

    (void)state;
    assert_false(question_phone_read(a.fields, x, &phone));
    arena_close(a.arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_number_comes_out_in_its_form),
        cmocka_unit_test(no_number_is_no_fault),
        cmocka_unit_test(each_rule_of_the_number_has_words_of_its_own),
        cmocka_unit_test(nobody_is_counted_as_an_actor_they_did_not_choose),
        cmocka_unit_test(an_address_that_no_letter_reaches_is_told_at_its_field),
        cmocka_unit_test(a_phone_number_has_digits),
    };

    return cmocka_run_group_tests_name("network questions", tests, NULL, NULL);
}

/* Boxes and copies: opened by the right key in the right place, and by nothing else. */
#include "seal/sealed.h"

#include "../unit.h"

#include <string.h>

static struct seal_context place(void)
{
    struct seal_context where = {.city = S("1281"), .field = S("report")};

    seal_id_make(&where.id);
    return where;
}

static struct str sealed(const struct seal_key *key, const struct seal_context *where, struct str text,
                         struct arena *a)
{
    struct str box = {0};
    struct err e = {0};

    assert_int_equal(seal_text(key, where, text, a, &box, &e), OK);
    return box;
}

static void what_was_sealed_opens_again(void **state)
{
    struct seal_context where = place();
    struct seal_key key;
    struct str text;
    struct err e = {0};

    seal_key_make(&key);
    struct str box = sealed(&key, &where, S("Många korta besök"), *state);
    assert_int_equal(seal_text_open(&key, &where, box, *state, &text, &e), OK);
    assert_str(text, "Många korta besök");
}

static void an_empty_text_is_a_text(void **state)
{
    struct seal_context where = place();
    struct seal_key key;
    struct str text = S("before");
    struct err e = {0};

    seal_key_make(&key);
    struct str box = sealed(&key, &where, S(""), *state);
    assert_int_equal(seal_text_open(&key, &where, box, *state, &text, &e), OK);
    assert_int_equal(text.n, 0);
}

static void a_box_tells_no_more_of_the_length_than_whole_kilobytes(void **state)
{
    struct seal_context where = place();
    struct seal_key key;
    char *text = arena_new(*state, 3000, char);

    memset(text, 'x', 3000);
    seal_key_make(&key);
    size_t one = sealed(&key, &where, S("x"), *state).n;
    assert_int_equal(sealed(&key, &where, (struct str){text, 1020}, *state).n, one);
    assert_int_equal(sealed(&key, &where, (struct str){text, 1021}, *state).n, one + SEAL_STEP_BYTES);
    assert_int_equal(sealed(&key, &where, (struct str){text, 2044}, *state).n, one + SEAL_STEP_BYTES);
}

static void the_same_text_is_never_the_same_box(void **state)
{
    struct seal_context where = place();
    struct seal_key key;

    seal_key_make(&key);
    struct str first = sealed(&key, &where, S("x"), *state);
    struct str second = sealed(&key, &where, S("x"), *state);
    assert_false(str_equal(first, second));
}

static void a_box_in_another_place_does_not_open(void **state)
{
    struct seal_context where = place();
    struct seal_context moved[3] = {where, where, where};
    struct seal_key key;
    struct str text;
    struct err e = {0};

    seal_key_make(&key);
    struct str box = sealed(&key, &where, S("x"), *state);
    moved[0].city = S("1280");
    moved[1].field = S("message 1");
    moved[2].id.bytes[0] ^= 1;
    for (size_t i = 0; i < 3; i++)
        assert_int_equal(seal_text_open(&key, &moved[i], box, *state, &text, &e), REFUSED);
}

static void parts_that_run_together_are_not_the_same_place(void **state)
{
    struct seal_context where = place();
    struct seal_context run;
    struct seal_key key;
    struct str text;
    struct err e = {0};

    seal_key_make(&key);
    where.city = S("12");
    where.field = S("ab");
    run = where;
    run.city = S("1");
    struct str box = sealed(&key, &where, S("x"), *state);
    assert_int_equal(seal_text_open(&key, &run, box, *state, &text, &e), REFUSED);
}

static void one_changed_bit_anywhere_does_not_open(void **state)
{
    struct seal_context where = place();
    struct seal_key key;
    struct str text;
    struct err e = {0};

    seal_key_make(&key);
    struct str box = sealed(&key, &where, S("x"), *state);
    char *bytes = arena_cstr(*state, box.p, box.n);
    for (size_t i = 0; i < box.n; i++) {
        bytes[i] ^= 4;
        assert_int_equal(seal_text_open(&key, &where, (struct str){bytes, box.n}, *state, &text, &e),
                         REFUSED);
        bytes[i] ^= 4;
    }
}

static void a_box_of_any_other_length_does_not_open(void **state)
{
    struct seal_context where = place();
    struct seal_key key;
    struct str text;
    struct err e = {0};

    seal_key_make(&key);
    struct str box = sealed(&key, &where, S("x"), *state);
    for (size_t n = 0; n < box.n; n++)
        assert_int_equal(seal_text_open(&key, &where, str_part(box, 0, n), *state, &text, &e), REFUSED);
}

static void too_long_a_text_is_told(void **state)
{
    struct seal_context where = place();
    struct seal_key key;
    struct str box;
    struct err e = {0};
    const char *text = arena_new(*state, SEAL_TEXT_MOST_BYTES + 1, char);

    seal_key_make(&key);
    assert_int_equal(seal_text(&key, &where, (struct str){text, SEAL_TEXT_MOST_BYTES + 1}, *state, &box, &e),
                     BAD_INPUT);
}

static void a_copy_opens_for_its_holder_alone(void **state)
{
    struct seal_context where = place();
    struct seal_public mine;
    struct seal_public theirs;
    struct seal_key my_secret;
    struct seal_key their_secret;
    struct seal_key key;
    struct seal_key opened;
    unsigned char copy[SEAL_COPY_BYTES];
    struct err e = {0};

    (void)state;
    seal_pair_make(&mine, &my_secret);
    seal_pair_make(&theirs, &their_secret);
    seal_key_make(&key);
    seal_key_copy(&key, &where, &mine, copy);
    struct str bytes = {(const char *)copy, sizeof copy};
    assert_int_equal(seal_key_open(&my_secret, &where, bytes, &opened, &e), OK);
    assert_memory_equal(opened.bytes, key.bytes, SEAL_KEY_BYTES);
    assert_int_equal(seal_key_open(&their_secret, &where, bytes, &opened, &e), REFUSED);
}

static void a_copy_of_another_observation_does_not_open(void **state)
{
    struct seal_context where = place();
    struct seal_context other = place();
    struct seal_public mine;
    struct seal_key secret;
    struct seal_key key;
    struct seal_key opened;
    unsigned char copy[SEAL_COPY_BYTES];
    struct err e = {0};

    (void)state;
    seal_pair_make(&mine, &secret);
    seal_key_make(&key);
    seal_key_copy(&key, &where, &mine, copy);
    assert_int_equal(
        seal_key_open(&secret, &other, (struct str){(const char *)copy, sizeof copy}, &opened, &e), REFUSED);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_ARENA(what_was_sealed_opens_again),
        WITH_ARENA(an_empty_text_is_a_text),
        WITH_ARENA(a_box_tells_no_more_of_the_length_than_whole_kilobytes),
        WITH_ARENA(the_same_text_is_never_the_same_box),
        WITH_ARENA(a_box_in_another_place_does_not_open),
        WITH_ARENA(parts_that_run_together_are_not_the_same_place),
        WITH_ARENA(one_changed_bit_anywhere_does_not_open),
        WITH_ARENA(a_box_of_any_other_length_does_not_open),
        WITH_ARENA(too_long_a_text_is_told),
        cmocka_unit_test(a_copy_opens_for_its_holder_alone),
        cmocka_unit_test(a_copy_of_another_observation_does_not_open),
    };

    return cmocka_run_group_tests_name("sealed", tests, NULL, NULL);
}

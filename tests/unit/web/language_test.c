/* Texts, numbers and dates in two languages. */
#include "base/arena.h"
#include "web/language.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static int open_arena(void **state)
{
    *state = arena_open();
    return 0;
}

static int close_arena(void **state)
{
    arena_close(*state);
    return 0;
}

/* A catalogue of one text that counts seats. */
static const struct catalogue_text seats[] = {{{"{n} plats i {room}", 18}, {"{n} platser i {room}", 20}}};
static const struct catalogue small = {LANGUAGE_SV, seats};

#define assert_text(t, expected) assert_string_equal(text_str(&(t)).p, (expected))

static void one_and_many_have_their_own_words(void **state)
{
    struct text one = text_open(*state);
    struct text many = text_open(*state);

    catalogue_write(&one, &small, 0, (struct insertion[]){insertion("n", 1), insertion("room", "sal A")}, 2);
    catalogue_write(&many, &small, 0,
                    (struct insertion[]){insertion("room", S("sal A")), insertion("n", (size_t)1200)}, 2);
    assert_text(one, "1 plats i sal A");
    assert_text(many, "1\u00a0200 platser i sal A");
}

static void an_insertion_without_a_value_is_left_as_it_stands(void **state)
{
    struct text t = text_open(*state);

    catalogue_write(&t, &small, 0, NULL, 0);
    assert_text(t, "{n} platser i {room}");
}

static void every_text_exists_in_both_languages(void **state)
{
    (void)state;
    for (enum text_key key = 0; key < TEXT_COUNT; key++) {
        assert_true(catalogue_text(catalogue_of(LANGUAGE_SV), key).n > 0);
        assert_true(catalogue_text(catalogue_of(LANGUAGE_EN), key).n > 0);
    }
}

static void whole_numbers_are_grouped_from_the_right(void **state)
{
    struct text t = text_open(*state);

    language_write_i64(&t, LANGUAGE_EN, 999);
    text_byte(&t, ' ');
    language_write_i64(&t, LANGUAGE_EN, 1000);
    text_byte(&t, ' ');
    language_write_i64(&t, LANGUAGE_SV, -1234567);
    assert_text(t, "999 1,000 \u22121\u00a0234\u00a0567");
}

static void the_smallest_number_is_written_whole(void **state)
{
    struct text t = text_open(*state);

    language_write_i64(&t, LANGUAGE_EN, INT64_MIN);
    assert_text(t, "\u22129,223,372,036,854,775,808");
}

static void decimals_are_cut_and_follow_the_language(void **state)
{
    struct text t = text_open(*state);

    language_write_f64(&t, LANGUAGE_SV, 11417.98765);
    text_byte(&t, ' ');
    language_write_f64(&t, LANGUAGE_EN, -2.50);
    text_byte(&t, ' ');
    language_write_f64(&t, LANGUAGE_SV, -0.0001);
    assert_text(t, "11\u00a0417,988 \u22122.5 0");
}

static void what_is_no_number_is_a_dash(void **state)
{
    struct text t = text_open(*state);

    language_write_f64(&t, LANGUAGE_SV, (double)INFINITY);
    assert_text(t, "\u2013");
}

static void the_largest_number_fits(void **state)
{
    struct text t = text_open(*state);

    language_write_f64(&t, LANGUAGE_EN, 1e308);
    assert_int_equal(text_str(&t).n, 309 + 102);
}

static void dates_are_written_in_words(void **state)
{
    struct text t = text_open(*state);

    language_write_date(&t, LANGUAGE_SV, (struct date){2026, 11, 24});
    text_byte(&t, ' ');
    language_write_date(&t, LANGUAGE_EN, (struct date){2026, 3, 1});
    language_write_date(&t, LANGUAGE_EN, (struct date){0, 0, 0});
    assert_text(t, "24 november 2026 1 March 2026");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(one_and_many_have_their_own_words, open_arena, close_arena),
        cmocka_unit_test_setup_teardown(an_insertion_without_a_value_is_left_as_it_stands, open_arena,
                                        close_arena),
        cmocka_unit_test(every_text_exists_in_both_languages),
        cmocka_unit_test_setup_teardown(whole_numbers_are_grouped_from_the_right, open_arena, close_arena),
        cmocka_unit_test_setup_teardown(the_smallest_number_is_written_whole, open_arena, close_arena),
        cmocka_unit_test_setup_teardown(decimals_are_cut_and_follow_the_language, open_arena, close_arena),
        cmocka_unit_test_setup_teardown(what_is_no_number_is_a_dash, open_arena, close_arena),
        cmocka_unit_test_setup_teardown(the_largest_number_fits, open_arena, close_arena),
        cmocka_unit_test_setup_teardown(dates_are_written_in_words, open_arena, close_arena),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

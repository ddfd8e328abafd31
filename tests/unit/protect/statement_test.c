/* What was done to a table, and what that hides. */
#include "protect/statement.h"

#include "../unit.h"
#include "families.h"

#include "base/json.h"
#include "base/text.h"

#include <string.h>

static struct statement state_of(const int64_t *count, size_t n, struct arena *a)
{
    unsigned char key[CUBE_KEY_BYTES] = {1};
    struct table t = families_line(count, n, a);
    struct cube cube;
    struct err e = {OK, ""};

    assert_int_equal(cube_make(&t, &(struct cube_options){0}, key, a, &cube, &e), OK);
    return statement_of(&cube);
}

static void figures_are_counted_by_how_they_are_shown(void **state)
{
    struct statement s = state_of((int64_t[]){0, 10, 5}, 3, *state);

    assert_int_equal(s.published, 4);
    assert_int_equal(s.inner, 3);
    assert_int_equal(s.fewer, 1);
    assert_int_equal(s.about, 3);
    assert_int_equal(s.inner_move, 4);
    assert_int_equal(s.margin_move, 10);
}

/* {0, 5, 10} and a table whose cells were moved to the same figures. */
static void tables_with_the_same_figures_have_the_same_statement(void **state)
{
    struct statement exact = state_of((int64_t[]){0, 5, 0}, 3, *state);
    struct statement s = state_of((int64_t[]){0, 4, 1}, 3, *state);
    struct text a = text_open(*state);
    struct text b = text_open(*state);

    statement_text(&a, &exact, CUBE_SWEDISH);
    statement_text(&b, &s, CUBE_SWEDISH);
    assert_true(str_equal(text_str(&a), text_str(&b)));
}

static void a_reader_is_told_in_both_languages(void **state)
{
    struct statement s = state_of((int64_t[]){0, 5, 10}, 3, *state);
    struct text sv = text_open(*state);
    struct text en = text_open(*state);

    statement_text(&sv, &s, CUBE_SWEDISH);
    statement_text(&en, &s, CUBE_ENGLISH);
    assert_non_null(strstr(sv.p, "1 av 4 antal visas som \"färre än 5\""));
    assert_non_null(strstr(en.p, "1 of 4 counts are shown as \"fewer than 5\""));
}

static void the_json_says_nothing_about_changes(void **state)
{
    struct statement s = state_of((int64_t[]){1, 5, 10}, 3, *state);
    struct text out = text_open(*state);
    struct json j = json_open(&out);

    json_object_begin(&j, NULL);
    statement_json(&j, &s);
    json_object_end(&j);
    assert_non_null(strstr(out.p, "\"margin_move\": 10"));
    assert_null(strstr(out.p, "changed"));
    assert_null(strstr(out.p, "exact"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_ARENA(figures_are_counted_by_how_they_are_shown),
        WITH_ARENA(tables_with_the_same_figures_have_the_same_statement),
        WITH_ARENA(a_reader_is_told_in_both_languages),
        WITH_ARENA(the_json_says_nothing_about_changes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

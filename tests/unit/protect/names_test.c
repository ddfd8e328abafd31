/* Names that may stand in a published table. */
#include "protect/names.h"

#include "../unit.h"

#include "protect/table.h"

#include <string.h>

static void assert_refused(struct str name, const char *says, struct arena *a)
{
    struct str *copy = NULL;
    struct err e = {OK, ""};

    assert_int_equal(names_copy(&name, 1, "a category", a, &copy, &e), BAD_INPUT);
    assert_says(e, says);
}

static void names_that_would_confuse_are_refused(void **state)
{
    char *long_name = arena_new(*state, TABLE_MAX_NAME_BYTES + 1, char);

    memset(long_name, 'a', TABLE_MAX_NAME_BYTES + 1);
    assert_refused(S(""), "a category has an empty name", *state);
    assert_refused(S("Total"), "\"Total\"", *state);
    assert_refused(S("a\nb"), "line end", *state);
    assert_refused(S("\xE5"), "not UTF-8", *state);
    assert_refused(S("\xEF\xBB\xBF"
                     "a"),
                   "byte-order mark", *state);
    assert_refused((struct str){long_name, TABLE_MAX_NAME_BYTES + 1}, "201 bytes", *state);
}

static void swedish_names_are_copied(void **state)
{
    struct str *copy = NULL;
    struct err e;

    assert_int_equal(
        names_copy((struct str[]){S("Väster"), S("15-17 år")}, 2, "a category", *state, &copy, &e), OK);
    assert_str(copy[1], "15-17 år");
}

static void a_column_of_figures_is_no_name_of_a_dimension(void **state)
{
    struct err e;

    (void)state;
    assert_int_equal(names_check_column(S("shown"), "a dimension", &e), BAD_INPUT);
    assert_int_equal(names_check_column(S("showing"), "a dimension", &e), OK);
}

static void a_name_twice_is_told(void **state)
{
    struct err e;

    (void)state;
    assert_int_equal(names_check_differ((struct str[]){S("b"), S("a"), S("b")}, 3, &e), BAD_INPUT);
    assert_says(e, "\"b\" is there twice");
    assert_int_equal(names_check_differ((struct str[]){S("b"), S("a"), S("ab")}, 3, &e), OK);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_ARENA(names_that_would_confuse_are_refused),
        WITH_ARENA(swedish_names_are_copied),
        WITH_ARENA(a_column_of_figures_is_no_name_of_a_dimension),
        WITH_ARENA(a_name_twice_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

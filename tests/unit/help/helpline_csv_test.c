/* Numbers to call, read from CSV. */
#include "help/helpline.h"
#include "public/public.h"

#include "../unit.h"

#include <string.h>

#define HEADER "id,number,tel,sv,en,hours_sv,hours_en,circles,checked_on,status\n"

static enum status read(void **state, const char *csv, struct helplines *out, struct err *e)
{
    return helplines_read("h.csv", str_of(csv), S("sv"), *state, out, e);
}

static void a_number_is_for_all_the_circles_it_names(void **state)
{
    struct helplines lines;
    struct err e;

    assert_int_equal(
        read(state, HEADER "a,114 14,11414,Polisen,Police,,,now;seen,2026-11-01,verified\n", &lines, &e), OK);
    assert_int_equal(lines.line[0].circles, HELPLINE_NOW | HELPLINE_SEEN);
    assert_true(lines.line[0].is_verified);
    assert_int_equal(lines.line[0].checked_on.month, 11);
}

static void a_number_that_no_telephone_can_call_is_refused(void **state)
{
    struct helplines lines;
    struct err e;

    assert_int_equal(read(state, HEADER "a,1,tel:112,x,x,,,now,,granskas\n", &lines, &e), BAD_INPUT);
    assert_says(e, "h.csv:2:3");
}

static void a_verified_number_needs_the_day_it_was_checked(void **state)
{
    struct helplines lines;
    struct err e;

    assert_int_equal(read(state, HEADER "a,112,112,x,x,,,now,,verified\n", &lines, &e), BAD_INPUT);
    assert_says(e, "needs the day");
}

static void an_unknown_circle_or_status_is_refused(void **state)
{
    struct helplines lines;
    struct err e;

    assert_int_equal(read(state, HEADER "a,112,112,x,x,,,nobody,,granskas\n", &lines, &e), BAD_INPUT);
    assert_says(e, "nobody");
    assert_int_equal(read(state, HEADER "a,112,112,x,x,,,now,,perhaps\n", &lines, &e), BAD_INPUT);
    assert_says(e, "perhaps");
}

static void a_missing_column_is_named(void **state)
{
    struct helplines lines;
    struct err e;

    assert_int_equal(read(state, "id,number\na,112\n", &lines, &e), BAD_INPUT);
    assert_says(e, "\"tel\"");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_ARENA(a_number_is_for_all_the_circles_it_names),
        WITH_ARENA(a_number_that_no_telephone_can_call_is_refused),
        WITH_ARENA(a_verified_number_needs_the_day_it_was_checked),
        WITH_ARENA(an_unknown_circle_or_status_is_refused),
        WITH_ARENA(a_missing_column_is_named),
    };

    return cmocka_run_group_tests_name("helpline_csv", tests, NULL, NULL);
}

/* What is counted of answers, and under what. */
#include "../unit.h"

#include "web/exchange.h"
#include "web/tally.h"

static const struct route page = {.method = "GET", .pattern = "/", .permission = ROUTE_ANYONE};
static const struct route own_form = {.method = "POST", .pattern = "/plan", .permission = ROUTE_PERMISSIONS};

static void a_page_for_everyone_is_counted_as_one(void **state)
{
    struct tally t = {0};
    struct exchange x = {.match = {.route = &page}};

    (void)state;
    tally_add(&t, &x, 200, 3);
    tally_add(&t, &x, 404, 3);
    assert_int_equal(t.answers[TALLY_PAGE][1], 1);
    assert_int_equal(t.answers[TALLY_PAGE][3], 1);
    assert_int_equal(t.took_ms[TALLY_PAGE], 6);
}

static void a_form_for_who_has_signed_in_is_counted_apart(void **state)
{
    struct tally t = {0};
    struct exchange x = {.match = {.route = &own_form}};

    (void)state;
    tally_add(&t, &x, 303, 3);
    assert_int_equal(t.answers[TALLY_PORTAL_FORM][2], 1);
    assert_int_equal(t.answers[TALLY_PAGE][2], 0);
}

static void a_time_is_counted_at_the_first_step_that_is_no_shorter(void **state)
{
    struct tally t = {0};
    struct exchange x = {.match = {.route = NULL}};

    (void)state;
    for (size_t i = 0; i < TALLY_STEPS; i++)
        tally_add(&t, &x, 404, tally_step_ms[i]);
    tally_add(&t, &x, 404, tally_step_ms[TALLY_STEPS - 1] + 1);
    for (size_t i = 0; i <= TALLY_STEPS; i++)
        assert_int_equal(t.took[TALLY_OTHER][i], 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_page_for_everyone_is_counted_as_one),
        cmocka_unit_test(a_form_for_who_has_signed_in_is_counted_apart),
        cmocka_unit_test(a_time_is_counted_at_the_first_step_that_is_no_shorter),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* Routes: found by method and path, checked when the program starts. */
#include "web/route.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static enum status answer(const struct request *r, struct response *out, struct err *e)
{
    (void)r;
    (void)out;
    (void)e;
    return OK;
}

#define ROUTE(m, p)                                                                                          \
    {                                                                                                        \
        .method = (m), .pattern = (p), .permission = ROUTE_ANYONE, .handle = answer                          \
    }

static const struct route plan[] = {
    ROUTE("GET", "/"),
    ROUTE("GET", "/plan"),
    ROUTE("GET", "/plan/measure/:id"),
    ROUTE("POST", "/plan/measure/:id"),
    ROUTE("GET", "/plan/:name/note/:id"),
    {.method = NULL},
};
static const struct route *const tables[] = {plan, NULL};

static const struct route *found(const char *method, const char *path, struct route_match *m)
{
    return route_find(tables, str_of(method), str_of(path), m) ? m->route : NULL;
}

static void a_route_is_found_by_method_and_path(void **state)
{
    struct route_match m;

    (void)state;
    assert_ptr_equal(found("GET", "/", &m), &plan[0]);
    assert_ptr_equal(found("GET", "/plan", &m), &plan[1]);
    assert_true(m.is_path_known);
    assert_ptr_equal(found("POST", "/plan/measure/3", &m), &plan[3]);
}

static void head_is_answered_by_the_route_for_get(void **state)
{
    struct route_match m;

    (void)state;
    assert_ptr_equal(found("HEAD", "/plan", &m), &plan[1]);
}

static void parameters_are_cut_from_the_path(void **state)
{
    struct route_match m;

    (void)state;
    assert_ptr_equal(found("GET", "/plan/mal-1.2/note/17", &m), &plan[4]);
    assert_int_equal(m.n, 2);
    assert_true(str_is(m.params[0].name, "name") && str_is(m.params[0].value, "mal-1.2"));
    assert_true(str_is(m.params[1].name, "id") && str_is(m.params[1].value, "17"));
}

static void a_path_that_is_longer_shorter_or_other_is_not_found(void **state)
{
    static const char *const paths[] = {
        "/pla", "/plan/", "/plan/measure", "/plan/measure/", "/plan/measure/3/4", ""};
    struct route_match m;

    (void)state;
    for (size_t i = 0; i < sizeof paths / sizeof paths[0]; i++) {
        assert_false(route_find(tables, S("GET"), str_of(paths[i]), &m));
        assert_false(m.is_path_known);
    }
}

static void an_id_is_a_whole_number_from_one_on(void **state)
{
    struct route_match m;

    (void)state;
    assert_non_null(found("GET", "/plan/measure/1", &m));
    assert_null(found("GET", "/plan/measure/0", &m));
    assert_null(found("GET", "/plan/measure/-1", &m));
    assert_null(found("GET", "/plan/measure/9223372036854775808", &m));
    assert_non_null(found("GET", "/plan/measure/9223372036854775807", &m));
}

static void a_name_is_of_letters_and_digits_from_the_first_to_the_last(void **state)
{
    struct route_match m;

    (void)state;
    assert_non_null(found("GET", "/plan/azAZ09-_.~/note/1", &m));
    assert_null(found("GET", "/plan/a`/note/1", &m));
    assert_null(found("GET", "/plan/a{/note/1", &m));
    assert_null(found("GET", "/plan/a@/note/1", &m));
    assert_null(found("GET", "/plan/a[/note/1", &m));
    assert_null(found("GET", "/plan/!a/note/1", &m));
}

static void a_name_has_a_hundred_letters_at_most(void **state)
{
    char path[6 + 101 + 8 + 1];
    struct route_match m;

    (void)state;
    (void)snprintf(path, sizeof path, "/plan/%0100d/note/1", 0);
    assert_non_null(found("GET", path, &m));
    (void)snprintf(path, sizeof path, "/plan/%0101d/note/1", 0);
    assert_null(found("GET", path, &m));
}

static void a_name_holds_nothing_that_leads_elsewhere(void **state)
{
    struct route_match m;

    (void)state;
    assert_null(found("GET", "/plan/../note/1", &m));
    assert_null(found("GET", "/plan/.git/note/1", &m));
    assert_null(found("GET", "/plan/a b/note/1", &m));
    assert_null(found("GET", "/plan/å/note/1", &m));
    assert_null(found("GET", "/plan//note/1", &m));
}

static void a_known_path_tells_the_methods_it_takes(void **state)
{
    struct route_match m;

    (void)state;
    assert_null(found("DELETE", "/plan/measure/3", &m));
    assert_true(m.is_path_known && m.takes_get && m.takes_post);
    assert_null(found("POST", "/plan", &m));
    assert_true(m.is_path_known && m.takes_get && !m.takes_post);
}

/* The sentence of routes_check for a table of `r` alone, empty when it is right. */
static const char *fault_of(struct route r, struct err *e)
{
    const struct route table[] = {r, {.method = NULL}};
    const struct route *const one[] = {table, NULL};

    *e = (struct err){OK, ""};
    return routes_check(one, NULL, 0, e) == OK ? "" : e->what;
}

static void a_permission_is_for_who_has_one_of_its_roles(void **state)
{
    static const struct route_permission two[] = {{"nobody", UINT32_MAX}, {"anyone", 0}, {"plan.read", 6}};

    (void)state;
    assert_true(route_may(two, 3, ROUTE_ANYONE, 0));
    assert_false(route_may(two, 3, ROUTE_NOBODY, UINT32_MAX));
    assert_true(route_may(two, 3, 2, 2));
    assert_true(route_may(two, 3, 2, 12));
    assert_false(route_may(two, 3, 2, 9));
    assert_false(route_may(two, 2, 2, 6));
}

static void what_may_come_from_anywhere_is_for_anyone_alone(void **state)
{
    static const struct route_permission two[] = {{"nobody", 0}, {"anyone", 1}, {"plan.read", 6}};
    const struct route table[] = {{.method = "POST",
                                   .pattern = "/x",
                                   .permission = 2,
                                   .handle = answer,
                                   .posted_from = ROUTE_FROM_ANYWHERE},
                                  {.method = NULL}};
    const struct route *const one[] = {table, NULL};
    struct route open = ROUTE("POST", "/x");
    struct err e;

    (void)state;
    assert_int_equal(routes_check(one, two, 3, &e), SYSTEM);
    open.posted_from = ROUTE_FROM_ANYWHERE;
    assert_string_equal(fault_of(open, &e), "");
}

static void as_many_parameters_as_there_is_room_for_pass(void **state)
{
    struct err e;

    (void)state;
    assert_string_equal(fault_of((struct route)ROUTE("GET", "/:a/:b/:c/:d"), &e), "");
    assert_string_equal(fault_of((struct route)ROUTE("GET", "/a/b/c/d/e/:f"), &e), "");
}

static void whole_routes_pass(void **state)
{
    struct err e = {OK, ""};

    (void)state;
    assert_int_equal(routes_check(tables, NULL, 0, &e), OK);
}

static void a_route_without_a_permission_is_refused(void **state)
{
    struct err e;

    (void)state;
    assert_string_equal(fault_of((struct route){.method = "GET", .pattern = "/x", .handle = answer}, &e),
                        "route GET /x: has no permission that somebody has: say who may use it");
}

static void a_route_that_is_not_whole_is_refused(void **state)
{
    static const struct route wrong[] = {
        {.method = "GET", .pattern = "/x", .permission = ROUTE_ANYONE},
        ROUTE("PUT", "/x"),
        ROUTE("GET", "x"),
        ROUTE("GET", "/x//y"),
        ROUTE("GET", "/x/"),
        ROUTE("GET", "/x/:"),
        ROUTE("GET", "/å"),
        ROUTE("GET", "/:a/:b/:c/:d/:e"),
    };
    struct err e;

    (void)state;
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++)
        assert_true(strlen(fault_of(wrong[i], &e)) > 0);
}

static void a_route_that_stands_twice_is_refused(void **state)
{
    static const struct route again[] = {ROUTE("GET", "/plan"), {.method = NULL}};
    static const struct route *const two_rooms[] = {plan, again, NULL};
    struct err e = {OK, ""};

    (void)state;
    assert_int_equal(routes_check(two_rooms, NULL, 0, &e), SYSTEM);
    assert_string_equal(e.what, "route GET /plan: stands twice");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_route_is_found_by_method_and_path),
        cmocka_unit_test(head_is_answered_by_the_route_for_get),
        cmocka_unit_test(parameters_are_cut_from_the_path),
        cmocka_unit_test(a_path_that_is_longer_shorter_or_other_is_not_found),
        cmocka_unit_test(an_id_is_a_whole_number_from_one_on),
        cmocka_unit_test(a_name_holds_nothing_that_leads_elsewhere),
        cmocka_unit_test(a_known_path_tells_the_methods_it_takes),
        cmocka_unit_test(a_name_is_of_letters_and_digits_from_the_first_to_the_last),
        cmocka_unit_test(a_name_has_a_hundred_letters_at_most),
        cmocka_unit_test(a_permission_is_for_who_has_one_of_its_roles),
        cmocka_unit_test(what_may_come_from_anywhere_is_for_anyone_alone),
        cmocka_unit_test(as_many_parameters_as_there_is_room_for_pass),
        cmocka_unit_test(whole_routes_pass),
        cmocka_unit_test(a_route_without_a_permission_is_refused),
        cmocka_unit_test(a_route_that_is_not_whole_is_refused),
        cmocka_unit_test(a_route_that_stands_twice_is_refused),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* The accessibility statement leaves no page out: every page that everyone may use has a row in the results
 * of the tests, and every row is a page. */
#include "../portal/route_walk.h"
#include "../scratch.h"
#include "../unit.h"

#include "portal/permission.h"
#include "public/accessibility.h"
#include "web/route.h"

#include <string.h>

/* Files to fetch, pictures, and the way out are no pages. */
static bool is_page(const struct route *route)
{
    static const char *const files[] = {"/bilder/:file",
                                        "/kartlaggning/:name/bild/:file",
                                        "/lamna",
                                        "/kartlaggning/:name/:file",
                                        "/summor/:link/:file",
                                        "/tillsammans/:id/:file",
                                        "/forskning/atkomst/:token/:file",
                                        "/forskning/:id/:file",
                                        "/granskning/:token/:file"};
    const char *last = strrchr(route->pattern, '/');

    for (size_t i = 0; i < sizeof files / sizeof *files; i++)
        if (strcmp(route->pattern, files[i]) == 0)
            return false;
    return strchr(last, '.') == NULL;
}

static bool is_for_everyone(const struct route *route)
{
    return strcmp(route->method, "GET") == 0 &&
           permission_has((enum permission)route->permission, ROLE_BIT(ROLE_READER));
}

static const struct accessibility_page *row_of(const struct accessibility *all, const char *path)
{
    for (size_t i = 0; i < all->n; i++)
        if (str_is(all->page[i].path, path))
            return &all->page[i];
    return NULL;
}

static void every_page_for_everyone_has_a_row(void **state)
{
    struct scratch *s = *state;
    struct accessibility all;
    struct walk w = {0};
    struct err e = {0};
    size_t pages = 0;

    assert_int_equal(accessibility_read(s->arena, &all, &e), OK);
    for (const struct route *route = walk_next(&w); route; route = walk_next(&w)) {
        if (!is_for_everyone(route) || !is_page(route))
            continue;
        pages++;
        if (!row_of(&all, route->pattern))
            fail_msg("%s has no row in src/public/accessibility.csv", route->pattern);
    }
    assert_int_equal(all.n, pages); /* and no row is left over */
}

static void most_pages_are_tested_and_each_is_named_in_both_languages(void **state)
{
    struct scratch *s = *state;
    struct accessibility all;
    struct err e = {0};

    assert_int_equal(accessibility_read(s->arena, &all, &e), OK);
    assert_true(all.tested > all.n / 2);
    assert_true(all.last_on.year >= 2026 && all.tool.n > 0);
    for (size_t i = 0; i < all.n; i++) {
        assert_true(all.page[i].name[LANGUAGE_SV].n > 0 && all.page[i].name[LANGUAGE_EN].n > 0);
        assert_true(row_of(&all, arena_cstr(s->arena, all.page[i].path.p, all.page[i].path.n)) ==
                    &all.page[i]); /* stands once */
    }
}

#define HEAD "page,sv,en,tested,tool,faults\n"

static void what_was_tested_and_what_failed_is_counted(void **state)
{
    static const char rows[] =
        HEAD "/a,A,A,2026-11-24,ett,\n/b,B,B,2026-11-26,\"två, tre\",color-contrast list\n/c,C,C,,,\n";
    struct scratch *s = *state;
    struct accessibility all;
    struct err e = {0};

    assert_int_equal(accessibility_from(str_of(rows), s->arena, &all, &e), OK);
    assert_int_equal(all.n, 3);
    assert_int_equal(all.tested, 2);
    assert_int_equal(all.failed, 1);
    assert_true(date_equal(all.last_on, (struct date){2026, 11, 26}) && str_is(all.tool, "två, tre"));
    assert_int_equal(all.page[2].tested_on.year, 0);
}

static void a_day_that_is_none_and_faults_of_what_was_not_tested_are_told(void **state)
{
    static const char *const wrong[] = {HEAD "/a,A,A,igår,x,\n", HEAD "/a,A,A,,,list\n", "page,sv\n/a,A\n"};
    struct scratch *s = *state;

    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        struct accessibility all;
        struct err e = {0};

        assert_int_equal(accessibility_from(str_of(wrong[i]), s->arena, &all, &e), BAD_INPUT);
        assert_non_null(strstr(e.what, "accessibility.csv:"));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_page_for_everyone_has_a_row),
        cmocka_unit_test(most_pages_are_tested_and_each_is_named_in_both_languages),
        cmocka_unit_test(what_was_tested_and_what_failed_is_counted),
        cmocka_unit_test(a_day_that_is_none_and_faults_of_what_was_not_tested_are_told),
    };

    return cmocka_run_group_tests_name("the accessibility of pages", tests, scratch_open, scratch_close);
}

/* The example cities' counts are those that were published. */
#include "../unit.h"

#include "base/arena.h"
#include "base/file.h"
#include "base/text.h"
#include "estimate/counts.h"
#include "mapping/example.h"

#include <string.h>

/* Of whom each city has the counts, as tests/data/mse/ScotPWID_strata.csv writes it, and how many they are.
 */
static const struct {
    const char *group;
    size_t rows;
} groups[EXAMPLE_TOWNS] = {
    {"Rest,Male,Young", 14}, {"Rest,Male,Old", 11},    {"Rest,Female,Young", 12},
    {"Rest,Female,Old", 10}, {"GGC,Female,Young", 10},
};

static void a_city_has_the_published_counts_of_its_group(void **state)
{
    struct arena *a = *state;
    struct str published = {NULL, 0};
    struct err e;

    assert_int_equal(file_read(TEST_DATA "/mse/ScotPWID_strata.csv", 1 << 20, a, &published, &e), OK);
    for (size_t i = 0; i < EXAMPLE_TOWNS; i++) {
        struct str rest = str_of(example_towns[i].histories);
        struct str line;
        size_t rows = 0;

        assert_true(str_cut(rest, '\n', &line, &rest));
        for (; str_cut(rest, '\n', &line, &rest); rows++) {
            const char *row = arena_printf(a, "\n%.*s,%s,%.*s\n", 7, line.p, groups[i].group,
                                           (int)(line.n - 8), line.p + 8);

            assert_non_null(strstr(published.p, row));
        }
        assert_int_equal(rows, groups[i].rows);
    }
}

static void the_cities_have_the_same_lists(void **state)
{
    struct arena *a = *state;

    for (size_t i = 0; i < EXAMPLE_TOWNS; i++) {
        struct counts c;
        struct err e;

        assert_int_equal(counts_read(&c, "x.csv", str_of(example_towns[i].histories), a, &e), OK);
        assert_int_equal(c.lists, 4);
        assert_str(c.list[0], "SER");
        assert_str(c.list[3], "HCV");
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_ARENA(a_city_has_the_published_counts_of_its_group),
        WITH_ARENA(the_cities_have_the_same_lists),
    };

    return cmocka_run_group_tests_name("mapping example", tests, NULL, NULL);
}

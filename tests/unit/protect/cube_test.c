/* The frozen cube. */
#include "protect/cube.h"

#include "../unit.h"
#include "families.h"

#include "base/text.h"

#include <math.h>
#include <string.h>

static struct cube make(const struct table *t, struct cube_options options, unsigned char first,
                        unsigned char second, struct arena *a)
{
    unsigned char key[CUBE_KEY_BYTES] = {first, second};
    struct cube cube;
    struct err e = {OK, ""};

    if (cube_make(t, &options, key, a, &cube, &e) != OK)
        fail_msg("%s", e.what);
    return cube;
}

/* Of `keys` keys, the share with which category `i` of the line of counts becomes `n`. */
static double share(const int64_t *count, size_t cells, size_t i, int64_t n, struct arena *a)
{
    enum { KEYS = 4000 };
    struct table t = families_line(count, cells, a);
    int hits = 0;

    for (int k = 0; k < KEYS; k++)
        hits += make(&t, (struct cube_options){0}, (unsigned char)(k / 256), (unsigned char)(k % 256), a)
                    .n[1 + i] == n;
    return hits / (double)KEYS;
}

/* Five standard errors at 4,000 keys: fails by chance in one of a million. */
static const double five_errors = 0.04;

static void four_cells_keep_their_total_and_two_of_them_go_up(void **state)
{
    struct table t = families_line((int64_t[]){3, 3, 3, 1}, 4, *state);

    for (unsigned char k = 0; k < 200; k++) {
        struct cube c = make(&t, (struct cube_options){0}, k, 0, *state);
        int fives = 0;

        assert_int_equal(c.n[0], 10);
        for (size_t i = 1; i <= 4; i++)
            fives += c.n[i] == 5;
        assert_int_equal(fives, 2);
    }
}

static void a_cell_of_1_among_cells_of_3_goes_up_one_time_in_five(void **state)
{
    assert_true(fabs(share((int64_t[]){3, 3, 3, 1}, 4, 3, 5, *state) - 0.2) < five_errors);
}

static void a_lone_3_becomes_5_with_probability_three_fifths(void **state)
{
    assert_true(fabs(share((int64_t[]){3}, 1, 0, 5, *state) - 0.6) < five_errors);
}

static void a_lone_7_becomes_10_with_probability_two_fifths(void **state)
{
    assert_true(fabs(share((int64_t[]){7}, 1, 0, 10, *state) - 0.4) < five_errors);
}

static void multiples_of_the_base_stay(void **state)
{
    struct table t = families_line((int64_t[]){5, 0, 10}, 3, *state);
    struct cube c = make(&t, (struct cube_options){0}, 1, 0, *state);

    assert_memory_equal(c.n, ((int64_t[]){15, 5, 0, 10}), 4 * sizeof(int64_t));
}

static void an_empty_table_is_shown_as_few_and_never_as_none(void **state)
{
    struct table t = families_line((int64_t[]){0, 0}, 2, *state);
    struct cube c = make(&t, (struct cube_options){0}, 1, 0, *state);

    assert_int_equal(cube_cell(&c, 0).display, CUBE_AT_MOST);
    assert_int_equal(cube_cell(&c, 1).display, CUBE_FEWER);
    assert_int_equal(cube_cell(&c, 1).hi, 4);
}

static void the_same_key_gives_the_same_figures_and_another_key_others(void **state)
{
    struct table t = families_a(*state);
    size_t bytes = t.shape.published * sizeof(int64_t);
    struct cube c = make(&t, (struct cube_options){0}, 1, 0, *state);

    assert_memory_equal(c.n, make(&t, (struct cube_options){0}, 1, 0, *state).n, bytes);
    assert_memory_not_equal(c.n, make(&t, (struct cube_options){0}, 2, 0, *state).n, bytes);
}

static void another_id_gives_other_figures(void **state)
{
    struct table t = families_a(*state);
    struct cube c = make(&t, (struct cube_options){.id = S("1281/2025")}, 1, 0, *state);
    struct cube d = make(&t, (struct cube_options){.id = S("1281/2026")}, 1, 0, *state);

    assert_memory_not_equal(c.n, d.n, t.shape.published * sizeof(int64_t));
}

/* Mean and root mean square of the difference over the cells that are not empty, averaged over `keys` keys.
 */
static void loss(const struct table *t, unsigned char keys, double *mean, double *rms, struct arena *a)
{
    int64_t *exact = arena_new(a, t->shape.published, int64_t);

    table_sum(&t->shape, t->count, exact);
    *mean = *rms = 0;
    for (unsigned char k = 0; k < keys; k++) {
        struct cube c = make(t, (struct cube_options){0}, k, 0, a);
        double cells = 0, absolute = 0, square = 0;

        for (size_t i = 0; i < t->shape.published; i++) {
            double move = (double)(c.n[i] - exact[i]);

            cells += exact[i] > 0;
            absolute += exact[i] > 0 ? fabs(move) : 0;
            square += exact[i] > 0 ? move * move : 0;
        }
        *mean += absolute / cells / keys;
        *rms += sqrt(square / cells) / keys;
    }
}

static void family_a_loses_no_more_than_peers_lose(void **state)
{
    struct table t = families_a(*state);
    double mean = 0;
    double rms = 0;

    loss(&t, 20, &mean, &rms, *state);
    assert_in_range((uintmax_t)(1000 * mean), 1780, 1900); /* peers: 1.817 */
    assert_in_range((uintmax_t)(1000 * rms), 2130, 2290);  /* peers: 2.20 */
}

static void family_b_loses_no_more_than_peers_lose(void **state)
{
    struct table t = families_b(*state);
    double mean = 0;
    double rms = 0;

    loss(&t, 3, &mean, &rms, *state);
    assert_in_range((uintmax_t)(1000 * mean), 2000, 2160); /* peers: 2.135 */
    assert_in_range((uintmax_t)(1000 * rms), 2480, 2680);  /* peers: 2.646 */
}

/* So that no shown figure comes from one count alone. */
static void a_cell_of_n_goes_up_about_n_times_in_five(void **state)
{
    static const unsigned char keys = 30;
    struct table t = families_a(*state);
    double up[5] = {0};
    double all[5] = {0};

    for (unsigned char k = 0; k < keys; k++) {
        struct cube c = make(&t, (struct cube_options){0}, k, 0, *state);

        for (size_t cell = 0; cell < t.shape.published; cell++) {
            size_t i = 0;

            if (!table_is_inner(&t.shape, cell, &i) || t.count[i] == 0 || t.count[i] > 4)
                continue;
            up[t.count[i]] += c.n[cell] == 5;
            all[t.count[i]]++;
        }
    }
    for (int n = 1; n <= 4; n++)
        assert_true(fabs(up[n] / all[n] - n / 5.0) < 0.08);
}

static void being_on_no_list_is_shown_as_impossible(void **state)
{
    struct table t;
    struct err e;
    size_t cell = 0;

    assert_int_equal(
        table_make_histories(&(struct table_histories){.lists = 2, .list = (struct str[]){S("a"), S("b")}},
                             *state, &t, &e),
        OK);
    t.count[table_inner_of_history(&t.shape, 2, 3, NULL)] = 7;
    struct cube c = make(&t, (struct cube_options){0}, 1, 0, *state);
    assert_true(table_find(&t.shape, (struct str[]){S("0"), S("0")}, &cell));
    assert_int_equal(cube_cell(&c, cell).display, CUBE_ZERO);
    assert_int_equal(cube_cell(&c, cell).hi, 0);
}

static void a_sum_of_one_possible_cell_is_shown_as_that_cell(void **state)
{
    struct table t;
    struct err e;
    size_t cell = 0;

    assert_int_equal(
        table_make_histories(&(struct table_histories){.lists = 2, .list = (struct str[]){S("a"), S("b")}},
                             *state, &t, &e),
        OK);
    struct cube c = make(&t, (struct cube_options){0}, 1, 0, *state);
    assert_true(table_find(&t.shape, (struct str[]){S("0"), S("Total")}, &cell));
    assert_int_equal(cube_cell(&c, cell).display, CUBE_FEWER);
    assert_int_equal(cube_cell(&c, cell).hi, 4);
}

static void base_10_hides_everything_below_10(void **state)
{
    struct table t = families_line((int64_t[]){9, 1, 0, 14}, 4, *state);
    struct cube c = make(&t, (struct cube_options){.base = CUBE_CHILDREN_BASE}, 1, 0, *state);

    for (size_t i = 0; i <= 4; i++)
        assert_int_equal(c.n[i] % 10, 0);
    assert_int_equal(cube_cell(&c, 3).hi, 9);
    assert_int_equal(cube_cell(&c, 0).hi - c.n[0], 20);
}

static void a_base_below_5_is_refused(void **state)
{
    unsigned char key[CUBE_KEY_BYTES] = {0};
    struct table t = families_line((int64_t[]){1}, 1, *state);
    struct cube c;
    struct err e;

    assert_int_equal(cube_make(&t, &(struct cube_options){.base = 3}, key, *state, &c, &e), USAGE);
    assert_says(e, "base 3");
}

static void a_negative_count_is_refused(void **state)
{
    unsigned char key[CUBE_KEY_BYTES] = {0};
    struct table t = families_line((int64_t[]){4, -1}, 2, *state);
    struct cube c;
    struct err e;

    assert_int_equal(cube_make(&t, &(struct cube_options){0}, key, *state, &c, &e), BAD_INPUT);
}

static void assert_shown(const struct cube *c, size_t cell, const char *swedish, const char *english,
                         struct arena *a)
{
    struct cube_cell figure = cube_cell(c, cell);
    struct text sv = text_open(a);
    struct text en = text_open(a);

    cube_put_shown(&sv, c, &figure, CUBE_SWEDISH);
    cube_put_shown(&en, c, &figure, CUBE_ENGLISH);
    assert_string_equal(sv.p, swedish);
    assert_string_equal(en.p, english);
}

static void figures_are_shown_in_both_languages(void **state)
{
    struct table t = families_line((int64_t[]){0, 15}, 2, *state);
    struct table empty = families_line((int64_t[]){0, 0}, 2, *state);
    struct cube c = make(&t, (struct cube_options){0}, 1, 0, *state);
    struct cube d = make(&empty, (struct cube_options){0}, 1, 0, *state);

    assert_shown(&c, 1, "färre än 5", "fewer than 5", *state);
    assert_shown(&c, 2, "cirka 15", "about 15", *state);
    assert_shown(&d, 0, "högst 10", "at most 10", *state);
}

/* Whichever cell it stands in, the first and the last among them. */
static void a_count_that_none_can_be_is_refused(void **state)
{
    static const int64_t wrong[] = {-1, INT64_MIN, (int64_t)TABLE_MAX_COUNT + 1};
    unsigned char key[CUBE_KEY_BYTES] = {1};
    struct table t = families_e1(*state);
    struct cube *cube = arena_new(*state, 1, struct cube);
    struct err e;

    for (size_t i = 0; i < t.shape.inner; i++)
        for (size_t k = 0; k < sizeof wrong / sizeof *wrong; k++) {
            int64_t right = t.count[i];

            t.count[i] = wrong[k];
            assert_int_equal(cube_make(&t, &(struct cube_options){0}, key, *state, cube, &e), BAD_INPUT);
            t.count[i] = right;
        }
    assert_int_equal(cube_make(&t, &(struct cube_options){0}, key, *state, cube, &e), OK);
}

static void the_name_of_a_cube_has_room_for_so_many_bytes_and_no_more(void **state)
{
    unsigned char key[CUBE_KEY_BYTES] = {1};
    struct table t = families_e1(*state);
    struct cube *cube = arena_new(*state, 1, struct cube);
    struct err e;

    char *name = memset(arena_new(*state, TABLE_MAX_NAME_BYTES + 1, char), 'x', TABLE_MAX_NAME_BYTES + 1);
    for (size_t more = 0; more < 2; more++) {
        const struct str n = {name, TABLE_MAX_NAME_BYTES + more};
        const struct cube_options options[] = {{.id = n}, {.profile = n}};

        for (size_t k = 0; k < 2; k++)
            assert_int_equal(cube_make(&t, &options[k], key, *state, cube, &e), more ? USAGE : OK);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_ARENA(four_cells_keep_their_total_and_two_of_them_go_up),
        WITH_ARENA(a_cell_of_1_among_cells_of_3_goes_up_one_time_in_five),
        WITH_ARENA(a_lone_3_becomes_5_with_probability_three_fifths),
        WITH_ARENA(a_lone_7_becomes_10_with_probability_two_fifths),
        WITH_ARENA(multiples_of_the_base_stay),
        WITH_ARENA(an_empty_table_is_shown_as_few_and_never_as_none),
        WITH_ARENA(the_same_key_gives_the_same_figures_and_another_key_others),
        WITH_ARENA(another_id_gives_other_figures),
        WITH_ARENA(family_a_loses_no_more_than_peers_lose),
        WITH_ARENA(family_b_loses_no_more_than_peers_lose),
        WITH_ARENA(a_cell_of_n_goes_up_about_n_times_in_five),
        WITH_ARENA(being_on_no_list_is_shown_as_impossible),
        WITH_ARENA(a_sum_of_one_possible_cell_is_shown_as_that_cell),
        WITH_ARENA(base_10_hides_everything_below_10),
        WITH_ARENA(a_base_below_5_is_refused),
        WITH_ARENA(a_negative_count_is_refused),
        WITH_ARENA(figures_are_shown_in_both_languages),
        WITH_ARENA(a_count_that_none_can_be_is_refused),
        WITH_ARENA(the_name_of_a_cube_has_room_for_so_many_bytes_and_no_more),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

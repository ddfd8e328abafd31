/* A protected table as CSV. */
#include "protect/published.h"

#include "../unit.h"
#include "families.h"

#include "base/text.h"
#include "protect/bounds.h"

#include <string.h>

static struct cube *make(const struct table *t, unsigned char first, struct arena *a)
{
    unsigned char key[CUBE_KEY_BYTES] = {first};
    struct cube *cube = arena_new(a, 1, struct cube);
    struct err e = {OK, ""};

    assert_int_equal(cube_make(t, &(struct cube_options){0}, key, a, cube, &e), OK);
    return cube;
}

static struct str write(const struct table *t, unsigned char first, struct arena *a)
{
    struct text out = text_open(a);

    published_write(&out, make(t, first, a), CUBE_SWEDISH);
    return text_str(&out);
}

static enum status read_text(const char *text, struct published *out, void **state, struct err *e)
{
    return published_read("p.csv", str_of(text), *state, out, e);
}

static void every_cell_has_a_row_in_canonical_order(void **state)
{
    struct table t = families_line((int64_t[]){0, 10}, 2, *state);

    assert_str(write(&t, 1, *state), "x,n,lo,hi,shown\n"
                                     "Total,10,0,20,cirka 10\n"
                                     "c0,0,0,4,färre än 5\n"
                                     "c1,10,6,14,cirka 10\n");
}

static void the_same_key_gives_the_same_bytes_and_another_key_others(void **state)
{
    struct table t = families_a(*state);
    struct str bytes = write(&t, 1, *state);

    assert_true(str_equal(bytes, write(&t, 1, *state)));
    assert_false(str_equal(bytes, write(&t, 2, *state)));
}

static void what_is_written_is_read_back(void **state)
{
    struct table t = families_a(*state);
    struct cube *cube = make(&t, 1, *state);
    struct published p;
    struct err e = {OK, ""};

    assert_int_equal(published_read("p.csv", write(&t, 1, *state), *state, &p, &e), OK);
    assert_int_equal(p.shape.published, 2340);
    assert_int_equal(p.shape.dimension[0].groups, 5);
    assert_str(p.shape.dimension[1].group_name, "fgroup");
    assert_memory_equal(p.n, cube->n, 2340 * sizeof(int64_t));
    struct published seen = published_of(cube, *state);
    assert_memory_equal(p.lo, seen.lo, 2340 * sizeof(int64_t));
    assert_memory_equal(p.hi, seen.hi, 2340 * sizeof(int64_t));
}

static void a_name_like_a_formula_is_read_back_as_it_was(void **state)
{
    struct published p;
    struct err e;

    assert_int_equal(read_text("x,n,lo,hi,shown\nTotal,5,0,15,\n'+40,5,1,9,\n", &p, state, &e), OK);
    assert_str(p.shape.dimension[0].category[0], "+40");
}

static void structural_zeros_are_read_back(void **state)
{
    struct table t;
    struct published p;
    struct err e;

    assert_int_equal(
        table_make_histories(&(struct table_histories){.lists = 2, .list = (struct str[]){S("A"), S("B")}},
                             *state, &t, &e),
        OK);
    assert_int_equal(published_read("p.csv", write(&t, 1, *state), *state, &p, &e), OK);
    assert_memory_equal(p.shape.is_structural, ((bool[]){true, false, false, false}), 4 * sizeof(bool));
}

static void no_figure_is_shown_as_none(void **state)
{
    struct table t = families_b(*state);
    struct str rest = write(&t, 1, *state);
    struct str line;

    while (str_cut(rest, '\n', &line, &rest))
        assert_false(str_ends(line, S(",0")));
}

static void a_missing_row_is_told(void **state)
{
    struct published p;
    struct err e;

    assert_int_equal(
        read_text("x,y,n,lo,hi,shown\nTotal,Total,5,0,15,\nTotal,b,5,1,9,\na,Total,5,1,9,\n", &p, state, &e),
        BAD_INPUT);
    assert_says(e, "a, b is missing");
}

static void a_row_twice_is_told_with_its_line(void **state)
{
    struct published p;
    struct err e;

    assert_int_equal(read_text("x,n,lo,hi,shown\nTotal,5,0,15,\na,5,1,9,\na,5,1,9,\n", &p, state, &e),
                     BAD_INPUT);
    assert_says(e, "p.csv:4:1");
}

static void figures_out_of_their_interval_are_told(void **state)
{
    struct published p;
    struct err e;

    assert_int_equal(read_text("x,n,lo,hi,shown\nTotal,5,6,15,\n", &p, state, &e), BAD_INPUT);
    assert_says(e, "p.csv:2:2");
    assert_int_equal(read_text("x,n,lo,hi,shown\nTotal,-5,0,15,\n", &p, state, &e), BAD_INPUT);
    assert_int_equal(read_text("x,n,lo,hi,shown\nTotal,5,0,1e9,\n", &p, state, &e), BAD_INPUT);
    assert_says(e, "p.csv:2:4");
}

static void missing_columns_are_told(void **state)
{
    struct published p;
    struct err e;

    assert_int_equal(read_text("x,n,lo,hi\na,1,1,1\n", &p, state, &e), BAD_INPUT);
    assert_says(e, "p.csv:1:1");
    assert_int_equal(read_text("x,y,n,lo,shown\na,b,1,1,1\n", &p, state, &e), BAD_INPUT);
    assert_says(e, "expected n");
    assert_int_equal(read_text("x,n,lo,hi,shown\n", &p, state, &e), BAD_INPUT);
}

/* The grand total moves by less than the base, which the inner intervals give away; and where somebody shows
 * a nought, what is hidden is none. */
static void what_the_method_tells_is_known(void **state)
{
    static const int64_t count[] = {0, 3, 9, 20};
    static const int64_t n[] = {32, 0, PUBLISHED_HIDDEN, 9, 20};
    static const int64_t hi[] = {50, 0, BOUNDS_UNLIMITED, 13, 24};
    static const int64_t least[] = {20, 30};
    struct table t = families_line(count, 4, *state);
    int64_t known[2][5];

    assert_int_equal(t.shape.published, 5);
    for (size_t i = 0; i < 2; i++) {
        const int64_t lo[] = {least[i], 0, 0, 9, 20};
        const struct published p = {.shape = t.shape, .n = n, .lo = lo, .hi = hi};

        published_know(&p, known[0], known[1]);
        assert_int_equal(known[0][0], i == 0 ? 28 : 30);
        assert_int_equal(known[1][0], 36);
        assert_int_equal(known[0][2], 1);
        assert_true(known[1][2] == BOUNDS_UNLIMITED);
        assert_int_equal(known[0][1], 0);
        assert_int_equal(known[1][1], 0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_ARENA(every_cell_has_a_row_in_canonical_order),
        WITH_ARENA(the_same_key_gives_the_same_bytes_and_another_key_others),
        WITH_ARENA(what_is_written_is_read_back),
        WITH_ARENA(a_name_like_a_formula_is_read_back_as_it_was),
        WITH_ARENA(structural_zeros_are_read_back),
        WITH_ARENA(no_figure_is_shown_as_none),
        WITH_ARENA(a_missing_row_is_told),
        WITH_ARENA(a_row_twice_is_told_with_its_line),
        WITH_ARENA(figures_out_of_their_interval_are_told),
        WITH_ARENA(missing_columns_are_told),
        WITH_ARENA(what_the_method_tells_is_known),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

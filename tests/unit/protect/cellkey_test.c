/* Cell keys and their perturbation table. */
#include "protect/cellkey.h"

#include "../unit.h"
#include "families.h"

#include "base/csv.h"
#include "base/number.h"
#include "protect/bounds.h"

#include <math.h>
#include <stdbool.h>

static struct ptable make(int most, int small, double variance)
{
    struct ptable t;
    struct err e;

    assert_int_equal(ptable_make(most, small, variance, &t, &e), OK);
    return t;
}

static double number(struct str s)
{
    double x = 0;

    assert_true(f64_from_str(s, -100, 100, &x));
    return x;
}

/* Columns D, V, js, i, v, p. */
static void the_chances_are_those_of_greatest_entropy(void **state)
{
    struct csv in;
    struct err e;
    bool has_row = true;
    int rows = 0;

    assert_int_equal(csv_open(&in, "ptable", families_read("ptable_maxent.csv", *state), *state, &e), OK);
    while (csv_next(&in, &has_row, &e) == OK && has_row) {
        struct ptable t = make((int)number(in.fields[0]), (int)number(in.fields[2]), number(in.fields[1]));
        double p = t.p[(int)number(in.fields[3])][t.most + (int)number(in.fields[4])];

        assert_true(fabs(p - number(in.fields[5])) < 1e-8);
        rows++;
    }
    assert_int_equal(rows, 113);
}

static void every_row_adds_up_to_one_with_mean_nought(void **state)
{
    struct ptable t = make(5, 4, 3);

    (void)state;
    for (int n = 1; n <= t.rows; n++) {
        double sum = 0;
        double mean = 0;

        for (int v = -t.most; v <= t.most; v++) {
            sum += t.p[n][t.most + v];
            mean += v * t.p[n][t.most + v];
            assert_true(t.p[n][t.most + v] == 0 || n + v == 0 || n + v > 4);
        }
        assert_true(fabs(sum - 1) < 1e-12 && fabs(mean) < 1e-9);
    }
}

static void the_key_decides_where_a_count_goes(void **state)
{
    struct ptable t = make(5, 4, 3);

    (void)state;
    assert_int_equal(ptable_move(&t, 1, 0), -1);
    assert_int_equal(ptable_move(&t, 1, 0xCCCCCCCC), -1); /* just below 0.8 */
    assert_int_equal(ptable_move(&t, 1, 0xCCCCCCCE), 4);
    assert_int_equal(ptable_move(&t, 3, 0x66666665), -3); /* just below 0.4 */
    assert_int_equal(ptable_move(&t, 3, 0x66666667), 2);
    assert_int_equal(ptable_move(&t, 0, 0xFFFFFFFF), 0);
    assert_int_equal(ptable_move(&t, 100, 0xFFFFFFFF), 5);
}

static void keys_add_up_modulo_two_to_the_32(void **state)
{
    static const uint32_t key[] = {0x10000000, 0xF0000001, 0x80000000, 0x7FFFFFFF, 0x00000005};
    static const uint32_t running[] = {0x10000000, 0x00000001, 0x80000001, 0x00000000, 0x00000005};
    uint32_t sum = 0;
    int64_t wide = 0;

    (void)state;
    for (int i = 0; i < 5; i++) {
        sum += key[i];
        wide += key[i];
        assert_int_equal(sum, running[i]);
        assert_int_equal((uint32_t)wide, running[i]);
    }
}

/* RFC 4231's HMAC with our message; computed with openssl. */
static void a_record_key_is_the_beginning_of_an_hmac(void **state)
{
    unsigned char secret[CELLKEY_SECRET_BYTES];

    (void)state;
    for (int i = 0; i < CELLKEY_SECRET_BYTES; i++)
        secret[i] = (unsigned char)i;
    assert_int_equal(cellkey_record(secret, S("p-1")), 0x44da2a59);
}

static void the_same_people_have_the_same_figure_in_every_table(void **state)
{
    struct ptable p = make(5, 4, 3);
    struct table fine = families_line((int64_t[]){3, 0, 9}, 3, *state);
    struct table coarse = families_line((int64_t[]){12}, 1, *state);
    struct published a = cellkey_move(&fine, (int64_t[]){0x70000000, 0, 0x20000000}, &p, *state);
    struct published b = cellkey_move(&coarse, (int64_t[]){0x90000000}, &p, *state);

    assert_int_equal(a.n[0], b.n[0]);
    assert_int_equal(b.n[0], b.n[1]);
    assert_int_equal(a.n[2], 0);
}

static void the_true_count_is_in_the_interval_and_small_ones_are_not_told_apart(void **state)
{
    struct ptable p = make(5, 4, 3);

    for (int64_t n = 0; n < 40; n++)
        for (uint32_t k = 0; k < 64; k++) {
            struct table t = families_line(&n, 1, *state);
            struct published shown = cellkey_move(&t, (int64_t[]){(int64_t)k << 26}, &p, *state);

            assert_in_range(n, shown.lo[0], shown.hi[0]);
            assert_true(shown.n[0] == 0 || shown.n[0] > 4);
            assert_true(shown.hi[0] - shown.lo[0] >= 4);
        }
}

static void parameters_that_cannot_be_are_refused(void **state)
{
    struct ptable t;
    struct err e;

    (void)state;
    assert_int_equal(ptable_make(0, 0, 1, &t, &e), USAGE);
    assert_int_equal(ptable_make(5, 6, 1, &t, &e), USAGE);
    assert_int_equal(ptable_make(5, 4, NAN, &t, &e), USAGE);
    assert_int_equal(ptable_make(5, 5, 3, &t, &e), REFUSED);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_ARENA(the_chances_are_those_of_greatest_entropy),
        WITH_ARENA(every_row_adds_up_to_one_with_mean_nought),
        WITH_ARENA(the_key_decides_where_a_count_goes),
        WITH_ARENA(keys_add_up_modulo_two_to_the_32),
        WITH_ARENA(a_record_key_is_the_beginning_of_an_hmac),
        WITH_ARENA(the_same_people_have_the_same_figure_in_every_table),
        WITH_ARENA(the_true_count_is_in_the_interval_and_small_ones_are_not_told_apart),
        WITH_ARENA(parameters_that_cannot_be_are_refused),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

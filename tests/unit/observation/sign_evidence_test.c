/* What helps: Wilson's interval, and signs that say nothing said to say nothing. */
#include "arrivals.h"

#include "observation/evidence.h"
#include "store/db.h"

#include <math.h>

static void assert_interval(int64_t k, int64_t n, double lo, double hi)
{
    double found_lo;
    double found_hi;

    wilson(k, n, &found_lo, &found_hi);
    assert_true(fabs(found_lo - lo) < 5e-5 && fabs(found_hi - hi) < 5e-5);
}

/* Newcombe (1998), Statistics in Medicine 17, 857-872, table I, method 3. */
static void wilsons_interval_is_the_published_one(void **state)
{
    (void)state;
    assert_interval(81, 263, 0.2553, 0.3662);
    assert_interval(15, 148, 0.0624, 0.1605);
    assert_interval(0, 20, 0, 0.1611);
    assert_interval(1, 29, 0.0061, 0.1718);
}

static void the_interval_is_symmetric_and_holds_the_share(void **state)
{
    (void)state;
    for (int64_t n = 1; n < 60; n++)
        for (int64_t k = 0; k <= n; k++) {
            double lo;
            double hi;
            double mirror_lo;
            double mirror_hi;

            wilson(k, n, &lo, &hi);
            wilson(n - k, n, &mirror_lo, &mirror_hi);
            assert_true(lo <= (double)k / (double)n && (double)k / (double)n <= hi);
            assert_true(fabs(lo + mirror_hi - 1) < 1e-12);
        }
}

static void add(struct town *t, struct str sign, enum outcome outcome, int times)
{
    const struct report r = {.n_signs = 1, .sign = {sign}};
    struct err e = {0};

    for (int i = 0; i < times; i++)
        assert_int_equal(evidence_outcome(t->city->db, &r, outcome, &e), OK);
}

static void few_reports_are_not_told_and_others_in_steps(void **state)
{
    struct town *t = *state;
    struct sign_evidences all;
    struct err e = {0};

    add(t, S("HO01"), OUTCOME_ORDINARY, 4);
    add(t, S("HO02"), OUTCOME_ORDINARY, 40);
    add(t, S("HO02"), OUTCOME_REFERRED, 2);
    add(t, S("HO07"), OUTCOME_CONFIRMED, 30);
    add(t, S("HO07"), OUTCOME_ORDINARY, 3);
    assert_int_equal(evidence_signs(t->city->db, t->arena, &all, &e), OK);
    assert_int_equal(all.n, 3);
    assert_true(all.sign[0].is_few);
    assert_int_equal(all.sign[0].reports, 0);
    assert_int_equal(all.sign[1].says, SIGN_ORDINARY);
    assert_int_equal(all.sign[1].reports, 40);
    assert_int_equal(all.sign[2].says, SIGN_HELPS);
    assert_int_equal(all.sign[2].reports, 35);
    for (size_t i = 1; i < 3; i++) {
        assert_true(fabs(all.sign[i].share_lo * 20 - round(all.sign[i].share_lo * 20)) < 1e-9);
        assert_true(fabs(all.sign[i].share_hi * 20 - round(all.sign[i].share_hi * 20)) < 1e-9);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(wilsons_interval_is_the_published_one),
        cmocka_unit_test(the_interval_is_symmetric_and_holds_the_share),
        IN_TOWN(few_reports_are_not_told_and_others_in_steps),
    };

    return cmocka_run_group_tests_name("evidence", tests, NULL, NULL);
}

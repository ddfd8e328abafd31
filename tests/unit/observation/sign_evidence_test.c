/* What helps: Wilson's interval, and signs that say nothing said to say nothing. */
#include "arrivals.h"

#include "observation/sign_evidence.h"
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

static const unsigned char key[CUBE_KEY_BYTES] = "en nyckel som bara provet har";
static const struct date october = {2026, 10, 31};
static const struct date november = {2026, 11, 25};

static void add(struct town *t, struct str sign, enum outcome outcome, struct date on, int times)
{
    const struct report r = {.n_signs = 1, .sign = {sign}};
    struct err e = {0};

    for (int i = 0; i < times; i++)
        assert_int_equal(sign_outcome(t->city->db, &r, outcome, on, &e), OK);
}

static struct sign_evidences read_on(struct town *t, struct date today)
{
    const struct overview_source source = {
        .db = t->city->db, .municipality = S("1281"), .key = key, .today = today};
    struct sign_evidences all = {0};
    struct err e = {0};

    if (sign_evidence_read(&source, t->arena, &all, &e) != OK)
        fail_msg("%s", e.what);
    return all;
}

static const struct sign_evidence *find(const struct sign_evidences *all, const char *id)
{
    static const struct sign_evidence none = {.reports = -1};

    for (size_t i = 0; i < all->n; i++)
        if (str_is(all->sign[i].sign, id))
            return &all->sign[i];
    return &none;
}

static void a_sign_says_something_when_its_whole_interval_does(void **state)
{
    struct town *t = *state;

    add(t, S("HO02"), OUTCOME_ORDINARY, october, 200);
    add(t, S("HO02"), OUTCOME_REFERRED, october, 2);
    add(t, S("HO07"), OUTCOME_CONFIRMED, october, 150);
    add(t, S("HO07"), OUTCOME_ORDINARY, october, 3);
    add(t, S("HO01"), OUTCOME_ORDINARY, october, 20);
    add(t, S("HO01"), OUTCOME_REFERRED, october, 20);
    struct sign_evidences all = read_on(t, november);
    assert_int_equal(find(&all, "HO02")->says, SIGN_ORDINARY);
    assert_int_equal(find(&all, "HO07")->says, SIGN_HELPS);
    assert_int_equal(find(&all, "HO01")->says, SIGN_UNSURE);
}

static void what_is_shown_is_rounded_and_holds_the_truth(void **state)
{
    struct town *t = *state;

    add(t, S("HO02"), OUTCOME_ORDINARY, october, 61);
    add(t, S("HO02"), OUTCOME_REFERRED, october, 13);
    struct sign_evidences all = read_on(t, november);
    const struct sign_evidence *s = find(&all, "HO02");
    assert_int_equal(s->reports % CUBE_STANDARD_BASE, 0);
    assert_true(s->lo <= 74 && 74 <= s->hi && s->hi - s->lo >= 4);
    assert_true(s->share_lo <= 13.0 / 74 && 13.0 / 74 <= s->share_hi);
    assert_true(fabs(s->share_lo * 20 - round(s->share_lo * 20)) < 1e-9);
    assert_true(fabs(s->share_hi * 20 - round(s->share_hi * 20)) < 1e-9);
}

static void a_decision_is_not_seen_before_its_month_is_over(void **state)
{
    struct town *t = *state;

    add(t, S("HO02"), OUTCOME_ORDINARY, october, 61);
    struct sign_evidences before = read_on(t, november);
    add(t, S("HO02"), OUTCOME_ORDINARY, november, 40);
    add(t, S("HO07"), OUTCOME_CONFIRMED, november, 40);
    struct sign_evidences after = read_on(t, november);
    assert_int_equal(after.n, before.n);
    assert_int_equal(find(&after, "HO02")->reports, find(&before, "HO02")->reports);
    struct sign_evidences next = read_on(t, (struct date){2026, 12, 1});
    assert_true(find(&next, "HO07")->reports > 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(wilsons_interval_is_the_published_one),
        cmocka_unit_test(the_interval_is_symmetric_and_holds_the_share),
        IN_TOWN(a_sign_says_something_when_its_whole_interval_does),
        IN_TOWN(what_is_shown_is_rounded_and_holds_the_truth),
        IN_TOWN(a_decision_is_not_seen_before_its_month_is_over),
    };

    return cmocka_run_group_tests_name("evidence", tests, NULL, NULL);
}

/* Signs that are told together: what is counted, what is shown, and that a list tells nobody more. */
#include "arrivals.h"

#include "base/rng.h"
#include "observation/evidence.h"
#include "observation/sign_pairs.h"
#include "observation/year_situations.h"
#include "store/db.h"

static const unsigned char key[CUBE_KEY_BYTES] = "en nyckel som bara provet har";
static const struct date march = {2027, 3, 9};
static const struct date spring = {2026, 4, 2};

enum { LABOUR = 1, MANY = 60 };

static void count_times(struct town *t, struct date on, size_t n, const struct str sign[], int times)
{
    struct report r = {.actor = S("hotel"), .place = PLACE_HOTEL, .area = AREA_NORTH, .n_signs = n};
    struct err e = {0};

    for (size_t i = 0; i < n; i++)
        r.sign[i] = sign[i];
    for (int i = 0; i < times; i++)
        assert_int_equal(evidence_count(t->city->db, &r, S("labour"), on, &e), OK);
}

static void run(struct query *q)
{
    struct err e = {0};

    assert_int_equal(query_run(q, &e), OK);
}

/* `n` situations in February of the year, as counting one after the other leaves them. */
static void put_situations(struct town *t, int year, int n)
{
    struct query month = db_query(
        t->city->db, "insert into situation_told (month, form, area, n) values ($1, 'labour', 'north', $2)");
    struct query whole = db_query(
        t->city->db, "insert into situation_year (year, form, place, n) values ($1, 'labour', 'hotel', $2)");

    bind_str(&month, 1, str_of(arena_printf(t->arena, "%d-02", year)));
    bind_int(&month, 2, n);
    run(&month);
    bind_int(&whole, 1, year);
    bind_int(&whole, 2, n);
    run(&whole);
}

static void put_pair(struct town *t, int year, struct str one, struct str other, int n)
{
    struct query q = db_query(t->city->db, "insert into sign_pair (year, form, one, other, n) "
                                           "values ($1, 'labour', $2, $3, $4)");

    bind_int(&q, 1, year);
    bind_str(&q, 2, one);
    bind_str(&q, 3, other);
    bind_int(&q, 4, n);
    run(&q);
}

static struct overview_source source_of(struct town *t, struct date today)
{
    return (struct overview_source){.db = t->city->db, .municipality = S("1281"), .key = key, .today = today};
}

static struct sign_pairs labour_of(struct town *t, int year)
{
    const struct overview_source source = source_of(t, march);
    struct sign_pairs all[SITUATION_FORMS];
    struct err e = {0};

    if (sign_pairs_read(&source, year, t->arena, all, &e) != OK)
        fail_msg("%s", e.what);
    return all[LABOUR];
}

static struct attack_bound known_of(struct town *t, int year)
{
    const struct overview_source source = source_of(t, march);
    struct attack_bound known[SITUATION_FORMS];
    struct err e = {0};

    if (year_forms_known(&source, year, t->arena, known, &e) != OK)
        fail_msg("%s", e.what);
    return known[LABOUR];
}

static int64_t kept(struct town *t, const char *one, const char *other)
{
    static const char sql[] = "select coalesce(sum(n), 0) from sign_pair where one = $1 and other = $2 "
                              "and year = 2026 and form = 'labour'";
    struct query q = db_query(t->city->db, sql);
    struct err e = {0};

    bind_str(&q, 1, str_of(one));
    bind_str(&q, 2, str_of(other));
    int64_t n = query_next(&q) ? query_int(&q, 0) : -1;
    assert_int_equal(query_end(&q, &e), OK);
    return n;
}

static void every_two_signs_of_a_situation_are_counted_once(void **state)
{
    struct town *t = *state;

    count_times(t, spring, 3, (const struct str[]){S("HO07"), S("HO01"), S("HO02")}, 2);
    count_times(t, spring, 4, (const struct str[]){S("HO01"), S("HO07"), S("HO01"), S("HO07")}, 1);
    count_times(t, spring, 1, (const struct str[]){S("HO09")}, 5);
    assert_int_equal(kept(t, "HO01", "HO07"), 3);
    assert_int_equal(kept(t, "HO01", "HO02"), 2);
    assert_int_equal(kept(t, "HO02", "HO07"), 2);
    assert_int_equal(kept(t, "HO07", "HO01"), 0);
    assert_int_equal(kept(t, "HO01", "HO01"), 0);
    assert_int_equal(kept(t, "HO09", "HO09"), 0);
}

static void what_is_shown_is_rounded_and_holds_the_truth(void **state)
{
    struct town *t = *state;

    put_situations(t, 2026, MANY);
    put_pair(t, 2026, S("HO01"), S("HO07"), 33);
    struct sign_pairs labour = labour_of(t, 2026);
    assert_int_equal(labour.n, 1);
    assert_true(str_is(labour.pair[0].one, "HO01") && str_is(labour.pair[0].other, "HO07"));
    assert_int_equal(labour.pair[0].n % CUBE_STANDARD_BASE, 0);
    assert_true(labour.pair[0].lo <= 33 && 33 <= labour.pair[0].hi);
    assert_int_equal(labour.pair[0].hi - labour.pair[0].lo, 8);
}

/* Every number up to ten, each with signs of its own: "about 10" would be 6 to 14. */
static void a_pair_of_fewer_than_ten_situations_is_not_shown(void **state)
{
    struct town *t = *state;

    put_situations(t, 2026, MANY);
    for (int n = 1; n <= PAIR_LEAST; n++) {
        struct str one = str_of(arena_printf(t->arena, "A%d", n));
        struct str other = str_of(arena_printf(t->arena, "B%d", n));

        put_pair(t, 2026, one, other, n);
    }
    assert_int_equal(labour_of(t, 2026).n, 0);
    put_pair(t, 2026, S("HO01"), S("HO07"), 15);
    struct sign_pairs labour = labour_of(t, 2026);
    assert_int_equal(labour.n, 1);
    assert_true(labour.pair[0].lo >= PAIR_LEAST);
}

static void at_most_ten_pairs_are_shown_the_largest_first(void **state)
{
    struct town *t = *state;

    put_situations(t, 2026, 10 * MANY);
    for (int i = 0; i < PAIRS_SHOWN + 4; i++) {
        struct str one = str_of(arena_printf(t->arena, "A%02d", i));
        struct str other = str_of(arena_printf(t->arena, "B%02d", i));

        put_pair(t, 2026, one, other, 15 + 10 * i);
    }
    struct sign_pairs labour = labour_of(t, 2026);
    assert_int_equal(labour.n, PAIRS_SHOWN);
    assert_true(str_is(labour.pair[0].one, "A13"));
    for (size_t i = 1; i < labour.n; i++)
        assert_true(labour.pair[i - 1].n >= labour.pair[i].n);
    assert_true(labour.pair[PAIRS_SHOWN - 1].lo > 15 + 10 * 2);
}

static void pairs_of_a_year_that_goes_on_are_not_told(void **state)
{
    struct town *t = *state;
    const struct overview_source source = source_of(t, (struct date){2026, 12, 31});
    struct sign_pairs all[SITUATION_FORMS];
    struct err e = {0};

    put_situations(t, 2026, MANY);
    put_pair(t, 2026, S("HO01"), S("HO07"), MANY);
    assert_int_equal(sign_pairs_read(&source, 2026, t->arena, all, &e), REFUSED);
}

static void a_list_is_the_same_whenever_it_is_read(void **state)
{
    struct town *t = *state;

    put_situations(t, 2026, MANY);
    put_pair(t, 2026, S("HO01"), S("HO07"), 33);
    struct sign_pairs first = labour_of(t, 2026);
    count_times(t, march, 2, (const struct str[]){S("HO01"), S("HO07")}, 20);
    struct sign_pairs later = labour_of(t, 2026);
    assert_int_equal(first.n, 1);
    assert_int_equal(later.n, 1);
    assert_int_equal(later.pair[0].n, first.pair[0].n);
}

/* Two signs that every situation has: the pair's figure and the year's are two roundings of one number. */
static void a_pair_that_all_have_tells_nothing_of_the_years_figure(void **state)
{
    struct town *t = *state;
    int shown = 0;

    for (int n = 20; n < 44; n += 4) {
        put_situations(t, 1980 + n, n);
        put_pair(t, 1980 + n, S("HO01"), S("HO07"), n);
    }
    for (int n = 20; n < 44; n += 4) {
        struct sign_pairs labour = labour_of(t, 1980 + n);
        struct attack_bound year = known_of(t, 1980 + n);

        if (labour.n == 0)
            continue;
        const struct sign_pair *p = &labour.pair[0];
        assert_true(p->lo <= year.lo);
        assert_true((p->hi < year.hi ? p->hi : year.hi) - p->lo >= ATTACK_LEAST_WIDTH);
        shown++;
    }
    assert_true(shown > 0);
}

/* 69 situations, which have A with B, A with C, or all three and so B with C: the roundings 45, 45 and 15
 * alone would say that there are at least 41 + 41 - 19. */
static void a_list_that_shares_signs_tells_nothing_of_the_years_figure(void **state)
{
    struct town *t = *state;
    int shown = 0;

    for (int year = 2000; year < 2012; year++) {
        put_situations(t, year, 43 + 43 - 17);
        put_pair(t, year, S("A"), S("B"), 43);
        put_pair(t, year, S("A"), S("C"), 43);
        put_pair(t, year, S("B"), S("C"), 17);
    }
    for (int year = 2000; year < 2012; year++) {
        struct sign_pairs labour = labour_of(t, year);

        if (labour.n < 3)
            continue;
        assert_true(str_is(labour.pair[2].one, "B"));
        assert_true(labour.pair[0].lo + labour.pair[1].lo - labour.pair[2].hi <= known_of(t, year).lo);
        shown++;
    }
    assert_true(shown > 0);
}

static bool is_safe(const struct sign_pairs *pairs, int64_t lo, int64_t hi)
{
    const struct attack_bound year = {.lo = lo, .hi = hi};
    struct err e = {0};
    bool safe = false;

    if (sign_pairs_are_safe(pairs, &year, &safe, &e) != OK)
        fail_msg("%s", e.what);
    return safe;
}

static struct sign_pair pair_of(struct str one, struct str other, int64_t lo, int64_t hi)
{
    return (struct sign_pair){.one = one, .other = other, .lo = lo, .hi = hi};
}

/* Of three signs: who has A and B, and A and C, has B and C. So there are at least 40 + 40 - 18 situations.
 */
static void pairs_that_share_signs_bound_the_year_together(void **state)
{
    const struct sign_pairs three = {.n = 3,
                                     .pair = {pair_of(S("A"), S("B"), 40, 48),
                                              pair_of(S("A"), S("C"), 40, 48),
                                              pair_of(S("B"), S("C"), 10, 18)}};
    const struct sign_pairs two = {.n = 2, .pair = {three.pair[0], three.pair[1]}};

    (void)state;
    assert_true(is_safe(&two, 40, 120));
    assert_false(is_safe(&two, 39, 120));
    assert_true(is_safe(&three, 62, 120));
    assert_false(is_safe(&three, 61, 120));
}

static void a_pair_that_the_years_figure_narrows_is_not_safe(void **state)
{
    const struct sign_pairs one = {.n = 1, .pair = {pair_of(S("A"), S("B"), 16, 24)}};

    (void)state;
    assert_true(is_safe(&one, 16, 20));
    assert_false(is_safe(&one, 16, 19));
}

/* The least and the most of each pair A-B, A-C, B-C and the least of the year, by counting through. */
struct counted_through {
    int64_t lo[4], hi[4];
};

static void see(struct counted_through *c, size_t i, int64_t n)
{
    c->lo[i] = n < c->lo[i] ? n : c->lo[i];
    c->hi[i] = n > c->hi[i] ? n : c->hi[i];
}

static struct counted_through count_through(const struct sign_pairs *p, int64_t most)
{
    struct counted_through c = {.lo = {1000, 1000, 1000, 1000}, .hi = {-1, -1, -1, -1}};

    for (int64_t all = 0; all <= most; all++)
        for (int64_t ab = p->pair[0].lo; ab <= p->pair[0].hi; ab++)
            for (int64_t ac = p->pair[1].lo; ac <= p->pair[1].hi; ac++)
                for (int64_t bc = p->pair[2].lo; bc <= p->pair[2].hi; bc++) {
                    int64_t year = ab + ac + bc - 2 * all;

                    if (all > ab || all > ac || all > bc || year > most)
                        continue;
                    see(&c, 0, ab);
                    see(&c, 1, ac);
                    see(&c, 2, bc);
                    see(&c, 3, year);
                }
    return c;
}

static void the_attack_finds_what_counting_through_finds(void **state)
{
    struct rng chance = rng_open(20261126, 0);
    int safe = 0;
    int unsafe = 0;

    (void)state;
    for (int i = 0; i < 200; i++) {
        int64_t n[3];
        int64_t least = (int64_t)(rng_u64(&chance) % 30) + 10;
        int64_t most = least + 4 + (int64_t)(rng_u64(&chance) % 10);

        for (int j = 0; j < 3; j++)
            n[j] = 10 + 5 * (int64_t)(rng_u64(&chance) % 4);
        const struct sign_pairs p = {.n = 3,
                                     .pair = {pair_of(S("A"), S("B"), n[0] - 4, n[0] + 4),
                                              pair_of(S("A"), S("C"), n[1] - 4, n[1] + 4),
                                              pair_of(S("B"), S("C"), n[2] - 4, n[2] + 4)}};
        struct counted_through c = count_through(&p, most);
        if (c.hi[3] < 0)
            continue;
        bool expected = c.lo[3] <= least && most - c.lo[3] >= ATTACK_LEAST_WIDTH;
        for (int j = 0; j < 3; j++)
            expected = expected && c.hi[j] - c.lo[j] >= ATTACK_LEAST_WIDTH;
        assert_int_equal(is_safe(&p, least, most), expected);
        safe += expected;
        unsafe += !expected;
    }
    assert_true(safe > 20 && unsafe > 20);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_TOWN(every_two_signs_of_a_situation_are_counted_once),
        IN_TOWN(what_is_shown_is_rounded_and_holds_the_truth),
        IN_TOWN(a_pair_of_fewer_than_ten_situations_is_not_shown),
        IN_TOWN(at_most_ten_pairs_are_shown_the_largest_first),
        IN_TOWN(pairs_of_a_year_that_goes_on_are_not_told),
        IN_TOWN(a_list_is_the_same_whenever_it_is_read),
        IN_TOWN(a_pair_that_all_have_tells_nothing_of_the_years_figure),
        IN_TOWN(a_list_that_shares_signs_tells_nothing_of_the_years_figure),
        cmocka_unit_test(pairs_that_share_signs_bound_the_year_together),
        cmocka_unit_test(a_pair_that_the_years_figure_narrows_is_not_safe),
        cmocka_unit_test(the_attack_finds_what_counting_through_finds),
    };

    return cmocka_run_group_tests_name("sign pairs", tests, NULL, NULL);
}

/* What is told without looking at all neighbours is what looking at them tells. */
#include "link/partition_own.h"

#include "../unit.h"

#include <string.h>

enum { FIRST = 40, RECORDS = 75, LISTS = 2, PATTERNS = 50, CASES = 30, SWEEPS = 20 };

/* Records of two lists with edges between one pair in four, and log ratios from hopeless to certain. */
static struct partition random_partition(struct rng *r, struct arena *a)
{
    uint8_t *list = arena_new(a, RECORDS, uint8_t);
    double *log_ratio = arena_new(a, PATTERNS, double);
    struct partition_edge *edge = arena_new(a, FIRST * (RECORDS - FIRST), struct partition_edge);
    struct partition x = {.n = RECORDS, .lists = LISTS, .list = list, .edge = edge, .log_ratio = log_ratio};

    for (size_t p = 0; p < PATTERNS; p++)
        log_ratio[p] = 24.0 * rng_unit(r) - 12.0;
    for (uint32_t u = 0; u < RECORDS; u++)
        list[u] = u >= FIRST;
    for (uint32_t u = 0; u < FIRST; u++)
        for (uint32_t v = FIRST; v < RECORDS; v++)
            if (rng_u64(r) % 4 == 0)
                edge[x.edges++] = (struct partition_edge){u, v, (uint32_t)(rng_u64(r) % PATTERNS)};
    x.hidden = rng_u64(r) % 2 ? 0.1 : 0.0;
    partition_make(&x, a);
    x.people = arena_new(a, 1U << LISTS, double);
    partition_count(&x);
    x.is_counting = true;
    return x;
}

/* By leaving and looking at all neighbours. */
static void draw_anew(struct partition *x, uint32_t u, double drawn)
{
    partition_leave(x, u);
    partition_join(x, u, partition_draw(x, u, drawn));
}

static void who_is_told_to_stay_comes_back(void **state)
{
    static const double drawn[] = {0.0, 0x1p-53, 1e-6, 0.3, 0.9, 0.999999, 1.0 - 0x1p-53};
    struct rng r = rng_open(1, 0);
    size_t stays[2] = {0, 0};
    size_t moves = 0;

    for (size_t c = 0; c < CASES; c++) {
        struct partition x = random_partition(&r, *state);

        for (size_t s = 0; s < SWEEPS; s++) {
            x.caution = s % 2 ? 0.0 : 6.0 * rng_unit(&r) - 3.0;
            partition_sweep(&x, &r);
            for (size_t k = 0; k < RECORDS * sizeof drawn / sizeof *drawn; k++) {
                uint32_t u = (uint32_t)(k % RECORDS);
                uint32_t before = x.part[u];
                size_t size = x.size[before];
                double people[1U << LISTS];

                memcpy(people, x.people, sizeof people);
                bool is_told = partition_stays(&x, u, drawn[k / RECORDS]);
                assert_memory_equal(people, x.people, sizeof people);
                draw_anew(&x, u, drawn[k / RECORDS]);
                if (is_told)
                    assert_int_equal(x.part[u], before);
                stays[size - 1] += is_told;
                moves += x.part[u] != before;
            }
        }
    }
    assert_true(stays[0] > CASES * SWEEPS * 10 && stays[1] > CASES * SWEEPS * 10);
    assert_true(moves > CASES * SWEEPS);
}

static void sweeps_draw_what_looking_at_all_neighbours_draws(void **state)
{
    struct rng r = rng_open(2, 0);

    for (size_t c = 0; c < CASES; c++) {
        struct rng again = r;
        struct partition x = random_partition(&r, *state);
        struct partition y = random_partition(&again, *state);

        for (size_t s = 0; s < SWEEPS; s++) {
            partition_sweep(&x, &r);
            partition_begin_drawing(&y);
            for (uint32_t u = 0; u < RECORDS; u++)
                if (y.start[u] < y.start[u + 1])
                    draw_anew(&y, u, rng_unit(&again));
            assert_memory_equal(x.part, y.part, RECORDS * sizeof *x.part);
            assert_memory_equal(x.people, y.people, (1U << LISTS) * sizeof *x.people);
        }
    }
}

/* One of them looks at everybody in each pass. */
static void assert_same_passes(struct partition *x, struct partition *y)
{
    partition_forget(x);
    for (x->caution = y->caution = 12.0; x->caution > -6.0; x->caution -= 0.5, y->caution -= 0.5) {
        partition_forget(y);
        assert_int_equal(partition_pass(x, NULL), partition_pass(y, NULL));
        assert_memory_equal(x->part, y->part, RECORDS * sizeof *x->part);
    }
}

static void who_need_not_be_looked_at_would_not_have_moved(void **state)
{
    struct rng r = rng_open(4, 0);

    for (size_t c = 0; c < 2 * CASES; c++) {
        struct rng again = r;
        struct partition x = random_partition(&r, *state);
        struct partition y = random_partition(&again, *state);

        x.is_counting = y.is_counting = false;
        x.is_free = y.is_free = c % 2;
        x.absent = y.absent = -2.0;
        assert_same_passes(&x, &y);
    }
}

/* They are kept while the counts stand; from one sweep to the next another share may be hidden. */
static void odds_beforehand_follow_what_is_hidden(void **state)
{
    struct rng r = rng_open(3, 0);
    struct partition x = random_partition(&r, *state);

    x.hidden = 0.1;
    double before = partition_prior_of(&x, 0, 2)->odds;
    x.hidden = 0.3;
    double after = partition_prior_of(&x, 0, 2)->odds;
    memset(x.prior, 0, PARTITION_PRIORS * sizeof *x.prior);
    assert_true(after == partition_prior_of(&x, 0, 2)->odds);
    assert_true(after != before);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_ARENA(who_is_told_to_stay_comes_back),
        WITH_ARENA(sweeps_draw_what_looking_at_all_neighbours_draws),
        WITH_ARENA(who_need_not_be_looked_at_would_not_have_moved),
        WITH_ARENA(odds_beforehand_follow_what_is_hidden),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

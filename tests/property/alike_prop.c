/* The pairs at or above a threshold are those of the definition, compared one by one in double arithmetic as
 * anonlink does, for every kernel, length, density, threshold and number of threads. */
#include "link/alike.h"

#include "../unit/unit.h"

#include "base/rng.h"

enum { RECORDS = 700, CASES = 30 };

struct lists {
    struct filters a, b;
    size_t a_n, b_n;
};

/* Random filters; one in four of list b is one of list a with some bits changed, one in fifty is empty. */
static struct lists lists_of(struct rng *r, struct arena *a)
{
    size_t words = (size_t)1 << rng_u64(r) % 5;
    struct lists l = {{words * 64, NULL}, {words * 64, NULL}, rng_u64(r) % RECORDS, rng_u64(r) % RECORDS};
    unsigned thinner = (unsigned)(rng_u64(r) % 3);
    bool is_dense = rng_u64(r) % 2;

    l.a.word = arena_new(a, l.a_n * words, uint64_t);
    l.b.word = arena_new(a, l.b_n * words, uint64_t);
    for (size_t w = 0; w < (l.a_n + l.b_n) * words; w++) {
        uint64_t *to = w < l.a_n * words ? l.a.word + w : l.b.word + (w - l.a_n * words);

        *to = rng_u64(r);
        for (unsigned k = 0; k < thinner; k++)
            *to &= rng_u64(r);
        *to = is_dense ? ~*to : *to;
    }
    for (size_t j = 0; j < l.b_n && l.a_n > 0; j++)
        for (size_t w = 0, like = rng_u64(r) % l.a_n, kind = rng_u64(r) % 50; w < words; w++) {
            if (kind < 12)
                l.b.word[j * words + w] = l.a.word[like * words + w] ^ (uint64_t)1 << rng_u64(r) % 64;
            if (kind == 49)
                l.b.word[j * words + w] = 0;
        }
    return l;
}

static double coefficient(const uint64_t *x, const uint64_t *y, size_t words)
{
    unsigned both = 0;
    unsigned sum = 0;

    for (size_t w = 0; w < words; w++) {
        both += (unsigned)__builtin_popcountll(x[w] & y[w]);
        sum += (unsigned)__builtin_popcountll(x[w]) + (unsigned)__builtin_popcountll(y[w]);
    }
    return sum ? 2.0 * both / sum : 0.0;
}

static void assert_pairs(const struct lists *l, double threshold, const struct alike_pairs *found,
                         uint64_t seed)
{
    size_t words = l->a.bits / 64;
    size_t n = 0;

    for (size_t i = 0; i < l->a_n; i++)
        for (size_t j = 0; j < l->b_n; j++) {
            double d = coefficient(l->a.word + i * words, l->b.word + j * words, words);

            if (d < threshold)
                continue;
            if (n >= found->n || found->pair[n].i != i || found->pair[n].j != j || found->pair[n].dice != d)
                fail_msg("seed %llu: pair %zu %zu at %.17g is not there at %.17g", (unsigned long long)seed,
                         i, j, d, threshold);
            n++;
        }
    if (n != found->n)
        fail_msg("seed %llu: %zu pairs, expected %zu", (unsigned long long)seed, found->n, n);
}

static void assert_all_kernels(const struct lists *l, double threshold, uint64_t seed)
{
    const struct kernel *all[KERNELS_MAX];
    size_t n = kernels(all);

    for (size_t k = 0; k < n; k++) {
        struct arena *a = arena_open();
        struct alike_pairs found;
        struct err e = {OK, ""};
        struct alike_options o = {.threshold = threshold, .kernel = all[k], .threads = 1 + (int)(seed % 3)};

        if (alike_find(&l->a, l->a_n, &l->b, l->b_n, &o, a, &found, &e) != OK)
            fail_msg("seed %llu: %s", (unsigned long long)seed, e.what);
        assert_pairs(l, threshold, &found, seed);
        arena_close(a);
    }
}

static void the_pairs_are_those_of_the_definition(void **state)
{
    (void)state;
    for (uint64_t seed = 0; seed < CASES; seed++) {
        struct arena *a = arena_open();
        struct rng r = rng_open(seed, 0);
        struct lists l = lists_of(&r, a);

        assert_all_kernels(&l, 0.3 + 0.7 * rng_unit(&r), seed);
        arena_close(a);
    }
}

/* The threshold is a coefficient that occurs: that pair is in, and not when the threshold is one step higher.
 */
static void equality_at_the_threshold_is_in(void **state)
{
    (void)state;
    for (uint64_t seed = 1000; seed < 1000 + CASES; seed++) {
        struct arena *a = arena_open();
        struct rng r = rng_open(seed, 0);
        struct lists l = lists_of(&r, a);
        size_t words = l.a.bits / 64;

        if (l.a_n && l.b_n) {
            double d = coefficient(l.a.word + rng_u64(&r) % l.a_n * words,
                                   l.b.word + rng_u64(&r) % l.b_n * words, words);

            assert_all_kernels(&l, d, seed);
            assert_all_kernels(&l, d * (1.0 + 0x1p-52), seed);
        }
        arena_close(a);
    }
}

static void thresholds_of_zero_and_one_are_exact(void **state)
{
    (void)state;
    for (uint64_t seed = 2000; seed < 2004; seed++) {
        struct arena *a = arena_open();
        struct rng r = rng_open(seed, 0);
        struct lists l = lists_of(&r, a);

        assert_all_kernels(&l, 0.0, seed);
        assert_all_kernels(&l, 1.0, seed);
        arena_close(a);
    }
}

static void what_is_needed_is_the_least_that_reaches_the_threshold(void **state)
{
    (void)state;
    for (int percent = 0; percent <= 100; percent++)
        for (unsigned sum = 0; sum <= 2048; sum += 1 + sum / 100) {
            unsigned need = dice_need(percent / 100.0, sum);

            assert_true(need == 0 || dice(need - 1, sum) < percent / 100.0);
            assert_true(need > sum / 2 || dice(need, sum) >= percent / 100.0);
        }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_pairs_are_those_of_the_definition),
        cmocka_unit_test(equality_at_the_threshold_is_in),
        cmocka_unit_test(thresholds_of_zero_and_one_are_exact),
        cmocka_unit_test(what_is_needed_is_the_least_that_reaches_the_threshold),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

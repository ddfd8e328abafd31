/* The inner loops of comparison: every kernel that this processor can run against counting bit by bit. */
#include "link/kernel.h"

#include "../unit.h"

#include "base/rng.h"

#include <string.h>

enum { BITS = 1024, CASES = 300 };

/* Columns of random bits with a density of 1/8 to 8/8, at a 64-byte boundary; the last is empty. */
static uint64_t *columns_of(struct rng *r, struct arena *a)
{
    uint64_t *columns = kernel_words(a, (BITS + 1) * KERNEL_COLUMN_WORDS);

    for (size_t w = 0; w < (size_t)BITS * KERNEL_COLUMN_WORDS; w++) {
        columns[w] = rng_u64(r);
        for (size_t thinner = w / KERNEL_COLUMN_WORDS % 3; thinner > 0; thinner--)
            columns[w] &= rng_u64(r);
    }
    return columns;
}

static unsigned count_lane(const uint64_t *columns, const uint16_t *column, size_t n, size_t lane)
{
    unsigned count = 0;

    for (size_t i = 0; i < n; i++)
        count += (unsigned)(columns[column[i] * (size_t)KERNEL_COLUMN_WORDS + lane / 64] >> lane % 64 & 1U);
    return count;
}

enum { CUTS = 15 };

/* Needs that grow with the cuts, some of them beyond what anybody has, and who is missing. */
static void needs_of(unsigned bits, struct rng *r, uint16_t need[CUTS][KERNEL_LANES], uint64_t *missing)
{
    unsigned never = (1U << bits) - 1;

    for (size_t w = 0; w < KERNEL_COLUMN_WORDS; w++)
        missing[w] = rng_u64(r) & rng_u64(r) & rng_u64(r);
    for (size_t k = 0; k < KERNEL_LANES; k++) {
        unsigned least = (unsigned)(rng_u64(r) % (k % 5 ? 40 : 4));

        for (size_t c = 0; c < CUTS; c++, least += (unsigned)(rng_u64(r) % 20))
            need[c][k] =
                (uint16_t)(missing[k / 64] >> k % 64 & 1U || (k % 7 == 0 && c > 5) || least > never ? never
                                                                                                    : least);
    }
}

/* The same in columns, turned over. */
static uint64_t *in_columns(unsigned bits, uint16_t need[CUTS][KERNEL_LANES], struct arena *a)
{
    uint64_t *out = kernel_words(a, CUTS * bits * (size_t)KERNEL_COLUMN_WORDS);

    for (size_t c = 0; c < CUTS; c++)
        for (size_t b = 0; b < bits; b++)
            for (size_t k = 0; k < KERNEL_LANES; k++)
                out[(c * bits + b) * KERNEL_COLUMN_WORDS + k / 64] |= (uint64_t)(~need[c][k] >> b & 1)
                                                                      << k % 64;
    return out;
}

static void assert_levels(const struct kernel *kernel, const struct kernel_lanes *lanes,
                          const uint16_t *column, size_t n, uint16_t need[CUTS][KERNEL_LANES])
{
    uint64_t level[KERNEL_LEVEL_BITS][KERNEL_COLUMN_WORDS];
    uint16_t at[8192];

    for (size_t i = 0; i < n; i++)
        at[i] = (uint16_t)(column[i] * KERNEL_COLUMN_WORDS);
    kernel->levels(lanes, at, n, level);
    for (size_t k = 0; k < KERNEL_LANES; k++) {
        unsigned count = count_lane(lanes->columns, column, n, k);
        bool is_missing = lanes->missing[k / 64] >> k % 64 & 1U;
        unsigned expected = is_missing ? 15 : 0;
        unsigned found = 0;

        for (size_t c = 0; c < lanes->cuts && !is_missing; c++)
            expected += count >= need[c][k];
        for (size_t b = 0; b < KERNEL_LEVEL_BITS; b++)
            found |= (unsigned)(level[b][k / 64] >> k % 64 & 1U) << b;
        if (found != expected)
            fail_msg("%s: lane %zu of %zu columns, %u bits: level %u, expected %u", kernel->name, k, n,
                     lanes->bits, found, expected);
    }
}

static void every_kernel_tells_how_many_needs_each_lane_meets(void **state)
{
    static const unsigned mosts[] = {100, 400, 1000, 1024};
    const struct kernel *all[KERNELS_MAX];
    size_t kernels_here = kernels(all);
    struct rng r = rng_open(4, 0);
    const uint64_t *columns = columns_of(&r, *state);
    uint64_t *missing = kernel_words(*state, KERNEL_COLUMN_WORDS);
    uint16_t need[CUTS][KERNEL_LANES];

    for (size_t c = 0; c < CASES / 4; c++) {
        unsigned most = mosts[c % 4];
        size_t n = rng_u64(&r) % (most + 1);
        uint16_t column[BITS];
        struct kernel_lanes lanes = {.columns = columns, .missing = missing, .cuts = 1 + c % CUTS};

        for (size_t i = 0; i < n; i++)
            column[i] = (uint16_t)(rng_u64(&r) % (BITS + 1));
        lanes.bits = c % 8 == 7 ? kernel_bits(8192) : kernel_bits(most + 1);
        needs_of(lanes.bits, &r, need, missing);
        lanes.need = in_columns(lanes.bits, need, *state);
        for (size_t k = 0; k < kernels_here; k++)
            assert_levels(all[k], &lanes, column, n, need);
    }
}

/* As many as there can be, beside needs of as many and one more. */
static void a_count_may_be_all_that_its_bits_hold(void **state)
{
    static const unsigned mosts[] = {126, 510, 2046, 8192};
    const struct kernel *all[KERNELS_MAX];
    size_t kernels_here = kernels(all);
    uint64_t *columns = kernel_words(*state, KERNEL_COLUMN_WORDS);
    uint64_t *missing = kernel_words(*state, KERNEL_COLUMN_WORDS);
    uint16_t need[CUTS][KERNEL_LANES];
    const uint16_t *column = arena_new(*state, 8192, uint16_t);

    memset(columns, 0xFF, KERNEL_COLUMN_WORDS * sizeof *columns);
    for (size_t m = 0; m < 4; m++) {
        struct kernel_lanes lanes = {
            .columns = columns, .missing = missing, .cuts = 2, .bits = kernel_bits(mosts[m] + 1)};

        for (size_t k = 0; k < KERNEL_LANES; k++) {
            need[0][k] = (uint16_t)mosts[m];
            need[1][k] = (uint16_t)(mosts[m] + 1);
        }
        lanes.need = in_columns(lanes.bits, need, *state);
        for (size_t k = 0; k < kernels_here; k++)
            assert_levels(all[k], &lanes, column, mosts[m], need);
    }
}

static void every_kernel_turns_a_column_over_by_others(void **state)
{
    const struct kernel *all[KERNELS_MAX];
    size_t n = kernels(all);
    struct rng r = rng_open(11, 0);
    const uint64_t *columns = columns_of(&r, *state);
    uint64_t *out = kernel_words(*state, KERNEL_COLUMN_WORDS);

    for (size_t c = 0; c < CASES; c++) {
        size_t turns = rng_u64(&r) % 60;
        unsigned from = (unsigned)(rng_u64(&r) % 500);
        uint64_t before[KERNEL_COLUMN_WORDS];
        uint16_t column[60];

        for (size_t i = 0; i < turns; i++)
            column[i] = (uint16_t)(from + rng_u64(&r) % BITS);
        for (size_t w = 0; w < KERNEL_COLUMN_WORDS; w++)
            before[w] = rng_u64(&r);
        for (size_t k = 0; k < n; k++) {
            memcpy(out, before, sizeof before);
            all[k]->turn(columns, column, turns, from, out);
            for (size_t w = 0; w < KERNEL_COLUMN_WORDS; w++) {
                uint64_t expected = before[w];

                for (size_t i = 0; i < turns; i++)
                    expected ^= columns[(size_t)(column[i] - from) * KERNEL_COLUMN_WORDS + w];
                assert_int_equal(out[w], expected);
            }
        }
    }
}

static void every_kernel_puts_patterns_together_from_their_bits(void **state)
{
    const struct kernel *all[KERNELS_MAX];
    size_t n = kernels(all);
    struct rng r = rng_open(1, 0);
    uint64_t column[KERNEL_PATTERN_BITS][KERNEL_COLUMN_WORDS];

    (void)state;
    for (size_t b = 0; b < KERNEL_PATTERN_BITS; b++)
        for (size_t w = 0; w < KERNEL_COLUMN_WORDS; w++)
            column[b][w] = rng_u64(&r);
    for (size_t k = 0; k < n; k++) {
        uint16_t pattern[KERNEL_LANES];

        all[k]->patterns(column, pattern);
        for (size_t lane = 0; lane < KERNEL_LANES; lane++)
            for (size_t b = 0; b < 16; b++)
                assert_int_equal(pattern[lane] >> b & 1,
                                 b < KERNEL_PATTERN_BITS ? column[b][lane / 64] >> lane % 64 & 1U : 0);
    }
}

/* None, all, some by chance, or those whose digits add up to much. */
static void draw_keep(struct rng *r, size_t kind, bool keep[1 << KERNEL_PATTERN_BITS])
{
    unsigned most = (unsigned)(rng_u64(r) % 40);

    for (unsigned p = 0; p < 1 << KERNEL_PATTERN_BITS; p++)
        keep[p] = kind == 0   ? true
                  : kind == 1 ? false
                  : kind == 2 ? (p >> 8) + (p >> 4 & 15) + (p & 15) > most
                              : rng_u64(r) % 4 == 0;
}

/* With a share of patterns from none to all that are kept, of any number of lanes. */
static void every_kernel_finds_the_lanes_that_are_kept(void **state)
{
    const struct kernel *all[KERNELS_MAX];
    size_t n = kernels(all);
    struct rng r = rng_open(9, 0);

    (void)state;
    for (size_t c = 0; c < CASES; c++) {
        bool keep[1 << KERNEL_PATTERN_BITS];
        struct kernel_keep made;
        uint16_t pattern[KERNEL_LANES];
        size_t lanes = c % 10 ? rng_u64(&r) % (KERNEL_LANES + 1) : KERNEL_LANES;

        draw_keep(&r, c % 5, keep);
        kernel_keep_make(&made, keep);
        for (size_t k = 0; k < KERNEL_LANES; k++)
            pattern[k] = (uint16_t)(rng_u64(&r) % (1 << KERNEL_PATTERN_BITS));
        for (size_t k = 0; k < n; k++) {
            uint16_t which[KERNEL_LANES];
            size_t kept = all[k]->kept(pattern, lanes, &made, which);
            size_t expected = 0;

            for (size_t lane = 0; lane < lanes; lane++)
                if (keep[pattern[lane]])
                    assert_int_equal(which[expected++], lane);
            assert_int_equal(kept, expected);
        }
    }
}

static void what_is_kept_reaches_the_bound_of_the_scores(void **state)
{
    struct rng r = rng_open(10, 0);

    (void)state;
    for (size_t c = 0; c < CASES; c++) {
        bool keep[1 << KERNEL_PATTERN_BITS];
        struct kernel_keep made;

        draw_keep(&r, c % 5, keep);
        kernel_keep_make(&made, keep);
        for (unsigned p = 0; p < 1 << KERNEL_PATTERN_BITS; p++) {
            unsigned score = 0U + made.score[0][p & 15] + made.score[1][p >> 4 & 15] + made.score[2][p >> 8];

            assert_int_equal(kernel_is_kept(&made, p), keep[p]);
            assert_in_range(score, keep[p] ? made.least : 0, UINT8_MAX);
        }
    }
}

static void words_are_transposed(void **state)
{
    struct rng r = rng_open(5, 0);
    uint64_t m[64];
    uint64_t before[64];

    (void)state;
    for (size_t k = 0; k < 64; k++)
        m[k] = before[k] = rng_u64(&r);
    kernel_transpose(m);
    for (size_t k = 0; k < 64; k++)
        for (size_t b = 0; b < 64; b++)
            assert_int_equal(m[b] >> k & 1U, before[k] >> b & 1U);
}

static void assert_within(const struct kernel *k, const uint64_t *columns, const uint16_t *column, size_t n,
                          unsigned most)
{
    uint64_t within[KERNEL_COLUMN_WORDS];
    bool any = k->within(columns, column, n, most, within);

    for (size_t lane = 0; lane < KERNEL_LANES; lane++) {
        bool expected = count_lane(columns, column, n, lane) <= most;
        bool found = any && (within[lane / 64] >> lane % 64 & 1U);

        if (expected != found)
            fail_msg("%s: lane %zu of %zu columns, at most %u", k->name, lane, n, most);
    }
}

static void every_kernel_tells_which_lanes_are_within_a_bound(void **state)
{
    const struct kernel *all[KERNELS_MAX];
    size_t kernels_here = kernels(all);
    struct rng r = rng_open(2, 0);
    const uint64_t *columns = columns_of(&r, *state);

    for (size_t c = 0; c < CASES; c++) {
        size_t n = rng_u64(&r) % 64 * KERNEL_ROUND;
        uint16_t column[BITS];

        for (size_t i = 0; i < n; i++)
            column[i] = (uint16_t)(rng_u64(&r) % (BITS + 1));
        unsigned most = n ? (unsigned)(rng_u64(&r) % n) : 0;
        for (size_t k = 0; k < kernels_here; k++)
            assert_within(all[k], columns, column, n, most);
    }
}

static void a_bound_is_told_apart_from_one_more(void **state)
{
    const struct kernel *all[KERNELS_MAX];
    size_t kernels_here = kernels(all);
    struct rng r = rng_open(3, 0);
    const uint64_t *columns = columns_of(&r, *state);
    uint16_t column[512];

    for (size_t i = 0; i < 512; i++)
        column[i] = (uint16_t)(i * 2);
    for (size_t k = 0; k < kernels_here; k++)
        for (size_t lane = 0; lane < KERNEL_LANES; lane += 37) {
            unsigned count = count_lane(columns, column, 512, lane);
            uint64_t within[KERNEL_COLUMN_WORDS];

            assert_true(all[k]->within(columns, column, 512, count, within));
            assert_true(within[lane / 64] >> lane % 64 & 1U);
            bool any = all[k]->within(columns, column, 512, count - 1, within);
            assert_false(any && (within[lane / 64] >> lane % 64 & 1U));
        }
}

static void a_block_far_beyond_the_bound_is_given_up(void **state)
{
    const struct kernel *all[KERNELS_MAX];
    size_t kernels_here = kernels(all);
    uint64_t *columns = kernel_words(*state, (BITS + 1) * KERNEL_COLUMN_WORDS);
    uint16_t column[BITS] = {0};
    uint64_t within[KERNEL_COLUMN_WORDS];

    memset(columns, 0xFF, KERNEL_COLUMN_WORDS * sizeof *columns);
    for (size_t k = 0; k < kernels_here; k++) {
        assert_false(all[k]->within(columns, column, BITS, BITS - 1, within));
        assert_true(all[k]->within(columns, column, BITS, BITS, within));
    }
}

static void the_portable_kernel_is_always_there_and_the_best_is_last(void **state)
{
    const struct kernel *all[KERNELS_MAX];
    size_t n = kernels(all);

    (void)state;
    assert_ptr_equal(all[0], &kernel_portable);
    assert_ptr_equal(all[n - 1], kernel_best());
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_ARENA(every_kernel_tells_how_many_needs_each_lane_meets),
        WITH_ARENA(a_count_may_be_all_that_its_bits_hold),
        WITH_ARENA(every_kernel_turns_a_column_over_by_others),
        cmocka_unit_test(every_kernel_puts_patterns_together_from_their_bits),
        cmocka_unit_test(every_kernel_finds_the_lanes_that_are_kept),
        cmocka_unit_test(what_is_kept_reaches_the_bound_of_the_scores),
        cmocka_unit_test(words_are_transposed),
        WITH_ARENA(every_kernel_tells_which_lanes_are_within_a_bound),
        WITH_ARENA(a_bound_is_told_apart_from_one_more),
        WITH_ARENA(a_block_far_beyond_the_bound_is_given_up),
        cmocka_unit_test(the_portable_kernel_is_always_there_and_the_best_is_last),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

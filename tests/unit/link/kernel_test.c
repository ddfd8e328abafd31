/* The inner loops of comparison: every kernel that this processor can run against counting bit by bit. */
#include "link/kernel.h"

#include "../unit.h"

#include "base/rng.h"

#include <string.h>

enum { BITS = 1024, CASES = 300 };

/* Filters of random bits, some words full, interleaved by eight at a 64-byte boundary. */
static uint64_t *eights_of(size_t words, size_t n, struct rng *r, struct arena *a)
{
    uint64_t *eights = kernel_words(a, words * n * KERNEL_INTERLEAVED);

    for (size_t w = 0; w < words * n * KERNEL_INTERLEAVED; w++)
        eights[w] = w % 3 ? rng_u64(r) : ~(uint64_t)0;
    return eights;
}

static unsigned common_with(const uint64_t *row, const uint64_t *eights, size_t words, size_t record)
{
    const uint64_t *eight = eights + record / KERNEL_INTERLEAVED * words * KERNEL_INTERLEAVED;
    unsigned n = 0;

    for (size_t w = 0; w < words; w++)
        n += (unsigned)__builtin_popcountll(row[w] &
                                            eight[w * KERNEL_INTERLEAVED + record % KERNEL_INTERLEAVED]);
    return n;
}

static void every_kernel_counts_common_bits_of_eights(void **state)
{
    static const size_t lengths[] = {1, 4, 16, 31, 32, 128};
    const struct kernel *all[KERNELS_MAX];
    size_t n = kernels(all);
    struct rng r = rng_open(1, 0);

    for (size_t k = 0; k < n; k++)
        for (size_t l = 0; l < 6; l++)
            for (size_t eights = 1; eights <= 3; eights++) {
                const uint64_t *of = eights_of(lengths[l], eights, &r, *state);
                uint16_t common[3 * KERNEL_INTERLEAVED + 1] = {0};
                uint64_t row[128];

                for (size_t w = 0; w < lengths[l]; w++)
                    row[w] = w % 5 ? rng_u64(&r) : ~(uint64_t)0;
                common[eights * KERNEL_INTERLEAVED] = 9999; /* what is not asked for is left alone */
                all[k]->common(row, of, lengths[l], eights, common);
                for (size_t record = 0; record < eights * KERNEL_INTERLEAVED; record++)
                    assert_int_equal(common[record], common_with(row, of, lengths[l], record));
                assert_int_equal(common[eights * KERNEL_INTERLEAVED], 9999);
            }
}

/* The most that there can be: no sum on the way may run over. */
static void every_kernel_counts_filters_that_are_full(void **state)
{
    static const size_t lengths[] = {4, 16, 62, 128};
    const struct kernel *all[KERNELS_MAX];
    size_t n = kernels(all);

    for (size_t l = 0; l < 4; l++) {
        uint64_t *of = kernel_words(*state, lengths[l] * KERNEL_INTERLEAVED);

        memset(of, 0xFF, lengths[l] * KERNEL_INTERLEAVED * sizeof *of);
        for (size_t k = 0; k < n; k++) {
            uint16_t common[KERNEL_INTERLEAVED];

            all[k]->common(of, of, lengths[l], 1, common);
            for (size_t record = 0; record < KERNEL_INTERLEAVED; record++)
                assert_int_equal(common[record], 64 * lengths[l]);
        }
    }
}

static void every_kernel_adds_a_level_for_each_need_that_is_met(void **state)
{
    enum { CUTS = 13 };
    const struct kernel *all[KERNELS_MAX];
    size_t n = kernels(all);
    struct rng r = rng_open(4, 0);

    (void)state;
    for (size_t c = 0; c < CASES; c++) {
        uint16_t common[KERNEL_RECORDS];
        uint16_t need[CUTS * KERNEL_RECORDS];
        size_t reached[KERNEL_RECORDS] = {0};

        for (size_t k = 0; k < KERNEL_RECORDS; k++) {
            uint16_t least = (uint16_t)(rng_u64(&r) % 40);

            common[k] = (uint16_t)(rng_u64(&r) % (c % 2 ? 40 : 400));
            for (size_t cut = 0; cut < CUTS; cut++, least = (uint16_t)(least + rng_u64(&r) % 20)) {
                need[cut * KERNEL_RECORDS + k] = k % 7 == 0 && cut > 5 ? UINT16_MAX : least;
                reached[k] += common[k] >= need[cut * KERNEL_RECORDS + k];
            }
        }
        for (size_t k = 0; k < n; k++) {
            uint16_t pattern[KERNEL_RECORDS] = {[3] = 0x0F0F};

            all[k]->add_levels(common, need, CUTS, 0x10, pattern);
            for (size_t i = 0; i < KERNEL_RECORDS; i++)
                assert_int_equal(pattern[i], (i == 3 ? 0x0F0F : 0) + 0x10 * (int)reached[i]);
        }
    }
}

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
        WITH_ARENA(every_kernel_counts_common_bits_of_eights),
        WITH_ARENA(every_kernel_counts_filters_that_are_full),
        cmocka_unit_test(every_kernel_adds_a_level_for_each_need_that_is_met),
        WITH_ARENA(every_kernel_tells_which_lanes_are_within_a_bound),
        WITH_ARENA(a_bound_is_told_apart_from_one_more),
        WITH_ARENA(a_block_far_beyond_the_bound_is_given_up),
        cmocka_unit_test(the_portable_kernel_is_always_there_and_the_best_is_last),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

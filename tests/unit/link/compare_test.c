/* Patterns of all pairs, against looking at each pair by itself. */
#include "febrl.h"

#include "link/compare.h"
#include "link/compare_own.h"

#include "base/rng.h"

static unsigned naive_pattern(const struct encodings *x, size_t i, const struct encodings *y, size_t j,
                              enum profile profile, int noise)
{
    unsigned pattern = 0;

    for (size_t g = 0; g < GROUPS; g++) {
        const struct levels *levels = levels_of(profile, (enum group)g);
        size_t words = x->group[g].bits / 64;
        unsigned level = 0;

        if (words == 0 || !(x->present[i] & y->present[j] & 1 << g)) {
            level = LEVEL_MISSING;
        } else {
            const uint64_t *a = filter_of(x, g, i);
            const uint64_t *b = filter_of(y, g, j);
            unsigned sum = kernel_common(a, a, words) + kernel_common(b, b, words);

            while (level < levels->cuts &&
                   similarity(kernel_common(a, b, words), sum, words * 64, noise) >= levels->cut[level])
                level++;
        }
        pattern |= level << pattern_shift(g);
    }
    return pattern;
}

/* People with filters of random bits, thin and thick, empty and full, who are in part like each other; some
 * lack a group. */
static struct encodings random_people(size_t n, size_t groups, const size_t bits[GROUPS], struct rng *r,
                                      struct arena *a)
{
    struct encodings x = {.n = n, .groups = groups, .present = arena_new(a, n, uint8_t)};

    for (size_t g = 0; g < groups; g++) {
        size_t words = bits[g] / 64;

        x.group[g] = (struct filters){bits[g], arena_new(a, n * words, uint64_t)};
        for (size_t i = 0; i < n; i++) {
            uint64_t *filter = x.group[g].word + i * words;
            uint64_t kind = rng_u64(r) % 40;

            if (words == 0 || kind < 6)
                continue; /* lacks the group */
            x.present[i] = (uint8_t)(x.present[i] | 1 << g);
            for (size_t w = 0; w < words && kind > 6; w++) {
                uint64_t common = 0x0123456789ABCDEFU * (w + 1);

                filter[w] = kind == 7   ? ~(uint64_t)0
                            : kind < 20 ? rng_u64(r) & rng_u64(r)
                                        : common ^ (rng_u64(r) & rng_u64(r) & rng_u64(r));
            }
        }
    }
    return x;
}

/* Every kernel counts and keeps what looking at each pair by itself does, of two lists or, when both are one,
 * of one with itself. */
static void assert_as_naive(const struct encodings *x, const struct encodings *y, enum profile profile,
                            int noise, struct arena *a)
{
    uint64_t *expected = arena_new(a, PATTERNS, uint64_t);
    bool *keep = arena_new(a, PATTERNS, bool);
    const struct kernel *all[KERNELS_MAX];
    size_t kernels_here = kernels(all);
    struct compared_list *list = arena_new(a, 2, struct compared_list);

    for (size_t p = 0; p < PATTERNS; p++)
        keep[p] = p % 3 == 0;
    for (size_t i = 0; i < x->n; i++)
        for (size_t j = x == y ? i + 1 : 0; j < y->n; j++)
            expected[naive_pattern(x, i, y, j, profile, noise)]++;
    compared_list_make(&list[0], x, a);
    compared_list_make(&list[1], y, a);
    for (size_t k = 0; k < kernels_here; k++) {
        uint64_t *count = arena_new(a, PATTERNS, uint64_t);
        struct compare_found *found = NULL;
        struct record_pairs pairs;
        struct comparison c;
        struct err e = {OK, ""};
        uint64_t kept = 0;

        comparison_make(&c, &list[0], x == y ? &list[0] : &list[1], profile, noise, a);
        c.kernel = all[k];
        assert_int_equal(compare_count_and_keep(&c, count, keep, a, &found, &e), OK);
        assert_int_equal(compare_take(&c, found, keep, a, &pairs, &e), OK);
        assert_memory_equal(count, expected, PATTERNS * sizeof *count);
        for (size_t p = 0; p < PATTERNS; p++)
            kept += keep[p] ? expected[p] : 0;
        assert_int_equal(pairs.n, kept);
        for (size_t n = 0; n < pairs.n; n++) {
            const struct record_pair *p = &pairs.pair[n];

            assert_int_equal(p->pattern, naive_pattern(x, p->i, y, p->j, profile, noise));
            assert_true(n == 0 || p[-1].i < p->i || (p[-1].i == p->i && p[-1].j < p->j));
        }
    }
}

static void random_filters_have_the_patterns_of_each_pair(void **state)
{
    static const size_t bits[GROUPS] = {1024, 256, 256};
    static const size_t sizes[][2] = {{1, 1}, {3, 64}, {40, 511}, {33, 512}, {37, 513}, {20, 1100}};
    struct rng r = rng_open(6, 0);

    for (size_t k = 0; k < sizeof sizes / sizeof *sizes; k++) {
        struct encodings x = random_people(sizes[k][0], GROUPS, bits, &r, *state);
        struct encodings y = random_people(sizes[k][1], GROUPS, bits, &r, *state);

        assert_as_naive(&x, &y, PROFILE_GROUPED, k % 2 ? 5 : 0, *state);
        assert_as_naive(&y, &x, PROFILE_GROUPED, 5, *state);
    }
}

static void a_list_with_itself_has_the_patterns_of_each_pair_once(void **state)
{
    static const size_t bits[GROUPS] = {256, 64, 0};
    struct rng r = rng_open(7, 0);
    struct encodings x = random_people(570, GROUPS, bits, &r, *state);

    assert_as_naive(&x, &x, PROFILE_GROUPED, 5, *state);
}

static void a_list_longer_than_a_stretch_has_the_patterns_of_each_pair(void **state)
{
    static const size_t bits[GROUPS] = {64, 64, 0};
    struct rng r = rng_open(9, 0);
    struct encodings x = random_people(COMPARE_STRETCH + 70, GROUPS, bits, &r, *state);
    struct encodings y = random_people(2, GROUPS, bits, &r, *state);

    assert_as_naive(&x, &y, PROFILE_GROUPED, 5, *state);
}

static void filters_of_every_length_have_the_patterns_of_each_pair(void **state)
{
    static const size_t lengths[] = {64, 192, 960, 4096, 8192};
    struct rng r = rng_open(8, 0);

    for (size_t k = 0; k < sizeof lengths / sizeof *lengths; k++) {
        size_t bits[GROUPS] = {lengths[k]};
        struct encodings x = random_people(45, 1, bits, &r, *state);
        struct encodings y = random_people(70, 1, bits, &r, *state);

        assert_as_naive(&x, &y, PROFILE_CLK, k % 2 ? 0 : 5, *state);
    }
}

static void patterns_are_those_of_each_pair(void **state)
{
    const struct schema *s = febrl_schema("grouped", true, *state);
    const struct febrl *a = febrl_read("febrl4a.csv", s, 1, *state);
    struct febrl *b = febrl_read("febrl4b.csv", s, 1, *state);
    uint64_t *count = arena_new(*state, PATTERNS, uint64_t);
    uint64_t *expected = arena_new(*state, PATTERNS, uint64_t);
    struct compared_list x;
    struct compared_list y;
    struct comparison c;
    struct err e = {OK, ""};

    b->people.n = 300;
    compared_list_make(&x, &a->people, *state);
    compared_list_make(&y, &b->people, *state);
    comparison_make(&c, &x, &y, PROFILE_GROUPED, 5, *state);
    assert_int_equal(compare_count(&c, count, &e), OK);
    for (size_t i = 0; i < a->people.n; i++)
        for (size_t j = 0; j < b->people.n; j++)
            expected[naive_pattern(&a->people, i, &b->people, j, PROFILE_GROUPED, 5)]++;
    assert_memory_equal(count, expected, PATTERNS * sizeof *count);
}

static void a_list_with_itself_has_every_pair_once(void **state)
{
    const struct schema *s = febrl_schema("grouped", false, *state);
    const struct febrl *a = febrl_read("febrl4a.csv", s, 1, *state);
    bool *keep = arena_new(*state, PATTERNS, bool);
    struct compared_list x;
    struct comparison c;
    struct record_pairs pairs;
    struct err e = {OK, ""};
    size_t n = 0;

    for (size_t p = 0; p < PATTERNS; p++)
        keep[p] = true;
    compared_list_make(&x, &a->people, *state);
    comparison_make(&c, &x, &x, PROFILE_GROUPED, 5, *state);
    assert_int_equal(compare_keep(&c, keep, *state, &pairs, &e), OK);
    for (size_t i = 0; i < a->people.n; i++)
        for (size_t j = i + 1; j < a->people.n; j++, n++)
            assert_true(pairs.pair[n].i == i && pairs.pair[n].j == j);
    assert_int_equal(pairs.n, n);
}

static void counting_and_keeping_in_one_pass_is_the_same_as_in_two(void **state)
{
    const struct schema *s = febrl_schema("grouped", true, *state);
    const struct febrl *a = febrl_read("febrl4a.csv", s, 2, *state);
    const struct febrl *b = febrl_read("febrl4b.csv", s, 3, *state);
    uint64_t *count = arena_new(*state, PATTERNS, uint64_t);
    uint64_t *expected = arena_new(*state, PATTERNS, uint64_t);
    bool *keep = arena_new(*state, PATTERNS, bool);
    struct compared_list x;
    struct compared_list y;
    struct comparison c;
    bool *most = arena_new(*state, PATTERNS, bool); /* are kept, of which fewer are taken */
    struct compare_found *found = NULL;
    struct record_pairs pairs;
    struct record_pairs alone;
    struct err e = {OK, ""};

    for (unsigned p = 0; p < PATTERNS; p++)
        keep[p] = pattern_level(p, GROUP_NAMES) > 2 && (most[p] = pattern_level(p, GROUP_NAMES) > 1);
    compared_list_make(&x, &a->people, *state);
    compared_list_make(&y, &b->people, *state);
    comparison_make(&c, &x, &y, PROFILE_GROUPED, 5, *state);
    assert_int_equal(compare_count_and_keep(&c, count, most, *state, &found, &e), OK);
    assert_int_equal(compare_take(&c, found, keep, *state, &pairs, &e), OK);
    assert_int_equal(compare_count(&c, expected, &e), OK);
    assert_int_equal(compare_keep(&c, keep, *state, &alone, &e), OK);
    assert_memory_equal(count, expected, PATTERNS * sizeof *count);
    assert_true(pairs.n > 0 && pairs.n == alone.n);
    assert_memory_equal(pairs.pair, alone.pair, pairs.n * sizeof *pairs.pair);
    for (size_t k = 1; k < pairs.n; k++)
        assert_true(pairs.pair[k - 1].i < pairs.pair[k].i ||
                    (pairs.pair[k - 1].i == pairs.pair[k].i && pairs.pair[k - 1].j < pairs.pair[k].j));
}

static void a_sample_has_the_pairs_of_one_in_so_many_records(void **state)
{
    const struct schema *s = febrl_schema("grouped", false, *state);
    const struct febrl *a = febrl_read("febrl4a.csv", s, 1, *state);
    const struct febrl *b = febrl_read("febrl4b.csv", s, 3, *state);
    uint64_t *count = arena_new(*state, PATTERNS, uint64_t);
    struct compared_list x;
    struct compared_list y;
    struct comparison c;
    struct err e = {OK, ""};
    uint64_t pairs = 0;

    compared_list_make(&x, &a->people, *state);
    compared_list_make(&y, &b->people, *state);
    comparison_make(&c, &x, &y, PROFILE_GROUPED, 5, *state);
    c.every = 16;
    assert_int_equal(compare_count(&c, count, &e), OK);
    for (size_t p = 0; p < PATTERNS; p++)
        pairs += count[p];
    assert_int_equal(pairs, (a->people.n + 15) / 16 * b->people.n);
}

/* What is not kept does not count, and the largest number that may be kept is one that may be. */
static void more_kept_pairs_than_may_be_kept_are_refused(void **state)
{
    uint64_t *count = arena_new(*state, PATTERNS, uint64_t);
    bool *keep = arena_new(*state, PATTERNS, bool);
    struct err e = {OK, ""};

    keep[7] = keep[8] = true;
    count[7] = COMPARE_MOST_PAIRS - 1;
    count[8] = 1;
    count[9] = COMPARE_MOST_PAIRS;
    assert_int_equal(compare_check_kept(count, keep, &e), OK);
    count[8]++;
    assert_int_equal(compare_check_kept(count, keep, &e), REFUSED);
    assert_non_null(strstr(e.what, "pairs look alike"));
}

static void similarity_without_noise_is_dices_coefficient(void **state)
{
    (void)state;
    assert_true(similarity(30, 80, 1024, 0) == 0.75);
    assert_true(similarity(0, 0, 1024, 5) == 0.0);
}

/* A filter of 240 of 1024 bits twice, each bit flipped with probability 0.025: expected weights 253.6, and
 * common bits 240 * 0.975^2 + 784 * 0.025^2 = 228.64. */
static void noise_is_taken_out_of_the_similarity(void **state)
{
    (void)state;
    assert_true(similarity(229, 507, 1024, 5) > 0.995);
    assert_true(similarity(229, 507, 1024, 0) < 0.91);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_ARENA(patterns_are_those_of_each_pair),
        WITH_ARENA(random_filters_have_the_patterns_of_each_pair),
        WITH_ARENA(a_list_with_itself_has_the_patterns_of_each_pair_once),
        WITH_ARENA(a_list_longer_than_a_stretch_has_the_patterns_of_each_pair),
        WITH_ARENA(filters_of_every_length_have_the_patterns_of_each_pair),
        WITH_ARENA(a_list_with_itself_has_every_pair_once),
        WITH_ARENA(counting_and_keeping_in_one_pass_is_the_same_as_in_two),
        WITH_ARENA(a_sample_has_the_pairs_of_one_in_so_many_records),
        WITH_ARENA(more_kept_pairs_than_may_be_kept_are_refused),
        cmocka_unit_test(similarity_without_noise_is_dices_coefficient),
        cmocka_unit_test(noise_is_taken_out_of_the_similarity),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* Records into people, against trying every partition. */
#include "link/partition_own.h"

#include "../unit.h"

#include <math.h>
#include <string.h>

enum { RECORDS = 7, CASES = 200 };

/* Seven records of three lists with random log ratios between those of different lists; a share of those
 * pairs is no edge. */
static struct partition random_partition(struct rng *r, double no_edge, double *log_ratio, struct arena *a)
{
    static const uint8_t list[RECORDS] = {0, 0, 1, 1, 1, 2, 2};
    struct partition_edge *edge = arena_new(a, 64, struct partition_edge);
    struct partition x = {
        .n = RECORDS, .lists = 3, .list = list, .edge = edge, .log_ratio = log_ratio, .absent = -4.0};

    for (uint32_t u = 0; u < RECORDS; u++)
        for (uint32_t v = u + 1; v < RECORDS; v++) {
            if (list[u] == list[v] || rng_unit(r) < no_edge)
                continue;
            log_ratio[x.edges] = 8.0 * rng_unit(r) - 5.0;
            edge[x.edges] = (struct partition_edge){u, v, (uint32_t)x.edges};
            x.edges++;
        }
    partition_make(&x, a);
    return x;
}

/* Log ratios of all pairs; those that are no edge have `absent`, and are marked. */
struct pairs {
    double ratio[RECORDS][RECORDS];
    bool is_edge[RECORDS][RECORDS];
};

static struct pairs pairs_of(const struct partition *x)
{
    struct pairs p = {.is_edge = {{false}}};

    for (size_t u = 0; u < RECORDS; u++)
        for (size_t v = 0; v < RECORDS; v++)
            p.ratio[u][v] = x->absent;
    for (size_t e = 0; e < x->edges; e++) {
        p.ratio[x->edge[e].u][x->edge[e].v] = x->log_ratio[x->edge[e].pattern];
        p.is_edge[x->edge[e].u][x->edge[e].v] = true;
    }
    return p;
}

/* Of records in rising order: two weigh their log ratio, three the mean of their three trees; what is no edge
 * counts once more. */
static double weight_of(const struct pairs *p, const size_t *record, size_t n)
{
    double pair[3];
    double weight = 0.0;
    size_t pairs = 0;

    for (size_t i = 0; i < n; i++)
        for (size_t j = i + 1; j < n; j++) {
            pair[pairs++] = p->ratio[record[i]][record[j]];
            weight += p->is_edge[record[i]][record[j]] ? 0.0 : p->ratio[record[i]][record[j]];
        }
    if (n == 2)
        weight += pair[0];
    if (n == 3)
        weight += log((exp(pair[0] + pair[1]) + exp(pair[0] + pair[2]) + exp(pair[1] + pair[2])) / 3.0);
    return weight;
}

/* Of all parts; minus infinity when two records of one list stand in one. */
static double total(const struct partition *x, const uint32_t *part)
{
    struct pairs pairs = pairs_of(x);
    double sum = 0.0;

    for (uint32_t p = 0; p < RECORDS; p++) {
        size_t record[3];
        size_t n = 0;
        unsigned lists = 0;

        for (size_t u = 0; u < RECORDS; u++) {
            if (part[u] != p)
                continue;
            if (lists >> x->list[u] & 1U)
                return -INFINITY;
            lists |= 1U << x->list[u];
            record[n++] = u;
        }
        sum += weight_of(&pairs, record, n);
    }
    return sum;
}

static double best_of_all(const struct partition *x, uint32_t *part, size_t u, uint32_t parts)
{
    double best = -INFINITY;

    if (u == RECORDS)
        return total(x, part);
    for (part[u] = 0; part[u] <= parts; part[u]++)
        best = fmax(best, best_of_all(x, part, u + 1, part[u] == parts ? parts + 1 : parts));
    return best;
}

static void no_partition_is_better_than_the_best_and_ours_is_near(void **state)
{
    struct rng r = rng_open(5, 0);
    double ours = 0.0;
    double best = 0.0;

    for (size_t c = 0; c < CASES; c++) {
        double log_ratio[64];
        uint32_t part[RECORDS];
        struct partition x = random_partition(&r, 0.3, log_ratio, *state);

        partition_best(&x, 50);
        double mine = total(&x, x.part);
        double most = best_of_all(&x, part, 0, 0);

        assert_true(mine <= most + 1e-9);
        assert_true(mine >= -1e-9);
        ours += mine;
        best += most;
    }
    assert_true(ours >= 0.9 * best);
}

static void no_single_move_betters_the_result(void **state)
{
    struct rng r = rng_open(6, 0);

    for (size_t c = 0; c < CASES; c++) {
        double log_ratio[64];
        struct partition x = random_partition(&r, 0.3, log_ratio, *state);

        partition_best(&x, 50);
        double before = total(&x, x.part);
        assert_int_equal(partition_sweep(&x, NULL), 0);
        for (uint32_t u = 0; u < RECORDS; u++)
            for (uint32_t p = 0; p < RECORDS; p++) {
                uint32_t part[RECORDS];

                memcpy(part, x.part, sizeof part);
                part[u] = p;
                assert_true(total(&x, part) <= before + 1e-9);
            }
    }
}

/* Two lists, one record each, log ratio 1: together with probability e / (1 + e) = 0.7311. 20000 draws have a
 * deviation of 0.0031. */
static void draws_have_the_probability_of_their_weight(void **state)
{
    static const uint8_t list[] = {0, 1};
    static const struct partition_edge edge[] = {{0, 1, 0}};
    static const double log_ratio[] = {1.0};
    struct partition x = {.n = 2, .lists = 2, .list = list, .edges = 1, .edge = edge, .log_ratio = log_ratio};
    struct rng r = rng_open(7, 0);
    int together = 0;

    partition_make(&x, *state);
    for (int s = 0; s < 20000; s++) {
        partition_sweep(&x, &r);
        together += x.part[0] == x.part[1];
    }
    assert_true(fabs(together / 20000.0 - 0.7311) < 0.0155);
}

/* Over every partition: how much each two records weigh together. */
static void add_up(const struct partition *x, uint32_t *part, uint32_t u, uint32_t parts,
                   double together[RECORDS][RECORDS], double *all)
{
    if (u < RECORDS) {
        for (part[u] = 0; part[u] <= parts; part[u]++)
            add_up(x, part, u + 1, part[u] == parts ? parts + 1 : parts, together, all);
        return;
    }
    double weight = exp(total(x, part));

    *all += weight;
    for (size_t i = 0; i < RECORDS; i++)
        for (size_t j = 0; j < i; j++)
            together[i][j] += part[i] == part[j] ? weight : 0.0;
}

/* The same of seven records of three lists, any two of different lists alike by chance: each two are drawn
 * together as often as all partitions say. 20000 draws have a deviation of 0.0035 or somewhat more, since
 * they follow each other. */
static void draws_of_three_lists_have_the_probability_of_all_partitions(void **state)
{
    enum { DRAWS = 20000 };
    double log_ratio[64];
    double exact[RECORDS][RECORDS] = {{0.0}};
    double drawn[RECORDS][RECORDS] = {{0.0}};
    uint32_t part[RECORDS];
    double all = 0.0;
    struct rng r = rng_open(11, 0);
    struct partition x = random_partition(&r, 0.0, log_ratio, *state);

    add_up(&x, part, 0, 0, exact, &all);
    for (int s = 0; s < DRAWS; s++) {
        partition_sweep(&x, &r);
        for (size_t i = 0; i < RECORDS; i++)
            for (size_t j = 0; j < i; j++)
                drawn[i][j] += x.part[i] == x.part[j];
    }
    for (size_t i = 0; i < RECORDS; i++)
        for (size_t j = 0; j < i; j++)
            assert_true(fabs(drawn[i][j] / DRAWS - exact[i][j] / all) < 0.025);
}

/* Records 0 and 2 are both like 1 and unlike each other: a chain makes no person of three. */
static void a_chain_does_not_make_one_person(void **state)
{
    static const uint8_t list[] = {0, 1, 2};
    static const struct partition_edge edge[] = {{0, 1, 0}, {1, 2, 1}};
    static const double log_ratio[] = {3.0, 2.0};
    struct partition x = {
        .n = 3, .lists = 3, .list = list, .edges = 2, .edge = edge, .log_ratio = log_ratio, .absent = -6.0};

    partition_make(&x, *state);
    partition_best(&x, 50);
    assert_int_equal(x.part[0], x.part[1]);
    assert_int_not_equal(x.part[1], x.part[2]);
}

/* Two records of each of two lists, any two of different lists alike by 0: as many partitions with no, one
 * and two people on both are 1, 4 and 2; each number of people is equally likely all the same. 20000 draws
 * have a deviation of 0.0033. */
static void beforehand_every_number_on_both_lists_is_as_likely(void **state)
{
    static const uint8_t list[] = {0, 0, 1, 1};
    static const struct partition_edge edge[] = {{0, 2, 0}, {0, 3, 0}, {1, 2, 0}, {1, 3, 0}};
    static const double log_ratio[] = {0.0};
    double people[4];
    struct partition x = {.n = 4, .lists = 2, .list = list, .edges = 4, .edge = edge, .log_ratio = log_ratio};
    struct rng r = rng_open(8, 0);
    int drawn[3] = {0};

    partition_make(&x, *state);
    x.people = people;
    x.is_counting = true;
    partition_count(&x);
    for (int s = 0; s < 20000; s++) {
        partition_sweep(&x, &r);
        drawn[(int)people[3]]++;
    }
    for (size_t k = 0; k < 3; k++)
        assert_true(fabs(drawn[k] / 20000.0 - 1.0 / 3.0) < 0.03);
}

/* The same when half of the matches are no edges: with m seen and n alone on each list, h of these are one
 * person in C(m + h, h) ways, so that none, one and two seen weigh 1 + 1/2 + 1/4, 1 + 2/2 and 1. */
static void matches_that_are_not_seen_leave_room_for_themselves(void **state)
{
    static const uint8_t list[] = {0, 0, 1, 1};
    static const struct partition_edge edge[] = {{0, 2, 0}, {0, 3, 0}, {1, 2, 0}, {1, 3, 0}};
    static const double log_ratio[] = {0.0};
    static const double expected[] = {1.75 / 4.75, 2.0 / 4.75, 1.0 / 4.75};
    double people[4];
    struct partition x = {.n = 4, .lists = 2, .list = list, .edges = 4, .edge = edge, .log_ratio = log_ratio};
    struct rng r = rng_open(9, 0);
    int drawn[3] = {0};

    partition_make(&x, *state);
    x.people = people;
    x.hidden = 0.5;
    x.is_counting = true;
    partition_count(&x);
    for (int s = 0; s < 20000; s++) {
        partition_sweep(&x, &r);
        drawn[(int)people[3]]++;
    }
    for (size_t k = 0; k < 3; k++)
        assert_true(fabs(drawn[k] / 20000.0 - expected[k]) < 0.03);
}

/* Far beyond what can be hidden the whole sum stands for it, and little is lost.
 * S(m, n), the sum of C(m + h, h) hidden^h over h to n, from its first term. */
static double ways(double m, int n, double hidden)
{
    double sum = 1.0;
    double term = 1.0;

    for (int h = 1; h <= n; h++) {
        term *= (m + h) / h * hidden;
        sum += term;
    }
    return sum;
}

static void what_is_not_seen_is_summed_from_either_end_alike(void **state)
{
    static const double matches[] = {0.0, 1.0, 30.0, 400.0, 5000.0};
    static const double shares[] = {0.9, 0.3, 0.05, 0.004, 1e-6};

    for (size_t i = 0; i < 25; i++)
        for (int n = 1; n <= 300; n++) {
            const struct partition x = {.hidden = shares[i / 5]};
            double m = matches[i % 5];
            double direct = ways(m + 1.0, n - 1, x.hidden) / ways(m, n, x.hidden);

            if (isfinite(direct) && direct > 0.0)
                assert_true(fabs(partition_hidden_odds(&x, m, n) / direct - 1.0) < 1e-5);
        }
    (void)state;
}

/* A second record that says the same as the first of a person adds nothing for a third: once is enough. */
static void the_same_sign_does_not_count_twice(void **state)
{
    static const uint8_t list[] = {0, 1, 2};
    static const struct partition_edge edge[] = {{0, 1, 0}, {0, 2, 1}, {1, 2, 1}};
    static const double log_ratio[] = {20.0, 4.0};
    struct partition x = {.n = 3, .lists = 3, .list = list, .edges = 3, .edge = edge, .log_ratio = log_ratio};

    x.alone[2] = 5.0; /* for being alone speaks more than one sign of 4, and less than two */
    partition_make(&x, *state);
    partition_best(&x, 50);
    assert_int_equal(x.part[0], x.part[1]);
    assert_int_not_equal(x.part[2], x.part[0]);
}

/* What speaks for being alone speaks against being together, on either list. */
static void two_records_are_together_when_that_outweighs_being_alone(void **state)
{
    static const uint8_t list[] = {0, 1};
    static const struct partition_edge edge[] = {{0, 1, 0}};
    static const double log_ratio[] = {3.0};
    static const double alone[][2] = {{2.0, 2.0}, {4.0, 4.0}, {1.0, 4.0}, {4.0, 1.0}, {2.0, 5.0}};

    for (size_t i = 0; i < 5; i++) {
        struct partition x = {
            .n = 2, .lists = 2, .list = list, .edges = 1, .edge = edge, .log_ratio = log_ratio};

        memcpy(x.alone, alone[i], sizeof alone[i]);
        partition_make(&x, *state);
        partition_best(&x, 50);
        assert_int_equal(x.part[0] == x.part[1], 0.5 * (alone[i][0] + alone[i][1]) < log_ratio[0]);
    }
}

static void people_are_counted_by_their_lists(void **state)
{
    static const uint8_t list[] = {0, 0, 0, 1};
    static const struct partition_edge edge[] = {{1, 3, 0}};
    static const double log_ratio[] = {3.0};
    double people[4];
    struct partition x = {.n = 4, .lists = 2, .list = list, .edges = 1, .edge = edge, .log_ratio = log_ratio};

    partition_make(&x, *state);
    x.people = people;
    partition_count(&x);
    assert_true(people[1] == 3.0 && people[2] == 1.0 && people[3] == 0.0);
    partition_leave(&x, 3);
    partition_join(&x, 3, x.part[1]);
    partition_count(&x);
    assert_true(people[1] == 2.0 && people[2] == 0.0 && people[3] == 1.0);
}

/* b and c are each like a; of b and c it was told that they are two, or nothing. */
static size_t people_of_three(bool is_told, struct arena *a)
{
    enum { PLAIN = 1, TOLD = 20 };
    static const uint8_t list[] = {0, 1, 2};
    static const double log_ratio[3 * PLAIN] = {5.0, 5.0 + TOLD, 5.0 - TOLD};
    const struct partition_edge edge[] = {{0, 1, 0}, {0, 2, 0}, {1, 2, is_told ? 2 * PLAIN : 0}};
    struct partition x = {.n = 3,
                          .lists = 3,
                          .list = list,
                          .edges = 3,
                          .edge = edge,
                          .log_ratio = log_ratio,
                          .absent = -4.0,
                          .plain = PLAIN,
                          .told = TOLD};
    size_t people = 0;

    partition_make(&x, a);
    partition_best(&x, 10);
    for (size_t p = 0; p < 3; p++)
        people += x.size[p] > 0;
    return people;
}

static void two_who_are_told_apart_are_not_joined_by_a_third(void **state)
{
    assert_int_equal(people_of_three(false, *state), 1);
    assert_int_equal(people_of_three(true, *state), 2);
}

static void overlaps_count_people_on_both_lists(void **state)
{
    static const uint8_t list[] = {0, 1, 1};
    static const struct partition_edge edge[] = {{0, 1, 0}};
    static const double log_ratio[] = {3.0};
    struct partition x = {.n = 3, .lists = 2, .list = list, .edges = 1, .edge = edge, .log_ratio = log_ratio};
    int64_t overlap[PARTITION_MAX_LISTS][PARTITION_MAX_LISTS];

    partition_make(&x, *state);
    partition_best(&x, 50);
    partition_overlaps(&x, overlap);
    assert_int_equal(overlap[0][0], 1);
    assert_int_equal(overlap[1][1], 2);
    assert_int_equal(overlap[0][1], 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_ARENA(no_partition_is_better_than_the_best_and_ours_is_near),
        WITH_ARENA(no_single_move_betters_the_result),
        WITH_ARENA(draws_have_the_probability_of_their_weight),
        WITH_ARENA(a_chain_does_not_make_one_person),
        WITH_ARENA(beforehand_every_number_on_both_lists_is_as_likely),
        WITH_ARENA(matches_that_are_not_seen_leave_room_for_themselves),
        WITH_ARENA(what_is_not_seen_is_summed_from_either_end_alike),
        WITH_ARENA(the_same_sign_does_not_count_twice),
        WITH_ARENA(two_who_are_told_apart_are_not_joined_by_a_third),
        WITH_ARENA(overlaps_count_people_on_both_lists),
        WITH_ARENA(draws_of_three_lists_have_the_probability_of_all_partitions),
        WITH_ARENA(two_records_are_together_when_that_outweighs_being_alone),
        WITH_ARENA(people_are_counted_by_their_lists),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

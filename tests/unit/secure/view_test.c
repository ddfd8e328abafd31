/* What whoever adds sees does not depend on a city's figures, given the sums.
 *
 * By structure: no file but the masked figures depends on figures at all, and those differ by just what the
 * figures differ by, so that the masks alone decide whether anything can be told. By simulation: from the
 * sums and nothing else, words are drawn that take the place of two cities' figures; the sums come out the
 * same, and no count of bytes tells the drawn from the real. All cities are invented. */
#include "cities.h"

#include "secure/mask.h"

#include <endian.h>
#include <sodium.h>
#include <string.h>

enum { CELLS = 4000, WORDS = 2 * CELLS, BYTES = WORDS * 8 };

/* For 255 degrees of freedom: chance exceeds it once in 10^9 (Wilson & Hilferty 1931). */
static const double chance_limit = 420;

static void words_of(const struct letter *figures, uint64_t *out)
{
    memcpy(out, figures->body.p + LETTER_ROUND_BYTES, BYTES);
    for (size_t i = 0; i < WORDS; i++)
        out[i] = le64toh(out[i]);
}

/* The distance of the bytes from evenly spread ones. */
static double chi_squared_even(const uint64_t *words)
{
    double count[256] = {0};
    double sum = 0;

    for (size_t i = 0; i < BYTES; i++)
        count[((const unsigned char *)words)[i]]++;
    for (size_t k = 0; k < 256; k++)
        sum += (count[k] - BYTES / 256.0) * (count[k] - BYTES / 256.0) / (BYTES / 256.0);
    return sum;
}

/* The distance of two samples of the same size from one distribution. */
static double chi_squared_alike(const uint64_t *a, const uint64_t *b)
{
    double count[2][256] = {{0}};
    double sum = 0;

    for (size_t i = 0; i < BYTES; i++) {
        count[0][((const unsigned char *)a)[i]]++;
        count[1][((const unsigned char *)b)[i]]++;
    }
    for (size_t k = 0; k < 256; k++) {
        double difference = count[0][k] - count[1][k];

        if (count[0][k] + count[1][k] > 0)
            sum += difference * difference / (count[0][k] + count[1][k]);
    }
    return sum;
}

/* What is left of the figures of the city at `place` when everything has been taken away that the sum's
 * shares, and all cities but the two at 0 and 1, could take away: its own mask, and the masks it shares with
 * the others. */
static void strip(const struct cities *c, size_t place, uint64_t *words)
{
    uint64_t *stream = arena_new(c->a, WORDS, uint64_t);
    const struct roster *roster = &c->county_roster;
    unsigned char key[MASK_KEY];
    struct err e;

    words_of(&c->figures[place], words);
    mask_own(key, c->part[place].own, c->round.hash);
    mask_apply(words, stream, WORDS, key, MASK_SUBTRACT);
    for (size_t i = 2; i < roster->n; i++) {
        assert_int_equal(mask_pair(key, c->part[i].pair, roster->row[place].pair, c->round.hash, &e), OK);
        mask_apply(words, stream, WORDS, key, mask_sign_of(i, place));
    }
}

static void given(struct cities *c, struct arena *a)
{
    cities_open(c, 5, CELLS, a);
    cities_join(c, ALL);
    cities_give(c, ALL);
}

/* The same part gives other figures: what a city must never do, and what shows that figures are added to a
 * mask that does not depend on them. */
static void masked_figures_differ_by_what_the_figures_differ_by(void **state)
{
    uint64_t *first = arena_new(*state, WORDS, uint64_t);
    uint64_t *second = arena_new(*state, WORDS, uint64_t);
    int64_t *other = arena_new(*state, CELLS, int64_t);
    struct cities c;
    struct text t = text_open(*state);
    struct err e;

    given(&c, *state);
    for (size_t i = 0; i < CELLS; i++)
        other[i] = (int64_t)(i % 1000);
    c.part[0].step = PART_JOINED;
    assert_int_equal(step_give(&c, 0, &t, other, &e), OK);
    struct letter l = letter_of(&t);
    words_of(&c.figures[0], first);
    words_of(&l, second);
    for (size_t i = 0; i < CELLS; i++) {
        assert_true(second[i] - first[i] == (uint64_t)(other[i] - c.figure[i]));
        assert_true(second[CELLS + i] - first[CELLS + i] ==
                    (uint64_t)(other[i] > 0) - (uint64_t)(c.figure[i] > 0));
    }
}

/* Two worlds in which two cities have exchanged figures: all files but theirs of figures are the same. */
static void no_other_file_depends_on_figures(void **state)
{
    struct cities c;
    struct cities other;

    cities_open(&c, 5, CELLS, *state);
    cities_join(&c, ALL);
    other = c;
    other.part = arena_new(*state, 5, struct sum_part);
    other.figure = arena_new(*state, 5 * CELLS, int64_t);
    other.figures = arena_new(*state, 5, struct letter);
    other.reveal = arena_new(*state, 5, struct letter);
    memcpy(other.part, c.part, 5 * sizeof *c.part);
    memcpy(other.figure, c.figure + CELLS, CELLS * sizeof *c.figure);
    memcpy(other.figure + CELLS, c.figure, CELLS * sizeof *c.figure);
    memcpy(other.figure + 2 * CELLS, c.figure + 2 * CELLS, 3 * CELLS * sizeof *c.figure);
    cities_give(&c, ALL);
    cities_give(&other, ALL);
    assert_memory_equal(c.asking.body.p, other.asking.body.p, c.asking.body.n);
    cities_reveal(&c, ALL);
    cities_reveal(&other, ALL);
    for (size_t i = 0; i < 5; i++)
        assert_true(str_equal(c.reveal[i].signed_part, other.reveal[i].signed_part));
    for (size_t i = 2; i < 5; i++)
        assert_true(str_equal(c.figures[i].signed_part, other.figures[i].signed_part));
}

/* Whatever is taken away of two cities' masks that others could take away, the mask between them is left:
 * evenly spread, with the opposite sign in the other, and gone in their sum. */
static void what_is_left_of_two_cities_tells_their_sum_alone(void **state)
{
    uint64_t *first = arena_new(*state, WORDS, uint64_t);
    uint64_t *second = arena_new(*state, WORDS, uint64_t);
    struct cities c;

    given(&c, *state);
    strip(&c, 0, first);
    strip(&c, 1, second);
    assert_true(chi_squared_even(first) < chance_limit);
    assert_true(chi_squared_even(second) < chance_limit);
    for (size_t i = 0; i < CELLS; i++)
        assert_true(first[i] + second[i] == (uint64_t)(c.figure[i] + c.figure[CELLS + i]));
}

/* The simulator knows the sum of the two, and draws. */
static void drawn_words_cannot_be_told_from_the_cities(void **state)
{
    uint64_t *real[2];
    uint64_t *drawn[2];
    struct cities c;

    given(&c, *state);
    for (size_t k = 0; k < 2; k++) {
        real[k] = arena_new(*state, WORDS, uint64_t);
        drawn[k] = arena_new(*state, WORDS, uint64_t);
        strip(&c, k, real[k]);
    }
    randombytes_buf(drawn[0], BYTES);
    for (size_t i = 0; i < WORDS; i++)
        drawn[1][i] = real[0][i] + real[1][i] - drawn[0][i];
    assert_true(chi_squared_alike(real[0], drawn[0]) < chance_limit);
    assert_true(chi_squared_alike(real[1], drawn[1]) < chance_limit);
}

static void figures_without_a_mask_are_told_at_once(void **state)
{
    uint64_t *bare = arena_new(*state, WORDS, uint64_t);
    uint64_t *drawn = arena_new(*state, WORDS, uint64_t);
    struct cities c;

    cities_open(&c, 5, CELLS, *state);
    for (size_t i = 0; i < CELLS; i++)
        bare[i] = (uint64_t)c.figure[i];
    randombytes_buf(drawn, BYTES);
    assert_true(chi_squared_even(bare) > 100 * chance_limit);
    assert_true(chi_squared_alike(bare, drawn) > 100 * chance_limit);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_ARENA(masked_figures_differ_by_what_the_figures_differ_by),
        WITH_ARENA(no_other_file_depends_on_figures),
        WITH_ARENA(what_is_left_of_two_cities_tells_their_sum_alone),
        WITH_ARENA(drawn_words_cannot_be_told_from_the_cities),
        WITH_ARENA(figures_without_a_mask_are_told_at_once),
    };

    return cmocka_run_group_tests_name("secure view", tests, NULL, NULL);
}

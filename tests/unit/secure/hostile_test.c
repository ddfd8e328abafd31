/* What one who takes part in a secure sum, or adds it, may try: files that are signed as they should be and
 * say something else than the rules allow. */
#include "cities.h"

#include <sodium.h>
#include <string.h>

enum { CELLS = 3, CITIES = 6, NEXT = 1 };

static enum status read_join(const struct cities *c, const struct letter *l, struct err *e)
{
    struct roster_row row;
    const unsigned char *sealed = NULL;

    return join_read(&row, &sealed, &c->round, l, e);
}

static void gone_through(struct cities *c, struct arena *a)
{
    cities_open(c, CITIES, CELLS, a);
    cities_join(c, ALL);
    cities_give(c, ALL);
    cities_reveal(c, ALL);
}

/* A row of a roster as city `of` has signed it, in a letter that city `from` sends. */
static enum status join_with(const struct cities *c, const struct roster_row *row, size_t from, struct err *e)
{
    struct text t = text_open(c->a);
    const unsigned char *sealed = arena_new(c->a, CITIES * ROSTER_SEALED, unsigned char);
    struct text body = text_open(c->a);

    join_write(&t, &c->round, row, sealed, &c->key[from]);
    struct letter l = letter_of(&t);
    text_add(&body, l.body);
    l = letter_with_body(&l, from, text_str(&body), &c->key[from], c->a);
    return read_join(c, &l, e);
}

static void a_city_joins_in_its_own_place_alone(void **state)
{
    struct cities c;
    struct err e;

    gone_through(&c, *state);
    struct roster_row row = c.county_roster.row[NEXT];
    assert_int_equal(join_with(&c, &row, NEXT, &e), OK);
    assert_int_equal(join_with(&c, &row, 0, &e), BAD_INPUT);
    assert_says(e, "another city's place");
    row.place = 0;
    assert_int_equal(join_with(&c, &row, 0, &e), BAD_INPUT);
    assert_says(e, "has not signed");
}

static void a_city_joins_with_elements_of_the_group(void **state)
{
    struct cities c;
    struct err e;

    gone_through(&c, *state);
    for (int which = 0; which < 2; which++) {
        struct roster_row row = c.county_roster.row[0];

        memset(which ? row.pair : row.own, 0xff, ROSTER_ELEMENT);
        roster_sign(&row, &c.round, &c.key[0]);
        assert_int_equal(join_with(&c, &row, 0, &e), BAD_INPUT);
        assert_says(e, "none of the group");
    }
}

static void nobody_joins_twice_or_from_outside(void **state)
{
    struct cities c;
    struct joins joins;
    struct err e;

    gone_through(&c, *state);
    struct letter twice[CITIES] = {c.join[0], c.join[1], c.join[2], c.join[3], c.join[4], c.join[4]};
    assert_int_equal(county_joins(&joins, &c.round, twice, CITIES, *state, &e), BAD_INPUT);
    assert_says(e, "\"Exempelstad 4\" has joined already");
    assert_int_equal(county_joins(&joins, &c.round, c.join, 4, *state, &e), REFUSED);
    assert_says(e, "4 of 6 cities have joined, and 5 are needed");
    struct letter outside = letter_with_body(&c.join[0], CITIES, c.join[0].body, &c.key[0], *state);
    assert_int_equal(read_join(&c, &outside, &e), BAD_INPUT);
    assert_says(e, "not signed by \"a city of the round\"");
}

/* Whoever adds makes city 0's roster of `n` rows, the last of which is its row `last`. */
static enum status roster_with(const struct cities *c, size_t n, size_t last, struct roster *out,
                               struct err *e)
{
    struct roster x = c->roster[0];
    struct text t = text_open(c->a);

    x.row = memcpy(arena_new(c->a, CITIES, struct roster_row), x.row, CITIES * sizeof *x.row);
    x.n = n;
    x.row[n - 1] = c->roster[0].row[last];
    roster_write(&t, &c->round, &x, &c->county, c->a);
    struct letter l = letter_of(&t);
    return roster_read(out, &c->round, &l, 0, c->a, e);
}

static void a_roster_of_few_or_with_a_city_twice_is_refused(void **state)
{
    struct cities c;
    struct roster x;
    struct err e;

    gone_through(&c, *state);
    assert_int_equal(roster_with(&c, CITIES, CITIES - 1, &x, &e), OK);
    assert_int_equal(roster_with(&c, 4, 3, &x, &e), REFUSED);
    assert_says(e, "4 of 6 cities have joined, and 5 are needed");
    assert_int_equal(roster_with(&c, CITIES, CITIES - 2, &x, &e), BAD_INPUT);
    assert_int_equal(roster_with(&c, CITIES, 0, &x, &e), BAD_INPUT);
    assert_says(e, "stands twice or in the wrong place");
}

static void a_roster_is_for_a_city_of_the_round_or_for_whoever_adds(void **state)
{
    struct cities c;
    struct text body = text_open(*state);
    size_t to = 0;
    struct err e;

    gone_through(&c, *state);
    assert_int_equal(roster_addressee(&to, &c.round, &c.roster_letter[2], &e), OK);
    assert_int_equal(to, 2);
    assert_int_equal(roster_addressee(&to, &c.round, &c.county_letter, &e), OK);
    assert_true(to == LETTER_COUNTY);
    put_number(&body, CITIES);
    struct letter nobodys =
        letter_with_body(&c.county_letter, LETTER_COUNTY, text_str(&body), &c.county, *state);
    assert_int_equal(roster_addressee(&to, &c.round, &nobodys, &e), BAD_INPUT);
    struct letter empty = letter_with_body(&c.county_letter, LETTER_COUNTY, S(""), &c.county, *state);
    assert_int_equal(roster_addressee(&to, &c.round, &empty, &e), BAD_INPUT);
}

/* The masks of a city that others do not know of would never be taken away. */
static void a_city_gives_nothing_to_a_roster_without_it(void **state)
{
    struct cities c;
    struct text t = text_open(*state);
    struct err e;

    cities_open(&c, CITIES, CELLS, *state);
    cities_join(&c, ALL);
    struct roster kept = c.roster[0];
    c.roster[0] = (struct roster){.n = CITIES - 1, .row = kept.row + 1};
    assert_int_equal(step_give(&c, 0, &t, c.figure, &e), REFUSED);
    assert_says(e, "does not have \"Exempelstad 0\"");
    c.roster[0] = kept;
    memcpy(kept.row[0].own, kept.row[1].own, ROSTER_ELEMENT);
    assert_int_equal(step_give(&c, 0, &t, c.figure, &e), REFUSED);
    assert_int_equal(c.part[0].step, PART_JOINED);
    assert_int_equal(t.n, 0);
}

static void a_city_gives_no_shares_for_another_roster_than_it_gave_figures_for(void **state)
{
    struct cities c;
    struct text t = text_open(*state);
    struct err e;

    cities_open(&c, CITIES, CELLS, *state);
    cities_join(&c, ALL);
    cities_give(&c, ALL);
    c.roster[0].set[0] ^= 1;
    assert_int_equal(step_reveal(&c, 0, &t, &c.asking, &e), REFUSED);
    assert_says(e, "another than the one that the figures were given for");
    c.roster[0].set[0] ^= 1;
    assert_int_equal(step_reveal(&c, 0, &t, &c.figures[0], &e), BAD_INPUT);
    c.roster[0].row[2].sealed[0] ^= 1;
    assert_int_equal(step_reveal(&c, 0, &t, &c.asking, &e), BAD_INPUT);
    assert_says(e, "\"Exempelstad 2\"");
    assert_int_equal(t.n, 0);
}

static void figures_are_counts(void **state)
{
    static const int64_t wrong[] = {-1, ROUND_MOST_FIGURE + 1, INT64_MIN, INT64_MAX};
    struct cities c;
    struct text t = text_open(*state);
    struct err e;

    cities_open(&c, CITIES, CELLS, *state);
    cities_join(&c, ALL);
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        const int64_t figure[CELLS] = {0, wrong[i], 0};

        assert_int_equal(step_give(&c, 0, &t, figure, &e), BAD_INPUT);
        assert_says(e, "cell 2");
    }
    assert_int_equal(t.n, 0);
    const int64_t most[CELLS] = {0, ROUND_MOST_FIGURE, 0};
    assert_int_equal(step_give(&c, 0, &t, most, &e), OK);
}

static void who_is_not_of_the_round_cannot_join_it(void **state)
{
    struct cities c;
    struct text t = text_open(*state);
    struct sum_part part;
    struct err e;

    cities_open(&c, CITIES, CELLS, *state);
    const struct city_desk desk = {&c.round, &c.county, NULL, *state};
    assert_int_equal(city_join(&part, &t, &desk, &e), REFUSED);
    assert_int_equal(t.n, 0);
}

static void a_key_that_nothing_can_be_sealed_to_is_found(void **state)
{
    struct cities c;
    struct text t = text_open(*state);
    struct sum_part part;
    struct err e;

    cities_open(&c, CITIES, CELLS, *state);
    memset(c.round.city[3].box, 0, sizeof c.round.city[3].box);
    const struct city_desk desk = {&c.round, &c.key[0], NULL, *state};
    assert_int_equal(city_join(&part, &t, &desk, &e), BAD_INPUT);
    assert_says(e, "the key of \"Exempelstad 3\"");
    assert_int_equal(t.n, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_ARENA(a_city_joins_in_its_own_place_alone),
        WITH_ARENA(a_city_joins_with_elements_of_the_group),
        WITH_ARENA(nobody_joins_twice_or_from_outside),
        WITH_ARENA(a_roster_of_few_or_with_a_city_twice_is_refused),
        WITH_ARENA(a_roster_is_for_a_city_of_the_round_or_for_whoever_adds),
        WITH_ARENA(a_city_gives_nothing_to_a_roster_without_it),
        WITH_ARENA(a_city_gives_no_shares_for_another_roster_than_it_gave_figures_for),
        WITH_ARENA(figures_are_counts),
        WITH_ARENA(who_is_not_of_the_round_cannot_join_it),
        WITH_ARENA(a_key_that_nothing_can_be_sealed_to_is_found),
    };

    return cmocka_run_group_tests_name("hostile", tests, NULL, NULL);
}

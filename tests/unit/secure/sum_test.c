/* A secure sum from the round to the sums: right with every number of drop-outs that is allowed, refused
 * with more, and refused for every file that is not what it should be. All cities are invented. */
#include "cities.h"

#include <sodium.h>
#include <string.h>

enum { CELLS = 7 };

/* A round in which the cities of `came` have given figures and those of `gave` shares. */
static void run(struct cities *c, size_t n, uint64_t came, uint64_t gave, struct arena *a)
{
    cities_open(c, n, CELLS, a);
    cities_join(c, ALL);
    cities_give(c, came);
    cities_reveal(c, gave);
}

static void the_sums_of_all_cities_are_right(void **state)
{
    struct cities c;
    struct sum_cell sum[CELLS];
    struct err e;

    run(&c, 5, ALL, ALL, *state);
    assert_int_equal(cities_add(&c, sum, &e), OK);
    assert_sums(&c, sum, 0x1f);
}

/* Nine cities: seven are needed, so that any two may drop out, before or after they are asked. */
static void the_sums_are_right_whichever_two_of_nine_drop_out(void **state)
{
    struct sum_cell sum[CELLS];
    struct err e;

    for (size_t i = 0; i < 9; i++)
        for (size_t j = i; j < 9; j += 3) {
            uint64_t left = 0x1ff & ~(1ULL << i) & ~(1ULL << j);
            struct cities c;

            run(&c, 9, left, left, *state);
            assert_int_equal(cities_add(&c, sum, &e), OK);
            assert_sums(&c, sum, left);
        }
}

static void a_city_that_gave_figures_counts_though_it_gives_no_shares(void **state)
{
    struct cities c;
    struct sum_cell sum[CELLS];
    struct err e;

    run(&c, 9, ALL, 0x7f, *state);
    assert_int_equal(cities_add(&c, sum, &e), OK);
    assert_sums(&c, sum, 0x1ff);
}

static void cities_that_never_join_are_left_out(void **state)
{
    struct cities c;
    struct sum_cell sum[CELLS];
    struct err e;

    cities_open(&c, 9, CELLS, *state);
    cities_join(&c, 0x1fc);
    cities_give(&c, ALL);
    cities_reveal(&c, ALL);
    assert_int_equal(cities_add(&c, sum, &e), OK);
    assert_sums(&c, sum, 0x1fc);
}

static void one_drop_out_too_many_is_refused(void **state)
{
    struct cities c;
    struct sum_cell sum[CELLS];
    unsigned char has_come[9];
    size_t n = 0;
    struct err e;

    run(&c, 9, ALL, 0x3f, *state);
    assert_int_equal(cities_add(&c, sum, &e), REFUSED);
    assert_says(e, "6 cities have given shares, and 7 are needed");
    struct letter *letter = cities_letters(&c, c.figures, &n);
    assert_int_equal(county_came(has_come, &c.round, &c.county_roster, letter, 6, &e), REFUSED);
}

static void a_city_gives_no_shares_for_a_sum_of_few(void **state)
{
    static const unsigned char few[9] = {1, 1, 1, 1, 1, 1};
    struct cities c;
    struct text t = text_open(*state);
    struct err e;

    run(&c, 9, ALL, 0, *state);
    asking_write(&t, &c.round, &c.county_roster, few, &c.county);
    struct letter asking = letter_of(&t);
    assert_int_equal(step_reveal(&c, 0, &t, &asking, &e), REFUSED);
    assert_int_equal(c.part[0].step, PART_FIGURES_GIVEN);
}

static void a_city_gives_figures_and_shares_once_only(void **state)
{
    struct cities c;
    struct text t = text_open(*state);
    struct err e;

    run(&c, 6, ALL, 0, *state);
    assert_int_equal(step_give(&c, 0, &t, c.figure, &e), REFUSED);
    cities_reveal(&c, 1);
    assert_int_equal(step_reveal(&c, 0, &t, &c.asking, &e), REFUSED);
    assert_true(sodium_is_zero(c.part[0].pair, PART_SCALAR) && sodium_is_zero(c.part[0].own, PART_SCALAR));
}

/* Every letter of another round, in its own place, is refused. */
static void replayed_files_are_refused(void **state)
{
    struct cities old;
    struct cities c;
    struct joins joins;
    struct sum_cell sum[CELLS];
    struct err e;

    run(&old, 5, ALL, ALL, *state);
    run(&c, 5, ALL, ALL, *state);
    assert_int_equal(county_joins(&joins, &c.round, old.join, 5, *state, &e), BAD_INPUT);
    assert_says(e, "another round");
    struct letter kept = c.figures[2];
    c.figures[2] = old.figures[2];
    assert_int_equal(cities_add(&c, sum, &e), BAD_INPUT);
    c.figures[2] = kept;
    c.reveal[2] = old.reveal[2];
    assert_int_equal(cities_add(&c, sum, &e), BAD_INPUT);
    assert_says(e, "another round");
}

static void figures_that_come_late_or_twice_are_refused(void **state)
{
    struct cities c;
    struct text t = text_open(*state);
    struct sum_cell sum[CELLS];
    struct err e;

    run(&c, 9, 0x7f, 0x7f, *state);
    assert_int_equal(step_give(&c, 8, &t, c.figure, &e), OK);
    c.figures[8] = letter_of(&t);
    assert_int_equal(cities_add(&c, sum, &e), BAD_INPUT);
    assert_says(e, "came after");
    c.figures[8] = c.figures[0];
    assert_int_equal(cities_add(&c, sum, &e), BAD_INPUT);
    assert_says(e, "already");
}

static void missing_figures_are_named(void **state)
{
    struct cities c;
    struct sum_cell sum[CELLS];
    struct err e;

    run(&c, 5, ALL, ALL, *state);
    c.figures[3].name = NULL;
    assert_int_equal(cities_add(&c, sum, &e), BAD_INPUT);
    assert_says(e, "\"Exempelstad 3\" are missing");
}

static void a_file_of_another_kind_is_refused(void **state)
{
    struct cities c;
    struct sum_cell sum[CELLS];
    struct err e;

    run(&c, 5, ALL, ALL, *state);
    c.figures[3] = c.join[3];
    assert_int_equal(cities_add(&c, sum, &e), BAD_INPUT);
    assert_says(e, "expected a file of the kind \"figures\", found \"join\"");
}

/* Every byte of a file is under its signature: changed anywhere, it is refused. */
static void a_file_changed_anywhere_is_refused(void **state)
{
    struct cities c;
    struct err e;

    run(&c, 5, ALL, 0, *state);
    size_t n = c.figures[1].signed_part.n + ROSTER_SIGNATURE;
    char *bytes = arena_cstr(*state, c.figures[1].signed_part.p, n);
    unsigned char has_come[5];

    for (size_t i = 0; i < n; i += 5) {
        struct letter l;

        bytes[i] = (char)(bytes[i] ^ 1);
        enum status s = letter_read(&l, "letter", (struct str){bytes, n}, &e);
        if (s == OK)
            s = county_came(has_come, &c.round, &c.county_roster, &l, 1, &e);
        assert_int_equal(s, BAD_INPUT);
        bytes[i] = (char)(bytes[i] ^ 1);
    }
}

/* What a city sends is its own to sign: that it lies is seen when the sums are none of counts. */
static void a_city_that_sends_something_else_than_counts_is_found(void **state)
{
    struct cities c;
    struct text t = text_open(*state);
    struct sum_cell sum[CELLS];
    struct err e;

    run(&c, 5, ALL, ALL, *state);
    char *body = arena_cstr(*state, c.figures[1].body.p, c.figures[1].body.n);
    body[LETTER_ROUND_BYTES + 7] = (char)(body[LETTER_ROUND_BYTES + 7] ^ 0x40);
    letter_write(&t, LETTER_FIGURES, c.round.hash, 1, (struct str){body, c.figures[1].body.n}, &c.key[1]);
    c.figures[1] = letter_of(&t);
    assert_int_equal(cities_add(&c, sum, &e), REFUSED);
    assert_says(e, "something else than counts");
}

static void figures_of_another_length_are_refused(void **state)
{
    struct cities c;
    struct text t = text_open(*state);
    struct sum_cell sum[CELLS];
    struct err e;

    run(&c, 5, ALL, ALL, *state);
    letter_write(&t, LETTER_FIGURES, c.round.hash, 1, str_part(c.figures[1].body, 0, 100), &c.key[1]);
    c.figures[1] = letter_of(&t);
    assert_int_equal(cities_add(&c, sum, &e), BAD_INPUT);
    assert_says(e, "cut short");
}

static void wrong_shares_are_found(void **state)
{
    struct cities c;
    struct text t = text_open(*state);
    struct sum_cell sum[CELLS];
    struct err e;

    run(&c, 5, ALL, ALL, *state);
    char *body = arena_cstr(*state, c.reveal[0].body.p, c.reveal[0].body.n);
    body[LETTER_ROUND_BYTES] = (char)(body[LETTER_ROUND_BYTES] ^ 1);
    letter_write(&t, LETTER_REVEAL, c.round.hash, 0, (struct str){body, c.reveal[0].body.n}, &c.key[0]);
    c.reveal[0] = letter_of(&t);
    assert_int_equal(cities_add(&c, sum, &e), REFUSED);
    assert_says(e, "do not give what \"Exempelstad 0\" has joined with");
}

/* Damaged shares are found before a city gives anything away. */
static void a_city_gives_no_figures_when_shares_cannot_be_opened(void **state)
{
    struct cities c;
    struct text t = text_open(*state);
    struct err e;

    cities_open(&c, 5, CELLS, *state);
    cities_join(&c, ALL);
    c.roster[0].row[3].sealed[20] ^= 1;
    assert_int_equal(step_give(&c, 0, &t, c.figure, &e), BAD_INPUT);
    assert_says(e, "\"Exempelstad 3\"");
    assert_int_equal(t.n, 0);
    assert_int_equal(c.part[0].step, PART_JOINED);
}

static void a_part_is_read_back_and_not_in_another_round(void **state)
{
    struct cities c;
    struct cities other;
    struct sum_part part;
    struct text t = text_open(*state);
    struct err e;

    run(&c, 5, ALL, 0, *state);
    cities_open(&other, 5, CELLS, *state);
    part_write(&t, &c.part[4]);
    assert_int_equal(part_read(&part, &c.round, "part", text_str(&t), &e), OK);
    assert_memory_equal(part.pair, c.part[4].pair, PART_SCALAR);
    assert_int_equal(part.step, PART_FIGURES_GIVEN);
    assert_int_equal(part_read(&part, &other.round, "part", text_str(&t), &e), BAD_INPUT);
}

static void another_citys_roster_is_refused(void **state)
{
    struct cities c;
    struct joins joins;
    struct roster roster;
    struct text t = text_open(*state);
    struct err e;

    cities_open(&c, 5, CELLS, *state);
    cities_join(&c, ALL);
    assert_int_equal(county_joins(&joins, &c.round, c.join, 5, *state, &e), OK);
    county_roster(&t, &c.round, &joins, 2, &c.county, *state);
    struct letter l = letter_of(&t);
    assert_int_equal(roster_read(&roster, &c.round, &l, 1, *state, &e), BAD_INPUT);
    assert_says(e, "somebody else");
}

static void four_cities_are_too_few(void **state)
{
    struct cities c;
    struct text t = text_open(*state);
    struct err e;

    cities_open(&c, 5, CELLS, *state);
    c.round.n = 4;
    assert_int_equal(round_write(&t, &c.round, &c.county, *state, &e), REFUSED);
    assert_says(e, "4 cities");
}

static void a_round_with_a_city_or_a_cell_twice_is_refused(void **state)
{
    struct cities c;
    struct text t = text_open(*state);
    struct err e;

    cities_open(&c, 6, CELLS, *state);
    struct str kept = c.round.cell[1];
    c.round.cell[1] = c.round.cell[2];
    assert_int_equal(round_write(&t, &c.round, &c.county, *state, &e), USAGE);
    c.round.cell[1] = kept;
    c.round.city[5] = c.round.city[0];
    assert_int_equal(round_write(&t, &c.round, &c.county, *state, &e), USAGE);
    assert_says(e, "takes part twice");
}

static void the_same_cities_and_cells_are_another_round_the_next_time(void **state)
{
    struct cities first;
    struct cities second;
    char one[VOICE_DIGITS + 1];
    char two[VOICE_DIGITS + 1];

    cities_open(&first, 5, CELLS, *state);
    cities_open(&second, 5, CELLS, *state);
    round_digits(&first.round, one);
    round_digits(&second.round, two);
    assert_string_not_equal(one, two);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_ARENA(the_sums_of_all_cities_are_right),
        WITH_ARENA(the_sums_are_right_whichever_two_of_nine_drop_out),
        WITH_ARENA(a_city_that_gave_figures_counts_though_it_gives_no_shares),
        WITH_ARENA(cities_that_never_join_are_left_out),
        WITH_ARENA(one_drop_out_too_many_is_refused),
        WITH_ARENA(a_city_gives_no_shares_for_a_sum_of_few),
        WITH_ARENA(a_city_gives_figures_and_shares_once_only),
        WITH_ARENA(replayed_files_are_refused),
        WITH_ARENA(figures_that_come_late_or_twice_are_refused),
        WITH_ARENA(missing_figures_are_named),
        WITH_ARENA(a_file_of_another_kind_is_refused),
        WITH_ARENA(a_file_changed_anywhere_is_refused),
        WITH_ARENA(a_city_that_sends_something_else_than_counts_is_found),
        WITH_ARENA(figures_of_another_length_are_refused),
        WITH_ARENA(wrong_shares_are_found),
        WITH_ARENA(a_city_gives_no_figures_when_shares_cannot_be_opened),
        WITH_ARENA(a_part_is_read_back_and_not_in_another_round),
        WITH_ARENA(another_citys_roster_is_refused),
        WITH_ARENA(four_cities_are_too_few),
        WITH_ARENA(a_round_with_a_city_or_a_cell_twice_is_refused),
        WITH_ARENA(the_same_cities_and_cells_are_another_round_the_next_time),
    };

    return cmocka_run_group_tests_name("secure sum", tests, NULL, NULL);
}

/* Files of a secure sum that are signed as they should be, and are of another length or content than they can
 * have. */
#include "cities.h"

#include <sodium.h>
#include <string.h>

enum { CELLS = 3, CITIES = 6 };

static struct str whole(const struct letter *l)
{
    return (struct str){l->signed_part.p, l->signed_part.n + crypto_sign_BYTES};
}

static enum status read_round(const struct cities *c, const struct letter *l, struct err *e)
{
    struct sum_round r;

    return round_read(&r, "round", whole(l), c->a, e);
}

static enum status read_join(const struct cities *c, const struct letter *l, struct err *e)
{
    struct roster_row row;
    const unsigned char *sealed = NULL;

    return join_read(&row, &sealed, &c->round, l, e);
}

static enum status read_roster(const struct cities *c, const struct letter *l, struct err *e)
{
    struct roster x;

    return roster_read(&x, &c->round, l, 0, c->a, e);
}

static enum status read_figures(const struct cities *c, const struct letter *l, struct err *e)
{
    return county_check_figures(&c->round, &c->county_roster, l, e);
}

static enum status read_asking(const struct cities *c, const struct letter *l, struct err *e)
{
    struct asking x;

    return asking_read(&x, &c->round, &c->county_roster, l, e);
}

static enum status read_reveal(const struct cities *c, const struct letter *l, struct err *e)
{
    return county_check_reveal(&c->round, &c->county_roster, &c->asking, l, e);
}

static void gone_through(struct cities *c, struct arena *a)
{
    cities_open(c, CITIES, CELLS, a);
    cities_join(c, ALL);
    cities_give(c, ALL);
    cities_reveal(c, ALL);
}

/* Whoever may sign a letter may sign one that ends too early or too late: none is read past its end, and none
 * is taken. */
static void a_letter_of_any_other_length_is_refused(void **state)
{
    struct cities c;
    struct err e;

    gone_through(&c, *state);
    const struct {
        enum status (*read)(const struct cities *, const struct letter *, struct err *);
        const struct letter *l;
        const struct key_pair *by;
    } kinds[] = {{read_round, &c.opening, &c.county},       {read_join, &c.join[0], &c.key[0]},
                 {read_roster, c.roster_letter, &c.county}, {read_figures, &c.figures[0], &c.key[0]},
                 {read_asking, &c.asking, &c.county},       {read_reveal, &c.reveal[0], &c.key[0]}};

    for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++) {
        struct letter l = *kinds[k].l;
        char *body = memcpy(arena_new(*state, l.body.n + 1, char), l.body.p, l.body.n);

        assert_int_equal(kinds[k].read(&c, &l, &e), OK);
        for (size_t n = 0; n <= l.body.n + 1; n++) {
            struct letter other = letter_with_body(&l, l.from, (struct str){body, n}, kinds[k].by, *state);

            assert_int_equal(kinds[k].read(&c, &other, &e), n == l.body.n ? OK : BAD_INPUT);
        }
    }
}

static void a_part_of_any_other_length_is_refused(void **state)
{
    struct cities c;
    struct text t = text_open(*state);
    struct sum_part part;
    struct err e;

    gone_through(&c, *state);
    part_write(&t, &c.part[0]);
    for (size_t n = 0; n < t.n; n++)
        assert_int_equal(part_read(&part, &c.round, "part", str_part(text_str(&t), 0, n), &e), BAD_INPUT);
    text_add(&t, S("x"));
    assert_int_equal(part_read(&part, &c.round, "part", text_str(&t), &e), BAD_INPUT);
}

static void a_file_without_its_first_words_is_refused(void **state)
{
    static const char *const wrong[] = {"", "lykta-sum 1 ", "lykta-sum 1 gift\n", "lykta-sum 2 join\n",
                                        "lykta-sum 1 join\n0123456789"};
    struct letter l;
    struct err e;

    (void)state;
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        assert_int_equal(letter_read(&l, "letter", str_of(wrong[i]), &e), BAD_INPUT);
}

/* An asking that marks a city with more than yes or no would be counted as more cities than there are. */
static void an_asking_says_yes_or_no_of_each_city(void **state)
{
    struct cities c;
    struct text body = text_open(*state);
    struct err e;

    gone_through(&c, *state);
    text_add(&body, str_part(c.asking.body, 0, c.asking.body.n - 1));
    text_add(&body, S("\x02"));
    struct letter damaged = letter_with_body(&c.asking, LETTER_COUNTY, text_str(&body), &c.county, *state);
    assert_int_equal(read_asking(&c, &damaged, &e), BAD_INPUT);
    assert_says(e, "damaged");
}

/* What would be a round but for one thing, as it is refused when it is made. */
static void a_round_is_named_and_has_cells_and_a_key_for_each(void **state)
{
    struct cities c;
    struct err e;

    cities_open(&c, CITIES, CELLS, *state);
    struct sum_round good = c.round;
    struct sum_round wrong[] = {good, good, good, good, good, good};
    wrong[0].name = S("");
    wrong[1].name = S("two\nlines");
    wrong[2].cells = 0;
    wrong[3].cells = ROUND_MOST_CELLS + 1;
    wrong[4].n = ROUND_MOST_CITIES + 1;
    wrong[5].county = good.city[2];
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        struct text t = text_open(*state);

        assert_int_equal(round_write(&t, &wrong[i], &c.county, *state, &e), USAGE);
    }
    struct text t = text_open(*state);
    good.cell[1] = S("bad\x7f");
    assert_int_equal(round_write(&t, &good, &c.county, *state, &e), USAGE);
    assert_says(e, "cell 2");
}

/* The same, of one that somebody has signed nevertheless. */
static void a_round_that_nobody_may_make_is_not_read(void **state)
{
    struct cities c;
    struct text t = text_open(*state);
    struct sum_round r;
    struct err e;

    cities_open(&c, CITIES, 1, *state);
    char *body = memcpy(arena_new(*state, c.opening.body.n, char), c.opening.body.p, c.opening.body.n);
    struct letter_cut cut = {.rest = {body, c.opening.body.n}};
    /* The second city's keys, name and all, in the first one's place: both names are as long. */
    const size_t key = 4 + c.round.city[0].name.n + 2 * (size_t)AGREEMENT_KEY_BYTES;
    const size_t first = 4 + c.round.name.n + 4 + c.round.county.name.n + 2 * (size_t)AGREEMENT_KEY_BYTES + 4;
    memcpy(body + first, body + first + key, key);
    letter_write(&t, LETTER_ROUND, c.opening.round, LETTER_COUNTY, cut.rest, &c.county);
    assert_int_equal(round_read(&r, "round.sum", text_str(&t), *state, &e), BAD_INPUT);
    assert_says(e, "round.sum");
    assert_says(e, "takes part twice");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_ARENA(a_letter_of_any_other_length_is_refused),
        WITH_ARENA(a_part_of_any_other_length_is_refused),
        cmocka_unit_test(a_file_without_its_first_words_is_refused),
        WITH_ARENA(an_asking_says_yes_or_no_of_each_city),
        WITH_ARENA(a_round_is_named_and_has_cells_and_a_key_for_each),
        WITH_ARENA(a_round_that_nobody_may_make_is_not_read),
    };

    return cmocka_run_group_tests_name("letter", tests, NULL, NULL);
}

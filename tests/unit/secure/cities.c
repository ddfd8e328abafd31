/* Invented cities that take part in a secure sum. */
#include "cities.h"

#include <sodium.h>
#include <string.h>

static struct city_desk desk_of(const struct cities *c, size_t i)
{
    return (struct city_desk){&c->round, &c->key[i], &c->roster[i], c->a};
}

enum status step_give(struct cities *c, size_t i, struct text *out, const int64_t *figure, struct err *e)
{
    const struct city_desk desk = desk_of(c, i);

    return city_give(&c->part[i], out, &desk, figure, e);
}

enum status step_reveal(struct cities *c, size_t i, struct text *out, const struct letter *asking,
                        struct err *e)
{
    const struct city_desk desk = desk_of(c, i);

    return city_reveal(&c->part[i], out, &desk, asking, e);
}

static void key_of(struct key_pair *out, size_t number, struct arena *a)
{
    unsigned char seed[AGREEMENT_KEY_BYTES] = {(unsigned char)number, (unsigned char)(number >> 8), 7};

    key_pair_of(out, str_of(arena_printf(a, "Exempelstad %zu", number)), seed);
}

struct letter letter_of(const struct text *t)
{
    struct letter l;
    struct err e;

    assert_int_equal(letter_read(&l, "letter", text_str(t), &e), OK);
    return l;
}

struct letter letter_with_body(const struct letter *l, size_t from, struct str body,
                               const struct key_pair *by, struct arena *a)
{
    struct text t = text_open(a);

    letter_write(&t, l->kind, l->round, from, body, by);
    return letter_of(&t);
}

void cities_open(struct cities *c, size_t n, size_t cells, struct arena *a)
{
    cities_open_noisy(c, n, cells, (struct noise){0}, a);
}

void cities_open_noisy(struct cities *c, size_t n, size_t cells, struct noise noise, struct arena *a)
{
    struct text out = text_open(a);
    struct err e;

    assert_true(sodium_init() >= 0);
    *c = (struct cities){.a = a, .key = arena_new(a, n, struct key_pair)};
    key_of(&c->county, 999, a);
    struct sum_round r = {
        .name = S("Example"), .county = c->county.open, .n = n, .cells = cells, .noise = noise};
    r.city = arena_new(a, n, struct public_key);
    r.cell = arena_new(a, cells, struct str);
    for (size_t i = 0; i < n; i++) {
        key_of(&c->key[i], i, a);
        r.city[i] = c->key[i].open;
    }
    for (size_t i = 0; i < cells; i++)
        r.cell[i] = str_of(arena_printf(a, "cell %zu", i));
    c->figure = arena_new(a, n * cells, int64_t);
    for (size_t i = 0; i < n * cells; i++)
        c->figure[i] = (int64_t)(i * 7919 % 13 % 5);
    if (round_write(&out, &r, &c->county, a, &e) != OK ||
        round_read(&c->round, "round", text_str(&out), a, &e) != OK)
        fail_msg("%s", e.what);
    c->opening = letter_of(&out);
    c->roster_letter = arena_new(a, n, struct letter);
    c->part = arena_new(a, n, struct sum_part);
    c->join = arena_new(a, n, struct letter);
    c->figures = arena_new(a, n, struct letter);
    c->reveal = arena_new(a, n, struct letter);
    c->roster = arena_new(a, n, struct roster);
}

struct letter *cities_letters(const struct cities *c, const struct letter *all, size_t *n)
{
    struct letter *out = arena_new(c->a, c->round.n, struct letter);

    *n = 0;
    for (size_t i = 0; i < c->round.n; i++)
        if (all[i].name)
            out[(*n)++] = all[i];
    return out;
}

static struct letter take_roster(const struct cities *c, const struct joins *joins, size_t to,
                                 struct roster *out)
{
    struct text t = text_open(c->a);
    struct err e;

    county_roster(&t, &c->round, joins, to, &c->county, c->a);
    struct letter l = letter_of(&t);
    if (roster_read(out, &c->round, &l, to, c->a, &e) != OK)
        fail_msg("%s", e.what);
    return l;
}

void cities_join(struct cities *c, uint64_t set)
{
    struct joins joins;
    size_t n = 0;
    struct err e;

    for (size_t i = 0; i < c->round.n; i++) {
        const struct city_desk desk = desk_of(c, i);
        struct text t = text_open(c->a);

        if (!(set >> i & 1))
            continue;
        assert_int_equal(city_join(&c->part[i], &t, &desk, &e), OK);
        c->join[i] = letter_of(&t);
    }
    struct letter *letter = cities_letters(c, c->join, &n);
    if (county_joins(&joins, &c->round, letter, n, c->a, &e) != OK)
        fail_msg("%s", e.what);
    c->county_letter = take_roster(c, &joins, LETTER_COUNTY, &c->county_roster);
    for (size_t i = 0; i < joins.n; i++) {
        const size_t place = joins.row[i].place;

        c->roster_letter[place] = take_roster(c, &joins, place, &c->roster[place]);
    }
}

void cities_give(struct cities *c, uint64_t set)
{
    unsigned char *has_come = arena_new(c->a, c->round.n, unsigned char);
    struct text asking = text_open(c->a);
    size_t n = 0;
    struct err e;

    for (size_t i = 0; i < c->round.n; i++) {
        struct text t = text_open(c->a);

        if (!(set >> i & 1) || !c->join[i].name)
            continue;
        assert_int_equal(step_give(c, i, &t, c->figure + i * c->round.cells, &e), OK);
        c->figures[i] = letter_of(&t);
    }
    struct letter *letter = cities_letters(c, c->figures, &n);
    if (county_came(has_come, &c->round, &c->county_roster, letter, n, &e) != OK)
        fail_msg("%s", e.what);
    asking_write(&asking, &c->round, &c->county_roster, has_come, &c->county);
    c->asking = letter_of(&asking);
}

void cities_reveal(struct cities *c, uint64_t set)
{
    struct err e;

    for (size_t i = 0; i < c->round.n; i++) {
        struct text t = text_open(c->a);

        if (!(set >> i & 1) || !c->join[i].name)
            continue;
        assert_int_equal(step_reveal(c, i, &t, &c->asking, &e), OK);
        c->reveal[i] = letter_of(&t);
    }
}

enum status cities_add(const struct cities *c, struct sum_cell *out, struct err *e)
{
    struct gathered g = {.round = &c->round, .roster = &c->county_roster, .asking = c->asking};
    struct sums sums;

    g.figures = cities_letters(c, c->figures, &g.figures_n);
    g.reveal = cities_letters(c, c->reveal, &g.reveals_n);
    TRY(county_add(&sums, &g, c->a, e));
    memcpy(out, sums.cell, c->round.cells * sizeof *out);
    return OK;
}

void assert_sums(const struct cities *c, const struct sum_cell *sum, uint64_t set)
{
    for (size_t k = 0; k < c->round.cells; k++) {
        int64_t total = 0;
        int64_t cities = 0;

        for (size_t i = 0; i < c->round.n; i++)
            if (set >> i & 1) {
                total += c->figure[i * c->round.cells + k];
                cities += c->figure[i * c->round.cells + k] > 0;
            }
        assert_int_equal(sum[k].total, total);
        assert_int_equal(sum[k].cities, cities);
    }
}

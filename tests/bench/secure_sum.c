/* What a secure sum costs: secure_sum CITIES CELLS DROP-OUTS. Walks a whole round in one process, on one
 * thread, and prints processor time and bytes for a city and for whoever adds. Built by hand, as
 * docs/measurements/secure-sum.md says. The figures are invented. */
#include "base/arena.h"
#include "base/number.h"
#include "secure/asking.h"
#include "secure/city.h"
#include "secure/county.h"

#include <sodium.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

struct bench {
    struct arena *a;
    struct sum_round round;
    struct key_pair county;
    struct key_pair *key;
    struct sum_part *part;
    struct letter *letter; /* of the step that goes on */
    struct roster kept;    /* the county's */
    int64_t *figure;       /* every city's: city i has i more in each cell */
    size_t sent;           /* bytes, by the first city */
    double city_ms;        /* of all cities together */
    double county_ms;
};

static double cpu_ms(void)
{
    struct timespec t;

    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static void must(enum status s, const struct err *e)
{
    if (s != OK)
        die("%s", e->what);
}

static void key_of(struct key_pair *out, size_t i, struct arena *a)
{
    unsigned char seed[AGREEMENT_KEY_BYTES] = {(unsigned char)i, (unsigned char)(i >> 8), 1};

    key_pair_of(out, str_of(arena_printf(a, "Exempelstad %zu", i)), seed);
}

static void open_round(struct bench *b, size_t n, size_t cells)
{
    struct text out = text_open(b->a);
    struct sum_round r = {.name = S("bench"), .n = n, .cells = cells};
    struct err e;

    key_of(&b->county, 9999, b->a);
    r.county = b->county.open;
    r.city = arena_new(b->a, n, struct public_key);
    r.cell = arena_new(b->a, cells, struct str);
    b->key = arena_new(b->a, n, struct key_pair);
    for (size_t i = 0; i < n; i++) {
        key_of(&b->key[i], i, b->a);
        r.city[i] = b->key[i].open;
    }
    for (size_t i = 0; i < cells; i++)
        r.cell[i] = str_of(arena_printf(b->a, "cell %zu", i));
    must(round_write(&out, &r, &b->county, b->a, &e), &e);
    must(round_read(&b->round, "round", text_str(&out), b->a, &e), &e);
    b->part = arena_new(b->a, n, struct sum_part);
    b->letter = arena_new(b->a, n, struct letter);
    b->figure = arena_new(b->a, cells, int64_t);
    printf("round: %zu bytes to each city\n", out.n);
}

/* Keeps what city `i` has sent, and counts its time since `began`. */
static void take(struct bench *b, size_t i, const struct text *t, double began)
{
    struct err e;

    b->city_ms += cpu_ms() - began;
    b->sent += i == 0 ? t->n : 0;
    must(letter_read(&b->letter[i], "letter", text_str(t), &e), &e);
}

static void tell(struct bench *b, const char *step, size_t cities)
{
    printf("%s: %.1f ms a city, %.1f ms for whoever adds\n", step, b->city_ms / (double)cities, b->county_ms);
    b->city_ms = b->county_ms = 0;
}

static void join(struct bench *b, struct joins *joins)
{
    struct err e;

    for (size_t i = 0; i < b->round.n; i++) {
        struct arena *secret = arena_open();
        const struct city_desk desk = {&b->round, &b->key[i], NULL, secret};
        struct text t = text_open(b->a);
        double began = cpu_ms();

        must(city_join(&b->part[i], &t, &desk, &e), &e);
        take(b, i, &t, began);
        arena_close(secret);
    }
    double began = cpu_ms();
    must(county_joins(joins, &b->round, b->letter, b->round.n, b->a, &e), &e);
    b->county_ms += cpu_ms() - began;
    tell(b, "join", b->round.n);
}

/* The roster of the city at `to`, read back; *bytes is its length. */
static void roster_of(struct bench *b, const struct joins *joins, size_t to, struct roster *out,
                      size_t *bytes)
{
    struct text t = text_open(b->a);
    struct letter l;
    struct err e;
    double began = cpu_ms();

    county_roster(&t, &b->round, joins, to, &b->county, b->a);
    b->county_ms += cpu_ms() - began;
    *bytes = t.n;
    must(letter_read(&l, "roster", text_str(&t), &e), &e);
    began = cpu_ms();
    must(roster_read(out, &b->round, &l, to, b->a, &e), &e);
    if (to != LETTER_COUNTY)
        b->city_ms += cpu_ms() - began;
}

static void give(struct bench *b, const struct joins *joins, struct roster *rosters, size_t came)
{
    struct err e;
    size_t bytes = 0;

    for (size_t i = 0; i < b->round.n; i++)
        roster_of(b, joins, i, &rosters[i], &bytes);
    printf("roster: %zu bytes to each city\n", bytes);
    for (size_t i = 0; i < came; i++) {
        struct arena *secret = arena_open();
        const struct city_desk desk = {&b->round, &b->key[i], &rosters[i], secret};
        struct text t = text_open(b->a);

        for (size_t k = 0; k < b->round.cells; k++)
            b->figure[k] = (int64_t)(i + k % 3);
        double began = cpu_ms();
        must(city_give(&b->part[i], &t, &desk, b->figure, &e), &e);
        take(b, i, &t, began);
        arena_close(secret);
    }
    tell(b, "figures", came);
}

static void ask(struct bench *b, size_t came, struct letter *asking)
{
    unsigned char *has_come = arena_new(b->a, b->round.n, unsigned char);
    struct text t = text_open(b->a);
    struct err e;
    double began = cpu_ms();

    must(county_came(has_come, &b->round, &b->kept, b->letter, came, &e), &e);
    asking_write(&t, &b->round, &b->kept, has_come, &b->county);
    b->county_ms += cpu_ms() - began;
    must(letter_read(asking, "asking", text_str(&t), &e), &e);
    tell(b, "ask", 1);
}

static void reveal(struct bench *b, const struct roster *rosters, const struct letter *asking, size_t came)
{
    struct err e;

    for (size_t i = 0; i < came; i++) {
        struct arena *secret = arena_open();
        const struct city_desk desk = {&b->round, &b->key[i], &rosters[i], secret};
        struct text t = text_open(b->a);
        double began = cpu_ms();

        must(city_reveal(&b->part[i], &t, &desk, asking, &e), &e);
        take(b, i, &t, began);
        arena_close(secret);
    }
    tell(b, "reveal", came);
}

static void add(struct bench *b, const struct gathered *g)
{
    struct sums sums;
    struct err e;
    double began = cpu_ms();

    must(county_add(&sums, g, b->a, &e), &e);
    b->county_ms += cpu_ms() - began;
    for (size_t k = 0; k < b->round.cells; k++)
        if (sums.cell[k].total != (int64_t)(sums.came * (sums.came - 1) / 2 + sums.came * (k % 3)))
            die("cell %zu: a wrong sum", k);
    tell(b, "add", 1);
}

int main(int argc, char **argv)
{
    struct bench b = {.a = arena_open()};
    struct gathered g = {.round = &b.round, .roster = &b.kept};
    struct joins joins;
    int64_t n = 0;
    int64_t cells = 0;
    int64_t drops = 0;
    size_t bytes = 0;

    if (argc != 4 || !i64_from_str(str_of(argv[1]), ROUND_LEAST_CITIES, ROUND_MOST_CITIES, &n) ||
        !i64_from_str(str_of(argv[2]), 1, ROUND_MOST_CELLS, &cells) ||
        !i64_from_str(str_of(argv[3]), 0, n, &drops) || sodium_init() < 0)
        die("usage: secure_sum CITIES CELLS DROP-OUTS");
    size_t came = (size_t)(n - drops);
    struct roster *rosters = arena_new(b.a, (size_t)n, struct roster);
    open_round(&b, (size_t)n, (size_t)cells);
    join(&b, &joins);
    roster_of(&b, &joins, LETTER_COUNTY, &b.kept, &bytes);
    give(&b, &joins, rosters, came);
    struct letter *figures = arena_new(b.a, came, struct letter);
    memcpy(figures, b.letter, came * sizeof *figures);
    ask(&b, came, &g.asking);
    reveal(&b, rosters, &g.asking, came);
    g.figures = figures;
    g.reveal = b.letter;
    g.figures_n = g.reveals_n = came;
    add(&b, &g);
    printf("sent by a city: %zu bytes\n", b.sent);
    arena_close(b.a);
    return 0;
}

/* A round of a secure sum. */
#include "secure/round.h"

#include "base/arena.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

size_t round_shares_needed(const struct sum_round *r)
{
    return 2 * r->n / 3 + 1;
}

size_t round_needed(const struct sum_round *r)
{
    size_t needed = round_shares_needed(r);

    return needed > ROUND_LEAST_CITIES ? needed : ROUND_LEAST_CITIES;
}

static bool is_same(const struct public_key *a, const struct public_key *b)
{
    return memcmp(a->sign, b->sign, sizeof a->sign) == 0 || memcmp(a->box, b->box, sizeof a->box) == 0;
}

size_t round_place(const struct sum_round *r, const struct public_key *key)
{
    size_t i = 0;

    while (i < r->n && memcmp(r->city[i].sign, key->sign, sizeof key->sign) != 0)
        i++;
    return i;
}

static enum status check_cities(const struct sum_round *r, struct err *e)
{
    if (r->n < ROUND_LEAST_CITIES)
        return err_set(e, REFUSED,
                       "%zu cities: figures are added of %d cities at least, so that no city's own can be "
                       "told from the sum",
                       r->n, ROUND_LEAST_CITIES);
    if (r->n > ROUND_MOST_CITIES)
        return err_set(e, USAGE, "at most %d cities take part in a round", ROUND_MOST_CITIES);
    for (size_t i = 0; i < r->n; i++) {
        if (is_same(&r->city[i], &r->county))
            return err_set(e, USAGE, "the key of \"%.*s\" is that of whoever adds", STR(r->city[i].name));
        for (size_t j = 0; j < i; j++)
            if (is_same(&r->city[i], &r->city[j]) || str_equal(r->city[i].name, r->city[j].name))
                return err_set(e, USAGE, "\"%.*s\" takes part twice", STR(r->city[i].name));
    }
    return OK;
}

static int compare_cells(const void *a, const void *b)
{
    return str_compare(*(const struct str *)a, *(const struct str *)b);
}

static enum status check_cells(const struct sum_round *r, struct arena *a, struct err *e)
{
    if (r->cells < 1 || r->cells > ROUND_MOST_CELLS)
        return err_set(e, USAGE, "a round adds 1 to %d cells", ROUND_MOST_CELLS);
    struct str *sorted = arena_new(a, r->cells, struct str);

    for (size_t i = 0; i < r->cells; i++)
        if (!letter_text_fits(r->cell[i]))
            return err_set(e, USAGE, "cell %zu: expected a name of 1 to 100 bytes on one line", i + 1);
    memcpy(sorted, r->cell, r->cells * sizeof *sorted);
    qsort(sorted, r->cells, sizeof *sorted, compare_cells);
    for (size_t i = 1; i < r->cells; i++)
        if (str_equal(sorted[i - 1], sorted[i]))
            return err_set(e, USAGE, "the cell \"%.*s\" stands twice", STR(sorted[i]));
    return OK;
}

static enum status check(const struct sum_round *r, struct arena *a, struct err *e)
{
    TRY(check_cities(r, e));
    if (r->noise.budget > NOISE_MOST_BUDGET ||
        (r->noise.budget > 0 && (r->noise.touched < 1 || r->noise.touched > NOISE_MOST_TOUCHED)))
        return err_set(e, USAGE, "noise: expected a budget up to %d, and a person in 1 to %d cells",
                       NOISE_MOST_BUDGET / 1000, NOISE_MOST_TOUCHED);
    return check_cells(r, a, e);
}

static void put_key(struct text *out, const struct public_key *key)
{
    put_text(out, key->name);
    put_bytes(out, key->sign, sizeof key->sign);
    put_bytes(out, key->box, sizeof key->box);
}

enum status round_write(struct text *out, const struct sum_round *r, const struct key_pair *county,
                        struct arena *a, struct err *e)
{
    struct text body = text_open(a);
    unsigned char chance[LETTER_ROUND_BYTES];

    if (!letter_text_fits(r->name))
        return err_set(e, USAGE, "expected a name of the round of 1 to 100 bytes on one line");
    TRY(check(r, a, e));
    put_text(&body, r->name);
    put_key(&body, &r->county);
    put_number(&body, r->n);
    for (size_t i = 0; i < r->n; i++)
        put_key(&body, &r->city[i]);
    put_number(&body, r->cells);
    for (size_t i = 0; i < r->cells; i++)
        put_text(&body, r->cell[i]);
    put_number(&body, r->noise.budget);
    put_number(&body, r->noise.budget > 0 ? r->noise.touched : 0);
    randombytes_buf(chance, sizeof chance); /* the same cities and cells are another round the next time */
    letter_write(out, LETTER_ROUND, chance, LETTER_COUNTY, text_str(&body), county);
    return OK;
}

static enum status cut_key(struct letter_cut *c, struct public_key *out, struct err *e)
{
    TRY(cut_text(c, &out->name, e));
    TRY(cut_copy(c, out->sign, sizeof out->sign, e));
    return cut_copy(c, out->box, sizeof out->box, e);
}

static enum status read_body(struct sum_round *r, struct letter_cut *c, struct arena *a, struct err *e)
{
    TRY(cut_text(c, &r->name, e));
    TRY(cut_key(c, &r->county, e));
    TRY(cut_number(c, 0, ROUND_MOST_CITIES, &r->n, e));
    r->city = arena_new(a, r->n, struct public_key);
    for (size_t i = 0; i < r->n; i++)
        TRY(cut_key(c, &r->city[i], e));
    TRY(cut_number(c, 1, ROUND_MOST_CELLS, &r->cells, e));
    if (r->cells > c->rest.n) /* before there is room made for them */
        return err_set(e, BAD_INPUT, "%s: cut short", c->name);
    r->cell = arena_new(a, r->cells, struct str);
    for (size_t i = 0; i < r->cells; i++)
        TRY(cut_text(c, &r->cell[i], e));
    TRY(cut_number(c, 0, NOISE_MOST_BUDGET, &r->noise.budget, e));
    const size_t least = r->noise.budget > 0;
    TRY(cut_number(c, least, least * NOISE_MOST_TOUCHED, &r->noise.touched, e));
    return cut_end(c, e);
}

enum status round_read(struct sum_round *out, const char *name, struct str bytes, struct arena *a,
                       struct err *e)
{
    struct letter l;
    struct sum_round r = {0};

    TRY(letter_read(&l, name, bytes, e));
    if (l.kind == LETTER_ROUND) {
        struct letter_cut c = {.name = name, .rest = l.body};

        TRY(read_body(&r, &c, a, e));
    }
    TRY(letter_check(&l, LETTER_ROUND, l.round, &r.county, e));
    if (check(&r, a, e) != OK) {
        e->status = BAD_INPUT;
        return err_in(e, "%s", name);
    }
    letter_hash(&l, r.hash);
    *out = r;
    return OK;
}

void round_digits(const struct sum_round *r, char out[VOICE_DIGITS + 1])
{
    voice_digits(r->hash, out);
}

enum status round_check_city(const struct sum_round *r, const struct letter *l, enum letter_kind kind,
                             struct err *e)
{
    static const struct public_key nobody = {.name = {"a city of the round", 19}};

    return letter_check(l, kind, r->hash, l->from < r->n ? &r->city[l->from] : &nobody, e);
}

enum status round_check_county(const struct sum_round *r, const struct letter *l, enum letter_kind kind,
                               struct err *e)
{
    return letter_check(l, kind, r->hash, &r->county, e);
}

/* Who has joined a round of a secure sum. */
#include "secure/roster.h"

#include "base/arena.h"

#include <sodium.h>
#include <string.h>

_Static_assert(ROSTER_SEALED == ROSTER_SHARES + crypto_box_MACBYTES, "a box and its authenticator");
_Static_assert(ROSTER_SIGNATURE == crypto_sign_BYTES, "Ed25519");

/* What a city signs of itself: that it is this round's, at this place, with these elements. */
static const char purpose[] = "lykta/sum/city/v1";
enum { PURPOSE = sizeof purpose - 1, STATEMENT = PURPOSE + LETTER_ROUND_BYTES + 4 + 2 * ROSTER_ELEMENT };

static void statement_of(const struct roster_row *row, const struct sum_round *r,
                         unsigned char out[STATEMENT])
{
    memcpy(out, purpose, PURPOSE);
    out += PURPOSE;
    memcpy(out, r->hash, LETTER_ROUND_BYTES);
    out += LETTER_ROUND_BYTES;
    for (int i = 0; i < 4; i++)
        *out++ = (unsigned char)(row->place >> 8 * i & 0xff);
    memcpy(out, row->pair, ROSTER_ELEMENT);
    memcpy(out + ROSTER_ELEMENT, row->own, ROSTER_ELEMENT);
}

void roster_sign(struct roster_row *row, const struct sum_round *r, const struct key_pair *city)
{
    unsigned char statement[STATEMENT];

    statement_of(row, r, statement);
    crypto_sign_detached(row->signature, NULL, statement, sizeof statement, city->sign_secret);
}

static void put_row(struct text *out, const struct roster_row *row)
{
    put_number(out, row->place);
    put_bytes(out, row->pair, sizeof row->pair);
    put_bytes(out, row->own, sizeof row->own);
    put_bytes(out, row->signature, sizeof row->signature);
}

static enum status cut_row(struct letter_cut *c, const struct sum_round *r, struct roster_row *out,
                           struct err *e)
{
    unsigned char statement[STATEMENT];

    TRY(cut_number(c, 0, r->n - 1, &out->place, e));
    TRY(cut_copy(c, out->pair, sizeof out->pair, e));
    TRY(cut_copy(c, out->own, sizeof out->own, e));
    TRY(cut_copy(c, out->signature, sizeof out->signature, e));
    statement_of(out, r, statement);
    if (crypto_sign_verify_detached(out->signature, statement, sizeof statement, r->city[out->place].sign) !=
        0)
        return err_set(e, BAD_INPUT, "%s: \"%.*s\" has not signed what it is said to have joined with",
                       c->name, STR(r->city[out->place].name));
    if (!crypto_core_ristretto255_is_valid_point(out->pair) ||
        !crypto_core_ristretto255_is_valid_point(out->own))
        return err_set(e, BAD_INPUT, "%s: \"%.*s\" has joined with elements that are none of the group",
                       c->name, STR(r->city[out->place].name));
    return OK;
}

void join_write(struct text *out, const struct sum_round *r, const struct roster_row *row,
                const unsigned char *sealed, const struct key_pair *city)
{
    struct text body = text_open(out->arena);

    put_row(&body, row);
    put_bytes(&body, sealed, r->n * ROSTER_SEALED);
    letter_write(out, LETTER_JOIN, r->hash, row->place, text_str(&body), city);
}

enum status join_read(struct roster_row *out, const unsigned char **sealed, const struct sum_round *r,
                      const struct letter *l, struct err *e)
{
    struct letter_cut c = {.name = l->name, .rest = l->body};
    struct roster_row row = {0};

    TRY(round_check_city(r, l, LETTER_JOIN, e));
    TRY(cut_row(&c, r, &row, e));
    if (row.place != l->from)
        return err_set(e, BAD_INPUT, "%s: joins in another city's place", l->name);
    TRY(cut_bytes(&c, r->n * ROSTER_SEALED, sealed, e));
    TRY(cut_end(&c, e));
    *out = row;
    return OK;
}

static void hash_set(struct roster *x, const struct sum_round *r)
{
    crypto_hash_sha256_state state;
    unsigned char statement[STATEMENT];

    crypto_hash_sha256_init(&state);
    for (size_t i = 0; i < x->n; i++) {
        statement_of(&x->row[i], r, statement);
        crypto_hash_sha256_update(&state, statement, sizeof statement);
    }
    crypto_hash_sha256_final(&state, x->set);
}

void roster_write(struct text *out, const struct sum_round *r, struct roster *x,
                  const struct key_pair *county, struct arena *a)
{
    struct text body = text_open(a);

    hash_set(x, r);
    put_number(&body, x->to);
    put_number(&body, x->n);
    for (size_t i = 0; i < x->n; i++) {
        put_row(&body, &x->row[i]);
        if (x->to != LETTER_COUNTY)
            put_bytes(&body, x->row[i].sealed, ROSTER_SEALED);
    }
    letter_write(out, LETTER_ROSTER, r->hash, LETTER_COUNTY, text_str(&body), county);
}

static enum status read_rows(struct roster *x, const struct sum_round *r, struct letter_cut *c, size_t to,
                             struct arena *a, struct err *e)
{
    TRY(cut_number(c, 0, UINT32_MAX, &x->to, e));
    if (x->to != to)
        return err_set(e, BAD_INPUT, "%s: made for somebody else: every city has a roster of its own",
                       c->name);
    TRY(cut_number(c, 0, r->n, &x->n, e));
    x->row = arena_new(a, x->n, struct roster_row);
    for (size_t i = 0; i < x->n; i++) {
        TRY(cut_row(c, r, &x->row[i], e));
        if (i > 0 && x->row[i].place <= x->row[i - 1].place)
            return err_set(e, BAD_INPUT, "%s: damaged: a city stands twice or in the wrong place", c->name);
        if (to != LETTER_COUNTY)
            TRY(cut_copy(c, x->row[i].sealed, ROSTER_SEALED, e));
    }
    return cut_end(c, e);
}

enum status roster_read(struct roster *out, const struct sum_round *r, const struct letter *l, size_t to,
                        struct arena *a, struct err *e)
{
    struct letter_cut c = {.name = l->name, .rest = l->body};
    struct roster x = {0};

    TRY(round_check_county(r, l, LETTER_ROSTER, e));
    TRY(read_rows(&x, r, &c, to, a, e));
    if (x.n < round_needed(r))
        return err_set(e, REFUSED, "%s: %zu of %zu cities have joined, and %zu are needed", l->name, x.n,
                       r->n, round_needed(r));
    hash_set(&x, r);
    *out = x;
    return OK;
}

enum status roster_addressee(size_t *to, const struct sum_round *r, const struct letter *l, struct err *e)
{
    struct letter_cut c = {.name = l->name, .rest = l->body};

    TRY(cut_number(&c, 0, UINT32_MAX, to, e));
    if (*to >= r->n && *to != LETTER_COUNTY)
        return err_set(e, BAD_INPUT, "%s: made for nobody of the round", l->name);
    return OK;
}

const struct roster_row *roster_find(const struct roster *x, size_t place)
{
    for (size_t i = 0; i < x->n; i++)
        if (x->row[i].place == place)
            return &x->row[i];
    return NULL;
}

/* What a city does in a secure sum. */
#include "secure/city.h"

#include "base/arena.h"
#include "secure/asking.h"
#include "secure/mask.h"
#include "secure/share.h"

#include <endian.h>
#include <sodium.h>
#include <string.h>

static const char part_line[] = "lykta-sum 1 part\n";

void part_write(struct text *out, const struct sum_part *part)
{
    text_add(out, str_of(part_line));
    put_bytes(out, part->round, sizeof part->round);
    put_number(out, part->place);
    put_number(out, part->step);
    put_bytes(out, part->pair, sizeof part->pair);
    put_bytes(out, part->own, sizeof part->own);
    put_bytes(out, part->set, sizeof part->set);
}

enum status part_read(struct sum_part *out, const struct sum_round *r, const char *name, struct str bytes,
                      struct err *e)
{
    struct letter_cut c = {.name = name, .rest = bytes};
    struct sum_part part = {0};
    size_t step = 0;

    if (!str_starts(bytes, str_of(part_line)))
        return err_set(e, BAD_INPUT, "%s: not a city's part, which lykta sum join writes", name);
    c.rest = str_part(bytes, sizeof part_line - 1, bytes.n);
    TRY(cut_copy(&c, part.round, sizeof part.round, e));
    TRY(cut_number(&c, 0, r->n - 1, &part.place, e));
    TRY(cut_number(&c, 0, PART_STEPS - 1, &step, e));
    part.step = (enum part_step)step;
    TRY(cut_copy(&c, part.pair, sizeof part.pair, e));
    TRY(cut_copy(&c, part.own, sizeof part.own, e));
    TRY(cut_copy(&c, part.set, sizeof part.set, e));
    TRY(cut_end(&c, e));
    if (memcmp(part.round, r->hash, sizeof part.round) != 0)
        return err_set(e, BAD_INPUT, "%s: a part in another round", name);
    *out = part;
    sodium_memzero(&part, sizeof part);
    return OK;
}

/* The nonce of a box from city to city: never twice under the same keys, since the element is new. */
static void nonce_of(unsigned char nonce[crypto_box_NONCEBYTES], const struct sum_round *r,
                     const unsigned char own[ROSTER_ELEMENT], size_t from, size_t to)
{
    unsigned char hash[crypto_hash_sha256_BYTES];
    const unsigned char places[4] = {(unsigned char)(from >> 8), (unsigned char)from,
                                     (unsigned char)(to >> 8), (unsigned char)to};
    crypto_hash_sha256_state state;

    crypto_hash_sha256_init(&state);
    crypto_hash_sha256_update(&state, r->hash, sizeof r->hash);
    crypto_hash_sha256_update(&state, own, ROSTER_ELEMENT);
    crypto_hash_sha256_update(&state, places, sizeof places);
    crypto_hash_sha256_final(&state, hash);
    memcpy(nonce, hash, crypto_box_NONCEBYTES);
}

/* Shares of a scalar for all cities of the round, in `secret`. */
static unsigned char *shares_of(const unsigned char *scalar, const struct sum_round *r, struct arena *secret)
{
    size_t needed = round_shares_needed(r);
    unsigned char *random = arena_new(secret, needed * SHARE_SCALAR, unsigned char);
    unsigned char *share = arena_new(secret, r->n * SHARE_SCALAR, unsigned char);

    for (size_t i = 0; i + 1 < needed; i++)
        crypto_core_ristretto255_scalar_random(random + i * SHARE_SCALAR);
    share_split(scalar, random, needed, r->n, share);
    return share;
}

/* The shares of both scalars, sealed to each city, its own among them: every city is treated alike. */
static enum status seal_shares(unsigned char *sealed, const struct sum_part *part,
                               const struct roster_row *row, const struct city_desk *desk, struct err *e)
{
    const struct sum_round *r = desk->round;
    const unsigned char *pair = shares_of(part->pair, r, desk->secret);
    const unsigned char *own = shares_of(part->own, r, desk->secret);
    unsigned char both[ROSTER_SHARES];
    unsigned char nonce[crypto_box_NONCEBYTES];

    for (size_t i = 0; i < r->n; i++) {
        memcpy(both, pair + i * SHARE_SCALAR, SHARE_SCALAR);
        memcpy(both + SHARE_SCALAR, own + i * SHARE_SCALAR, SHARE_SCALAR);
        nonce_of(nonce, r, row->own, row->place, i);
        if (crypto_box_easy(sealed + i * ROSTER_SEALED, both, sizeof both, nonce, r->city[i].box,
                            desk->key->box_secret) != 0)
            return err_set(e, BAD_INPUT, "the key of \"%.*s\" is none that can be sealed to",
                           STR(r->city[i].name));
    }
    sodium_memzero(both, sizeof both);
    return OK;
}

enum status city_join(struct sum_part *part, struct text *out, const struct city_desk *desk, struct err *e)
{
    const struct sum_round *r = desk->round;
    struct sum_part made = {.place = round_place(r, &desk->key->open), .step = PART_JOINED};
    struct roster_row row = {.place = made.place};
    unsigned char *sealed = arena_new(desk->secret, r->n * ROSTER_SEALED, unsigned char);

    if (made.place == r->n)
        return err_set(e, REFUSED, "\"%.*s\" does not take part in this round with this key",
                       STR(desk->key->open.name));
    memcpy(made.round, r->hash, sizeof made.round);
    share_scalar(made.pair);
    share_scalar(made.own);
    if (crypto_scalarmult_ristretto255_base(row.pair, made.pair) != 0 ||
        crypto_scalarmult_ristretto255_base(row.own, made.own) != 0)
        die("a scalar that is not zero has no element");
    roster_sign(&row, r, desk->key);
    TRY(seal_shares(sealed, &made, &row, desk, e));
    join_write(out, r, &row, sealed, desk->key);
    *part = made;
    sodium_memzero(&made, sizeof made);
    return OK;
}

/* What the city of `row` has sealed to the one at `to`. */
static enum status open_shares(unsigned char both[ROSTER_SHARES], const struct roster_row *row, size_t to,
                               const struct city_desk *desk, struct err *e)
{
    const struct public_key *from = &desk->round->city[row->place];
    unsigned char nonce[crypto_box_NONCEBYTES];

    nonce_of(nonce, desk->round, row->own, row->place, to);
    if (crypto_box_open_easy(both, row->sealed, ROSTER_SEALED, nonce, from->box, desk->key->box_secret) != 0)
        return err_set(e, BAD_INPUT,
                       "what \"%.*s\" has sealed to \"%.*s\" cannot be opened: ask for a roster without it",
                       STR(from->name), STR(desk->key->open.name));
    return OK;
}

static enum status check_roster(const struct sum_part *part, const struct city_desk *desk, struct err *e)
{
    unsigned char both[ROSTER_SHARES];
    unsigned char own[ROSTER_ELEMENT];
    const struct roster_row *row = roster_find(desk->roster, part->place);

    if (!row || crypto_scalarmult_ristretto255_base(own, part->own) != 0 ||
        memcmp(row->own, own, sizeof own) != 0)
        return err_set(e, REFUSED, "the roster does not have \"%.*s\" as it has joined",
                       STR(desk->key->open.name));
    for (size_t i = 0; i < desk->roster->n; i++)
        TRY(open_shares(both, &desk->roster->row[i], part->place, desk, e));
    sodium_memzero(both, sizeof both);
    return OK;
}

/* words[2 * r->cells]: the figures, then 1 for each that is not zero. With noise the second half is empty: it
 * would tell what the noise hides. */
static enum status put_figures(uint64_t *words, const struct sum_round *r, const int64_t *figure,
                               struct err *e)
{
    for (size_t i = 0; i < r->cells; i++) {
        if (figure[i] < 0 || figure[i] > ROUND_MOST_FIGURE)
            return err_set(e, BAD_INPUT, "cell %zu: expected a count from 0 to %d", i + 1, ROUND_MOST_FIGURE);
        words[i] = (uint64_t)figure[i];
        if (r->noise.budget > 0)
            words[i] += (uint64_t)noise_draw(&r->noise);
        else
            words[r->cells + i] = figure[i] > 0;
    }
    return OK;
}

static enum status mask_words(uint64_t *words, size_t n, const struct sum_part *part,
                              const struct city_desk *desk, struct err *e)
{
    uint64_t *stream = arena_new(desk->secret, n, uint64_t);
    unsigned char key[MASK_KEY];

    mask_own(key, part->own, part->round);
    mask_apply(words, stream, n, key, MASK_ADD);
    for (size_t i = 0; i < desk->roster->n; i++) {
        const struct roster_row *row = &desk->roster->row[i];

        if (row->place == part->place)
            continue;
        TRY(mask_pair(key, part->pair, row->pair, part->round, e));
        mask_apply(words, stream, n, key, mask_sign_of(part->place, row->place));
    }
    sodium_memzero(key, sizeof key);
    return OK;
}

enum status city_give(struct sum_part *part, struct text *out, const struct city_desk *desk,
                      const int64_t *figure, struct err *e)
{
    size_t n = 2 * desk->round->cells;
    uint64_t *words = arena_new(desk->secret, n, uint64_t);
    struct text body = text_open(desk->secret);

    if (part->step != PART_JOINED)
        return err_set(e, REFUSED,
                       "figures have been given in this round, or it is over: a second time would show how "
                       "they differ");
    TRY(put_figures(words, desk->round, figure, e));
    TRY(check_roster(part, desk, e));
    TRY(mask_words(words, n, part, desk, e));
    for (size_t i = 0; i < n; i++)
        words[i] = htole64(words[i]);
    put_bytes(&body, desk->roster->set, sizeof desk->roster->set);
    put_bytes(&body, (const unsigned char *)words, n * sizeof *words);
    letter_write(out, LETTER_FIGURES, part->round, part->place, text_str(&body), desk->key);
    part->step = PART_FIGURES_GIVEN;
    memcpy(part->set, desk->roster->set, sizeof part->set);
    return OK;
}

static enum status check_reveal(const struct sum_part *part, const struct roster *roster, struct err *e)
{
    if (part->step == PART_REVEALED)
        return err_set(e, REFUSED,
                       "shares have been given in this round: others could take away both masks of a city");
    if (part->step == PART_FIGURES_GIVEN && memcmp(part->set, roster->set, sizeof part->set) != 0)
        return err_set(e, REFUSED, "the roster is another than the one that the figures were given for");
    return OK;
}

enum status city_reveal(struct sum_part *part, struct text *out, const struct city_desk *desk,
                        const struct letter *asking, struct err *e)
{
    struct asking x;
    unsigned char both[ROSTER_SHARES];
    struct text body = text_open(desk->secret);

    TRY(check_reveal(part, desk->roster, e));
    TRY(asking_read(&x, desk->round, desk->roster, asking, e));
    put_bytes(&body, x.hash, sizeof x.hash);
    for (size_t i = 0; i < desk->roster->n; i++) {
        TRY(open_shares(both, &desk->roster->row[i], part->place, desk, e));
        put_bytes(&body, both + (x.has_come[i] ? SHARE_SCALAR : 0), SHARE_SCALAR);
    }
    sodium_memzero(both, sizeof both);
    letter_write(out, LETTER_REVEAL, part->round, part->place, text_str(&body), desk->key);
    part->step = PART_REVEALED;
    sodium_memzero(part->pair, sizeof part->pair);
    sodium_memzero(part->own, sizeof part->own);
    return OK;
}

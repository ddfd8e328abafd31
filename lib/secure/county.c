/* What whoever adds does in a secure sum. */
#include "secure/county.h"

#include "base/arena.h"
#include "secure/asking.h"
#include "secure/mask.h"
#include "secure/share.h"

#include <endian.h>
#include <sodium.h>
#include <string.h>

enum status county_joins(struct joins *out, const struct sum_round *r, const struct letter *letter, size_t n,
                         struct arena *a, struct err *e)
{
    struct roster_row *at = arena_new(a, r->n, struct roster_row);
    const unsigned char **sealed = arena_new(a, r->n, const unsigned char *);
    struct joins x = {.row = at, .sealed = sealed};
    struct roster_row row;
    const unsigned char *shares = NULL;

    for (size_t i = 0; i < n; i++) {
        TRY(join_read(&row, &shares, r, &letter[i], e));
        if (sealed[row.place])
            return err_set(e, BAD_INPUT, "%s: \"%.*s\" has joined already", letter[i].name,
                           STR(r->city[row.place].name));
        at[row.place] = row;
        sealed[row.place] = shares;
    }
    for (size_t i = 0; i < r->n; i++)
        if (sealed[i]) {
            at[x.n] = at[i];
            sealed[x.n++] = sealed[i];
        }
    if (x.n < round_needed(r))
        return err_set(e, REFUSED, "%zu of %zu cities have joined, and %zu are needed", x.n, r->n,
                       round_needed(r));
    *out = x;
    return OK;
}

void county_roster(struct text *out, const struct sum_round *r, const struct joins *joins, size_t to,
                   const struct key_pair *county, struct arena *a)
{
    struct roster roster = {.to = to, .n = joins->n, .row = joins->row};

    for (size_t i = 0; to != LETTER_COUNTY && i < joins->n; i++)
        memcpy(joins->row[i].sealed, joins->sealed[i] + to * ROSTER_SEALED, ROSTER_SEALED);
    roster_write(out, r, &roster, county, a);
}

/* What a letter of a city should be. */
struct about {
    enum letter_kind kind;
    const struct sum_round *round;
    const struct roster *roster;
    const unsigned char *hash; /* of the roster's set, or of the asking: its body begins with it */
};

/* *row is the sender's in the roster; what follows the hash is left in *c. */
static enum status check_about(const struct letter *l, const struct about *x, size_t *row,
                               struct letter_cut *c, struct err *e)
{
    const unsigned char *hash = NULL;

    TRY(round_check_city(x->round, l, x->kind, e));
    *c = (struct letter_cut){.name = l->name, .rest = l->body};
    TRY(cut_bytes(c, LETTER_ROUND_BYTES, &hash, e));
    const struct roster_row *found = roster_find(x->roster, l->from);
    if (!found || memcmp(hash, x->hash, LETTER_ROUND_BYTES) != 0)
        return err_set(e, BAD_INPUT, "%s: \"%.*s\" has made it for another roster or asking than this",
                       l->name, STR(x->round->city[l->from].name));
    *row = (size_t)(found - x->roster->row);
    return OK;
}

static enum status read_figures(const struct letter *l, const struct sum_round *r,
                                const struct roster *roster, size_t *row, const unsigned char **words,
                                struct err *e)
{
    const struct about figures = {LETTER_FIGURES, r, roster, roster->set};
    struct letter_cut c;

    TRY(check_about(l, &figures, row, &c, e));
    TRY(cut_bytes(&c, 2 * r->cells * sizeof(uint64_t), words, e));
    return cut_end(&c, e);
}

enum status county_check_figures(const struct sum_round *r, const struct roster *roster,
                                 const struct letter *l, struct err *e)
{
    const unsigned char *words = NULL;
    size_t row = 0;

    return read_figures(l, r, roster, &row, &words, e);
}

static enum status read_shares(const struct letter *l, const struct about *x, size_t *row,
                               const unsigned char **share, struct err *e)
{
    struct letter_cut c;

    TRY(check_about(l, x, row, &c, e));
    TRY(cut_bytes(&c, x->roster->n * SHARE_SCALAR, share, e));
    return cut_end(&c, e);
}

enum status county_check_reveal(const struct sum_round *r, const struct roster *roster,
                                const struct letter *asking, const struct letter *l, struct err *e)
{
    struct asking asked;
    const unsigned char *share = NULL;
    size_t row = 0;

    TRY(asking_read(&asked, r, roster, asking, e));
    const struct about shares = {LETTER_REVEAL, r, roster, asked.hash};
    return read_shares(l, &shares, &row, &share, e);
}

static enum status twice(const struct letter *l, const struct sum_round *r, struct err *e)
{
    return err_set(e, BAD_INPUT, "%s: \"%.*s\" has sent such a file already", l->name,
                   STR(r->city[l->from].name));
}

enum status county_came(unsigned char *has_come, const struct sum_round *r, const struct roster *roster,
                        const struct letter *letter, size_t n, struct err *e)
{
    const unsigned char *words = NULL;
    size_t row = 0;

    memset(has_come, 0, roster->n);
    for (size_t i = 0; i < n; i++) {
        TRY(read_figures(&letter[i], r, roster, &row, &words, e));
        if (has_come[row])
            return twice(&letter[i], r, e);
        has_come[row] = 1;
    }
    return n >= round_needed(r)
               ? OK
               : err_set(e, REFUSED, "the figures of %zu cities have come, and %zu are needed", n,
                         round_needed(r));
}

/* The state of an addition. */
struct adding {
    const struct sum_round *r;
    const struct roster *roster;
    struct asking asking;
    size_t n; /* words */
    uint64_t *words;
    uint64_t *stream;
    size_t givers;               /* of shares: as many as are needed */
    const unsigned char **share; /* of each giver, one for each row */
    unsigned char *weight;
};

static enum status add_figures(struct adding *x, const struct gathered *g, struct arena *a, struct err *e)
{
    unsigned char *has_come = arena_new(a, x->roster->n, unsigned char);
    const unsigned char *words = NULL;
    size_t row = 0;

    for (size_t i = 0; i < g->figures_n; i++) {
        TRY(read_figures(&g->figures[i], x->r, x->roster, &row, &words, e));
        if (has_come[row])
            return twice(&g->figures[i], x->r, e);
        if (!x->asking.has_come[row])
            return err_set(e, BAD_INPUT, "%s: came after the cities had been asked: it is not added",
                           g->figures[i].name);
        has_come[row] = 1;
        for (size_t k = 0; k < x->n; k++) {
            uint64_t little = 0;

            memcpy(&little, words + k * sizeof little, sizeof little);
            x->words[k] += le64toh(little);
        }
    }
    for (size_t i = 0; i < x->roster->n; i++)
        if (x->asking.has_come[i] && !has_come[i])
            return err_set(e, BAD_INPUT, "the figures of \"%.*s\" are missing",
                           STR(x->r->city[x->roster->row[i].place].name));
    return OK;
}

/* The shares of as many cities as are needed, and their weights. */
static enum status take_shares(struct adding *x, const struct gathered *g, struct arena *a, struct err *e)
{
    size_t needed = round_shares_needed(x->r);
    const struct about shares = {LETTER_REVEAL, x->r, x->roster, x->asking.hash};
    size_t *place = arena_new(a, x->roster->n, size_t);
    bool *has_given = arena_new(a, x->roster->n, bool);

    x->share = arena_new(a, x->roster->n, const unsigned char *);
    x->weight = arena_new(a, needed * SHARE_SCALAR, unsigned char);
    for (size_t i = 0; i < g->reveals_n; i++) {
        const struct letter *l = &g->reveal[i];
        size_t row = 0;
        size_t at = x->givers;

        TRY(read_shares(l, &shares, &row, &x->share[at], e));
        if (has_given[row])
            return twice(l, x->r, e);
        has_given[row] = true;
        place[at] = l->from;
        x->givers++;
    }
    if (x->givers < needed)
        return err_set(e, REFUSED, "%zu cities have given shares, and %zu are needed", x->givers, needed);
    x->givers = needed;
    share_weights(place, needed, x->weight);
    return OK;
}

/* The scalar of row `i` that was asked for, checked against the element that its city has joined with. */
static enum status join_scalar(const struct adding *x, size_t i, unsigned char *gather,
                               unsigned char scalar[SHARE_SCALAR], struct err *e)
{
    const struct roster_row *row = &x->roster->row[i];
    unsigned char element[ROSTER_ELEMENT];

    for (size_t k = 0; k < x->givers; k++)
        memcpy(gather + k * SHARE_SCALAR, x->share[k] + i * SHARE_SCALAR, SHARE_SCALAR);
    share_join(gather, x->weight, x->givers, scalar);
    if (crypto_scalarmult_ristretto255_base(element, scalar) != 0 ||
        memcmp(element, x->asking.has_come[i] ? row->own : row->pair, sizeof element) != 0)
        return err_set(e, REFUSED,
                       "the shares do not give what \"%.*s\" has joined with: a city has sent wrong shares, "
                       "and nothing can be added in this round",
                       STR(x->r->city[row->place].name));
    return OK;
}

/* The masks that the others have put on for a city whose figures have not come. */
static enum status remove_pairs(struct adding *x, size_t dropped, const unsigned char *scalar, struct err *e)
{
    const struct roster_row *row = x->roster->row;
    unsigned char key[MASK_KEY];

    for (size_t i = 0; i < x->roster->n; i++) {
        if (!x->asking.has_come[i])
            continue;
        TRY(mask_pair(key, scalar, row[i].pair, x->r->hash, e));
        /* The opposite of what the city at i has done: what the missing one would have done itself. */
        mask_apply(x->words, x->stream, x->n, key, mask_sign_of(row[dropped].place, row[i].place));
    }
    return OK;
}

static enum status remove_masks(struct adding *x, struct arena *a, struct err *e)
{
    unsigned char *gather = arena_new(a, x->givers * SHARE_SCALAR, unsigned char);
    unsigned char scalar[SHARE_SCALAR];
    unsigned char key[MASK_KEY];

    for (size_t i = 0; i < x->roster->n; i++) {
        TRY(join_scalar(x, i, gather, scalar, e));
        if (x->asking.has_come[i]) {
            mask_own(key, scalar, x->r->hash);
            mask_apply(x->words, x->stream, x->n, key, MASK_SUBTRACT);
        } else {
            TRY(remove_pairs(x, i, scalar, e));
        }
    }
    return OK;
}

/* A mask that is left over, or a figure that is none, makes a word of any size: counts are small, and so is
 * noise. */
static bool can_be(const struct adding *x, uint64_t total, uint64_t cities)
{
    const int64_t most = (int64_t)x->asking.came * ROUND_MOST_FIGURE;

    if (x->r->noise.budget > 0)
        return cities == 0 && (int64_t)total >= -most && (int64_t)total <= 2 * most;
    return cities <= x->asking.came && total >= cities && total <= cities * ROUND_MOST_FIGURE;
}

static enum status take_words(struct sum_cell *out, const struct adding *x, struct err *e)
{
    size_t cells = x->r->cells;

    for (size_t i = 0; i < cells; i++)
        if (!can_be(x, x->words[i], x->words[cells + i]))
            return err_set(e, REFUSED,
                           "cell %zu: the sum is none that counts of %zu cities can have: a city has sent "
                           "something else than counts",
                           i + 1, x->asking.came);
    for (size_t i = 0; i < cells; i++)
        out[i] = (struct sum_cell){.total = (int64_t)x->words[i], .cities = (int64_t)x->words[cells + i]};
    return OK;
}

enum status county_add(struct sums *out, const struct gathered *g, struct arena *a, struct err *e)
{
    struct adding x = {.r = g->round, .roster = g->roster, .n = 2 * g->round->cells};
    struct sum_cell *cell = arena_new(a, g->round->cells, struct sum_cell);

    TRY(asking_read(&x.asking, x.r, x.roster, &g->asking, e));
    x.words = arena_new(a, x.n, uint64_t);
    x.stream = arena_new(a, x.n, uint64_t);
    TRY(add_figures(&x, g, a, e));
    TRY(take_shares(&x, g, a, e));
    TRY(remove_masks(&x, a, e));
    TRY(take_words(cell, &x, e));
    *out = (struct sums){.came = x.asking.came, .cell = cell};
    return OK;
}

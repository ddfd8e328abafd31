/* The files of a secure sum. */
#include "secure/letter.h"

#include "link/agreement.h"

#include <endian.h>
#include <sodium.h>
#include <string.h>

enum { NUMBER_BYTES = 4, TEXT_MOST = 100 };

static const char first_word[] = "lykta-sum 1 ";
static const char *const kind_names[LETTER_KINDS] = {"round",   "join",   "roster",
                                                     "figures", "asking", "reveal"};

void put_bytes(struct text *out, const unsigned char *bytes, size_t n)
{
    text_add(out, (struct str){(const char *)bytes, n});
}

void put_number(struct text *out, size_t number)
{
    uint32_t little = htole32((uint32_t)number);

    put_bytes(out, (const unsigned char *)&little, NUMBER_BYTES);
}

void put_text(struct text *out, struct str s)
{
    put_number(out, s.n);
    text_add(out, s);
}

bool letter_text_fits(struct str s)
{
    for (size_t i = 0; i < s.n; i++)
        if ((unsigned char)s.p[i] < ' ' || s.p[i] == 0x7F)
            return false;
    return s.n >= 1 && s.n <= TEXT_MOST && str_is_utf8(s);
}

enum status cut_bytes(struct letter_cut *c, size_t n, const unsigned char **out, struct err *e)
{
    if (c->rest.n < n)
        return err_set(e, BAD_INPUT, "%s: cut short", c->name);
    *out = (const unsigned char *)c->rest.p;
    c->rest = (struct str){c->rest.p + n, c->rest.n - n};
    return OK;
}

enum status cut_copy(struct letter_cut *c, unsigned char *out, size_t n, struct err *e)
{
    const unsigned char *bytes = NULL;

    TRY(cut_bytes(c, n, &bytes, e));
    memcpy(out, bytes, n);
    return OK;
}

enum status cut_number(struct letter_cut *c, size_t lo, size_t hi, size_t *out, struct err *e)
{
    const unsigned char *bytes = NULL;
    uint32_t little = 0;

    TRY(cut_bytes(c, NUMBER_BYTES, &bytes, e));
    memcpy(&little, bytes, sizeof little);
    if (le32toh(little) < lo || le32toh(little) > hi)
        return err_set(e, BAD_INPUT, "%s: damaged: expected a number from %zu to %zu", c->name, lo, hi);
    *out = le32toh(little);
    return OK;
}

enum status cut_text(struct letter_cut *c, struct str *out, struct err *e)
{
    const unsigned char *bytes = NULL;
    size_t n = 0;

    TRY(cut_number(c, 1, TEXT_MOST, &n, e));
    TRY(cut_bytes(c, n, &bytes, e));
    *out = (struct str){(const char *)bytes, n};
    if (!letter_text_fits(*out))
        return err_set(e, BAD_INPUT, "%s: damaged: expected a text of UTF-8 on one line", c->name);
    return OK;
}

enum status cut_end(const struct letter_cut *c, struct err *e)
{
    return c->rest.n == 0 ? OK : err_set(e, BAD_INPUT, "%s: longer than it should be", c->name);
}

void letter_write(struct text *out, enum letter_kind kind, const unsigned char round[LETTER_ROUND_BYTES],
                  size_t from, struct str body, const struct key_pair *by)
{
    unsigned char signature[crypto_sign_BYTES];
    size_t start = out->n;

    text_format(out, "%s%s\n", first_word, kind_names[kind]);
    put_bytes(out, round, LETTER_ROUND_BYTES);
    put_number(out, from);
    text_add(out, body);
    crypto_sign_detached(signature, NULL, (const unsigned char *)out->p + start, out->n - start,
                         by->sign_secret);
    put_bytes(out, signature, sizeof signature);
}

static enum status read_kind(struct letter *l, struct letter_cut *c, struct err *e)
{
    struct str line;

    if (str_starts(c->rest, str_of(first_word)) && str_cut(c->rest, '\n', &line, &c->rest))
        for (int k = 0; k < LETTER_KINDS; k++)
            if (str_is(str_part(line, sizeof first_word - 1, line.n), kind_names[k])) {
                l->kind = (enum letter_kind)k;
                return OK;
            }
    return err_set(e, BAD_INPUT, "%s: not a file of lykta sum", c->name);
}

enum status letter_read(struct letter *out, const char *name, struct str bytes, struct err *e)
{
    struct letter_cut c = {.name = name, .rest = bytes};
    struct letter l = {.name = name};

    TRY(read_kind(&l, &c, e));
    TRY(cut_bytes(&c, LETTER_ROUND_BYTES, &l.round, e));
    TRY(cut_number(&c, 0, UINT32_MAX, &l.from, e));
    if (c.rest.n < crypto_sign_BYTES)
        return err_set(e, BAD_INPUT, "%s: cut short", name);
    l.body = (struct str){c.rest.p, c.rest.n - crypto_sign_BYTES};
    l.signature = (const unsigned char *)l.body.p + l.body.n;
    l.signed_part = (struct str){bytes.p, bytes.n - crypto_sign_BYTES};
    *out = l;
    return OK;
}

enum status letter_check(const struct letter *l, enum letter_kind kind,
                         const unsigned char round[LETTER_ROUND_BYTES], const struct public_key *key,
                         struct err *e)
{
    if (l->kind != kind)
        return err_set(e, BAD_INPUT, "%s: expected a file of the kind \"%s\", found \"%s\"", l->name,
                       kind_names[kind], kind_names[l->kind]);
    if (memcmp(l->round, round, LETTER_ROUND_BYTES) != 0)
        return err_set(e, BAD_INPUT, "%s: made for another round: it is not used", l->name);
    if (crypto_sign_verify_detached(l->signature, (const unsigned char *)l->signed_part.p, l->signed_part.n,
                                    key->sign) != 0)
        return err_set(e, BAD_INPUT, "%s: changed on its way, or not signed by \"%.*s\"", l->name,
                       STR(key->name));
    return OK;
}

void letter_hash(const struct letter *l, unsigned char out[LETTER_ROUND_BYTES])
{
    crypto_hash_sha256(out, (const unsigned char *)l->signed_part.p, l->signed_part.n + crypto_sign_BYTES);
}

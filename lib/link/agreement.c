/* How the agencies of a project come to share a key. */
#include "link/agreement.h"

#include "base/arena.h"
#include "base/hkdf.h"
#include "base/text.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

enum { SEALED = ENCODE_KEY_BYTES + crypto_box_SEALBYTES, WIDE = 2 * AGREEMENT_KEY_BYTES };

static const char key_line[] = "lykta-key 1\n";
static const char public_line[] = "lykta-public 1\n";
static const char round_line[] = "lykta-round 1\n";

/* A file being read line by line. */
struct reading {
    const char *file;
    struct str rest;
    struct arena *arena;
    struct err *e;
};

static void derive(const unsigned char *seed, const char *purpose, unsigned char out[AGREEMENT_KEY_BYTES])
{
    hkdf_sha256((struct str){(const char *)seed, AGREEMENT_KEY_BYTES}, S("lykta/pair/v1"), str_of(purpose),
                out, AGREEMENT_KEY_BYTES);
}

void key_pair_of(struct key_pair *out, struct str name, const unsigned char seed[AGREEMENT_KEY_BYTES])
{
    unsigned char half[AGREEMENT_KEY_BYTES];

    *out = (struct key_pair){.open.name = name};
    memcpy(out->seed, seed, sizeof out->seed);
    derive(seed, "sign", half);
    crypto_sign_seed_keypair(out->open.sign, out->sign_secret, half);
    derive(seed, "box", half);
    crypto_box_seed_keypair(out->open.box, out->box_secret, half);
    sodium_memzero(half, sizeof half);
}

static void write_hex(struct text *out, const char *word, const unsigned char *bytes, size_t n)
{
    char hex[2 * SEALED + 1];

    sodium_bin2hex(hex, sizeof hex, bytes, n);
    text_format(out, "%s %s\n", word, hex);
    sodium_memzero(hex, sizeof hex);
}

static void write_public(struct text *out, const struct public_key *key)
{
    text_format(out, "name %.*s\n", STR(key->name));
    write_hex(out, "sign", key->sign, sizeof key->sign);
    write_hex(out, "box", key->box, sizeof key->box);
}

void key_pair_write(struct text *out, const struct key_pair *pair)
{
    text_add(out, str_of(key_line));
    text_format(out, "name %.*s\n", STR(pair->open.name));
    write_hex(out, "seed", pair->seed, sizeof pair->seed);
}

void public_key_write(struct text *out, const struct public_key *key)
{
    text_add(out, str_of(public_line));
    write_public(out, key);
}

static enum status fault(const struct reading *r, const char *expected)
{
    return err_set(r->e, BAD_INPUT, "%s: expected %s", r->file, expected);
}

static enum status take_first(struct reading *r, const char *line, const char *what)
{
    if (!str_starts(r->rest, str_of(line)))
        return fault(r, what);
    r->rest = str_part(r->rest, strlen(line), r->rest.n);
    return OK;
}

/* The rest of the next line, which begins with `word` and a blank. */
static enum status take_line(struct reading *r, const char *word, struct str *out)
{
    struct str line;
    struct str first;

    str_cut(r->rest, '\n', &line, &r->rest);
    if (!str_cut(line, ' ', &first, out) || !str_is(first, word) || out->n == 0)
        return err_set(r->e, BAD_INPUT, "%s: damaged: expected a line that begins with \"%s\"", r->file,
                       word);
    return OK;
}

static enum status take_hex(struct reading *r, const char *word, unsigned char *out, size_t n)
{
    struct str hex;
    size_t got = 0;

    TRY(take_line(r, word, &hex));
    if (hex.n != 2 * n || sodium_hex2bin(out, n, hex.p, hex.n, NULL, &got, NULL) != 0 || got != n)
        return err_set(r->e, BAD_INPUT, "%s: damaged: \"%s\" is not %zu hexadecimal digits", r->file, word,
                       2 * n);
    return OK;
}

static enum status take_name(struct reading *r, struct str *out)
{
    TRY(take_line(r, "name", out));
    for (size_t i = 0; i < out->n; i++)
        if ((unsigned char)out->p[i] < ' ' || out->p[i] == 0x7F)
            return fault(r, "a name without control characters");
    if (out->n > SCHEMA_MAX_TEXT || !str_is_utf8(*out))
        return fault(r, "a name of 1 to 100 bytes of UTF-8");
    *out = str_copy(*out, r->arena);
    return OK;
}

static enum status take_public(struct reading *r, struct public_key *out)
{
    TRY(take_name(r, &out->name));
    TRY(take_hex(r, "sign", out->sign, sizeof out->sign));
    return take_hex(r, "box", out->box, sizeof out->box);
}

enum status key_pair_read(struct key_pair *out, const char *file, struct str bytes, struct arena *a,
                          struct err *e)
{
    struct reading r = {.file = file, .rest = bytes, .arena = a, .e = e};
    unsigned char seed[AGREEMENT_KEY_BYTES];
    struct str name;

    TRY(take_first(&r, key_line, "a key made by lykta keys make, not its public half"));
    TRY(take_name(&r, &name));
    TRY(take_hex(&r, "seed", seed, sizeof seed));
    key_pair_of(out, name, seed);
    sodium_memzero(seed, sizeof seed);
    return OK;
}

enum status public_key_read(struct public_key *out, const char *file, struct str bytes, struct arena *a,
                            struct err *e)
{
    struct reading r = {.file = file, .rest = bytes, .arena = a, .e = e};
    struct public_key key;

    TRY(take_first(&r, public_line, "a public key made by lykta keys make"));
    TRY(take_public(&r, &key));
    *out = key;
    return OK;
}

static int compare_wide(const void *a, const void *b)
{
    return memcmp(a, b, WIDE);
}

/* Both halves of a member's key, as they are compared and hashed. */
static void widen(const struct public_key *key, unsigned char out[WIDE])
{
    memcpy(out, key->sign, AGREEMENT_KEY_BYTES);
    memcpy(out + AGREEMENT_KEY_BYTES, key->box, AGREEMENT_KEY_BYTES);
}

void agreement_digits(const struct schema *schema, const struct members *m, char out[AGREEMENT_DIGITS + 1])
{
    static const char purpose[] = "lykta/voice/v1";
    unsigned char wide[AGREEMENT_MAX_MEMBERS][WIDE];
    unsigned char reader[WIDE];
    unsigned char hash[crypto_generichash_BYTES];
    crypto_generichash_state state;

    for (size_t i = 0; i < m->n; i++)
        widen(&m->member[i], wide[i]);
    widen(&m->reader, reader);
    qsort(wide, m->n, WIDE, compare_wide);
    crypto_generichash_init(&state, NULL, 0, sizeof hash);
    crypto_generichash_update(&state, (const unsigned char *)purpose, sizeof purpose);
    crypto_generichash_update(&state, reader, sizeof reader);
    for (size_t i = 0; i < m->n; i++)
        crypto_generichash_update(&state, wide[i], WIDE);
    crypto_generichash_update(&state, (const unsigned char *)schema->project.p, schema->project.n);
    crypto_generichash_final(&state, hash, sizeof hash);
    voice_digits(hash, out);
}

static bool is_same(const struct public_key *a, const struct public_key *b)
{
    return memcmp(a->sign, b->sign, sizeof a->sign) == 0 && memcmp(a->box, b->box, sizeof a->box) == 0;
}

/* The place of `key` among the members, or their number. */
static size_t find_member(const struct members *m, const struct public_key *key)
{
    size_t i = 0;

    while (i < m->n && !is_same(&m->member[i], key))
        i++;
    return i;
}

static enum status check_members(const struct members *m, const struct public_key *from, struct err *e)
{
    if (m->n < 2 || m->n > AGREEMENT_MAX_MEMBERS)
        return err_set(e, USAGE, "a key is shared by 2 to %d agencies", AGREEMENT_MAX_MEMBERS);
    for (size_t i = 0; i < m->n; i++) {
        if (find_member(m, &m->member[i]) != i)
            return err_set(e, USAGE, "the key of \"%.*s\" is there twice", STR(m->member[i].name));
        if (is_same(&m->member[i], &m->reader))
            return err_set(e, USAGE,
                           "the linkage unit may not be one of the agencies: it must not have their key");
    }
    if (find_member(m, from) == m->n)
        return err_set(e, USAGE, "who shares the key must be one of the agencies: add the own public key");
    return OK;
}

enum status agreement_write(struct text *out, const struct schema *schema, const struct members *m,
                            const struct key_pair *from, const unsigned char key[ENCODE_KEY_BYTES],
                            struct arena *a, struct err *e)
{
    struct text body = text_open(a);
    unsigned char sealed[SEALED];
    unsigned char signature[crypto_sign_BYTES];

    TRY(check_members(m, &from->open, e));
    text_add(&body, str_of(round_line));
    text_format(&body, "project %.*s\nround %.*s\n", STR(schema->project), STR(schema->round));
    write_hex(&body, "schema", schema->hash, sizeof schema->hash);
    write_public(&body, &m->reader);
    for (size_t i = 0; i < m->n; i++) {
        write_public(&body, &m->member[i]);
        if (crypto_box_seal(sealed, key, ENCODE_KEY_BYTES, m->member[i].box) != 0)
            return err_set(e, BAD_INPUT, "the key of \"%.*s\" is none that can be sealed to",
                           STR(m->member[i].name));
        write_hex(&body, "sealed", sealed, sizeof sealed);
    }
    write_hex(&body, "from", from->open.sign, sizeof from->open.sign);
    crypto_sign_detached(signature, NULL, (const unsigned char *)body.p, body.n, from->sign_secret);
    write_hex(&body, "signature", signature, sizeof signature);
    text_add(out, text_str(&body));
    return OK;
}

/* What such a file holds. */
struct shared {
    struct str project;
    struct str round;
    unsigned char hash[SCHEMA_HASH_BYTES];
    struct members m;
    unsigned char sealed[AGREEMENT_MAX_MEMBERS][SEALED];
    unsigned char from[AGREEMENT_KEY_BYTES];
};

static enum status read_shared(struct reading *r, struct shared *s)
{
    const char *start = r->rest.p;
    unsigned char signature[crypto_sign_BYTES];
    bool is_member = false;

    TRY(take_first(r, round_line, "a shared key made by lykta keys share"));
    TRY(take_line(r, "project", &s->project));
    TRY(take_line(r, "round", &s->round));
    TRY(take_hex(r, "schema", s->hash, sizeof s->hash));
    TRY(take_public(r, &s->m.reader));
    while (str_starts(r->rest, S("name "))) {
        if (s->m.n == AGREEMENT_MAX_MEMBERS)
            return fault(r, "at most 16 agencies");
        TRY(take_public(r, &s->m.member[s->m.n]));
        TRY(take_hex(r, "sealed", s->sealed[s->m.n], SEALED));
        s->m.n++;
    }
    TRY(take_hex(r, "from", s->from, sizeof s->from));
    size_t signed_bytes = (size_t)(r->rest.p - start);
    TRY(take_hex(r, "signature", signature, sizeof signature));
    for (size_t i = 0; i < s->m.n; i++)
        is_member |= memcmp(s->m.member[i].sign, s->from, sizeof s->from) == 0;
    if (!is_member || r->rest.n > 0 ||
        crypto_sign_verify_detached(signature, (const unsigned char *)start, signed_bytes, s->from) != 0)
        return fault(r, "a file that one of its agencies has signed, unchanged");
    return OK;
}

static enum status check_round(const struct shared *s, const struct schema *schema, const char *file,
                               struct err *e)
{
    if (!str_equal(s->project, schema->project) || !str_equal(s->round, schema->round))
        return err_set(e, BAD_INPUT, "%s: shared for another project or round than the schema's", file);
    if (memcmp(s->hash, schema->hash, sizeof s->hash) != 0)
        return err_set(e, BAD_INPUT, "%s: shared for another schema than this one", file);
    return OK;
}

enum status agreement_check(const struct schema *schema, const struct members *m, const char *file,
                            struct str bytes, struct arena *a, struct err *e)
{
    struct reading r = {.file = file, .rest = bytes, .arena = a, .e = e};
    struct shared *s = arena_new(a, 1, struct shared);
    bool is_same_group = true;

    TRY(read_shared(&r, s));
    TRY(check_round(s, schema, file, e));
    for (size_t i = 0; i < s->m.n; i++)
        is_same_group = is_same_group && find_member(&s->m, &s->m.member[i]) == i &&
                        find_member(m, &s->m.member[i]) < m->n;
    if (!is_same_group || s->m.n != m->n || !is_same(&s->m.reader, &m->reader))
        return err_set(e, BAD_INPUT, "%s: shared among others than those who take part", file);
    return OK;
}

static enum status check_digits(const struct shared *s, const struct schema *schema, const char *digits,
                                const char *file, struct err *e)
{
    char expected[AGREEMENT_DIGITS + 1];

    agreement_digits(schema, &s->m, expected);
    if (!voice_same(digits, expected))
        return err_set(
            e, REFUSED,
            "%s: the digits are others than those of its keys: somebody uses another key than you were "
            "told. Compare the digits again by voice before anything else",
            file);
    return OK;
}

enum status agreement_take(struct secret *out, const struct schema *schema, const struct key_pair *own,
                           const char *digits, const char *file, struct str bytes, struct arena *a,
                           struct err *e)
{
    struct reading r = {.file = file, .rest = bytes, .arena = a, .e = e};
    struct shared *s = arena_new(a, 1, struct shared);
    struct secret taken = {.is_agreed = true, .list = own->open.name};

    TRY(read_shared(&r, s));
    TRY(check_round(s, schema, file, e));
    size_t i = find_member(&s->m, &own->open);
    if (i == s->m.n)
        return err_set(e, BAD_INPUT, "%s: not shared with \"%.*s\"", file, STR(own->open.name));
    TRY(check_digits(s, schema, digits, file, e));
    if (crypto_box_seal_open(taken.key, s->sealed[i], SEALED, own->open.box, own->box_secret) != 0)
        return err_set(e, BAD_INPUT, "%s: what is sealed for \"%.*s\" cannot be opened", file,
                       STR(own->open.name));
    memcpy(taken.reader, s->m.reader.box, sizeof taken.reader);
    *out = taken;
    sodium_memzero(&taken, sizeof taken);
    return OK;
}

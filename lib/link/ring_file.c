/* Lists on their way round, and agencies' exponents, as files. */
#include "link/ring.h"

#include "base/arena.h"
#include "base/number.h"
#include "base/text.h"

#include <sodium.h>
#include <string.h>

static const char list_line[] = "lykta-ring 1\n";
static const char secret_line[] = "lykta-ring-key 1\n";

/* A file being read line by line. */
struct reading {
    const char *name;
    struct str rest;
    struct err *e;
};

static void put_hex(struct text *out, const char *word, const unsigned char *bytes)
{
    char hex[2 * RING_POINT + 1];

    sodium_bin2hex(hex, sizeof hex, bytes, RING_POINT);
    text_format(out, "%s %s\n", word, hex);
    sodium_memzero(hex, sizeof hex);
}

static enum status take_line(struct reading *r, const char *word, struct str *out)
{
    struct str line;
    struct str first;

    str_cut(r->rest, '\n', &line, &r->rest);
    if (!str_cut(line, ' ', &first, out) || !str_is(first, word) || out->n == 0 || out->n > SCHEMA_MAX_TEXT ||
        !str_is_utf8(*out))
        return err_set(r->e, BAD_INPUT, "%s: damaged: expected a line that begins with \"%s\"", r->name,
                       word);
    for (size_t i = 0; i < out->n; i++)
        if ((unsigned char)out->p[i] < ' ' || out->p[i] == 0x7F)
            return err_set(r->e, BAD_INPUT, "%s: damaged: \"%s\" has a control character", r->name, word);
    return OK;
}

static enum status take_hex(struct reading *r, const char *word, unsigned char out[RING_POINT])
{
    struct str hex;
    size_t n = 0;

    TRY(take_line(r, word, &hex));
    if (hex.n != 2 * RING_POINT || sodium_hex2bin(out, RING_POINT, hex.p, hex.n, NULL, &n, NULL) != 0 ||
        n != RING_POINT)
        return err_set(r->e, BAD_INPUT, "%s: damaged: \"%s\" is not 64 hexadecimal digits", r->name, word);
    return OK;
}

static enum status take_first(struct reading *r, const char *line, const char *what)
{
    if (!str_starts(r->rest, str_of(line)))
        return err_set(r->e, BAD_INPUT, "%s: not %s", r->name, what);
    r->rest = str_part(r->rest, strlen(line), r->rest.n);
    return OK;
}

void ring_secret_write(struct text *out, const struct ring_secret *secret, const struct schema *schema)
{
    text_add(out, str_of(secret_line));
    text_format(out, "project %.*s\nround %.*s\n", STR(schema->project), STR(schema->round));
    put_hex(out, "schema", schema->hash);
    put_hex(out, "exponent", secret->scalar);
}

enum status ring_secret_read(struct ring_secret *out, const struct schema *schema, const char *name,
                             struct str bytes, struct err *e)
{
    struct reading r = {.name = name, .rest = bytes, .e = e};
    struct ring_secret s;
    struct str project;
    struct str round;
    unsigned char hash[RING_POINT];

    TRY(take_first(&r, secret_line, "an exponent made by lykta ring key"));
    TRY(take_line(&r, "project", &project));
    TRY(take_line(&r, "round", &round));
    TRY(take_hex(&r, "schema", hash));
    TRY(take_hex(&r, "exponent", s.scalar));
    if (!str_equal(project, schema->project) || !str_equal(round, schema->round) ||
        memcmp(hash, schema->hash, sizeof hash) != 0)
        return err_set(e, BAD_INPUT, "%s: made for another project, round or schema: make a new one", name);
    if (crypto_scalarmult_ristretto255_base(s.open, s.scalar) != 0)
        return err_set(e, BAD_INPUT, "%s: damaged: the exponent is 0", name);
    *out = s;
    sodium_memzero(&s, sizeof s);
    return OK;
}

enum status ring_write(const struct ring_list *x, const struct sink *to, struct arena *a, struct err *e)
{
    struct text head = text_open(a);
    struct str rows = {(const char *)x->point, x->n * x->width * RING_POINT};
    unsigned char hash[crypto_hash_sha256_BYTES];
    crypto_hash_sha256_state state;

    text_add(&head, str_of(list_line));
    text_format(&head, "project %.*s\nround %.*s\n", STR(x->project), STR(x->round));
    put_hex(&head, "schema", x->schema_hash);
    text_format(&head, "list %.*s\nkinds %u\nn %zu\npassed %zu\n", STR(x->list), x->kinds, x->n, x->passed);
    for (size_t i = 0; i < x->passed; i++)
        put_hex(&head, "by", x->by[i]);
    text_byte(&head, '\n');
    crypto_hash_sha256_init(&state);
    crypto_hash_sha256_update(&state, (const unsigned char *)head.p, head.n);
    crypto_hash_sha256_update(&state, x->point, rows.n);
    crypto_hash_sha256_final(&state, hash);
    TRY(sink_put(to, text_str(&head), e));
    TRY(sink_put(to, rows, e));
    return sink_put(to, (struct str){(const char *)hash, sizeof hash}, e);
}

static enum status take_number(struct reading *r, const char *word, int64_t lo, int64_t hi, size_t *out)
{
    struct str digits;
    int64_t number = 0;

    TRY(take_line(r, word, &digits));
    if (!i64_from_str(digits, lo, hi, &number))
        return err_set(r->e, BAD_INPUT, "%s: damaged: \"%s\" is out of bounds", r->name, word);
    *out = (size_t)number;
    return OK;
}

static enum status take_head(struct reading *r, struct ring_list *x)
{
    size_t kinds = 0;

    TRY(take_first(r, list_line, "a list made by lykta ring"));
    TRY(take_line(r, "project", &x->project));
    TRY(take_line(r, "round", &x->round));
    TRY(take_hex(r, "schema", x->schema_hash));
    TRY(take_line(r, "list", &x->list));
    TRY(take_number(r, "kinds", 1, (1 << RING_KEYS) - 1, &kinds));
    TRY(take_number(r, "n", 0, RING_MAX_PEOPLE, &x->n));
    TRY(take_number(r, "passed", 0, RING_MAX_AGENCIES, &x->passed));
    for (size_t i = 0; i < x->passed; i++) {
        TRY(take_hex(r, "by", x->by[i]));
        if (!crypto_core_ristretto255_is_valid_point(x->by[i]) || sodium_is_zero(x->by[i], RING_POINT))
            return err_set(r->e, BAD_INPUT, "%s: an agency's public key is none of the group", r->name);
    }
    x->kinds = (unsigned)kinds;
    x->width = (size_t)__builtin_popcount(x->kinds);
    return take_first(r, "\n", "whole: the rows are missing");
}

enum status ring_read(struct ring_list *out, const char *name, struct str bytes, struct arena *a,
                      struct err *e)
{
    struct reading r = {.name = name, .rest = bytes, .e = e};
    struct ring_list x = {0};
    unsigned char hash[crypto_hash_sha256_BYTES];

    TRY(take_head(&r, &x));
    size_t row_bytes = x.n * x.width * RING_POINT;
    if (r.rest.n != row_bytes + sizeof hash)
        return err_set(e, BAD_INPUT, "%s: cut short, or longer than it says", name);
    crypto_hash_sha256(hash, (const unsigned char *)bytes.p, bytes.n - sizeof hash);
    if (memcmp(hash, r.rest.p + row_bytes, sizeof hash) != 0)
        return err_set(e, BAD_INPUT, "%s: changed on the way: its hash is another", name);
    x.point = arena_alloc(a, x.n * x.width, RING_POINT);
    if (row_bytes > 0)
        memcpy(x.point, r.rest.p, row_bytes);
    for (size_t i = 0; i < x.n * x.width; i++)
        if (!crypto_core_ristretto255_is_valid_point(x.point + i * RING_POINT) &&
            !sodium_is_zero(x.point + i * RING_POINT, RING_POINT))
            return err_set(e, BAD_INPUT, "%s: row %zu has an element that is none of the group", name,
                           i / x.width + 1);
    x.project = str_copy(x.project, a);
    x.round = str_copy(x.round, a);
    x.list = str_copy(x.list, a);
    *out = x;
    return OK;
}

/* The secret that the agencies of a project share. */
#include "link/secret.h"

#include "base/arena.h"
#include <math.h>
#include <sodium.h>
#include <string.h>

enum { MAX_RUNS = 200 };

static const char first_line[] = "lykta-secret 1\n";

static enum status read_agreed(struct secret *s, const struct schema *schema, const char *name,
                               struct str text, struct arena *a, struct err *e);
static enum status stretch(struct secret *s, const struct schema *schema, const char *name, struct str words,
                           struct err *e);

static bool is_text(struct str s)
{
    for (size_t i = 0; i < s.n; i++)
        if ((unsigned char)s.p[i] < ' ' && !strchr("\t\r\n", s.p[i]))
            return false;
    return str_is_utf8(s);
}

enum status secret_read(struct secret *out, const struct schema *schema, const char *name, struct str bytes,
                        struct arena *a, struct err *e)
{
    struct secret s = {.list = S("")};
    struct str text = str_trim(bytes);
    size_t n = 0;
    enum status status = OK;

    if (text.n == 0)
        return err_set(e, BAD_INPUT, "%s: there is no secret in it", name);
    if (bytes.n == sizeof s.key && !is_text(bytes))
        memcpy(s.key, bytes.p, sizeof s.key);
    else if (!is_text(bytes))
        status = err_set(e, BAD_INPUT,
                         "%s: not a secret: expected 32 bytes, 64 hexadecimal digits, a secret of an "
                         "agreement or a passphrase",
                         name);
    else if (text.n == 2 * sizeof s.key &&
             sodium_hex2bin(s.key, sizeof s.key, text.p, text.n, NULL, &n, NULL) == 0 && n == sizeof s.key)
        status = OK;
    else if (str_starts(text, (struct str){first_line, sizeof first_line - 1}))
        status = read_agreed(&s, schema, name, text, a, e);
    else
        status = stretch(&s, schema, name, text, e);
    if (status == OK)
        *out = s;
    sodium_memzero(&s, sizeof s);
    return status;
}

/* The rest of the next line, which begins with `word` and a blank. */
static bool take_line(struct str *text, const char *word, struct str *out)
{
    struct str line;
    struct str first;

    str_cut(*text, '\n', &line, text);
    return str_cut(line, ' ', &first, out) && str_is(first, word) && out->n > 0;
}

static bool take_hex(struct str *text, const char *word, unsigned char *out, size_t n)
{
    struct str hex;
    size_t got = 0;

    return take_line(text, word, &hex) && hex.n == 2 * n &&
           sodium_hex2bin(out, n, hex.p, hex.n, NULL, &got, NULL) == 0 && got == n;
}

static enum status read_agreed(struct secret *s, const struct schema *schema, const char *name,
                               struct str text, struct arena *a, struct err *e)
{
    struct str project;
    struct str round;
    struct str list;
    unsigned char hash[SCHEMA_HASH_BYTES];

    text = str_part(text, sizeof first_line - 1, text.n);
    if (!take_line(&text, "project", &project) || !take_line(&text, "round", &round) ||
        !take_hex(&text, "schema", hash, sizeof hash) || !take_line(&text, "list", &list) ||
        !take_hex(&text, "key", s->key, sizeof s->key) ||
        !take_hex(&text, "noise", s->noise_key, sizeof s->noise_key) ||
        !take_hex(&text, "reader", s->reader, sizeof s->reader) || text.n > 0 || list.n > SCHEMA_MAX_TEXT)
        return err_set(e, BAD_INPUT, "%s: a secret of an agreement that is damaged", name);
    if (!str_equal(project, schema->project) || !str_equal(round, schema->round))
        return err_set(
            e, BAD_INPUT,
            "%s: agreed for another project or round than the schema's: use the secret of this round", name);
    if (memcmp(hash, schema->hash, sizeof hash) != 0)
        return err_set(e, BAD_INPUT,
                       "%s: agreed for another schema than this one: all agencies must use the very same",
                       name);
    s->list = str_copy(list, a);
    s->is_agreed = true;
    return OK;
}

static void write_hex(struct text *out, const char *word, const unsigned char *bytes, size_t n)
{
    char hex[2 * ENCODE_KEY_BYTES + 1];

    sodium_bin2hex(hex, sizeof hex, bytes, n);
    text_format(out, "%s %s\n", word, hex);
    sodium_memzero(hex, sizeof hex);
}

void secret_write(struct text *out, const struct secret *s, const struct schema *schema)
{
    text_add(out, (struct str){first_line, sizeof first_line - 1});
    text_format(out, "project %.*s\n", STR(schema->project));
    text_format(out, "round %.*s\n", STR(schema->round));
    write_hex(out, "schema", schema->hash, sizeof schema->hash);
    text_format(out, "list %.*s\n", STR(s->list));
    write_hex(out, "key", s->key, sizeof s->key);
    write_hex(out, "noise", s->noise_key, sizeof s->noise_key);
    write_hex(out, "reader", s->reader, sizeof s->reader);
}

static enum status stretch(struct secret *s, const struct schema *schema, const char *name, struct str words,
                           struct err *e)
{
    unsigned char salt[crypto_pwhash_SALTBYTES];
    double bits = secret_passphrase_bits(words);

    if (bits < SECRET_LEAST_BITS)
        return err_set(
            e, REFUSED,
            "%s: the passphrase could be guessed (about %.0f bits, %d are needed): draw seven words "
            "of a list of 7,776 by dice, or agree on a key",
            name, bits, SECRET_LEAST_BITS);
    crypto_generichash(salt, sizeof salt, schema->hash, sizeof schema->hash,
                       (const unsigned char *)"lykta/passphrase/v1", 19);
    if (crypto_pwhash(s->key, sizeof s->key, words.p, words.n, salt, crypto_pwhash_OPSLIMIT_MODERATE,
                      crypto_pwhash_MEMLIMIT_MODERATE, crypto_pwhash_ALG_ARGON2ID13) != 0)
        return err_set(e, SYSTEM, "%s: not enough memory (256 MiB) to stretch the passphrase", name);
    return OK;
}

enum sign { BLANK, LETTER, DIGIT, OTHER };

static enum sign sign_of(char c)
{
    unsigned char u = (unsigned char)c;

    if (u <= ' ')
        return BLANK;
    if (u >= '0' && u <= '9')
        return DIGIT;
    unsigned char small = u | 0x20;

    return u >= 0x80 || (small >= 'a' && small <= 'z') ? LETTER : OTHER;
}

static double run_bits(enum sign sign, size_t n)
{
    double word = log2(7776.0);
    double letters = log2(26.0) * (double)n;

    if (sign == DIGIT)
        return log2(10.0) * (double)n;
    return sign == OTHER ? 5.0 : letters < word ? letters : word;
}

double secret_passphrase_bits(struct str passphrase)
{
    struct str run[MAX_RUNS];
    size_t runs = 0;
    double bits = 0.0;

    for (size_t i = 0; i < passphrase.n && runs < MAX_RUNS;) {
        enum sign sign = sign_of(passphrase.p[i]);
        size_t n = 1;
        bool is_new = sign != BLANK;

        while (i + n < passphrase.n && sign_of(passphrase.p[i + n]) == sign)
            n++;
        struct str this_run = str_part(passphrase, i, n);
        for (size_t k = 0; k < runs; k++)
            is_new &= !str_equal(run[k], this_run);
        if (is_new) {
            run[runs++] = this_run;
            bits += run_bits(sign, n);
        }
        i += n;
    }
    return bits;
}

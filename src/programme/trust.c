/* Cities and their keys. */
#include "programme/trust.h"

#include "base/arena.h"
#include "base/csv.h"
#include "release/bundle.h"

#include <sodium.h>

enum { FINGERPRINT_HEX = 32, GROUP = 4 };

static enum status add_row(struct trust *t, const struct csv *in, const int column[3], struct arena *a,
                           struct err *e);

enum status trust_read(const char *name, struct str whole, struct arena *a, struct trust *out, struct err *e)
{
    struct csv *in = arena_new(a, 1, struct csv);
    struct trust t = {.city = arena_new(a, TRUST_MAX_CITIES, struct trusted_city)};
    bool has_row = false;

    TRY(csv_open(in, name, whole, a, e));
    const int column[3] = {csv_column(in, "municipality"), csv_column(in, "key"),
                           csv_column(in, "withdrawn")};
    if (column[0] < 0 || column[1] < 0)
        return csv_fault(e, in, 0, "expected the columns municipality and key");
    TRY(csv_next(in, &has_row, e));
    while (has_row) {
        TRY(add_row(&t, in, column, a, e));
        TRY(csv_next(in, &has_row, e));
    }
    *out = t;
    return OK;
}

bool is_municipality(struct str code)
{
    for (size_t i = 0; i < code.n; i++)
        if (code.p[i] < '0' || code.p[i] > '9')
            return false;
    return code.n == 4;
}

static enum status add_row(struct trust *t, const struct csv *in, const int column[3], struct arena *a,
                           struct err *e)
{
    struct str municipality = str_trim(in->fields[column[0]]);
    struct str key;

    if (t->n == TRUST_MAX_CITIES)
        return csv_fault(e, in, 0, "more than %d cities", TRUST_MAX_CITIES);
    if (!is_municipality(municipality))
        return csv_fault(e, in, (size_t)column[0], "expected a municipality's code of four digits");
    if (trust_find(t, municipality))
        return csv_fault(e, in, (size_t)column[0], "%.*s is there already: a city has one key",
                         STR(municipality));
    if (!key_parse(in->fields[column[1]], a, &key))
        return csv_fault(e, in, (size_t)column[1],
                         "expected a public key of 64 hexadecimal digits, or its fingerprint of 32");
    t->city[t->n++] =
        (struct trusted_city){.municipality = municipality,
                              .key = key,
                              .is_withdrawn = column[2] >= 0 && str_trim(in->fields[column[2]]).n > 0};
    return OK;
}

const struct trusted_city *trust_find(const struct trust *t, struct str municipality)
{
    for (size_t i = 0; i < t->n; i++)
        if (str_equal(t->city[i].municipality, municipality))
            return &t->city[i];
    return NULL;
}

/* 32 digits without blanks. */
static struct str fingerprint_digits(struct str public_key, struct arena *a)
{
    unsigned char key[crypto_sign_PUBLICKEYBYTES] = {0};
    unsigned char hash[crypto_hash_sha256_BYTES];
    char *hex = arena_new(a, FINGERPRINT_HEX + 1, char);

    if (sodium_hex2bin(key, sizeof key, public_key.p, public_key.n, NULL, NULL, NULL) != 0)
        return S("");
    crypto_hash_sha256(hash, key, sizeof key);
    sodium_bin2hex(hex, FINGERPRINT_HEX + 1, hash, FINGERPRINT_HEX / 2);
    return (struct str){hex, FINGERPRINT_HEX};
}

struct str key_fingerprint(struct str public_key, struct arena *a)
{
    struct str digits = fingerprint_digits(public_key, a);
    struct text out = text_open(a);

    for (size_t i = 0; i < digits.n; i += GROUP) {
        if (i > 0)
            text_byte(&out, ' ');
        text_add(&out, str_part(digits, i, GROUP));
    }
    return text_str(&out);
}

bool key_is(struct str key, struct str public_key, struct arena *a)
{
    return key.n == BUNDLE_KEY_HEX ? str_equal(key, public_key)
                                   : key.n > 0 && str_equal(key, fingerprint_digits(public_key, a));
}

bool key_parse(struct str text, struct arena *a, struct str *out)
{
    char *hex = arena_new(a, BUNDLE_KEY_HEX, char);
    size_t n = 0;

    for (size_t i = 0; i < text.n; i++) {
        char c = text.p[i];

        if (c == ' ' || c == '\t' || c == '\r' || c == '\n')
            continue;
        if (c >= 'A' && c <= 'F')
            c = (char)(c - 'A' + 'a');
        if (n == BUNDLE_KEY_HEX || !((c >= '0' && c <= '9') || (c >= 'a' && c <= 'f')))
            return false;
        hex[n++] = c;
    }
    *out = (struct str){hex, n};
    return n == BUNDLE_KEY_HEX || n == FINGERPRINT_HEX;
}

/* The receipt code. */
#include "seal/receipt_code.h"

#include "seal/secret.h"

#include <string.h>

#include <sodium.h>

enum { GROUP = 4, PASSES = 1, MEMORY_BYTES = 1024 * 1024 };

/* The check digit that makes the sum of all twenty a multiple of ten: every second digit counts double, the
 * last but one first, and products over nine are added digit by digit. */
static char check_digit(const char digits[RECEIPT_CODE_DIGITS - 1])
{
    int sum = 0;

    for (int i = 0; i < RECEIPT_CODE_DIGITS - 1; i++) {
        int product = (digits[i] - '0') * (i % 2 == 0 ? 2 : 1);

        sum += product / 10 + product % 10;
    }
    return (char)('0' + (10 - sum % 10) % 10);
}

void receipt_code_make(struct receipt_code *out)
{
    unsigned char seed[SEAL_KEY_BYTES];

    randombytes_buf(seed, sizeof seed);
    receipt_code_from(seed, out);
    secret_wipe(seed, sizeof seed);
}

/* Bytes from 250 on are passed over, so that every digit is as likely; 256 bytes hold enough for 19 digits
 * but once in 10^400. */
void receipt_code_from(const unsigned char seed[SEAL_KEY_BYTES], struct receipt_code *out)
{
    unsigned char stream[256];
    size_t n = 0;

    _Static_assert(SEAL_KEY_BYTES == randombytes_SEEDBYTES, "a seed's size");
    randombytes_buf_deterministic(stream, sizeof stream, seed);
    for (size_t i = 0; i < sizeof stream && n < RECEIPT_CODE_DIGITS - 1; i++)
        if (stream[i] < 250)
            out->digits[n++] = (char)('0' + stream[i] % 10);
    secret_wipe(stream, sizeof stream);
    out->digits[RECEIPT_CODE_DIGITS - 1] = check_digit(out->digits);
    out->digits[RECEIPT_CODE_DIGITS] = '\0';
}

/* How many bytes at the start of `s` are passed over: blanks and strokes that people and word processors put
 * between groups. */
static size_t passed_over(struct str s)
{
    static const struct str marks[] = {
        {" ", 1},        {"\t", 1},           {"\n", 1},           {"-", 1},           {".", 1},
        {"\xc2\xa0", 2}, {"\xe2\x80\xaf", 3}, {"\xe2\x80\x93", 3}, {"\xe2\x80\x91", 3}};

    for (size_t i = 0; i < sizeof marks / sizeof marks[0]; i++)
        if (str_starts(s, marks[i]))
            return marks[i].n;
    return 0;
}

bool receipt_code_read(struct str typed, struct receipt_code *out)
{
    struct receipt_code code = {""};
    size_t n = 0;

    while (typed.n > 0) {
        size_t skip = passed_over(typed);

        if (skip == 0) {
            if (typed.p[0] < '0' || typed.p[0] > '9' || n == RECEIPT_CODE_DIGITS)
                return false;
            code.digits[n++] = typed.p[0];
            skip = 1;
        }
        typed = str_part(typed, skip, typed.n);
    }
    if (n != RECEIPT_CODE_DIGITS || check_digit(code.digits) != code.digits[n - 1])
        return false;
    *out = code;
    return true;
}

void receipt_code_shown(const struct receipt_code *code, char out[RECEIPT_CODE_SHOWN])
{
    size_t n = 0;

    for (size_t i = 0; i < RECEIPT_CODE_DIGITS; i++) {
        if (i > 0 && i % GROUP == 0)
            out[n++] = ' ';
        out[n++] = code->digits[i];
    }
    out[n] = '\0';
}

enum status receipt_code_stretch(const struct receipt_code *code, struct str municipality,
                                 struct seal_key *out, struct err *e)
{
    static const char purpose[crypto_pwhash_SALTBYTES] = "lykta receipt 1";
    unsigned char salt[crypto_pwhash_SALTBYTES];

    crypto_generichash(salt, sizeof salt, (const unsigned char *)municipality.p, municipality.n,
                       (const unsigned char *)purpose, sizeof purpose);
    if (crypto_pwhash(out->bytes, sizeof out->bytes, code->digits, RECEIPT_CODE_DIGITS, salt, PASSES,
                      MEMORY_BYTES, crypto_pwhash_ALG_ARGON2ID13) != 0)
        return err_set(e, SYSTEM, "there is not enough memory to read a receipt code");
    return OK;
}

void receipt_code_lookup(const struct seal_key *stretched, const unsigned char server_key[SEAL_KEY_BYTES],
                         struct receipt_lookup *out)
{
    static const char purpose[] = "lookup";
    crypto_generichash_state state;

    crypto_generichash_init(&state, server_key, SEAL_KEY_BYTES, sizeof out->bytes);
    crypto_generichash_update(&state, (const unsigned char *)purpose, sizeof purpose);
    crypto_generichash_update(&state, stretched->bytes, sizeof stretched->bytes);
    crypto_generichash_final(&state, out->bytes, sizeof out->bytes);
    secret_wipe(&state, sizeof state);
}

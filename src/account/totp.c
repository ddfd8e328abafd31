/* Codes from another device. */
#include "account/totp.h"

#include "base/arena.h"
#include "base/err.h"
#include "base/text.h"

#include <liboath/oath.h>
#include <sodium.h>

#include <stdlib.h>
#include <string.h>

enum { WORD_LETTERS = 4 };

int64_t totp_step(int64_t now_at)
{
    return now_at / TOTP_STEP_SECONDS;
}

void totp_code(const struct totp_secret *secret, int64_t step, char code[TOTP_DIGITS + 1])
{
    if (oath_totp_generate((const char *)secret->bytes, sizeof secret->bytes,
                           (time_t)(step * TOTP_STEP_SECONDS), TOTP_STEP_SECONDS, 0, TOTP_DIGITS,
                           code) != OATH_OK)
        die("a code could not be computed");
}

/* The digits alone; false when there are not TOTP_DIGITS of them, or something else is among them. */
static bool read_digits(struct str typed, char code[TOTP_DIGITS + 1])
{
    size_t n = 0;

    for (size_t i = 0; i < typed.n; i++) {
        if (typed.p[i] == ' ')
            continue;
        if (typed.p[i] < '0' || typed.p[i] > '9' || n == TOTP_DIGITS)
            return false;
        code[n++] = typed.p[i];
    }
    code[n] = '\0';
    return n == TOTP_DIGITS;
}

bool totp_matches(const struct totp_secret *secret, struct str typed, int64_t now_at, int64_t last_step,
                  int64_t *step)
{
    char wanted[TOTP_DIGITS + 1];
    char given[TOTP_DIGITS + 1];
    bool is_found = false;

    if (!read_digits(typed, given))
        return false;
    for (int64_t near = totp_step(now_at) - TOTP_DRIFT_STEPS; near <= totp_step(now_at) + TOTP_DRIFT_STEPS;
         near++) {
        totp_code(secret, near, wanted);
        if (sodium_memcmp(wanted, given, TOTP_DIGITS) == 0 && near > last_step && !is_found) {
            is_found = true;
            *step = near;
        }
    }
    sodium_memzero(wanted, sizeof wanted);
    return is_found;
}

/* In base 32 without "=": 20 bytes are 32 letters and need none. */
static struct str base32(const struct totp_secret *secret, struct arena *a)
{
    char *letters = NULL;
    size_t n = 0;

    if (oath_base32_encode((const char *)secret->bytes, sizeof secret->bytes, &letters, &n) != OATH_OK)
        give_up("no memory for a code's secret");
    struct str out = str_copy((struct str){letters, n}, a);
    sodium_memzero(letters, n);
    free(letters);
    return out;
}

struct str totp_words(const struct totp_secret *secret, struct arena *a)
{
    struct str letters = base32(secret, a);
    struct text out = text_open(a);

    for (size_t i = 0; i < letters.n; i++) {
        if (i > 0 && i % WORD_LETTERS == 0)
            text_byte(&out, ' ');
        text_byte(&out, letters.p[i]);
    }
    return text_str(&out);
}

/* Everything but letters and digits of ASCII as %XX, RFC 3986. */
static void add_encoded(struct text *out, struct str s)
{
    for (size_t i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.p[i];
        bool is_plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');

        if (is_plain)
            text_byte(out, (char)c);
        else
            text_format(out, "%%%02X", c);
    }
}

struct str totp_address(const struct totp_secret *secret, struct str issuer, struct str account,
                        struct arena *a)
{
    struct text out = text_open(a);

    text_lit(&out, "otpauth://totp/");
    add_encoded(&out, issuer);
    text_byte(&out, ':');
    add_encoded(&out, account);
    text_lit(&out, "?secret=");
    text_add(&out, base32(secret, a));
    text_lit(&out, "&issuer=");
    add_encoded(&out, issuer);
    return text_str(&out);
}

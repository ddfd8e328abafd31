/* The passphrase that opens a recipient's key. */
#include "seal/passphrase.h"

#include "seal/guessing.h"

#include <stdio.h>
#include <string.h>

#include <sodium.h>

enum { CONSONANTS = 16, VOWELS = 8, LEAST_DIFFERENT = 5 };

/* 16 beginnings and 8 ends of syllables that are heard apart on a telephone. */
static const char beginnings[CONSONANTS][3] = {"b", "d", "f", "g", "h", "j", "k", "l",
                                               "m", "n", "p", "r", "s", "t", "v", "st"};
static const char ends[VOWELS][3] = {"a", "e", "i", "o", "u", "y", "an", "el"};

void passphrase_make(char out[PASSPHRASE_BYTES])
{
    size_t n = 0;

    for (int word = 0; word < PASSPHRASE_WORDS; word++) {
        if (word > 0)
            out[n++] = ' ';
        for (int syllable = 0; syllable < 2; syllable++) {
            const char *begins = beginnings[randombytes_uniform(CONSONANTS)];
            const char *finishes = ends[randombytes_uniform(VOWELS)];

            n += (size_t)snprintf(out + n, PASSPHRASE_BYTES - n, "%s%s", begins, finishes);
        }
    }
    out[n] = '\0';
}

struct str passphrase_read(struct str typed, char *out)
{
    size_t n = 0;

    typed = str_trim(typed);
    for (size_t i = 0; i < typed.n; i++) {
        bool is_blank = typed.p[i] == ' ' || typed.p[i] == '\t';

        if (!is_blank)
            out[n++] = typed.p[i];
        else if (n > 0 && out[n - 1] != ' ')
            out[n++] = ' ';
    }
    return (struct str){out, n};
}

static size_t characters(struct str s)
{
    size_t n = 0;

    for (size_t i = 0; i < s.n; i++)
        n += ((unsigned char)s.p[i] & 0xc0) != 0x80;
    return n;
}

static size_t different_bytes(struct str s)
{
    bool is_seen[256] = {false};
    size_t n = 0;

    for (size_t i = 0; i < s.n; i++) {
        n += !is_seen[(unsigned char)s.p[i]];
        is_seen[(unsigned char)s.p[i]] = true;
    }
    return n;
}

/* Does `s` hold `word`, whatever the size of its letters and with blanks and strokes passed over? */
static bool holds(struct str s, const char *word)
{
    size_t n = strlen(word);

    for (size_t from = 0; from < s.n; from++) {
        size_t k = 0;

        for (size_t i = from; i < s.n && k < n; i++) {
            char c = s.p[i];
            char small = (char)(c >= 'A' && c <= 'Z' ? c + 32 : c);

            if (c == ' ' || c == '-' || c == '_')
                continue;
            if (small != word[k])
                break;
            k++;
        }
        if (k == n)
            return true;
    }
    return false;
}

enum passphrase_fault passphrase_check(struct str chosen)
{
    static const char *const common[] = {
        "password",  "passw0rd",  "lösenord",     "losenord", "låslösen",  "laslosen",  "lykta",
        "qwerty",    "asdfgh",    "zxcvbn",       "123456",   "234567",    "345678",    "654321",
        "abcdef",    "abc123",    "letmein",      "welcome",  "välkommen", "valkommen", "iloveyou",
        "jagälskar", "hejhej",    "sommar20",     "vinter20", "admin",     "kommun",    "socialtjänst",
        "secret",    "hemligt",   "correcthorse", "111111",   "000000",    "nätverket", "qazwsx",
        "sverige",   "stockholm", "malmö"};

    if (characters(chosen) < PASSPHRASE_LEAST)
        return PASSPHRASE_SHORT;
    if (chosen.n > PASSPHRASE_MOST)
        return PASSPHRASE_LONG;
    if (different_bytes(chosen) < LEAST_DIFFERENT)
        return PASSPHRASE_REPEATS;
    for (size_t i = 0; i < sizeof common / sizeof common[0]; i++)
        if (holds(chosen, common[i]))
            return PASSPHRASE_COMMON;
    return guessing_bits(chosen, NULL, 0) < GUESSING_LEAST_BITS ? PASSPHRASE_COMMON : PASSPHRASE_GOOD;
}

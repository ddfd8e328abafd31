/* Digits that are compared by voice. */
#include "link/voice.h"

#include <stddef.h>
#include <stdint.h>

enum { GROUPS = 6, IN_GROUP = 5 };

void voice_digits(const unsigned char hash[VOICE_HASH_BYTES], char out[VOICE_DIGITS + 1])
{
    for (size_t g = 0; g < GROUPS; g++) {
        uint64_t number = 0;

        for (size_t i = 0; i < IN_GROUP; i++)
            number = number << 8 | hash[IN_GROUP * g + i];
        number %= 100000;
        for (size_t i = 0; i < IN_GROUP; i++, number /= 10)
            out[(IN_GROUP + 1) * g + IN_GROUP - 1 - i] = (char)('0' + number % 10);
        out[(IN_GROUP + 1) * g + IN_GROUP] = g + 1 < GROUPS ? ' ' : '\0';
    }
}

bool voice_same(const char *heard, const char expected[VOICE_DIGITS + 1])
{
    size_t at = 0;

    for (const char *p = heard; *p; p++) {
        if (*p == ' ')
            continue;
        at += expected[at] == ' ';
        if (at >= VOICE_DIGITS || *p != expected[at])
            return false;
        at++;
    }
    return at == VOICE_DIGITS;
}

/* Percent-encoding, read strictly. */
#include "web/percent.h"

#include "base/arena.h"

#include <string.h>

/* 0-15, or -1. */
static int hex_digit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'A' && c <= 'F')
        return c - 'A' + 10;
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

bool percent_decode(struct str encoded, struct arena *a, struct str *out)
{
    char *decoded = arena_new(a, encoded.n + 1, char);
    size_t n = 0;

    for (size_t i = 0; i < encoded.n; i++) {
        if (encoded.p[i] != '%') {
            decoded[n++] = encoded.p[i];
            continue;
        }
        int high = encoded.n - i > 2 ? hex_digit(encoded.p[i + 1]) : -1;
        int low = high >= 0 ? hex_digit(encoded.p[i + 2]) : -1;
        if (low < 0)
            return false;
        decoded[n++] = (char)(high * 16 + low);
        i += 2;
    }
    if (!str_is_utf8((struct str){decoded, n}))
        return false;
    *out = (struct str){decoded, n};
    return true;
}

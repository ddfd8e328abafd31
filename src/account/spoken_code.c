/* Random codes that can be read aloud. */
#include "account/spoken_code.h"

#include "base/arena.h"
#include "base/text.h"
#include "portal/outside.h"

struct str spoken_code(const struct outside *outside, size_t groups, size_t letters, struct arena *a)
{
    static const char alphabet[] = "abcdefghjkmnpqrstuvwxyz23456789"; /* without i, l, o, 0 and 1 */
    enum { ALPHABET = sizeof alphabet - 1 };
    struct text out = text_open(a);

    for (size_t i = 0; i < groups * letters;) {
        unsigned char byte = 0;

        outside->random(outside, &byte, 1);
        if (byte >= 256 / ALPHABET * ALPHABET)
            continue; /* every letter is as likely */
        if (i > 0 && i % letters == 0)
            text_byte(&out, '-');
        text_byte(&out, alphabet[byte % ALPHABET]);
        i++;
    }
    return text_str(&out);
}

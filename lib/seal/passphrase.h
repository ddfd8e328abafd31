/* The passphrase ("låslösen") that opens a recipient's key: made by the program, or chosen and checked.
 *
 * Made: five words of two syllables that can be spoken ("lomu kadel …"), 70 random bits. Chosen: at least 14
 * characters, five of them different, not built on what everybody tries first, and hard to guess as it is
 * measured (seal/guessing.h). That is no proof of a good one, so the page offers the made one first. */
#ifndef LYKTA_SEAL_PASSPHRASE_H
#define LYKTA_SEAL_PASSPHRASE_H

#include "base/err.h"
#include "base/str.h"

#include <stdbool.h>

enum { PASSPHRASE_WORDS = 5, PASSPHRASE_BYTES = 5 * 8 + 4 + 1, PASSPHRASE_LEAST = 14, PASSPHRASE_MOST = 200 };

enum passphrase_fault {
    PASSPHRASE_GOOD,
    PASSPHRASE_SHORT,   /* fewer than PASSPHRASE_LEAST characters */
    PASSPHRASE_LONG,    /* more than PASSPHRASE_MOST bytes */
    PASSPHRASE_REPEATS, /* fewer than five different characters */
    PASSPHRASE_COMMON   /* built on a word or a row of keys that everybody tries first, or easy to guess */
};

/* A new one and a NUL; wipe it after it has been shown. */
void passphrase_make(char out[PASSPHRASE_BYTES]);

/* Is `chosen` one that may be used? Also says so of every made one. */
enum passphrase_fault passphrase_check(struct str chosen);

/* `typed` as it is used: without blanks at its ends, several blanks inside taken as one. Writes at most
 * typed.n bytes to `out` and gives the view of them. */
struct str passphrase_read(struct str typed, char *out);

#endif

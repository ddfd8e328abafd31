/* Thirty digits that people read to each other by telephone, to know that both have the same.
 *
 * Six groups of five digits, some 99 bits: nobody can make two keys or files that share them. */
#ifndef LYKTA_LINK_VOICE_H
#define LYKTA_LINK_VOICE_H

#include <stdbool.h>

enum { VOICE_HASH_BYTES = 32, VOICE_DIGITS = 35 /* with blanks between the groups */ };

/* The digits of a hash, ended by NUL. */
void voice_digits(const unsigned char hash[VOICE_HASH_BYTES], char out[VOICE_DIGITS + 1]);

/* Are the digits that were `heard`, with or without blanks, those `expected`? */
bool voice_same(const char *heard, const char expected[VOICE_DIGITS + 1]);

#endif

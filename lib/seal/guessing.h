/* How hard to guess is a secret that a person chose: a password, a passphrase. Measured by zxcvbn (Wheeler
 * 2016, USENIX Security 25, 157-173), which looks for what people build on: common passwords, words and
 * names, rows of keys, years, repetitions. It knows English alone, so a list of what Swedes and this house
 * begin with goes before its own. Known passwords are refused by their measure, not by being on a list.
 *
 * Threat answered: somebody tries what many people choose, or what is known of this person and this place.
 * Not answered: a password that was hard to guess and has leaked from elsewhere. */
#ifndef LYKTA_SEAL_GUESSING_H
#define LYKTA_SEAL_GUESSING_H

#include "base/str.h"

#include <stddef.h>

/* GUESSING_LEAST_BITS: at a guess a minute, which is what an account's sign-in lets through from anywhere,
 * half of them take 65,000 years; with the hashes stolen, centuries of a core for each account (decision
 * 0117). */
enum {
    GUESSING_LEAST_BITS = 36,
    GUESSING_MEASURED_BYTES = 64, /* of a longer one the rest is not looked at: time grows with the square */
    GUESSING_WORD_LEAST = 3       /* letters: shorter ones are met in everything */
};

/* The bits of `chosen` (UTF-8): half of 2 to their power is how many guesses somebody needs who begins with
 * what is likely. Small and large letters, marks over letters and blanks add nothing.
 *
 *   about[n]   texts whose words whoever guesses has beforehand: the person's name and address, the city.
 * They are taken apart at whatever is neither letter nor digit
 *
 * Its own copy of `chosen` is wiped. Allocates under 300 kB, freed on return; a millisecond or two, 30 at the
 * most (docs/decisions/0117-passwords-measured.md). */
double guessing_bits(struct str chosen, const struct str *about, size_t n);

#endif

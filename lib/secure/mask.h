/* Masks: what a city adds to its figures so that they are evenly spread numbers to everybody who lacks the
 * mask's secret.
 *
 * A mask is a stream of ChaCha20 under a key that HKDF makes of a secret, read as integers modulo 2^64. Two
 * cities share one (ristretto255 Diffie-Hellman: each raises the other's element to its own scalar); the one
 * that stands first adds it, the other subtracts it, and in the sum it is gone. A city's own mask is of a
 * scalar that nobody else has.   */
#ifndef LYKTA_SECURE_MASK_H
#define LYKTA_SECURE_MASK_H

#include "base/err.h"

#include <stddef.h>
#include <stdint.h>

enum { MASK_KEY = 32, MASK_ROUND = 32 };

enum mask_sign { MASK_ADD, MASK_SUBTRACT };

/* The key of the mask between the holder of `scalar` and the city of `element`, in the round of hash
 * `round`. BAD_INPUT when the element is none of the group or its identity. */
enum status mask_pair(unsigned char key[MASK_KEY], const unsigned char *scalar, const unsigned char *element,
                      const unsigned char round[MASK_ROUND], struct err *e) MUST_USE;

/* The key of the mask of a city's own `scalar`. */
void mask_own(unsigned char key[MASK_KEY], const unsigned char *scalar,
              const unsigned char round[MASK_ROUND]);

/* Adds the mask to words[n], or takes it away; `stream` is room for n words. */
void mask_apply(uint64_t *words, uint64_t *stream, size_t n, const unsigned char key[MASK_KEY],
                enum mask_sign sign);

/* Which of the two the city at `place` does with the mask it shares with the city at `other`. */
enum mask_sign mask_sign_of(size_t place, size_t other);

#endif

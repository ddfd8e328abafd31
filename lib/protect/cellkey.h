/* Cell keys: the same people give the same figure in whatever table they are counted.
 *
 * Every person has a record key, drawn from the person's pseudonym and a secret; a cell's key is the sum of
 * the keys of the people in it, modulo 2^32, and decides by the perturbation table (ptable.h) how far the
 * cell's figure is moved. For pools of cities and for tables that are asked for: figures do not add up, and
 * that has to be said. What is published for everybody is a cube (cube.h).
 *
 * Fraser & Wooton (2005), "A proposed method for confidentialising tabular output to protect against
 * differencing", UNECE work session on statistical data confidentiality; ptable.h.                        */
#ifndef LYKTA_PROTECT_CELLKEY_H
#define LYKTA_PROTECT_CELLKEY_H

#include "base/err.h"
#include "base/str.h"
#include "protect/ptable.h"
#include "protect/published.h"
#include "protect/table.h"

#include <stddef.h>
#include <stdint.h>

struct arena;

enum { CELLKEY_SECRET_BYTES = 32, CELLKEY_MOST_MOVE = 5, CELLKEY_SMALL = 4, CELLKEY_VARIANCE = 3 };

/* The first 32 bits of HMAC-SHA256 with the secret of CELLKEY_SECRET_BYTES over the pseudonym and "rk", as a
 * big-endian number. */
uint32_t cellkey_record(const unsigned char *secret, struct str pseudonym);

/* Moves every figure of `t`. key[shape.inner] is the sum of the record keys in each inner cell, modulo 2^32
 * or not. Intervals are those the moves allow, from 0 (or 1 where more than 0 is shown and nothing below can
 * be). In `a`. */
struct published cellkey_move(const struct table *t, const int64_t *key, const struct ptable *p,
                              struct arena *a);

#endif

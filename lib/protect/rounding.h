/* Additive rounding: every inner count to a multiple of the base less than a base away, so that the margins
 * move little. Which counts go up is drawn, then improved by swaps; docs/methods/protection.md tells it step
 * by step. */
#ifndef LYKTA_PROTECT_ROUNDING_H
#define LYKTA_PROTECT_ROUNDING_H

#include "base/str.h"

#include <stdbool.h>
#include <stdint.h>

struct table;

enum { ROUNDING_MAX_DRAWS = 100 };

struct rounding_options {
    int64_t base;        /* at least 2 */
    int64_t margin_move; /* no margin may move by more */
    struct str id;       /* bound into the keyed stream */
};

/* The published figures of `t`, whose counts have been checked, into figure[t->shape.published]: sums of
 * rounded inner cells; empty cells stay empty and the grand total moves by less than the base. `key` has
 * KEYSTREAM_KEY_BYTES bytes. False, and `figure` untouched, when in ROUNDING_MAX_DRAWS draws some margin
 * moved by more than margin_move. */
bool rounding_make(const struct table *t, const struct rounding_options *options, const unsigned char *key,
                   int64_t *figure);

#endif

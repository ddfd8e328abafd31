/* The different values of a column, in the order in which they first appear, found by hash so that thousands
 * of them cost no more than a few. */
#ifndef LYKTA_ESTIMATE_CATEGORIES_H
#define LYKTA_ESTIMATE_CATEGORIES_H

#include "base/str.h"

#include <stddef.h>
#include <stdint.h>

struct arena;

/* Zero is an empty one. */
struct categories {
    size_t n;
    struct str *value; /* [n] */
    size_t room;
    uint32_t *slot; /* [slots]: 1 + the index of a value, or 0 */
    size_t slots;   /* a power of two, or 0 */
};

/* The index of `value`, which is copied into `a` when it is new. Hashes with a fixed seed: the caller limits
 * how many different values a hostile file may bring. */
size_t categories_index(struct categories *c, struct str value, struct arena *a);

#endif

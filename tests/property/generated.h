/* Tables by chance, for properties that every table must hold. */
#ifndef LYKTA_TESTS_PROPERTY_GENERATED_H
#define LYKTA_TESTS_PROPERTY_GENERATED_H

#include "base/rng.h"
#include "protect/cube.h"
#include "protect/table.h"

#include <stdint.h>

struct arena;

enum { GENERATED_DIMENSIONS = 5 };

/* One to five dimensions of one to four categories, some grouped, at most `most` cells with sums; empty,
 * small and a few large counts; some structural zeros. In `a`. */
struct table generated_table(struct rng *r, size_t most, struct arena *a);

/* The cube of `t` under a key from `r`, base 5 or 10. Ends the test when there is none; `seed` is named. */
struct cube generated_cube(const struct table *t, struct rng *r, uint64_t seed, struct arena *a);

/* 0 .. n - 1. */
size_t generated_below(struct rng *r, uint64_t n);

/* The secret key that begins with `number`. */
void generated_key(uint64_t number, unsigned char key[CUBE_KEY_BYTES]);

#endif

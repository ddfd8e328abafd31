/* How alike two filters are, and in which of a few levels that falls.
 *
 * Dice's coefficient (1945, Ecology 26, 297-302) 2c / (a + b) of what the filters held before noise was
 * added: each bit was flipped with a known probability, so weights and common bits are corrected to what is
 * expected of them without (as in randomised response: Warner 1965, J. Am. Statist. Ass. 60, 63-69). Two
 * filters without any bit have the coefficient 0. A pair of records is told by its pattern: the level of each
 * group.          */
#ifndef LYKTA_LINK_SIMILARITY_H
#define LYKTA_LINK_SIMILARITY_H

#include "link/schema.h"

#include <stddef.h>
#include <stdint.h>

struct arena;

enum {
    LEVELS = 16, /* of a group: 0 .. LEVELS - 2, the last is for missing in either record */
    LEVEL_MISSING = 15,
    PATTERNS = LEVELS * LEVELS * LEVELS
};

/* Cuts in rising order: a similarity's level is the number of cuts that it reaches. */
struct levels {
    size_t cuts;
    double cut[LEVELS - 2];
};

/* The cuts of each group of profile `grouped`, and of the one filter of profile `clk` (group 0). */
const struct levels *levels_of(enum profile profile, enum group group);

/* Dice's coefficient, at most 1, of filters of `bits` bits with `common` bits in common and `sum` in both
 * together, of whose bits `noise_percent` were replaced by random ones. */
double similarity(unsigned common, unsigned sum, size_t bits, int noise_percent);

/* How many common bits a level needs: need[sum * cuts + c] is the fewest with which weights that add up to
 * `sum` reach cut number c, LEVEL_NEVER when `most_common` do not. It grows with c. */
enum { LEVEL_NEVER = UINT16_MAX };
struct level_needs {
    size_t cuts;
    uint16_t *need; /* for sums of 0 .. most_sum */
};
void level_needs_make(struct level_needs *out, const struct levels *levels, size_t bits, int noise_percent,
                      unsigned most_sum, unsigned most_common, struct arena *a);

/* A pattern is four bits a group, names first: its level is at this many bits from the right. */
static inline unsigned pattern_shift(size_t group)
{
    return 4U * (unsigned)(GROUPS - 1 - group);
}

static inline unsigned pattern_level(unsigned pattern, size_t group)
{
    return pattern >> pattern_shift(group) & (LEVELS - 1U);
}

#endif

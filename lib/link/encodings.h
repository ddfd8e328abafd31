/* A list of people as encodings: what the linkage unit holds of it, and nothing else. */
#ifndef LYKTA_LINK_ENCODINGS_H
#define LYKTA_LINK_ENCODINGS_H

#include "link/schema.h"

#include <stddef.h>
#include <stdint.h>

enum { ENCODINGS_MAX_PEOPLE = 10000000 };

/* Coarse categories in clear, where the schema gives them. */
enum gender { GENDER_UNKNOWN, GENDER_FEMALE, GENDER_MALE, GENDER_OTHER, GENDERS };
enum age_class { AGE_UNKNOWN, AGE_CHILD, AGE_ADULT, AGE_CLASSES }; /* under 18 on the schema's day, or not */

/* Filters of `bits` bits of n people, one after the other; bits is 0 for a group that is not encoded. */
struct filters {
    size_t bits;
    uint64_t *word; /* n * bits / 64 */
};

struct encodings {
    size_t n;
    size_t groups; /* 1 for the profile clk, GROUPS for grouped */
    struct filters group[GROUPS];
    uint8_t *present; /* n; bit g is set when group g is known of the person; the filter is zero otherwise */
    uint8_t *gender;  /* n, or NULL */
    uint8_t *age;     /* n, or NULL */
};

static inline const uint64_t *filter_of(const struct encodings *x, size_t group, size_t i)
{
    return x->group[group].word + i * (x->group[group].bits / 64);
}

#endif

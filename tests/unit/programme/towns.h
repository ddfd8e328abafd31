/* Releases of invented towns, signed with keys of their own: what a programme gets. */
#ifndef LYKTA_TESTS_TOWNS_H
#define LYKTA_TESTS_TOWNS_H

#include "release/release.h"

#include <stdint.h>

struct arena;

/* What is 0 or NULL is as in every town. */
struct town {
    const char *municipality; /* its key too is made from it */
    int year;                 /* 2025 */
    const char *people;       /* who is counted */
    const char *method;
    const char *list; /* the second list's name */
    int64_t base;     /* 5 */
    int64_t seen;     /* 100 */
    enum release_answer answer;
    int64_t nhat, lo, hi; /* 300 (200 to 500); of a range lo and hi; hi RELEASE_UNKNOWN for no limit */
    int64_t women;        /* 60: rounded people of the cube's first cell; the rest are men */
    int64_t published_at; /* 1000 */
    uint8_t key;          /* another key than the town's */
    bool is_real;         /* not an example */
    char format;          /* '1': of which version of the release's format it says it is */
};

/* Writes the release to the new folder `path`; the public key, 64 hexadecimal digits, in `a`. */
struct str town_publish(const struct town *town, const char *path, struct arena *a);

/* The public key of the town, 64 hexadecimal digits. */
struct str town_key(const char *municipality, struct arena *a);

#endif

/* Inhabitants of municipalities by year: the denominators of rates. There is a rate only where one is given;
 * none is guessed from another year. */
#ifndef LYKTA_PROGRAMME_POPULATION_H
#define LYKTA_PROGRAMME_POPULATION_H

#include "base/err.h"
#include "base/str.h"

#include <stddef.h>
#include <stdint.h>

struct arena;

enum { POPULATION_MAX_ROWS = 20000, POPULATION_MAX_BYTES = 4 << 20 };

struct population_row {
    struct str municipality;
    int year;
    int64_t people; /* above 0 */
};

struct population {
    size_t n;
    struct population_row *row;
};

/* Reads `whole`, CSV with the columns municipality, year and population. In `a`. BAD_INPUT with line and
 * column. */
enum status population_read(const char *name, struct str whole, struct arena *a, struct population *out,
                            struct err *e) MUST_USE;

/* The inhabitants, or 0 when they are not given. */
int64_t population_of(const struct population *p, struct str municipality, int year);

#endif

/* The frozen cube: a table rounded once, so that every figure ever shown is a sum of figures already public.
 *
 * Additive rounding to base b (5 in the standard profile). Every inner count y becomes a multiple of b less
 * than b away, an empty cell stays empty, and every published figure is the exact sum of its rounded inner
 * cells. Which cells go up is drawn from a keyed stream (keystream.h) and then improved by swaps, so that the
 * margins move little. The same table, options and key give the same cube.
 *
 * Why no reader can tell more than the interval: take the published figures themselves as the truth and move
 * one inner cell anywhere in its interval. Every margin then deviates by less than b, which is within the
 * margins' intervals, so that this table is also consistent with everything published. The intervals depend
 * on the shape of the table alone, never on the data. docs/methods/protection.md tells the method, its
 * measured loss and its limits. The idea of additive rounding of every inner cell: Langsrud & Heldal (2018),
 * "An algorithm for small count rounding of tabular data", Privacy in Statistical Databases, Valencia. */
#ifndef LYKTA_PROTECT_CUBE_H
#define LYKTA_PROTECT_CUBE_H

#include "base/err.h"
#include "base/str.h"
#include "protect/table.h"

#include <stddef.h>
#include <stdint.h>

struct arena;
struct text;

enum {
    CUBE_KEY_BYTES = 32,
    CUBE_STANDARD_BASE = 5, /* the smallest base for which 1, 2, 3 and 4 can never be told apart */
    CUBE_CHILDREN_BASE = 10,
    CUBE_STRICT_BASE = 10, /* small towns, open microdata, a first release */
    CUBE_MAX_BASE = 100,
    CUBE_SMALL_SHAPE = 1000 /* inner cells up to which a margin moves by at most 2 bases; 4 above */
};

/* Zero is the standard profile. */
struct cube_options {
    int64_t base;       /* 0: CUBE_STANDARD_BASE; at least that, at most CUBE_MAX_BASE */
    struct str profile; /* the name it is published under; empty: "standard" */
    struct str id;      /* city, period and name of the cube, "1281/2025/people": bound into the keyed stream,
                         * so that two cubes never share random numbers. At most TABLE_MAX_NAME_BYTES bytes */
};

/* How a figure is shown. */
enum cube_display {
    CUBE_ZERO,    /* a structural zero: "0" */
    CUBE_FEWER,   /* an inner cell rounded to 0: "färre än 5" */
    CUBE_AT_MOST, /* a margin rounded to 0: several inner cells below the base, so "högst 10" */
    CUBE_ABOUT    /* "cirka 15" */
};

enum cube_language { CUBE_SWEDISH, CUBE_ENGLISH };

/* One published figure: the rounded count and the interval the true one lies in. */
struct cube_cell {
    int64_t n;
    int64_t lo, hi;
    enum cube_display display;
};

/* Holds rounded figures only: no exact count can be had from it. */
struct cube {
    struct table_shape shape;
    int64_t base;
    int64_t margin_move; /* D: how far a margin may be from the truth, fixed by the shape */
    struct str profile;
    struct str id;
    const int64_t *n; /* [shape.published] multiples of base, in canonical order */
};

/* Rounds `t` with the secret `key` of CUBE_KEY_BYTES bytes. The cube points into `t`'s shape (names included)
 * and otherwise into `a`.
 * USAGE when an option is outside its limits; BAD_INPUT when a count is; REFUSED when none of
 * ROUNDING_MAX_DRAWS draws keeps every margin within its interval (the table is then too finely divided). */
enum status cube_make(const struct table *t, const struct cube_options *options, const unsigned char *key,
                      struct arena *a, struct cube *out, struct err *e) MUST_USE;

/* The figure of published cell `cell` (table_cell, table_find), 0 <= cell < cube->shape.published: walking
 * through them all is the canonical order. */
struct cube_cell cube_cell(const struct cube *cube, size_t cell);

/* "0", "färre än 5" / "fewer than 5", "högst 10" / "at most 10", "cirka 15" / "about 15". */
void cube_put_shown(struct text *out, const struct cube *cube, const struct cube_cell *cell,
                    enum cube_language language);

#endif

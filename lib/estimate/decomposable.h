/* Decomposable graphs of lists: those in which every cycle of four lists or more has a chord. What such a
 * graph says of a table is a product over its cliques divided by one over its separators. Lauritzen (1996),
 * Graphical Models, section 2.1. */
#ifndef LYKTA_ESTIMATE_DECOMPOSABLE_H
#define LYKTA_ESTIMATE_DECOMPOSABLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;
struct progress;

enum {
    DECOMPOSABLE_MAX_LISTS = 7,
    DECOMPOSABLE_MAX_SETS = 2 * DECOMPOSABLE_MAX_LISTS - 1,
    DECOMPOSABLE_MAX_PARTS = 32
};

/* `set` holds the cliques as bitmasks of lists, then the separators, each as often as it separates; the empty
 * one is left out, because nothing depends on it. */
struct decomposable {
    uint32_t edges; /* bit k: pair k of lists in the order 12, 13, .., 23, .. */
    uint8_t cliques, sets;
    uint8_t set[DECOMPOSABLE_MAX_SETS];
};

/* The graph of these edges on 2 to DECOMPOSABLE_MAX_LISTS lists; false, and *out worth nothing, when it is
 * not decomposable. */
bool decomposable_of(size_t lists, uint32_t edges, struct decomposable *out);

/* All that there are, in the order of their edges: 2, 8, 61, 822, 18,154 and 617,675 for 2 to 7 lists. They
 * are in parts, the work of one thread at a time. */
struct decomposable_all {
    size_t lists, n, parts;
    struct decomposable_part {
        size_t n;
        struct decomposable *graph; /* [n] */
    } part[DECOMPOSABLE_MAX_PARTS];
    size_t arenas; /* in which they lie */
    struct arena *arena[DECOMPOSABLE_MAX_PARTS];
};

/* `threads` as for parallel_for. False when asked to stop. decomposable_close frees what they lie in, in any
 * case. */
bool decomposable_open(size_t lists, int threads, struct progress *p, struct decomposable_all *out);
void decomposable_close(struct decomposable_all *all);

#endif

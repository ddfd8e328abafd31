/* The published tables that the attack on the dark figure is tried on. */
#ifndef LYKTA_TESTS_FIGURE_TABLES_H
#define LYKTA_TESTS_FIGURE_TABLES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { MOST_CELLS = 16 };

struct cell {
    uint32_t lists; /* bit i: on list i */
    size_t category;
    int64_t shown;
};

/* A published table. What is known is as it is shown: multiples of the base are not moved. */
struct universe {
    const char *name;
    bool is_quick;
    size_t lists, categories;
    int64_t replicates;
    bool methods;
    size_t unknown; /* the first cells; the others are known */
    size_t cells;
    struct cell cell[MOST_CELLS];
};

/* Ends with one whose name is NULL. */
extern const struct universe universes[];

#endif

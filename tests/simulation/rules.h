/* Rules by which a table becomes a figure with limits: this program's, and those of other programs as their
 * papers and manuals tell them, on the same tables. */
#ifndef LYKTA_TESTS_RULES_H
#define LYKTA_TESTS_RULES_H

#include "estimate/counts.h"
#include "estimate/estimate.h"
#include "estimate/power.h"

#include <stddef.h>
#include <stdint.h>

struct arena;

enum { RULES_LEAST_LISTS = 3, RULES_MOST_LISTS = 6, RULES_METHODS = 9 };

/* A table on which rules are tried. What several of them need is made once. */
struct trial {
    const struct counts *counts;
    uint64_t seed;
    struct arena *a;
    const struct estimate *of_method[RULES_METHODS]; /* by method's row, as it is asked for; else NULL */
    double *replicate; /* [replicates] estimates of stepwise, of the bootstrap's first ones; NULL: none yet */
    size_t replicates;
};

struct rule {
    const char *name;    /* a word that another row of the result can refer to */
    const char *program; /* whose rule it is */
    /* Tried on one table of so many, for 3, 4, 5 and 6 lists: what costs much is tried less; 0 for never. */
    size_t one_of[RULES_MOST_LISTS - RULES_LEAST_LISTS + 1];
    /* nhat is NaN where the rule refuses, or where what it prints is no maximum of the likelihood. */
    struct power_figure (*figure)(struct trial *t);
};

/* A row a rule; the last has no name. */
extern const struct rule rules[];

#endif

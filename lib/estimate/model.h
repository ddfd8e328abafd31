/* Hierarchical log-linear models of lists: which sets of lists have a term of their own.
 * A term is a bitmask of lists; 0 is the intercept. A model holds 0, every single list, and with a term all
 * its subsets. */
#ifndef LYKTA_ESTIMATE_MODEL_H
#define LYKTA_ESTIMATE_MODEL_H

#include "base/str.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct text;

enum { MODEL_MAX_LISTS = 8, MODEL_MAX_CELLS = 256, MODEL_MAX_PAIRS = 28 };

/* A set of bitmasks of lists: of terms, or of cells. */
struct mask_set {
    uint64_t word[MODEL_MAX_CELLS / 64];
};

bool mask_set_has(const struct mask_set *s, size_t mask);
void mask_set_add(struct mask_set *s, size_t mask);

struct model {
    size_t lists;
    struct mask_set terms;
};

/* The intercept and one term per list: the lists are independent. */
struct model model_independence(size_t lists);

/* Adds `term` and all its subsets. */
void model_add(struct model *m, size_t term);

/* Terms in the model, the intercept among them. */
size_t model_size(const struct model *m);

/* The pairs of lists in the order 12, 13, .., 1t, 23, ..: the mask of pair `k`, and how many there are. */
size_t model_pair(size_t lists, size_t k);
size_t model_pairs(size_t lists);

/* Appends the generators (terms that are within no other), by list number from 1, those of more lists first:
 * "[123,24,5]". */
void model_put_name(struct text *out, const struct model *m);

/* Reads such a name; false, and *out untouched, when it is not one for `lists` lists. Lists that no generator
 * names get their single term all the same. */
bool model_from_name(struct str name, size_t lists, struct model *out);

#endif

/* The hierarchical log-linear models of a table that are best by BIC, among all of them.
 *
 * A model holds every single list and any sets of two lists or more, up to `order` lists, each with all its
 * subsets; the saturated model, which leaves nothing to test, is not one. There are 8 for three lists, 113
 * for four, 6,893 for five; for six 32,768 of pairs and 3,702,013 of sets up to three.
 *
 *     BIC = -2 log L + k log n,  k = terms of the model, those at minus infinity among them, n = people
 *
 * Exact branch and bound: the likelihood of a model is at most that of one with more terms. Of a branch, the
 * models between a smallest and a largest, none has a BIC below -2 log L (largest) + k (smallest) log n; a
 * branch in which that is above the BICs wanted is left out. The list is the same as when every model is
 * fitted (tests/property). Furnival & Wilson (1974), Technometrics 16, 499-511, did so for regressions. */
#ifndef LYKTA_ESTIMATE_BIC_H
#define LYKTA_ESTIMATE_BIC_H

#include "base/err.h"
#include "estimate/exists.h"
#include "estimate/loglinear.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;
struct progress;

enum { BIC_MAX_TERMS = 64, BIC_MAX_MODELS = 100000 };

/* The sets of two lists or more that may be terms, those of fewer lists first. A model is a set of them: bit
 * i is term[i]. */
struct bic_terms {
    size_t lists, order;
    size_t n;
    uint16_t term[BIC_MAX_TERMS];
    uint64_t parts[BIC_MAX_TERMS];  /* the terms within term[i] */
    uint64_t wholes[BIC_MAX_TERMS]; /* term[i] and those that contain it */
};

/* False when there would be more than BIC_MAX_TERMS: order 3 of 8 lists, order 4 of 7. */
bool bic_terms_of(size_t lists, size_t order, struct bic_terms *out);

/* The same with order 0 for the usual one, and at most all lists but one. USAGE when there would be too many.
 */
enum status bic_terms_for(size_t lists, size_t order, struct bic_terms *out, struct err *e) MUST_USE;

/* How many lists a term may have unless asked otherwise: all but one up to 6 lists, 3 of 7, 2 of 8. */
size_t bic_usual_order(size_t lists);

struct model bic_model_of(const struct bic_terms *terms, uint64_t in);

struct bic_fit {
    uint64_t in;
    double nhat; /* NaN unless dark_figure is finite */
    double deviance, aic, bic;
    int64_t df; /* cells that are not 0 for certain, less free terms */
    enum dark_figure dark_figure;
};

struct bic_list {
    size_t n;
    struct bic_fit *fit; /* [n], the smallest BIC first; ties by fewer terms, then by the order of terms */
    int64_t fits;        /* models that were fitted; the others could not be in the list */
    bool was_stopped;    /* before all were seen: the list is not whole */
};

/* The `most` best models for y[2^lists] (all of them when there are fewer). Somebody must be on two lists.
 * `threads` as for parallel_for; it changes nothing in the list. */
void bic_best(const struct bic_terms *terms, const uint32_t *y, size_t most, int threads, struct progress *p,
              struct arena *a, struct bic_list *out);

/* The models whose BIC is at most `bic` above the smallest, the best `models` of them. `threads` as for
 * bic_best; with `fits` above 0 one thread, which ends after so many fits: was_stopped then, and the list is
 * of the models seen. */
struct bic_reach {
    double bic;
    size_t models;
    int64_t fits; /* 0: as many as it takes */
};
void bic_within(const struct bic_terms *terms, const uint32_t *y, const struct bic_reach *reach, int threads,
                struct arena *a, struct bic_list *out);

/* How many models there are: those of which the list holds the best. 0 when there are more than a billion. */
int64_t bic_count(const struct bic_terms *terms);

/* The memory of one thread, to search table after table: for the bootstrap. bic_search_close frees what is
 * not in `a`. */
struct bic_search;
struct bic_search *bic_search_open(struct arena *a, const struct bic_terms *terms, size_t most);
void bic_search_close(struct bic_search *s);
size_t bic_search_cells(const struct bic_search *s);

/* The same list as bic_best on the calling thread; it is valid until the next call. */
const struct bic_list *bic_search_run(struct bic_search *s, const uint32_t *y);

#endif

/* Does the maximum-likelihood estimate of a log-linear model exist, and is the dark figure determined by it?
 *
 * Written A for the model matrix without the dark cell (a cell's row has a 1 for each term within the cell),
 * the estimate exists when some strictly positive table has the observed margins. Else the likelihood rises
 * for ever in a direction that empties some cells; the others are the face on which it has its supremum
 * (Fienberg & Rinaldo 2012, Ann. Statist. 40, 996-1023).
 *
 * Exact throughout: cones in whole numbers (cone.h), and where those would grow too large linear programs
 * whose optimum is a whole number, solved in floating point and then again in rational arithmetic from the
 * basis found; ranks modulo the prime 2^61 - 1. */
#ifndef LYKTA_ESTIMATE_EXISTS_H
#define LYKTA_ESTIMATE_EXISTS_H

#include "estimate/loglinear.h"
#include "estimate/model.h"

#include <stddef.h>

struct arena;

/* After terms with an empty margin are set to minus infinity (with all that contain them) and their cells
 * removed: the sum of EXISTS_NOT (1: no estimate) and EXISTS_NOT_UNIQUE (2: the remaining columns are
 * dependent), or 0. Chan, Silverman & Vincent (2021), J. R. Statist. Soc. A 184, 1080-1102, section 3. */
enum { EXISTS = 0, EXISTS_NOT = 1, EXISTS_NOT_UNIQUE = 2 };
int exists_code(const struct loglinear_table *table, const struct model *model, struct arena *a);

enum dark_figure {
    DARK_FIGURE_FINITE,      /* one number, although other parameters may diverge */
    DARK_FIGURE_INFINITE,    /* the likelihood only rises when it grows without bound */
    DARK_FIGURE_ZERO,        /* or falls to nothing */
    DARK_FIGURE_UNIDENTIFIED /* different numbers fit equally well */
};

struct exists_face {
    struct mask_set off; /* cells whose estimated mean is 0 */
    size_t cells_off;
    size_t rank; /* of A on the other cells */
    enum dark_figure dark_figure;
    size_t terms; /* a largest independent set of columns there, the intercept first: what can be fitted */
    uint16_t term[MODEL_MAX_CELLS];
};

/* `part` is the dark figure of a model whose terms are all in this one, DARK_FIGURE_FINITE where none is
 * known: a direction in which the likelihood of that rises for ever is one here too, and need not be looked
 * for. */
void exists_find_face(const struct loglinear_table *table, const struct model *model, enum dark_figure part,
                      struct arena *a, struct exists_face *out);

/* "finite", "infinite", "zero", "unidentified". */
const char *dark_figure_name(enum dark_figure d);

#endif

/* The figures of pooled tables as a text names them: "{2025 kända}" stands for the people known in the cities
 * together in 2025, "{2025 1281 troligt}" for what Lund's release says is likely. Whoever reads the text sees
 * the figure, as a link to the cell of the table that it stands in; so the text never tells another figure
 * than the table, and every such number can be followed to a signed release. */
#ifndef LYKTA_PROGRAMME_POOLED_CELLS_H
#define LYKTA_PROGRAMME_POOLED_CELLS_H

#include "base/err.h"
#include "base/str.h"
#include "web/language.h"

#include <stddef.h>

struct arena;
struct pooled;

struct pooled_cell {
    struct str code;   /* "2025 kända", the same in both languages */
    struct str what;   /* in words: "Kända i orterna tillsammans, 2025" */
    struct str value;  /* as the cell shows it: "4 450" */
    struct str anchor; /* the cell's id on the page of the figures */
};

struct pooled_cells {
    size_t n;
    struct pooled_cell *cell; /* in the order of the page */
};

/* Those of `pooled` that have a figure, in `a`. */
struct pooled_cells pooled_cells_of(const struct pooled *pooled, enum language language, struct arena *a);

/* The first code in braces that is none of `cells`; empty when there is none. A brace that is not closed on
 * its line within a code's length is a brace. */
struct str pooled_cells_unknown(const struct pooled_cells *cells, struct str words);

/* REFUSED when the text of `pooled` names a figure that is not there, in either language. */
enum status pooled_cells_check(const struct pooled *pooled, struct arena *a, struct err *e) MUST_USE;

enum pooled_cells_form {
    CELLS_LINKED, /* Markdown, each figure a link to its cell */
    CELLS_PLAIN
};

/* `words` with the figures in place of their codes; a code without a figure stays as it is. In `a`. */
struct str pooled_cells_fill(const struct pooled_cells *cells, struct str words, enum pooled_cells_form form,
                             struct arena *a);

/* The numbers that stand in `words` themselves, and so lead to no cell: "4 450, 12", at most 10 of them;
 * years and the numbers of a list are not among them. In `a`. */
struct str pooled_cells_loose(struct str words, struct arena *a);

#endif

/* What was done to a table, and what that hides: the note published beside every protected table.
 *
 * Everything here is a function of the published figures and the method. How many cells really hold 1 to 4
 * persons, how many figures were changed and by how much are not here: the first would tell how many of the
 * cells shown as "färre än 5" are empty, and where all or none of them are, it tells that of each one. They
 * are not kept anywhere. */
#ifndef LYKTA_PROTECT_STATEMENT_H
#define LYKTA_PROTECT_STATEMENT_H

#include "base/str.h"
#include "protect/cube.h"

#include <stddef.h>
#include <stdint.h>

struct json;
struct text;

struct statement {
    struct str profile;
    int64_t base;
    int64_t inner_move;  /* an inner figure is at most this far from the truth */
    int64_t margin_move; /* a sum is at most this far from the truth */
    size_t inner;        /* inner cells, structural zeros not counted */
    size_t structural;   /* inner cells where nobody can be, shown as 0 */
    size_t published;    /* figures in all, with the sums */
    size_t fewer; /* figures shown as "färre än <base>": none or few persons, which cannot be told apart */
    size_t at_most; /* sums shown as "högst <margin_move>" */
    size_t about;   /* figures shown as "cirka p" */
};

struct statement statement_of(const struct cube *cube);

/* Its members into the object that is open in `j`. */
void statement_json(struct json *j, const struct statement *s);

/* A few plain sentences for the reader of the table, a line each. */
void statement_text(struct text *out, const struct statement *s, enum cube_language language);

#endif

/* A protected table as CSV, the form in which it is frozen, signed and checked.
 *
 *   columns   the dimensions ("Total" for the sums; before a grouped dimension the column of its grouping),
 *             then n (the rounded figure), lo, hi (the interval the true one lies in) and shown (as text)
 *             a figure that is hidden has ".." in all four
 *   rows      every published cell, empty ones too: a row left out would tell that it is empty. In canonical
 *             order: Total, the groups, the categories, the last dimension fastest
 *   bytes     UTF-8, commas, LF: the same cube gives the same bytes                                        */
#ifndef LYKTA_PROTECT_PUBLISHED_H
#define LYKTA_PROTECT_PUBLISHED_H

#include "base/err.h"
#include "base/str.h"
#include "protect/cube.h"
#include "protect/table.h"

struct arena;
struct suppression;
struct text;

enum { PUBLISHED_HIDDEN = -1 };

/* What anybody can read in such a file. The column `shown` is not looked at. */
struct published {
    struct table_shape shape; /* structural zeros: the inner cells with n = lo = hi = 0 */
    const int64_t *n;         /* [shape.published] each; a figure that is not shown is PUBLISHED_HIDDEN */
    const int64_t *lo;
    const int64_t *hi; /* of a hidden one 0 and BOUNDS_UNLIMITED */
};

void published_write(struct text *out, const struct cube *cube, enum cube_language language);

/* What anybody will read when `cube` has been written. Points into it, and into `a`. */
struct published published_of(const struct cube *cube, struct arena *a);

/* The same for a suppressed table: hidden figures are ".." in all four columns. */
void published_write_suppression(struct text *out, const struct suppression *s);
struct published published_of_suppression(const struct suppression *s, struct arena *a);

/* And for a table whose figures were moved one by one (cellkey.h): shown is n. */
void published_write_moved(struct text *out, const struct published *p);

/* What somebody knows who counts the people of `t` himself: each figure is at least theirs. In `a`. */
struct published published_at_least(const struct table *t, struct arena *a);

/* What the figures of `p` tell of the exact ones, with what the method tells besides, into lo and hi of
 * p->shape.published each: the grand total of a cube moves by less than the base; where some figure shows
 * that nobody is in a cell, a hidden one holds somebody. */
void published_know(const struct published *p, int64_t *lo, int64_t *hi);

/* Reads `whole`; `name` stands for it in messages. A column that stands before another and is never "Total"
 * where that one has a category is its grouping. BAD_INPUT with line and column for a missing column, a
 * figure outside lo..hi, a cell that is missing or there twice. The result is in `a`. */
enum status published_read(const char *name, struct str whole, struct arena *a, struct published *out,
                           struct err *e) MUST_USE;

#endif

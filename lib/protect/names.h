/* Names that may stand in a published table: of dimensions, groupings, categories and groups. */
#ifndef LYKTA_PROTECT_NAMES_H
#define LYKTA_PROTECT_NAMES_H

#include "base/err.h"
#include "base/str.h"

#include <stdbool.h>
#include <stddef.h>

struct arena;

/* "Total", the label of every sum. */
struct str names_total(void);

/* Not the name of another column of the published file. */
bool names_may_be_column(struct str name);

/* BAD_INPUT unless `name`, of what the sentence calls `what` ("a dimension"), is UTF-8 text of one line with
 * 1 to TABLE_MAX_NAME_BYTES bytes, not "Total", and may be the name of a column. */
enum status names_check_column(struct str name, const char *what, struct err *e) MUST_USE;

/* A copy of the `n` names in `a`, each checked in the same way but that it may be the name of a column. */
enum status names_copy(const struct str *from, size_t n, const char *what, struct arena *a, struct str **to,
                       struct err *e) MUST_USE;

/* BAD_INPUT when two of the `n` names are the same; sorts them. */
enum status names_check_differ(struct str *name, size_t n, struct err *e) MUST_USE;

#endif

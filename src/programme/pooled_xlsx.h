/* The cities of pooled figures as an XLSX file: a row for each city and period. */
#ifndef LYKTA_PROGRAMME_POOLED_XLSX_H
#define LYKTA_PROGRAMME_POOLED_XLSX_H

#include "base/err.h"
#include "base/str.h"
#include "web/language.h"

struct arena;
struct pooled;

/* Its bytes, in `a`, with words in `language`; empty cells where there is nothing. SYSTEM when the library
 * cannot make it. */
enum status pooled_xlsx(struct str *out, const struct pooled *x, enum language language, struct arena *a,
                        struct err *e) MUST_USE;

#endif

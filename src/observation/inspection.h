/* What an inspector takes to the report of the visit: the same that was told, in words to paste, with the law
 * behind each duty. There is nothing about a person in it, since there is none in what was told. */
#ifndef LYKTA_OBSERVATION_INSPECTION_H
#define LYKTA_OBSERVATION_INSPECTION_H

#include "base/str.h"
#include "observation/report.h"
#include "web/language.h"

#include <stdbool.h>

struct arena;
struct indicators;

/* Are its cards those of an inspector? */
bool inspection_is(const struct report *r);

/* Lines to paste, in `language` and `a`; `number` is that of the register. The free line is left out: it is
 * sealed, and the report of a visit is not. */
struct str inspection_text(const struct report *r, const struct indicators *indicators, struct str number,
                           enum language language, struct arena *a);

#endif

/* An estimate in plain English, for a person at a terminal. */
#ifndef LYKTA_ESTIMATE_ESTIMATE_TEXT_H
#define LYKTA_ESTIMATE_ESTIMATE_TEXT_H

#include "base/text.h"

struct estimate;

/* Appends a short text to `out`: how many are known, how many are likely, how sure that is, what it rests on.
 * Figures that are estimated are rounded to three digits, because more would promise what nobody knows. */
void estimate_text(struct text *out, const struct estimate *estimate);

#endif

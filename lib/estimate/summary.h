/* An estimate as one paragraph for a person who is no statistician, in Swedish or English, built from the
 * facts. It never gives a number alone: always what is known, from where to where, what that rests on, and
 * what it cannot say. */
#ifndef LYKTA_ESTIMATE_SUMMARY_H
#define LYKTA_ESTIMATE_SUMMARY_H

#include "base/text.h"

struct estimate;

enum summary_language { SUMMARY_SWEDISH, SUMMARY_ENGLISH };

/* Appends the paragraph and a line end. Figures of a thousand or more are told with two digits, rounded
 * outward, others as they are. */
void summary_put(struct text *out, const struct estimate *x, enum summary_language language);

#endif

/* An estimate as one paragraph for a person who is no statistician, in Swedish or English, built from the
 * facts. It never gives a number alone: always what is known, from where to where, what that rests on, and
 * what it cannot say. */
#ifndef LYKTA_ESTIMATE_SUMMARY_H
#define LYKTA_ESTIMATE_SUMMARY_H

#include "base/text.h"

#include <stddef.h>
#include <stdint.h>

struct estimate;

enum summary_language { SUMMARY_SWEDISH, SUMMARY_ENGLISH };

/* Appends the paragraph and a line end. Figures of a thousand or more are told with two digits, rounded
 * outward, others as they are; an upper end above ABOUT_MOST (about.h) is told as none. */
void summary_put(struct text *out, const struct estimate *x, enum summary_language language);

/* What such sentences are made of, for others that say something about an estimate. */
enum { SUMMARY_NUMBER_BYTES = 48 };

/* Appends `sentence` with its values, which are as many as its {}. */
void summary_say(struct text *out, const char *sentence, const char *const *value);

/* Thousands apart: by a no-break space in Swedish, a comma in English. Points at `out`. */
const char *summary_grouped(int64_t n, enum summary_language language, char out[SUMMARY_NUMBER_BYTES]);

/* "fem", "five"; from thirteen on in digits. Points at `out`, or at a literal. */
const char *summary_number_word(size_t n, enum summary_language language, char out[SUMMARY_NUMBER_BYTES]);

#endif

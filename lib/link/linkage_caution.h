/* Where the number of matches is known to be told too low. */
#ifndef LYKTA_LINK_LINKAGE_CAUTION_H
#define LYKTA_LINK_LINKAGE_CAUTION_H

#include "link/linkage.h"

/* What the lists rest on, when the interval of the matches has been measured not to hold their number: all
 * fields in one filter, or, for most people of a list, names and birth date alone (docs/methods/linkage.md,
 * Measured). */
enum linkage_caution linkage_caution_of(const struct linkage_list *list, size_t lists);

/* "none", "names-and-birth", "one-filter". */
const char *linkage_caution_name(enum linkage_caution caution);

/* What to do about it, in a sentence; NULL for none. */
const char *linkage_caution_words(enum linkage_caution caution);

#endif

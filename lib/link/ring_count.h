/* How many people are on which combination of lists that have gone round. */
#ifndef LYKTA_LINK_RING_COUNT_H
#define LYKTA_LINK_RING_COUNT_H

#include "link/ring.h"

#include <stdint.h>

/* count[mask - 1]: people on exactly the lists of the mask. `matched[k]`: unions made by keys of kind k.
 * `ambiguous`: elements that stood twice in a list, or joined two people of one list, and were passed over.
 */
struct ring_counts {
    size_t lists;
    int64_t *count; /* 2^lists - 1 */
    int64_t matched[RING_KEYS];
    int64_t ambiguous;
};

/* Counts the combinations of 2 to RING_MAX_AGENCIES lists; all is in `a`. Kind by kind in their order, those
 * who have the same element are one person, unless that would put two of one list together.
 * BAD_INPUT when the lists are not of one round or two have the same name; REFUSED when they have not been
 * raised by the very same agencies: an agency that has dropped out must be left out of all, and every list
 * that it has raised must start again. */
enum status ring_count(struct ring_counts *out, const struct ring_list *list, size_t lists, struct arena *a,
                       struct err *e) MUST_USE;

#endif

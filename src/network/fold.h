/* Text as it is compared and searched: without differences of case, width and form. */
#ifndef LYKTA_NETWORK_FOLD_H
#define LYKTA_NETWORK_FOLD_H

#include "base/str.h"

struct arena;

/* `text` in NFKC with case folded (Unicode Standard, section 3.13, toNFKC_Casefold), in `a`: equal for texts
 * that people take for the same. "Åhus AB" and "ÅHUS ab" are; "Åhus" and "Ahus" are not, since å is a letter
 * of its own. `text` is UTF-8. */
struct str fold(struct str text, struct arena *a);

#endif

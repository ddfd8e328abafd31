/* Words that no sign may rest on: origin, looks, language, dress, religion, occupation as such.
 * (Diskrimineringslagen 2008:567, 2 kap. 12 §: who is refused for such reasons is discriminated against.) */
#ifndef LYKTA_WORDS_TERMS_H
#define LYKTA_WORDS_TERMS_H

#include "base/str.h"

#include <stdbool.h>

/* Finds the first word in `text`, Swedish or English, that a sign may not rest on; *word is a view of it. The
 * scanner's words of origin are among them, and words of dress, looks and language. */
bool terms_forbidden(struct str text, struct str *word);

#endif

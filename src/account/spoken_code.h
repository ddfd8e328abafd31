/* Random codes that can be read aloud and typed: groups of letters and digits, none that is taken for
 * another. */
#ifndef LYKTA_ACCOUNT_SPOKEN_CODE_H
#define LYKTA_ACCOUNT_SPOKEN_CODE_H

#include "base/str.h"

#include <stddef.h>

struct arena;
struct outside;

/* `groups` times `letters` of 31 (4.95 bits each), every one as likely: "k7m2q-x9d4r"; in `a`. */
struct str spoken_code(const struct outside *outside, size_t groups, size_t letters, struct arena *a);

#endif

/* Percent-encoding (RFC 3986, section 2.1), read strictly. */
#ifndef LYKTA_WEB_PERCENT_H
#define LYKTA_WEB_PERCENT_H

#include "base/str.h"

#include <stdbool.h>

struct arena;

/* Decodes %XX in `encoded` into `a`. False, and *out untouched, when a % is not followed by two hexadecimal
 * digits or the result is not UTF-8 or holds a NUL.                                                       */
bool percent_decode(struct str encoded, struct arena *a, struct str *out);

#endif

/* Numbers for calls, as people write them. */
#ifndef LYKTA_NETWORK_PHONE_H
#define LYKTA_NETWORK_PHONE_H

#include "base/str.h"

#include <stdbool.h>

enum { PHONE_MAX_BYTES = 40 };

/* Digits, blanks, and the signs people write between them, with 5 to 15 digits (ITU-T E.164: at most 15). */
bool phone_is_valid(struct str text);

#endif

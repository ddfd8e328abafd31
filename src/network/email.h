/* Addresses for letters and numbers for calls, as people may give them. */
#ifndef LYKTA_NETWORK_EMAIL_H
#define LYKTA_NETWORK_EMAIL_H

#include "base/str.h"

#include <stdbool.h>

struct arena;

enum { EMAIL_MAX_BYTES = 254, PHONE_MAX_BYTES = 40 };

/* Can a letter be sent to `text`: one @, something before it, and a domain of at least two parts after it,
 * without blanks, control characters and what separates addresses in a letter's head? Letters of any script
 * may stand in it (RFC 6531); quoted local parts may not. At most 254 bytes (RFC 5321, section 4.5.3.1.3). */
bool email_is_valid(struct str text);

/* The address as it is compared: its domain in small letters (RFC 5321, section 2.4); in `a`. */
struct str email_canonical(struct str text, struct arena *a);

/* Digits, blanks, and the signs people write between them, with 5 to 15 digits (ITU-T E.164: at most 15). */
bool phone_is_valid(struct str text);

#endif

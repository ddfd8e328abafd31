/* E-mail addresses: what we take from a form, and write into the head of a letter. */
#ifndef LYKTA_WEB_ADDRESS_H
#define LYKTA_WEB_ADDRESS_H

#include "base/str.h"

#include <stdbool.h>

struct arena;

enum { ADDRESS_MAX_BYTES = 254 }; /* RFC 5321, 4.5.3.1.3: a path of 256 with its angle brackets */

/* Is `s` an address that every mail server takes: a dot-atom before the @ (RFC 5322, 3.2.3), a host name of
 * at least two labels after it, all ASCII? Quoted names, comments and address literals are not. */
bool address_is_valid(struct str s);

/* The address as it is compared and stored: without blanks around it, in small letters; in `a`. Servers may
 * tell letters' cases apart before the @, but none that people use does. */
struct str address_normal(struct str s, struct arena *a);

/* What stands after the @; empty when there is none. */
struct str address_host(struct str s);

#endif

/* Where a request comes from, as far as counting attempts needs it: a keyed hash of the network it came over.
 * The key is made when the program starts and is nowhere but in memory, and each day has hashes of its own;
 * no address is kept, and none is looked at unless a handler asks. */
#ifndef LYKTA_WEB_SOURCE_H
#define LYKTA_WEB_SOURCE_H

#include "base/str.h"

#include <stdint.h>

struct sockaddr;

enum { SOURCE_BYTES = 16, SOURCE_KEY_BYTES = 32 };

/* The hash for `peer` on the day of `now_at`: the whole address of IPv4, the first 64 bits of IPv6, which one
 * household or office has. When the peer is this machine, it is a front server, and the last address of
 * `forwarded` (the header X-Forwarded-For; may be empty) is meant, which that server wrote. */
void source_hash(const unsigned char key[SOURCE_KEY_BYTES], const struct sockaddr *peer, struct str forwarded,
                 int64_t now_at, unsigned char out[SOURCE_BYTES]);

#endif

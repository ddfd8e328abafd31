/* Keys from a secret: HKDF with HMAC-SHA-256 (RFC 5869). */
#ifndef LYKTA_BASE_HKDF_H
#define LYKTA_BASE_HKDF_H

#include "base/str.h"

#include <stddef.h>

enum { HKDF_MAX_BYTES = 255 * 32 };

/* Derives `n` bytes, at most HKDF_MAX_BYTES, from the secret `key`: HKDF with HMAC-SHA-256 (RFC 5869). An
 * empty `salt` is the RFC's 32 zero bytes; `info` says what the bytes are for. */
void hkdf_sha256(struct str key, struct str salt, struct str info, unsigned char *out, size_t n);

#endif

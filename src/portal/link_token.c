/* Links that are good for whoever holds them. */
#include "portal/link_token.h"

#include "base/arena.h"
#include "portal/outside.h"

#include <sodium.h>

enum { TOKEN_BYTES = 32 };

struct str link_token_make(const struct outside *outside, struct arena *a)
{
    unsigned char bytes[TOKEN_BYTES];
    size_t room = sodium_base64_encoded_len(sizeof bytes, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
    char *token = arena_new(a, room, char);

    outside->random(outside, bytes, sizeof bytes);
    sodium_bin2base64(token, room, bytes, sizeof bytes, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
    sodium_memzero(bytes, sizeof bytes);
    return str_of(token);
}

struct str link_token_hash(struct str token, unsigned char hash[LINK_TOKEN_HASH_BYTES])
{
    crypto_generichash(hash, LINK_TOKEN_HASH_BYTES, (const unsigned char *)token.p, token.n, NULL, 0);
    return (struct str){(const char *)hash, LINK_TOKEN_HASH_BYTES};
}

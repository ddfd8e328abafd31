/* Links in letters that act for their reader. */
#include "mail/reader_link.h"

#include "base/arena.h"
#include "base/number.h"

#include <inttypes.h>

#include <sodium.h>

enum { NONCE_BYTES = 8, PROOF_BYTES = 16, KEY_LENGTH = 32 };

struct str reader_link_nonce(struct arena *a)
{
    unsigned char random[NONCE_BYTES];
    char *text = arena_alloc(a, 2 * NONCE_BYTES + 1, 1);

    randombytes_buf(random, sizeof random);
    sodium_bin2hex(text, 2 * NONCE_BYTES + 1, random, sizeof random);
    return str_of(text);
}

struct str reader_link_part(const struct reader_links *links, const char *folder, int64_t id,
                            struct str nonce, struct arena *a)
{
    const char *meant = arena_printf(a, "%s/%" PRId64 "/%.*s", folder, id, STR(nonce));
    unsigned char proof[PROOF_BYTES];
    char hex[2 * PROOF_BYTES + 1];

    crypto_generichash(proof, sizeof proof, (const unsigned char *)meant, str_of(meant).n, links->key,
                       KEY_LENGTH);
    sodium_bin2hex(hex, sizeof hex, proof, sizeof proof);
    return str_of(arena_printf(a, "%" PRId64 "-%s", id, hex));
}

struct str reader_link(const struct reader_links *links, enum language language, const char *folder,
                       int64_t id, struct str nonce, struct arena *a)
{
    struct str part = reader_link_part(links, folder, id, nonce, a);
    const char *prefix = language == LANGUAGE_EN ? "/en" : "";

    return str_of(arena_printf(a, "%.*s%s/%s/%.*s", STR(links->address), prefix, folder, STR(part)));
}

int64_t reader_link_id(struct str part)
{
    struct str number;
    struct str proof;
    int64_t id = 0;

    if (!str_cut(part, '-', &number, &proof) || proof.n != 2 * PROOF_BYTES)
        return 0;
    return i64_from_str(number, 1, INT64_MAX, &id) ? id : 0;
}

bool reader_link_holds(const struct reader_links *links, const char *folder, int64_t id, struct str nonce,
                       struct str part, struct arena *a)
{
    struct str whole = reader_link_part(links, folder, id, nonce, a);

    return whole.n == part.n && sodium_memcmp(whole.p, part.p, part.n) == 0;
}

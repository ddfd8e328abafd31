/* Sealing what of a round lies in the database for a while. */
#include "publishing/round_seal.h"

#include "base/arena.h"
#include "base/hkdf.h"
#include "store/city.h"
#include "store/keys.h"

#include <sodium.h>

enum { OVERHEAD = crypto_secretbox_NONCEBYTES + crypto_secretbox_MACBYTES };

enum status round_key(const struct city *city, struct str label, struct key *out, struct err *e)
{
    struct key cube;

    TRY(key_read(city->path, KEY_CUBE, &cube, e));
    hkdf_sha256((struct str){(const char *)cube.bytes, KEY_BYTES}, S(""), label, out->bytes, KEY_BYTES);
    key_wipe(&cube);
    return OK;
}

struct str round_seal(struct str plain, const struct key *key, struct arena *a)
{
    unsigned char *box = arena_new(a, plain.n + OVERHEAD, unsigned char);

    randombytes_buf(box, crypto_secretbox_NONCEBYTES);
    crypto_secretbox_easy(box + crypto_secretbox_NONCEBYTES, (const unsigned char *)plain.p, plain.n, box,
                          key->bytes);
    return (struct str){(const char *)box, plain.n + OVERHEAD};
}

enum status round_unseal(struct str box, const struct key *key, struct arena *a, struct str *out,
                         struct err *e)
{
    const unsigned char *bytes = (const unsigned char *)box.p;

    if (box.n < OVERHEAD)
        return err_set(e, BAD_INPUT, "the sealed counts are not whole");
    unsigned char *plain = arena_new(a, box.n - OVERHEAD + 1, unsigned char);
    if (crypto_secretbox_open_easy(plain, bytes + crypto_secretbox_NONCEBYTES,
                                   box.n - crypto_secretbox_NONCEBYTES, bytes, key->bytes) != 0)
        return err_set(e, BAD_INPUT, "the sealed counts have been changed, or the city's key has");
    *out = (struct str){(const char *)plain, box.n - OVERHEAD};
    return OK;
}

/* Any bytes as a list of encodings, sealed to a known key or open: a list within its bounds, or a sentence.
 */
#include "base/arena.h"
#include "link/clk_json.h"
#include "link/sealed.h"

#include <assert.h>
#include <sodium.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static enum status read_list(struct str bytes, struct clk_header *h, struct encodings *x, struct arena *a,
                             struct err *e)
{
    static const unsigned char seed[crypto_box_SEEDBYTES] = {1};
    unsigned char public_key[SEALED_KEY_BYTES];
    unsigned char secret_key[SEALED_KEY_BYTES];
    struct str rest = bytes;
    struct source from = source_of_str(&rest, "fuzz");
    struct sealed_reader *r = NULL;

    if (clk_json_starts(bytes))
        return clk_json_read(h, x, "fuzz", bytes, a, e);
    if (!sealed_starts(bytes))
        return clk_read(h, x, &from, bytes.n, a, e);
    crypto_box_seed_keypair(public_key, secret_key, seed);
    TRY(sealed_reader_open(&r, public_key, secret_key, &from, a, e));
    struct source inner = sealed_source(r);
    return clk_read(h, x, &inner, bytes.n, a, e);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *a = arena_open();
    struct clk_header h;
    struct encodings x;
    struct err e = {OK, ""};

    if (sodium_init() < 0)
        return 0;
    if (read_list((struct str){(const char *)data, size}, &h, &x, a, &e) == OK) {
        assert(x.n == h.n && x.groups == h.groups);
        for (size_t i = 0; i < x.n; i++)
            assert(x.present[i] >> x.groups == 0);
    } else {
        assert(e.status == BAD_INPUT && e.what[0] != '\0');
    }
    arena_close(a);
    return 0;
}

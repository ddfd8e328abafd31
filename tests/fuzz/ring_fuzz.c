/* Any bytes as a list on its way round, an exponent, a key of an agency or a shared key: what they should be,
 * or a sentence. */
#include "base/arena.h"
#include "base/text.h"
#include "link/agreement.h"
#include "link/ring.h"

#include <assert.h>
#include <sodium.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const unsigned char seed[AGREEMENT_KEY_BYTES] = {1};
    const struct schema schema = {.project = {"x", 1}, .round = {"1", 1}};
    struct str bytes = {(const char *)data, size};
    struct arena *a = arena_open();
    struct ring_list list;
    struct ring_secret own;
    struct secret secret;
    struct key_pair pair;
    struct public_key open;
    struct err e = {OK, ""};

    if (sodium_init() < 0)
        return 0;
    if (ring_read(&list, "fuzz", bytes, a, &e) == OK)
        assert(list.width > 0 && list.passed <= RING_MAX_AGENCIES);
    else
        assert(e.status == BAD_INPUT && e.what[0] != '\0');
    if (ring_secret_read(&own, &schema, "fuzz", bytes, &e) != OK)
        assert(e.status == BAD_INPUT);
    if (public_key_read(&open, "fuzz", bytes, a, &e) != OK)
        assert(e.status == BAD_INPUT);
    if (key_pair_read(&pair, "fuzz", bytes, a, &e) != OK)
        key_pair_of(&pair, (struct str){"x", 1}, seed);
    if (agreement_take(&secret, &schema, &pair, "1", "fuzz", bytes, a, &e) != OK)
        assert(e.status == BAD_INPUT || e.status == REFUSED);
    arena_close(a);
    return 0;
}

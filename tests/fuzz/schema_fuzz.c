/* Any bytes as a linkage schema, our own or clkhash's: one whose canonical text is itself again, or a
 * sentence. */
#include "base/arena.h"
#include "link/clkhash.h"
#include "link/schema.h"

#include <assert.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct str bytes = {(const char *)data, size};
    struct arena *a = arena_open();
    struct schema *s = arena_new(a, 1, struct schema);
    struct schema *again = arena_new(a, 1, struct schema);
    struct clkhash_schema *c = arena_new(a, 1, struct clkhash_schema);
    struct err e = {OK, ""};

    if (schema_read(s, "fuzz", bytes, a, &e) == OK) {
        struct text out = text_open(a);

        schema_json(&out, s);
        assert(schema_read(again, "again", text_str(&out), a, &e) == OK);
        assert(memcmp(s->hash, again->hash, sizeof s->hash) == 0);
    } else {
        assert(e.status == BAD_INPUT && e.what[0] != '\0');
    }
    if (clkhash_schema_read(c, "fuzz", bytes, a, &e) == OK)
        assert(c->features <= CLKHASH_MAX_FEATURES && c->bits <= CLKHASH_MAX_BITS);
    arena_close(a);
    return 0;
}

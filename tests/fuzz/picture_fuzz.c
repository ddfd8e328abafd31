/* Any bytes as a picture: it is refused, or comes out as a picture of the same kind with sides that fit. */
#include "base/arena.h"
#include "picture/codec.h"

#include <assert.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *a = arena_open();
    struct str bytes = {(const char *)data, size};
    struct picture out = {0};

    if (picture_clean(bytes, a, &out) == PICTURE_FINE) {
        assert(out.width >= 1 && out.width <= PICTURE_SIDE);
        assert(out.height >= 1 && out.height <= PICTURE_SIDE);
        assert(out.kind == PICTURE_JPEG ? jpeg_is(out.bytes) : png_is(out.bytes));
    }
    arena_close(a);
    return 0;
}

/* A picture made anew. */
#include "picture/picture.h"

#include "picture/codec.h"

enum picture_fault picture_clean(struct str bytes, struct arena *a, struct picture *out)
{
    bool is_jpeg = jpeg_is(bytes);
    struct pixels p = {0};

    if (!is_jpeg && !png_is(bytes))
        return PICTURE_WRONG_TYPE;
    enum picture_fault fault = is_jpeg ? jpeg_read(bytes, a, &p) : png_read(bytes, a, &p);
    if (fault != PICTURE_FINE)
        return fault;
    *out =
        (struct picture){.kind = is_jpeg ? PICTURE_JPEG : PICTURE_PNG, .width = p.width, .height = p.height};
    return is_jpeg ? jpeg_write(p, a, &out->bytes) : png_write(p, a, &out->bytes);
}

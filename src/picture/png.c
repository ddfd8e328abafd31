/* PNG, by libpng's simplified interface. */
#include "picture/codec.h"

#include "base/arena.h"

#include <string.h>

#include <png.h>

bool png_is(struct str bytes)
{
    return str_starts(bytes, (struct str){"\x89PNG\r\n\x1a\n", 8});
}

enum picture_fault png_read(struct str bytes, struct arena *a, struct pixels *out)
{
    static const png_color white = {255, 255, 255};
    png_image image = {.version = PNG_IMAGE_VERSION};

    if (!png_image_begin_read_from_memory(&image, bytes.p, bytes.n))
        return PICTURE_DAMAGED;
    image.format = PNG_FORMAT_RGB;
    bool is_large = (uint64_t)image.width * image.height > PICTURE_MOST_PIXELS;
    if (is_large || image.width == 0 || image.height == 0) {
        png_image_free(&image);
        return is_large ? PICTURE_TOO_LARGE : PICTURE_DAMAGED;
    }
    struct shrinking s = shrinking_open(image.width, image.height, PICTURE_SIDE, a);
    unsigned char *whole = arena_alloc(a, image.height, (size_t)image.width * PIXEL_BYTES);
    bool is_read = png_image_finish_read(&image, &white, whole, 0, NULL) != 0;
    png_image_free(&image);
    if (!is_read)
        return PICTURE_DAMAGED;
    for (size_t y = 0; y < s.height; y++)
        shrinking_take(&s, whole + y * s.width * PIXEL_BYTES);
    *out = s.out;
    return PICTURE_FINE;
}

enum picture_fault png_write(struct pixels p, struct arena *a, struct str *out)
{
    png_image image = {.version = PNG_IMAGE_VERSION,
                       .width = (png_uint_32)p.width,
                       .height = (png_uint_32)p.height,
                       .format = PNG_FORMAT_RGB};
    png_alloc_size_t n = PNG_IMAGE_PNG_SIZE_MAX(image);
    char *bytes = arena_alloc(a, n, 1);

    if (!png_image_write_to_memory(&image, bytes, &n, 0, p.rgb, 0, NULL))
        return PICTURE_TOO_LARGE;
    *out = (struct str){bytes, n};
    return PICTURE_FINE;
}

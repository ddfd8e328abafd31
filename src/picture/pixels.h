/* Pixels on their way: rows come in, whole squares of them are averaged, and the result may be turned. */
#ifndef LYKTA_PICTURE_PIXELS_H
#define LYKTA_PICTURE_PIXELS_H

#include <stddef.h>
#include <stdint.h>

struct arena;

enum { PIXEL_BYTES = 3 }; /* red, green, blue */

struct pixels {
    size_t width, height;
    unsigned char *rgb; /* rows from above, without gaps */
};

/* Rows that are taken in one by one. Each pixel of the result is the mean of step * step pixels, fewer at the
 * right and lower edges. */
struct shrinking {
    size_t width, height; /* of what comes in */
    size_t step;
    size_t row; /* how many have come in */
    struct pixels out;
    uint32_t *sum; /* of the rows since the last that was written: out.width * PIXEL_BYTES */
};

/* For a picture of width * height, both above 0, to sides of `side` at most. All memory is taken here. */
struct shrinking shrinking_open(size_t width, size_t height, size_t side, struct arena *a);

/* The next row: width * PIXEL_BYTES bytes. */
void shrinking_take(struct shrinking *s, const unsigned char *row);

/* Turned as the EXIF orientation 1 to 8 says (8 ways to hold a camera); anything else as it is. In `a`. */
struct pixels pixels_turned(struct pixels p, int orientation, struct arena *a);

#endif

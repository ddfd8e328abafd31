/* The two formats, each by a library of its own. */
#ifndef LYKTA_PICTURE_CODEC_H
#define LYKTA_PICTURE_CODEC_H

#include "picture/picture.h"
#include "picture/pixels.h"

/* Is it one, by its first bytes? */
bool jpeg_is(struct str bytes);
bool png_is(struct str bytes);

/* Its pixels, shrunk to PICTURE_SIDE and turned upright, in `a`. */
enum picture_fault jpeg_read(struct str bytes, struct arena *a, struct pixels *out);
enum picture_fault png_read(struct str bytes, struct arena *a, struct pixels *out);

/* The file, in `a`: pixels and what they need, nothing else. PICTURE_TOO_LARGE when there is no memory. */
enum picture_fault jpeg_write(struct pixels p, struct arena *a, struct str *out);
enum picture_fault png_write(struct pixels p, struct arena *a, struct str *out);

#endif

/* A picture made anew: read, turned as it was held, made small enough for a page, and written without
 * anything but its pixels. What the camera noted (place, time, device), what was hidden behind the picture,
 * and what makes the file something else as well is not copied.
 *
 * JPEG stays JPEG and PNG stays PNG; what is see-through becomes white, colours are taken as sRGB. */
#ifndef LYKTA_PICTURE_PICTURE_H
#define LYKTA_PICTURE_PICTURE_H

#include "base/str.h"
#include "base/text.h"

#include <stdbool.h>
#include <stddef.h>

struct arena;

enum {
    PICTURE_MOST_BYTES = 10 * 1024 * 1024, /* of a file that is sent */
    PICTURE_MOST_PIXELS = 40000000,        /* as its head says, before anything is unpacked */
    PICTURE_SIDE = 1600                    /* the longer side is brought down to this at most */
};

enum picture_kind { PICTURE_JPEG, PICTURE_PNG };

enum picture_fault {
    PICTURE_FINE,
    PICTURE_WRONG_TYPE, /* neither JPEG nor PNG, whatever it is called */
    PICTURE_TOO_LARGE,  /* more than PICTURE_MOST_PIXELS, or more memory than there may be */
    PICTURE_DAMAGED,    /* ends too early, or breaks its own rules */
    PICTURE_FOR_PRINT,  /* colours for a printing press (CMYK), which a page cannot show */
    PICTURE_FAULTS
};

/* "damaged": what the program says of it, a word each. */
const char *picture_fault_word(enum picture_fault fault);

struct picture {
    enum picture_kind kind;
    size_t width, height; /* of what was written */
    struct str bytes;
};

/* Makes `bytes` anew, in `a`. *out is set when it is PICTURE_FINE. */
enum picture_fault picture_clean(struct str bytes, struct arena *a, struct picture *out);

/* The answer of the program lykta-picture: "jpeg 1600 1200\n" and the bytes, or "fault damaged\n". False when
 * it is neither: the program ended before it was done. *out->bytes is a view of `answer`. */
bool picture_answer(struct str answer, enum picture_fault *fault, struct picture *out);

#endif

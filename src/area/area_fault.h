/* What can be wrong with a file of areas, as the person who uploads it is told. */
#ifndef LYKTA_AREA_AREA_FAULT_H
#define LYKTA_AREA_AREA_FAULT_H

#include "base/str.h"
#include "web/language.h"

#include <stdint.h>

struct arena;

/* A point in WGS 84, as GeoJSON has it. */
struct degrees {
    double longitude, latitude;
};

enum area_fault_kind {
    AREA_NOT_JSON,      /* n: the line */
    AREA_NO_COLLECTION, /* no FeatureCollection */
    AREA_NONE,
    AREA_TOO_MANY,  /* n: at most so many areas */
    AREA_TOO_LARGE, /* more bytes, points or surfaces than a map has use for */
    AREA_NO_CODE,   /* n: which area of the file */
    AREA_NO_NAME,   /* n: which area of the file */
    AREA_TWICE,     /* area: the code */
    AREA_NO_SURFACE,
    AREA_OPEN_RING, /* a border of fewer than four points, or one that does not end where it began */
    AREA_METRES,    /* the numbers are no degrees */
    AREA_ABROAD,    /* at: outside Sweden */
    AREA_CROSSES,   /* at: the border crosses or touches itself */
    AREA_BROKEN,    /* at: something else is wrong with the border */
    AREA_OVERLAPS,  /* area and other cover the same ground */
    AREA_FAULTS
};

struct area_fault {
    enum area_fault_kind kind;
    struct str area, other; /* names */
    struct degrees at;
    int64_t n;
};

/* What is wrong, where, and what to do, in `language` and in `a`. */
struct str area_fault_words(const struct area_fault *fault, enum language language, struct arena *a);

#endif

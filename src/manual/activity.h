/* The activities of the register of processing (activities.csv), for who must tell of one: what for, of whom,
 * which data. In Swedish, as the register is; their names in both languages. What each rests on:
 * legal_ground.h. */
#ifndef LYKTA_MANUAL_ACTIVITY_H
#define LYKTA_MANUAL_ACTIVITY_H

#include "base/err.h"
#include "base/str.h"
#include "web/language.h"

#include <stddef.h>

struct arena;

struct activity {
    struct str id;
    struct str name[LANGUAGES];
    struct str purpose;
    struct str persons; /* whom the data are about */
    struct str data;    /* which kinds */
};

struct activities {
    size_t n;
    struct activity *activity;
};

/* All of them in the order of the register, in `a`. */
enum status activities_read(struct arena *a, struct activities *out, struct err *e) MUST_USE;

#endif

/* What the accessibility statement shows: the results, and around them the city's own text. */
#ifndef LYKTA_PUBLIC_ACCESSIBILITY_VIEW_H
#define LYKTA_PUBLIC_ACCESSIBILITY_VIEW_H

#include "public/accessibility.h"
#include "public/public_view.h"

#include <stddef.h>

/* A page that is named in it. */
struct accessibility_row {
    struct str name;
    struct str path;
    struct str faults; /* the rules; empty: it was not tested */
};

struct accessibility_view {
    const struct public_view *text;
    const struct accessibility *results;
    struct str city;
    struct str contact, email,
        contact_href; /* who answers, and where; without an address, the page of contact */
    size_t failed, untested;
    const struct accessibility_row *fail, *wait;
};

#endif

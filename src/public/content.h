/* The texts a city begins with: content/<language>/<key>.md, embedded by contentc.py. */
#ifndef LYKTA_PUBLIC_CONTENT_H
#define LYKTA_PUBLIC_CONTENT_H

#include "base/date.h"
#include "base/str.h"
#include "public/public.h"

#include <stdbool.h>
#include <stddef.h>

/* Dates are days before the example city's first, so that it is as old as it says whenever it is made. */
struct content {
    struct public_page page; /* without dates */
    int published_days_ago, updated_days_ago, reviewed_days_ago;
    bool is_citys_own; /* who answers, and where: what stands there is the example's */
};

extern const struct content contents[];
extern const size_t contents_n;

/* content/helplines.csv */
extern const struct str content_helplines;

/* The text with its dates, on the day `today`. */
struct public_page content_page(const struct content *content, struct date today);

#endif

/* Everything a page of the programme is made from. */
#ifndef LYKTA_PROGRAMME_PROGRAMME_READING_H
#define LYKTA_PROGRAMME_PROGRAMME_READING_H

#include "base/err.h"
#include "programme/pooled.h"
#include "programme/pooled_map.h"
#include "programme/programme.h"

#include <stdbool.h>

struct request;

struct programme_reading {
    bool is_programme; /* without, nothing else is read */
    struct programme_cities cities;
    struct arrivals arrivals;
    bool has_pooled;
    struct pooled pooled; /* read when it has, as is the map */
    struct pooled_map *map;
};

/* Nothing pooled is no fault: a programme begins without releases. In the request's arena. */
enum status programme_reading_of(const struct request *r, struct programme_reading *x,
                                 struct err *e) MUST_USE;

#endif

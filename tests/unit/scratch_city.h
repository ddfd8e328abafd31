/* A new city in a folder of its own, open for writing before a test and gone after it. */
#ifndef LYKTA_TESTS_SCRATCH_CITY_H
#define LYKTA_TESTS_SCRATCH_CITY_H

#include "made_city.h"
#include "scratch.h"

static inline struct city *scratch_city(void **state)
{
    return ((struct scratch *)*state)->mine;
}

static inline int scratch_city_open(void **state, const struct who *who)
{
    struct city *city = NULL;
    struct err e = {0};

    if (scratch_open(state) != 0)
        return -1;
    const char *path = scratch_path(*state, "lund");
    if (made_city(path, &(struct city_make){.municipality = S("1281"), .who = *who}, &e) != OK ||
        city_open(path, DB_WRITE, &city, &e) != OK)
        return -1;
    ((struct scratch *)*state)->mine = city;
    return 0;
}

static inline int scratch_city_close(void **state)
{
    city_close(scratch_city(state));
    return scratch_close(state);
}

#endif

/* Every route of every room, in turn, and paths that they take. */
#ifndef LYKTA_TESTS_ROUTE_WALK_H
#define LYKTA_TESTS_ROUTE_WALK_H

#include "web/route.h"

#include <stddef.h>

struct arena;

/* Zero to begin with. */
struct walk {
    size_t room;
    size_t row;
};

/* NULL follows the last. */
const struct route *walk_next(struct walk *w);

/* A path that the route's pattern takes, with `id` for the number of something; in `a`. */
const char *walk_path(const struct route *route, const char *id, struct arena *a);

#endif

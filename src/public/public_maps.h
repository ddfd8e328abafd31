/* The maps of a release, as a worker keeps them beside it. */
#ifndef LYKTA_PUBLIC_PUBLIC_MAPS_H
#define LYKTA_PUBLIC_PUBLIC_MAPS_H

#include "base/err.h"

struct public_release;
struct request;

/* Finds the maps of `published` anew when the city's areas are others than they were; what was written with
 * the old ones is then forgotten. */
enum status public_maps(const struct request *r, struct public_release *published, struct err *e) MUST_USE;

#endif

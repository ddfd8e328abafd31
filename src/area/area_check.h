/* Are the areas of a file such that a map can be drawn of them? */
#ifndef LYKTA_AREA_AREA_CHECK_H
#define LYKTA_AREA_AREA_CHECK_H

#include "area/area_file.h"

struct arena;

/* BAD_INPUT with *fault when a border crosses itself, or two areas cover the same ground. Areas drawn each by
 * itself overlap a little along their borders: up to a twentieth of the smaller is let through, and the
 * simplification closes it. */
enum status area_check(const struct area_file *file, struct arena *a, struct area_fault *fault) MUST_USE;

#endif

/* From the borders of a file to those a small drawing needs. Neighbours are simplified together: the line
 * between two areas is one line, so that it stays one. */
#ifndef LYKTA_AREA_AREA_SIMPLIFY_H
#define LYKTA_AREA_AREA_SIMPLIFY_H

#include "area/area_file.h"
#include "area/division.h"

struct arena;

/* The areas of a file that area_check has let through, in its order, in SWEREF 99 TM. All borders are laid on
 * a grid, which closes gaps and overlaps that are too small to be seen, and cut into lines where they meet;
 * the lines are simplified (Douglas and Peucker 1973, kept from crossing each other) and made into areas
 * again. Islands that are too small to be seen are left out; an area that would not be left at all keeps the
 * borders of the file. */
void area_simplify(const struct area_file *file, struct arena *a, struct areas *out);

#endif

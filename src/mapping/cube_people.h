/* The people of a cube by combination of lists, of whatever category. */
#ifndef LYKTA_MAPPING_CUBE_PEOPLE_H
#define LYKTA_MAPPING_CUBE_PEOPLE_H

#include "estimate/counts.h"

#include <stddef.h>
#include <stdint.h>

struct arena;
struct cube;

/* The published cell of the people on exactly the lists of `mask`. */
size_t cube_combination(const struct cube *cube, size_t lists, uint32_t mask);

/* The people on each combination of lists as `cube` shows them, as a table of the lists of `like`. Texts are
 * shared with `like`. */
void counts_from_cube(struct counts *out, const struct cube *cube, const struct counts *like,
                      struct arena *a);

#endif

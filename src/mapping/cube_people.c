/* The people of a cube by combination of lists. */
#include "mapping/cube_people.h"

#include "base/arena.h"
#include "estimate/counts_parts.h"
#include "protect/cube.h"

/* Coordinates of a list's dimension in the cube: "Total", then the categories "0" and "1". */
enum { OFF = 1, ON = 2 };

size_t cube_combination(const struct cube *cube, size_t lists, uint32_t mask)
{
    size_t coordinate[TABLE_MAX_DIMENSIONS] = {0};

    for (size_t i = 0; i < lists; i++)
        coordinate[i] = mask >> i & 1U ? ON : OFF;
    return table_cell(&cube->shape, coordinate);
}

void counts_from_cube(struct counts *out, const struct cube *cube, const struct counts *like, struct arena *a)
{
    uint32_t *y = arena_new(a, (size_t)1 << like->lists, uint32_t);

    for (uint32_t mask = 1; mask >> like->lists == 0; mask++)
        y[mask] = (uint32_t)cube->n[cube_combination(cube, like->lists, mask)];
    counts_of_people(out, like, y, a);
}

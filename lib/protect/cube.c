/* The frozen cube: a table rounded once, its figures, intervals and words. */
#include "protect/cube.h"

#include "base/arena.h"
#include "base/text.h"
#include "protect/rounding.h"

#include <assert.h>
#include <inttypes.h>

static enum status check_options(const struct table *t, const struct cube_options *o, struct cube *cube,
                                 struct err *e);
static enum status check_counts(const struct table *t, struct err *e);

enum status cube_make(const struct table *t, const struct cube_options *options, const unsigned char *key,
                      struct arena *a, struct cube *out, struct err *e)
{
    struct cube cube = {.shape = t->shape};

    TRY(check_options(t, options, &cube, e));
    TRY(check_counts(t, e));
    int64_t *figure = arena_new(a, t->shape.published, int64_t);
    struct rounding_options rounding = {.base = cube.base, .margin_move = cube.margin_move, .id = cube.id};
    if (!rounding_make(t, &rounding, key, figure))
        return err_set(e, REFUSED,
                       "the table cannot be rounded so that every sum stays within %" PRId64
                       ": leave out a dimension or merge categories",
                       cube.margin_move);
    cube.n = figure;
    cube.id = str_copy(cube.id, a);
    cube.profile = str_copy(cube.profile, a);
    *out = cube;
    return OK;
}

struct cube_cell cube_cell(const struct cube *cube, size_t cell)
{
    int64_t n = cube->n[cell];
    int64_t parts = cube->shape.parts[cell];
    int64_t move = parts > 1 ? cube->margin_move : cube->base - 1;

    assert(cell < cube->shape.published);
    if (parts == 0)
        return (struct cube_cell){.display = CUBE_ZERO};
    return (struct cube_cell){.n = n,
                              .lo = n > move ? n - move : 0,
                              .hi = n + move,
                              .display = n > 0       ? CUBE_ABOUT
                                         : parts > 1 ? CUBE_AT_MOST
                                                     : CUBE_FEWER};
}

void cube_put_shown(struct text *out, const struct cube *cube, const struct cube_cell *cell,
                    enum cube_language language)
{
    bool is_swedish = language == CUBE_SWEDISH;

    switch (cell->display) {
    case CUBE_ZERO:
        text_lit(out, "0");
        return;
    case CUBE_FEWER:
        text_format(out, "%s %" PRId64, is_swedish ? "färre än" : "fewer than", cube->base);
        return;
    case CUBE_AT_MOST:
        text_format(out, "%s %" PRId64, is_swedish ? "högst" : "at most", cell->hi);
        return;
    case CUBE_ABOUT:
        text_format(out, "%s %" PRId64, is_swedish ? "cirka" : "about", cell->n);
        return;
    }
}

static enum status check_options(const struct table *t, const struct cube_options *o, struct cube *cube,
                                 struct err *e)
{
    int64_t possible = t->shape.parts[0];

    cube->base = o->base ? o->base : CUBE_STANDARD_BASE;
    cube->profile = o->profile.n ? o->profile : S("standard");
    cube->id = o->id;
    if (cube->base < CUBE_STANDARD_BASE || cube->base > CUBE_MAX_BASE)
        return err_set(
            e, USAGE, "base %" PRId64 ": expected %d to %d (below %d, figures from 1 to 4 can be told apart)",
            cube->base, CUBE_STANDARD_BASE, CUBE_MAX_BASE, CUBE_STANDARD_BASE);
    if (cube->id.n > TABLE_MAX_NAME_BYTES || cube->profile.n > TABLE_MAX_NAME_BYTES)
        return err_set(e, USAGE, "the cube's id or profile is longer than %d bytes", TABLE_MAX_NAME_BYTES);
    cube->margin_move = (possible <= CUBE_SMALL_SHAPE ? 2 : 4) * cube->base;
    return OK;
}

static enum status check_counts(const struct table *t, struct err *e)
{
    for (size_t i = 0; i < t->shape.inner; i++) {
        if (t->count[i] < 0 || t->count[i] > TABLE_MAX_COUNT)
            return err_set(e, BAD_INPUT, "inner cell %zu: its count is outside 0 to %d", i, TABLE_MAX_COUNT);
        if (t->shape.is_structural[i] && t->count[i] != 0)
            return err_set(e, BAD_INPUT, "inner cell %zu: somebody is where nobody can be", i);
    }
    return OK;
}

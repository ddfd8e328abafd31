/* The front of protection. */
#include "protect/protect.h"

#include "base/arena.h"
#include "protect/published.h"

#include <inttypes.h>

enum status protect(const struct table *t, const struct protect_options *options, const unsigned char *key,
                    struct arena *a, struct protection *out, struct err *e)
{
    struct protection p;

    TRY(cube_make(t, &options->cube, key, a, &p.cube, e));
    p.statement = statement_of(&p.cube);
    struct published published = published_of(&p.cube, a);
    TRY(attack_published(&published, &(struct attack_options){.progress = options->progress}, a, &p.proof,
                         e));
    TRY(protect_check(&p.proof, &p.cube.shape, e));
    *out = p;
    return OK;
}

enum status protect_check(const struct attack_report *report, const struct table_shape *shape, struct err *e)
{
    size_t coordinate[TABLE_MAX_DIMENSIONS];
    size_t i = 0;

    if (report->exposed == 0)
        return OK;
    while (!report->bound[i].is_exposed)
        i++;
    table_coordinates(shape, report->bound[i].cell, coordinate);
    err_set(e, REFUSED,
            "%zu of %zu figures can be worked out too closely; the first is between %" PRId64 " and %" PRId64,
            report->exposed, report->cells, report->bound[i].lo, report->bound[i].hi);
    for (size_t d = shape->dimensions; d-- > 0;) {
        struct str label = str_part(table_label(&shape->dimension[d], coordinate[d]), 0, 40);

        err_in(e, "%.*s", STR(label));
    }
    return REFUSED;
}

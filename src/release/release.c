/* A release: what a city publishes of one mapping. */
#include "release/release.h"

#include "base/arena.h"
#include "mapping/run.h"
#include "release/published_estimate.h"
#include "release/release_notes.h"
#include "release/release_tables.h"
#include "store/city.h"

static struct str name_of(const struct city *city, const struct mapping *m, struct arena *a);

void release_make(const struct city *city, const struct mapping *mapping, const struct mapping_result *result,
                  int64_t now_at, struct arena *a, struct release *out)
{
    const struct cube *cube = &result->cube;

    *out = (struct release){.name = name_of(city, mapping, a),
                            .city = city_settings(city)->name,
                            .municipality = city->municipality,
                            .published_at = now_at,
                            .program = S(LYKTA_VERSION),
                            .mapping = *mapping,
                            .protection = {.method = S("frozen-cube"),
                                           .profile = cube->profile,
                                           .base = cube->base,
                                           .margin_move = cube->margin_move},
                            .cube_csv = release_cube_csv(cube, a)};
    out->mapping.id = 0;
    published_estimate(&result->shown.estimate, mapping, cube, a, &out->estimate);
    published_methods(&result->shown.evidence, &out->estimate);
    release_tables_make(cube, a, out);
    if (mapping->is_example)
        out->limit[out->limits++] = release_example_note;
    for (const struct release_note *note = release_limits; note->code.p; note++)
        out->limit[out->limits++] = *note;
    out->limit[out->limits++] = release_protection_note;
}

const struct release_table *release_table(const struct release *r, const char *code)
{
    for (size_t i = 0; i < r->tables; i++)
        if (str_is(r->table[i].label.code, code))
            return &r->table[i];
    return NULL;
}

const char *release_path(const struct city *city, struct str name, struct arena *a)
{
    return arena_printf(a, "%s/files/releases/%.*s", city->path, STR(name));
}

/* A city has one release for a period, so the two make its name. */
static struct str name_of(const struct city *city, const struct mapping *m, struct arena *a)
{
    if (m->first_year == m->last_year)
        return str_of(arena_printf(a, "%.*s-%d", STR(city->municipality), m->first_year));
    return str_of(arena_printf(a, "%.*s-%d-%d", STR(city->municipality), m->first_year, m->last_year));
}

/* Rows find their areas, tables their divisions. */
#include "area/area_match.h"

#include "base/arena.h"
#include "network/fold.h"

static bool is_name_of(const struct release_row *row, const struct area *area, struct arena *a)
{
    struct str name = fold(area->name, a);

    return str_equal(name, fold(row->label.sv, a)) || str_equal(name, fold(row->label.en, a));
}

static const struct area *by_code(const struct release_row *row, const struct areas *areas)
{
    for (size_t i = 0; i < areas->n; i++)
        if (str_equal(areas->area[i].code, row->label.code))
            return &areas->area[i];
    return NULL;
}

static bool is_taken(const struct area_match *m, size_t rows, const struct area *area)
{
    for (size_t i = 0; i < rows; i++)
        if (m->of_row[i] == area)
            return true;
    return false;
}

static const struct area *by_name(const struct area_match *m, size_t rows, const struct release_row *row,
                                  const struct areas *areas, struct arena *a)
{
    for (size_t i = 0; i < areas->n; i++)
        if (is_name_of(row, &areas->area[i], a) && !is_taken(m, rows, &areas->area[i]))
            return &areas->area[i];
    return NULL;
}

/* Codes first: a name may then only find what no code has found. */
static void find_areas(struct area_match *m, const struct release_table *table, const struct areas *areas,
                       struct arena *a)
{
    for (size_t i = 0; i < table->n; i++)
        m->of_row[i] = by_code(&table->row[i], areas);
    for (size_t i = 0; i < table->n; i++)
        if (!m->of_row[i])
            m->of_row[i] = by_name(m, table->n, &table->row[i], areas, a);
}

struct area_match area_match(const struct release_table *table, const struct areas *areas, struct arena *a)
{
    struct area_renaming *renaming = arena_new(a, table->n + 1, struct area_renaming);
    struct area_match m = {.of_row = arena_new(a, table->n + 1, const struct area *),
                           .lost_row = arena_new(a, table->n + 1, const struct release_row *),
                           .renaming = renaming};

    find_areas(&m, table, areas, a);
    for (size_t i = 0; i < table->n; i++) {
        const struct release_row *row = &table->row[i];

        if (!m.of_row[i])
            m.lost_row[m.lost++] = row;
        else if (!is_name_of(row, m.of_row[i], a))
            renaming[m.renamed++] = (struct area_renaming){row, m.of_row[i]};
    }
    return m;
}

/* The best of `all` for out->table; its division has no id when none has any of the rows. */
static enum status best_map(struct db *db, const struct divisions *all, struct arena *a, struct area_map *out,
                            struct err *e)
{
    size_t fewest = out->table->n;

    for (size_t i = 0; i < all->n; i++) {
        struct area_map map = {.table = out->table, .division = all->division[i]};

        if (!str_equal(map.division.column, map.table->label.code))
            continue;
        TRY(division_areas(db, map.division.id, a, &map.areas, e));
        map.match = area_match(map.table, &map.areas, a);
        if (map.match.lost >= fewest)
            continue;
        fewest = map.match.lost;
        *out = map;
    }
    return OK;
}

enum status area_maps(struct db *db, const struct release *release, struct arena *a, struct area_map **out,
                      size_t *n, struct err *e)
{
    struct area_map *maps = arena_new(a, release->tables + 1, struct area_map);
    struct divisions all;
    size_t found = 0;

    TRY(division_list(db, a, &all, e));
    for (size_t t = 0; t < release->tables; t++) {
        struct area_map map = {.table = &release->table[t]};

        TRY(best_map(db, &all, a, &map, e));
        if (map.division.id != 0)
            maps[found++] = map;
    }
    *out = maps;
    *n = found;
    return OK;
}

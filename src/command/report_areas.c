/* The map of a release's table, of a file of areas that is named on the command line. */
#include "command/report_areas.h"

#include "area/area_match.h"
#include "area/area_tools.h"
#include "base/arena.h"
#include "base/file.h"
#include "base/str.h"
#include "command/command.h"
#include "release/release.h"

static enum status read_areas(const char *path, struct arena *a, struct areas *out, struct err *e);

enum status report_areas(const struct call *call, const struct release *release, struct area_map **out,
                         size_t *n, struct err *e)
{
    const char *given = call_option(call, "--areas");
    const char *source = call_option(call, "--areas-source");
    struct area_map *map = arena_new(call->arena, 1, struct area_map);
    struct str path;

    *n = 0;
    if (!given && !source)
        return OK;
    if (!given || !source)
        return err_set(e, USAGE, "lykta report: --areas and --areas-source are needed together");
    if (!str_cut(str_of(given), '=', &map->division.column, &path))
        return err_set(e, USAGE, "lykta report: --areas %s: expected COLUMN=FILE", given);
    map->division.source = str_of(source);
    map->table =
        release_table(release, arena_cstr(call->arena, map->division.column.p, map->division.column.n));
    if (!map->table)
        return err_set(e, USAGE, "lykta report: --areas %s: the release has no table of this column", given);
    TRY(read_areas(path.p, call->arena, &map->areas, e));
    map->match = area_match(map->table, &map->areas, call->arena);
    if (map->match.lost == map->table->n)
        return err_set(e, BAD_INPUT, "%s: none of its areas is a row of the table, by code or by name",
                       path.p);
    *out = map;
    *n = 1;
    return OK;
}

static enum status fault_of(const char *path, const struct area_fault *fault, struct arena *a, struct err *e)
{
    struct str words = area_fault_words(fault, LANGUAGE_EN, a);

    return err_set(e, BAD_INPUT, "%s: %.*s", path, STR(words));
}

static enum status read_areas(const char *path, struct arena *a, struct areas *out, struct err *e)
{
    const struct area_tools *tools = NULL;
    struct area_file file = {0};
    struct area_fault fault = {0};
    struct str bytes;

    TRY(area_tools_load(&tools, e));
    TRY(file_read(path, AREA_FILE_LIMIT_BYTES, a, &bytes, e));
    if (area_file_read(bytes, a, &file, &fault) != OK || tools->check(&file, a, &fault) != OK)
        return fault_of(path, &fault, a, e);
    tools->simplify(&file, a, out);
    fault = (struct area_fault){.kind = AREA_TOO_LARGE};
    return areas_points(out) > AREAS_MOST_POINTS ? fault_of(path, &fault, a, e) : OK;
}

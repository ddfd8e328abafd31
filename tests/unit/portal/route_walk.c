/* Every route of every room, in turn. */
#include "route_walk.h"

#include "base/arena.h"
#include "base/str.h"
#include "command/rooms.h"
#include "portal/room.h"

#include <string.h>

/* What stands for a parameter of a pattern. */
static const struct {
    const char *name, *value;
} values[] = {{"actor", "hotell"}, {"name", "1281-2013"}, {"file", "plan.csv"}, {"val", "1"}};

static const char *value_of(struct str name, const char *id)
{
    if (str_is(name, "id"))
        return id;
    for (size_t i = 0; i < sizeof values / sizeof values[0]; i++)
        if (str_is(name, values[i].name))
            return values[i].value;
    return "x";
}

const char *walk_path(const struct route *route, const char *id, struct arena *a)
{
    struct str rest = str_of(route->pattern);
    const char *path = "";
    struct str segment;

    if (strcmp(route->pattern, "/") == 0)
        return "/";
    rest = str_part(rest, 1, rest.n);
    while (rest.n > 0) {
        str_cut(rest, '/', &segment, &rest);
        path = segment.p[0] == ':'
                   ? arena_printf(a, "%s/%s", path, value_of(str_part(segment, 1, segment.n), id))
                   : arena_printf(a, "%s/%.*s", path, STR(segment));
    }
    return path;
}

const struct route *walk_next(struct walk *w)
{
    while (rooms[w->room]) {
        const struct route *route = &rooms[w->room]->routes[w->row];

        if (route->method) {
            w->row++;
            return route;
        }
        *w = (struct walk){.room = w->room + 1};
    }
    return NULL;
}

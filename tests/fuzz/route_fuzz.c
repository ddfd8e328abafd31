/* Any bytes as the target of a request line: a path that is taken leads nowhere else, and a route's
 * parameters lie inside it. */
#include "base/arena.h"
#include "web/request.h"

#include <assert.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static enum status answer(const struct request *r, struct response *out, struct err *e)
{
    (void)r;
    (void)out;
    (void)e;
    return OK;
}

static const struct route routes[] = {
    {.method = "GET", .pattern = "/", .permission = ROUTE_ANYONE, .handle = answer},
    {.method = "GET", .pattern = "/plan/:name/measure/:id", .permission = ROUTE_ANYONE, .handle = answer},
    {.method = "POST", .pattern = "/:a/:b", .permission = ROUTE_ANYONE, .handle = answer},
    {.method = NULL},
};

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const struct route *const tables[] = {routes, NULL};
    struct arena *a = arena_open();
    struct route_match match;
    struct str path;
    struct str query;

    if (request_target((struct str){(const char *)data, size}, a, &path, &query)) {
        request_language(path, &path);
        assert(str_is_utf8(path) && str_starts(path, S("/")));
        assert(!memmem(path.p, path.n, "/../", 4) && !memmem(path.p, path.n, "//", 2));
        if (route_find(tables, S("GET"), path, &match) || route_find(tables, S("POST"), path, &match))
            for (size_t i = 0; i < match.n; i++)
                assert(match.params[i].value.p >= path.p &&
                       match.params[i].value.p + match.params[i].value.n <= path.p + path.n);
    }
    arena_close(a);
    return 0;
}

/* Which function answers a request. */
#include "web/route.h"

#include "base/number.h"

enum { LONGEST_PIECE = 100 };

static bool is_piece(struct str s);
static bool match_pattern(const char *pattern, struct str path, struct route_match *out);

static enum status check_pattern(const struct route *r, struct err *e)
{
    struct str rest = str_of(r->pattern);
    struct str segment;
    size_t params = 0;

    if (!str_starts(rest, S("/")))
        return err_set(e, SYSTEM, "route %s: a pattern begins with /", r->pattern);
    rest = str_part(rest, 1, rest.n);
    while (rest.n > 0) {
        bool has_more = str_cut(rest, '/', &segment, &rest);
        bool is_param = str_starts(segment, S(":"));
        params += is_param ? 1 : 0;
        if (!is_piece(is_param ? str_part(segment, 1, segment.n) : segment) || (has_more && rest.n == 0))
            return err_set(e, SYSTEM, "route %s: its segment \"%.*s\" is not understood", r->pattern,
                           STR(segment));
    }
    if (params > ROUTE_MAX_PARAMS)
        return err_set(e, SYSTEM, "route %s: more than %d parameters", r->pattern, (int)ROUTE_MAX_PARAMS);
    return OK;
}

bool route_may(const struct route_permission *permissions, size_t n, int permission, uint32_t roles)
{
    if (permission == ROUTE_ANYONE)
        return true;
    return permission > ROUTE_ANYONE && (size_t)permission < n &&
           (permissions[permission].roles & roles) != 0;
}

static enum status check_route(const struct route *r, const struct route_permission *permissions, size_t n,
                               struct err *e)
{
    if (!r->pattern || !r->handle)
        return err_set(e, SYSTEM, "route %s: has no pattern or no handler", r->pattern ? r->pattern : "?");
    if (!str_is(S("GET"), r->method) && !str_is(S("POST"), r->method))
        return err_set(e, SYSTEM, "route %s: its method is neither GET nor POST", r->pattern);
    if (!route_may(permissions, n, r->permission, UINT32_MAX))
        return err_set(e, SYSTEM, "route %s %s: has no permission that somebody has: say who may use it",
                       r->method, r->pattern);
    if (r->posted_from == ROUTE_FROM_ANYWHERE && r->permission != ROUTE_ANYONE)
        return err_set(e, SYSTEM, "route %s %s: what may come from anywhere may do nothing in anybody's name",
                       r->method, r->pattern);
    return check_pattern(r, e);
}

/* Does a route before `r` have its method and pattern? */
static bool stands_before(const struct route *const *tables, const struct route *r)
{
    for (; *tables; tables++) {
        for (const struct route *other = *tables; other->method; other++) {
            if (other == r)
                return false;
            if (str_is(str_of(other->method), r->method) && str_is(str_of(other->pattern), r->pattern))
                return true;
        }
    }
    return false;
}

enum status routes_check(const struct route *const *tables, const struct route_permission *permissions,
                         size_t n, struct err *e)
{
    for (const struct route *const *table = tables; *table; table++)
        for (const struct route *r = *table; r->method; r++) {
            TRY(check_route(r, permissions, n, e));
            if (stands_before(tables, r))
                return err_set(e, SYSTEM, "route %s %s: stands twice", r->method, r->pattern);
        }
    return OK;
}

/* True with the match in *known; else what the path takes instead is added to it. */
static bool find_in_table(const struct route *table, struct str method, struct str path,
                          struct route_match *known)
{
    for (const struct route *r = table; r->method; r++) {
        struct route_match match = {.route = r, .is_path_known = true};
        if (!match_pattern(r->pattern, path, &match))
            continue;
        if (str_is(method, r->method)) {
            *known = match;
            return true;
        }
        known->is_path_known = true;
        known->takes_get = known->takes_get || str_is(S("GET"), r->method);
        known->takes_post = known->takes_post || str_is(S("POST"), r->method);
    }
    return false;
}

bool route_find(const struct route *const *tables, struct str method, struct str path,
                struct route_match *out)
{
    struct str wanted = str_is(method, "HEAD") ? S("GET") : method;

    *out = (struct route_match){.n = 0};
    for (; *tables; tables++)
        if (find_in_table(*tables, wanted, path, out))
            return true;
    return false;
}

static bool match_segment(struct str pattern, struct str segment, struct route_match *out)
{
    int64_t id = 0;

    if (!str_starts(pattern, S(":")))
        return str_equal(pattern, segment);
    struct str name = str_part(pattern, 1, pattern.n);
    bool is_fit = str_is(name, "id") ? i64_from_str(segment, 1, INT64_MAX, &id) : is_piece(segment);
    if (!is_fit || out->n == ROUTE_MAX_PARAMS)
        return false;
    out->params[out->n++] = (struct route_param){name, segment};
    return true;
}

static bool match_pattern(const char *pattern, struct str path, struct route_match *out)
{
    struct str pattern_rest = str_of(pattern);
    struct str path_rest = path;
    bool has_pattern = true;
    bool has_path = true;

    while (has_pattern && has_path) {
        struct str wanted;
        struct str segment;
        has_pattern = str_cut(pattern_rest, '/', &wanted, &pattern_rest);
        has_path = str_cut(path_rest, '/', &segment, &path_rest);
        if (!match_segment(wanted, segment, out))
            return false;
    }
    return has_pattern == has_path;
}

static bool is_piece(struct str s)
{
    if (s.n == 0 || s.n > LONGEST_PIECE || s.p[0] == '.')
        return false;
    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i];
        bool is_letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
        if (!is_letter && c != '-' && c != '_' && c != '.' && c != '~')
            return false;
    }
    return true;
}

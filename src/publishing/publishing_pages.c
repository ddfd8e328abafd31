/* The room where mappings become releases: its routes and links. */
#include "publishing/publishing_pages.h"

#include "base/arena.h"
#include "portal/portal.h"
#include "publishing/handlers.h"
#include "publishing/round.h"
#include "web/request.h"
#include "web/response.h"

#include <inttypes.h>

enum { UPLOAD_LIMIT_BYTES = 4 << 20 };

static const struct route routes[] = {
    {"GET", "/kartlaggningar", PERMISSION_MAPPING_READ, rounds_show, .caching = ROUTE_NOT_STORED},
    {"GET", "/kartlaggningar/ny", PERMISSION_MAPPING_START, round_new_show, .caching = ROUTE_NOT_STORED},
    {"POST", "/kartlaggningar/ny", PERMISSION_MAPPING_START, round_new_take, .posted = ROUTE_ONCE},
    {"GET", "/kartlaggningar/prova", PERMISSION_MAPPING_READ, ahead_show, .caching = ROUTE_NOT_STORED},
    {"GET", "/kartlaggningar/namn.csv", PERMISSION_MAPPING_READ, round_names_file,
     .caching = ROUTE_NOT_STORED},
    {"GET", "/kartlaggningar/:id", PERMISSION_MAPPING_READ, round_show, .caching = ROUTE_NOT_STORED},
    {"GET", "/kartlaggningar/:id/underlag", PERMISSION_MAPPING_RUN, round_upload_show,
     .caching = ROUTE_NOT_STORED},
    {"POST", "/kartlaggningar/:id/underlag", PERMISSION_MAPPING_RUN, round_upload_take,
     .body_limit_bytes = UPLOAD_LIMIT_BYTES, .posted = ROUTE_ONCE},
    {"GET", "/kartlaggningar/:id/utkast", PERMISSION_MAPPING_READ, draft_show, .caching = ROUTE_NOT_STORED},
    {"GET", "/kartlaggningar/:id/lasare", PERMISSION_MAPPING_START, draft_readers_show,
     .caching = ROUTE_NOT_STORED},
    {"POST", "/kartlaggningar/:id/lasare", PERMISSION_MAPPING_START, draft_readers_take,
     .posted = ROUTE_ONCE},
    {"POST", "/kartlaggningar/:id/lasare/:reader/avsluta", PERMISSION_MAPPING_START, draft_reader_stop,
     .posted = ROUTE_ONCE},
    {"GET", "/utkast/:token", PERMISSION_ANYONE, shared_draft_show, .caching = ROUTE_NOT_STORED,
     .logging = ROUTE_UNLOGGED},
    {"POST", "/kartlaggningar/:id/foresla", PERMISSION_MAPPING_RUN, round_propose, .posted = ROUTE_ONCE},
    {"POST", "/kartlaggningar/:id/aterta", PERMISSION_MAPPING_RUN, round_take_back, .posted = ROUTE_ONCE},
    {"GET", "/kartlaggningar/:id/beslut", PERMISSION_RELEASE_APPROVE, round_decide_show,
     .caching = ROUTE_NOT_STORED},
    {"POST", "/kartlaggningar/:id/beslut", PERMISSION_RELEASE_APPROVE, round_decide_take,
     .posted = ROUTE_ONCE},
    {"POST", "/kartlaggningar/:id/angra", PERMISSION_RELEASE_APPROVE, round_undo, .posted = ROUTE_ONCE},
    {"POST", "/kartlaggningar/:id/avsluta", PERMISSION_MAPPING_START, round_close, .posted = ROUTE_ONCE},
    {"GET", "/kartlaggningar/utgava/:name/ratta", PERMISSION_MAPPING_START, round_correct_show,
     .caching = ROUTE_NOT_STORED},
    {"POST", "/kartlaggningar/utgava/:name/ratta", PERMISSION_MAPPING_START, round_correct_take,
     .posted = ROUTE_ONCE},
    {"GET", "/kartlaggningar/utgava/:name/dra-tillbaka", PERMISSION_RELEASE_APPROVE, withdraw_show,
     .caching = ROUTE_NOT_STORED},
    {"POST", "/kartlaggningar/utgava/:name/dra-tillbaka", PERMISSION_RELEASE_APPROVE, withdraw_take,
     .posted = ROUTE_ONCE},
    {.method = NULL},
};

static const struct portal_link work[] = {
    {"/kartlaggningar", TEXT_PUBLISHING_TITLE, PERMISSION_MAPPING_READ},
    {.path = NULL},
};

const struct portal_room publishing_room = {.routes = routes, .work = work};

struct str round_href(const struct request *r, int64_t id, const char *rest)
{
    return portal_href(r, arena_printf(r->arena, "/kartlaggningar/%" PRId64 "%s", id, rest));
}

int64_t publishing_person(const struct request *r)
{
    return portal_visitor(r)->person.id;
}

enum status round_of(const struct request *r, struct round *out, bool *is_there, struct response *answer,
                     struct err *e)
{
    enum status s = round_find(portal_db(r), request_id(r), r->arena, out, e);

    *is_there = s == OK;
    return s == REFUSED ? response_error(answer, 404) : s;
}

/* The page of a gathering: how far it has come, what who asks does next, and the files it needs. */
#include "gathering/gathering_pages.h"

#include "base/arena.h"
#include "gathering/gathering_asking.h"
#include "gathering/gathering_asking_view.h"
#include "gathering/gathering_letter.h"
#include "gathering/gathering_ring.h"
#include "gathering/gathering_view.h"
#include "portal/portal.h"
#include "publishing/round.h"
#include "web/request.h"
#include "web/response.h"

#include <inttypes.h>
#include <string.h>
#include <time.h>

enum {
    UPLOAD_BYTES = GATHERING_LIST_BYTES + (1 << 20),
    QUESTIONS_BYTES = GATHERING_QUESTIONS_BYTES + (1 << 16)
};

struct str gathering_href(const struct request *r, int64_t round, const char *rest)
{
    return portal_href(r, arena_printf(r->arena, "/kartlaggningar/%" PRId64 "/listor%s", round, rest));
}

static enum status find_asking(const struct request *r, struct gathering *g, struct err *e)
{
    struct gathering_asking *asking = arena_new(r->arena, 1, struct gathering_asking);

    TRY(gathering_asking_find(portal_db(r), g, r->arena, asking, e));
    g->asking = asking;
    return OK;
}

/* The mapping of the path and its gathering; the answer is 404 and *is_known false when there is no such
 * mapping. */
static enum status find(const struct request *r, struct round *round, struct gathering *g, bool *is_there,
                        bool *is_known, struct response *out, struct err *e)
{
    enum status s = round_find(portal_db(r), request_id(r), r->arena, round, e);

    *is_known = s == OK;
    if (s == REFUSED)
        return response_error(out, 404);
    TRY(s);
    TRY(gathering_find(portal_db(r), round->id, r->arena, g, is_there, e));
    return *is_there ? find_asking(r, g, e) : OK;
}

static enum status gathering_show(const struct request *r, struct response *out, struct err *e)
{
    struct round round;
    struct gathering *g = arena_new(r->arena, 1, struct gathering);
    bool is_there = false;
    bool is_known = false;

    TRY(find(r, &round, g, &is_there, &is_known, out, e));
    if (is_known)
        gathering_page_show(
            r, &(struct gathering_page){.round = &round, .g = g, .is_there = is_there, .step = STEPS}, out);
    return OK;
}

static enum gathering_step step_of(const struct request *r)
{
    const char *path = arena_cstr(r->arena, r->path.p, r->path.n);
    const char *last = strrchr(path, '/');
    enum gathering_step step = STEP_START;

    while (step < STEP_END && last && strcmp(last, gathering_steps[step].path) != 0)
        step++;
    return step;
}

/* A step that is no longer to be taken is told so by the page as it is now. */
static enum status step_take(const struct request *r, struct response *out, struct err *e)
{
    enum gathering_step step = step_of(r);
    struct gathering *g = arena_new(r->arena, 1, struct gathering);
    struct round round;
    bool is_there = false;
    bool is_known = false;

    TRY(find(r, &round, g, &is_there, &is_known, out, e));
    if (!is_known)
        return OK;
    struct gathering_form *form = gathering_form_of(r, g, step, &r->form);
    enum status s = gathering_take(r, g, step, form, e);
    if (s == OK)
        return portal_redirect(
            r, out, str_of(arena_printf(r->arena, "/kartlaggningar/%" PRId64 "/listor", round.id)));
    if (s != BAD_INPUT)
        return s;
    gathering_page_show(r,
                        &(struct gathering_page){
                            .round = &round, .g = g, .is_there = is_there, .step = step, .corrected = form},
                        out);
    return response_correct(out);
}

static struct str file_of(const struct gathering *g, struct str name, struct arena *a)
{
    if (str_is(name, "schema.json"))
        return g->terms;
    if (str_is(name, "lankare.pub"))
        return g->reader;
    if (str_is(name, "hemlighet.keys"))
        return g->secret;
    for (size_t i = 0; !gathering_is_ring(g) && i < g->lists; i++)
        if (str_equal(name, gathering_key_name(&g->list[i], a)))
            return g->list[i].open_key;
    return S("");
}

/* The list `name` of `g`; NULL when there is none. */
static const struct gathering_list *list_named(const struct gathering *g, struct str name, struct arena *a)
{
    for (size_t i = 0; i < g->lists; i++)
        if (str_equal(name, gathering_list_name(g, &g->list[i], a)))
            return &g->list[i];
    return NULL;
}

/* A list on its way is given to the agency whose turn it is, and to no other; each fetching is in the audit
 * log. */
static enum status waiting_show(const struct request *r, const struct gathering *g,
                                const struct gathering_list *list, struct response *out, struct err *e)
{
    const struct gathering_list *own = gathering_list_of(g, portal_visitor(r)->person.id);
    struct str bytes;

    if (!own || gathering_turn(g, list) != own)
        return response_error(out, 404);
    TRY(gathering_ring_file(portal_db(r), g->round, list->id, r->arena, &bytes, e));
    TRY(portal_note_read(r, "gathering.carry", g->round, list->name, e));
    response_bytes(out, "application/octet-stream", bytes);
    response_download(out, request_param(r, "name"));
    return OK;
}

static enum status file_show(const struct request *r, struct response *out, struct err *e)
{
    struct gathering *g = arena_new(r->arena, 1, struct gathering);
    struct str name = request_param(r, "name");
    bool is_there = false;

    TRY(gathering_find(portal_db(r), request_id(r), r->arena, g, &is_there, e));
    const struct gathering_list *waiting = gathering_is_ring(g) ? list_named(g, name, r->arena) : NULL;
    if (waiting)
        return waiting_show(r, g, waiting, out, e);
    struct str bytes = is_there ? file_of(g, name, r->arena) : S("");
    if (bytes.n == 0)
        return response_error(out, 404);
    response_bytes(out, "application/octet-stream", bytes);
    response_download(out, name);
    return OK;
}

/* Sealed to who links, or raised by all: each fetching is in the audit log. */
static enum status sealed_show(const struct request *r, struct response *out, struct err *e)
{
    struct gathering *g = arena_new(r->arena, 1, struct gathering);
    struct str name = request_param(r, "name");
    struct str sealed;
    bool is_there = false;

    TRY(gathering_find(portal_db(r), request_id(r), r->arena, g, &is_there, e));
    const struct gathering_list *list = list_named(g, name, r->arena);
    if (gathering_is_ring(g) && !gathering_may_count(r, g))
        return response_error(out, 404);
    if (!list || list->bytes == 0 || g->state == GATHERING_ENDED ||
        (gathering_is_short(list) && gathering_waits(g)))
        return response_error(out, 404);
    TRY(gathering_sealed(portal_db(r), g->round, list->id, r->arena, &sealed, e));
    TRY(portal_note_read(r, "gathering.fetch", g->round, list->name, e));
    response_bytes(out, "application/octet-stream", sealed);
    response_download(out, name);
    return OK;
}

#define STEP(step, who)                                                                                      \
    {                                                                                                        \
        "POST", "/kartlaggningar/:id/listor" step, who, step_take, .posted = ROUTE_ONCE                      \
    }

/* Every element of a list that goes round is looked at: 1.6 s of a processor for the longest (measured). */
#define RING_STEP(step)                                                                                      \
    {                                                                                                        \
        "POST", "/kartlaggningar/:id/listor" step, PERMISSION_MAPPING_UPLOAD, step_take,                     \
            .body_limit_bytes = GATHERING_RING_BYTES + (1 << 20), .posted = ROUTE_ONCE, .cost = ROUTE_COSTLY \
    }

static const struct route routes[] = {
    {"GET", "/kartlaggningar/:id/listor", PERMISSION_MAPPING_READ, gathering_show,
     .caching = ROUTE_NOT_STORED},
    STEP("/borja", PERMISSION_MAPPING_START),
    STEP("/lankare", PERMISSION_MAPPING_RUN),
    STEP("/nyckel", PERMISSION_MAPPING_UPLOAD),
    STEP("/lamna", PERMISSION_MAPPING_UPLOAD),
    STEP("/klara", PERMISSION_MAPPING_START),
    STEP("/siffror", PERMISSION_MAPPING_UPLOAD),
    STEP("/hemlighet", PERMISSION_MAPPING_UPLOAD),
    {"POST", "/kartlaggningar/:id/listor/lista", PERMISSION_MAPPING_UPLOAD, step_take,
     .body_limit_bytes = UPLOAD_BYTES, .posted = ROUTE_ONCE},
    RING_STEP("/ring-lista"),
    RING_STEP("/ring-vidare"),
    STEP("/ring-bort", PERMISSION_MAPPING_UPLOAD),
    STEP("/ring-klara", PERMISSION_MAPPING_START),
    STEP("/ring-ut", PERMISSION_MAPPING_START),
    STEP("/ring-om", PERMISSION_MAPPING_START),
    STEP("/korta", PERMISSION_MAPPING_START),
    {"POST", "/kartlaggningar/:id/listor/fraga", PERMISSION_MAPPING_RUN, step_take,
     .body_limit_bytes = QUESTIONS_BYTES, .posted = ROUTE_ONCE},
    {"POST", "/kartlaggningar/:id/listor/traff", PERMISSION_MAPPING_RUN, step_take,
     .body_limit_bytes = QUESTIONS_BYTES, .posted = ROUTE_ONCE},
    {"GET", "/kartlaggningar/:id/listor/fragor/:other", PERMISSION_MAPPING_UPLOAD, gathering_questions_show,
     .caching = ROUTE_NOT_STORED},
    {"POST", "/kartlaggningar/:id/listor/fragor/:other", PERMISSION_MAPPING_UPLOAD, gathering_questions_take,
     .posted = ROUTE_ONCE},
    {"GET", "/kartlaggningar/:id/svar.csv", PERMISSION_MAPPING_RUN, gathering_answers_show,
     .caching = ROUTE_NOT_STORED},
    STEP("/kvitto", PERMISSION_MAPPING_UPLOAD),
    STEP("/om", PERMISSION_MAPPING_START),
    STEP("/avsluta", PERMISSION_MAPPING_START),
    {"GET", "/kartlaggningar/:id/listor/fil/:name", PERMISSION_MAPPING_UPLOAD, file_show,
     .caching = ROUTE_NOT_STORED},
    {"GET", "/kartlaggningar/:id/listor/:name", PERMISSION_MAPPING_RUN, sealed_show,
     .caching = ROUTE_NOT_STORED},
    {.method = NULL},
};

const struct portal_room gathering_room = {.routes = routes};

static enum status end_and_tell(const struct errand_round *round, struct err *e)
{
    const struct who who = {.name = "lykta serve", .now_at = (int64_t)time(NULL)};
    bool has_ended = true;
    bool has_told = true;

    while (has_ended)
        TRY(gathering_end_next(round->db, &who, &has_ended, e));
    while (has_told)
        TRY(gathering_letter_next(round->city, round->db, who.now_at, &has_told, e));
    return OK;
}

const struct errand gathering_errand = {.name = "gathering", .every_ms = 60 * 1000, .run = end_and_tell};

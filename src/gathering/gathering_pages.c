/* The page of a gathering: how far it has come, what who asks does next, and the files it needs. */
#include "gathering/gathering_pages.h"

#include "base/arena.h"
#include "base/text.h"
#include "calendar/stockholm.h"
#include "gathering/gathering_letter.h"
#include "gathering/gathering_view.h"
#include "pages.h"
#include "portal/portal.h"
#include "publishing/round.h"
#include "web/html.h"
#include "web/request.h"
#include "web/response.h"

#include <inttypes.h>
#include <string.h>
#include <time.h>

enum { UPLOAD_BYTES = GATHERING_LIST_BYTES + (1 << 20) };

static const struct {
    enum text_key words, next;
} states[GATHERING_STATES] = {
    [GATHERING_KEYS] = {TEXT_GATHERING_STATE_KEYS, TEXT_GATHERING_NEXT_KEYS},
    [GATHERING_DIGITS] = {TEXT_GATHERING_STATE_DIGITS, TEXT_GATHERING_NEXT_DIGITS},
    [GATHERING_SECRET] = {TEXT_GATHERING_STATE_SECRET, TEXT_GATHERING_NEXT_SECRET},
    [GATHERING_HANDING_IN] = {TEXT_GATHERING_STATE_LISTS, TEXT_GATHERING_NEXT_LISTS},
    [GATHERING_WHOLE] = {TEXT_GATHERING_STATE_WHOLE, TEXT_GATHERING_NEXT_WHOLE},
    [GATHERING_ENDED] = {TEXT_GATHERING_STATE_ENDED, TEXT_GATHERING_NEXT_ENDED},
};

struct str gathering_href(const struct request *r, int64_t round, const char *rest)
{
    return portal_href(r, arena_printf(r->arena, "/kartlaggningar/%" PRId64 "/listor%s", round, rest));
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
    return gathering_find(portal_db(r), round->id, r->arena, g, is_there, e);
}

/* Shares, rounded up to a whole per cent, so that nobody missing reads as nobody alone. */
static struct str missing_of(const struct gathering_list *list, struct arena *a)
{
    struct text out = text_open(a);

    for (size_t i = 0; i < list->fields && list->people > 0; i++)
        text_format(&out, "%s%.*s %" PRId64 "\u00a0%%", i ? ", " : "", STR(list->field[i].name),
                    (100 * list->field[i].missing + list->people - 1) / list->people);
    return text_str(&out);
}

static enum text_key digits_words(const struct gathering_list *list)
{
    if (!list->is_compared)
        return TEXT_GATHERING_DIGITS_WAITING;
    return list->is_same ? TEXT_GATHERING_DIGITS_ARE_SAME : TEXT_GATHERING_DIGITS_ARE_OTHER;
}

/* An agency sees the size of its own list alone. */
static void add_rows(const struct request *r, struct gathering_view *v)
{
    bool is_linker = portal_may(r, PERMISSION_MAPPING_RUN);
    bool sees_all = is_linker || portal_may(r, PERMISSION_MAPPING_START);
    struct gathering_row *rows = arena_new(r->arena, v->g->lists + 1, struct gathering_row);

    for (size_t i = 0; i < v->g->lists; i++) {
        const struct gathering_list *list = &v->g->list[i];
        const char *rest = arena_printf(r->arena, "/%.*s", STR(gathering_list_name(list, r->arena)));

        rows[i] =
            (struct gathering_row){.list = list,
                                   .digits = digits_words(list),
                                   .shows_size = sees_all || list->keeper == portal_visitor(r)->person.id,
                                   .missing = missing_of(list, r->arena),
                                   .handed_in_on = stockholm_day(list->handed_in_at, NULL),
                                   .receipt_on = stockholm_day(list->receipt_at, NULL),
                                   .fetch = is_linker && list->bytes > 0 && v->g->state != GATHERING_ENDED &&
                                                    !(gathering_is_short(list) && gathering_waits(v->g))
                                                ? gathering_href(r, v->g->round, rest)
                                                : S("")};
    }
    v->waits = sees_all && gathering_waits(v->g);
    v->row = rows;
    v->rows = v->g->lists;
}

static void add_file(const struct request *r, struct gathering_view *v, struct gathering_file *files,
                     struct str name)
{
    const char *rest = arena_printf(r->arena, "/fil/%.*s", STR(name));

    files[v->files++] = (struct gathering_file){.name = name, .href = gathering_href(r, v->g->round, rest)};
}

/* What an agency needs on its own machine. */
static void add_files(const struct request *r, struct gathering_view *v)
{
    struct gathering_file *files = arena_new(r->arena, v->g->lists + 3, struct gathering_file);

    v->file = files;
    if (!portal_may(r, PERMISSION_MAPPING_UPLOAD) || v->g->state == GATHERING_ENDED)
        return;
    add_file(r, v, files, S("schema.json"));
    if (v->g->state == GATHERING_KEYS)
        return;
    add_file(r, v, files, S("lankare.pub"));
    for (size_t i = 0; i < v->g->lists; i++)
        add_file(r, v, files, gathering_key_name(&v->g->list[i], r->arena));
    if (v->g->secret.n > 0)
        add_file(r, v, files, S("hemlighet.keys"));
}

/* What who links runs, with the lists that are in. */
static void add_linking(const struct request *r, struct gathering_view *v)
{
    struct text command = text_open(r->arena);
    bool has_short = false;
    size_t n = 0;

    text_lit(&command, "lykta link --key lankare.key");
    for (size_t i = 0; i < v->g->lists; i++)
        if (v->g->list[i].bytes > 0) {
            text_format(&command, " %.*s", STR(gathering_list_name(&v->g->list[i], r->arena)));
            has_short = has_short || gathering_is_short(&v->g->list[i]);
            n++;
        }
    if (has_short)
        text_lit(&command, " --few");
    text_lit(&command, " -o underlag.csv");
    if (n < 2 || v->waits || !portal_may(r, PERMISSION_MAPPING_RUN) || v->g->state == GATHERING_ENDED)
        return;
    v->link_command = text_str(&command);
    v->upload = portal_href(r, arena_printf(r->arena, "/kartlaggningar/%" PRId64 "/underlag", v->g->round));
}

static void add_form(struct gathering_view *v, const struct gathering_form *form)
{
    if (form->row->is_aside)
        v->aside[v->asides++] = form;
    else
        v->form[v->forms++] = form;
}

/* The forms that who asks may use now; `corrected`, of step `step`, is shown as it was sent. */
static void add_forms(const struct request *r, struct gathering_view *v, enum gathering_step step,
                      const struct gathering_form *corrected)
{
    if (!v->is_there && portal_may(r, PERMISSION_MAPPING_START))
        add_form(v, corrected ? corrected : gathering_form_of(r, v->g, STEP_START, NULL));
    for (enum gathering_step i = STEP_READER; v->is_there && i < STEPS; i++)
        if (gathering_may(r, v->g, i))
            add_form(v, corrected && i == step ? corrected : gathering_form_of(r, v->g, i, NULL));
}

static void show(const struct request *r, const struct round *round, const struct gathering *g, bool is_there,
                 enum gathering_step step, const struct gathering_form *corrected, struct response *out)
{
    struct portal_view around = portal_view_of(r);
    struct gathering_view *v = arena_new(r->arena, 1, struct gathering_view);

    *v = (struct gathering_view){
        .layout = portal_form_layout(&around, portal_text(r, TEXT_GATHERING_TITLE), r->path,
                                     corrected ? corrected->fields->errors : 0, r->arena),
        .g = g,
        .title = r->language == LANGUAGE_EN ? round->title_en : round->title_sv,
        .back = portal_href(r, arena_printf(r->arena, "/kartlaggningar/%" PRId64, round->id)),
        .is_there = is_there,
        .state = states[g->state].words,
        .next = states[g->state].next};
    if (is_there) {
        add_rows(r, v);
        add_files(r, v);
        add_linking(r, v);
    }
    add_forms(r, v, step, corrected);
    page_gathering(response_page(out), v);
}

static enum status gathering_show(const struct request *r, struct response *out, struct err *e)
{
    struct round round;
    struct gathering *g = arena_new(r->arena, 1, struct gathering);
    bool is_there = false;
    bool is_known = false;

    TRY(find(r, &round, g, &is_there, &is_known, out, e));
    if (is_known)
        show(r, &round, g, is_there, STEPS, NULL, out);
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
    show(r, &round, g, is_there, step, form, out);
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
    for (size_t i = 0; i < g->lists; i++)
        if (str_equal(name, gathering_key_name(&g->list[i], a)))
            return g->list[i].open_key;
    return S("");
}

static enum status file_show(const struct request *r, struct response *out, struct err *e)
{
    struct gathering *g = arena_new(r->arena, 1, struct gathering);
    struct str name = request_param(r, "name");
    bool is_there = false;

    TRY(gathering_find(portal_db(r), request_id(r), r->arena, g, &is_there, e));
    struct str bytes = is_there ? file_of(g, name, r->arena) : S("");
    if (bytes.n == 0)
        return response_error(out, 404);
    response_bytes(out, "application/octet-stream", bytes);
    response_download(out, name);
    return OK;
}

/* Each fetching of a sealed list is in the audit log. */
static enum status sealed_show(const struct request *r, struct response *out, struct err *e)
{
    struct gathering *g = arena_new(r->arena, 1, struct gathering);
    struct str name = request_param(r, "name");
    const struct gathering_list *list = NULL;
    struct str sealed;
    bool is_there = false;

    TRY(gathering_find(portal_db(r), request_id(r), r->arena, g, &is_there, e));
    for (size_t i = 0; i < g->lists; i++)
        if (str_equal(name, gathering_list_name(&g->list[i], r->arena)))
            list = &g->list[i];
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
    STEP("/korta", PERMISSION_MAPPING_START),
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

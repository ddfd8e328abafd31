/* The room of results: its routes, and what its pages share. */
#include "results/results_pages.h"

#include "base/arena.h"
#include "base/text.h"
#include "portal/portal.h"
#include "programme/publication.h"
#include "results/handlers.h"
#include "web/request.h"
#include "web/response.h"

/* Twice as much is read as is taken, so that what was typed is there beside the words about a large file. */
enum { HAND_IN_BYTES = 2 * RESULTS_PARTS * RESULTS_FILE_BYTES + (1 << 20) };

static const struct route routes[] = {
    {"GET", "/forskning/resultat/:token", PERMISSION_ANYONE, results_hand_in_show,
     .caching = ROUTE_NOT_STORED},
    {"POST", "/forskning/resultat/:token", PERMISSION_ANYONE, results_hand_in_take,
     .body_limit_bytes = HAND_IN_BYTES, .show_beyond = results_hand_in_refuse, .posted = ROUTE_ONCE,
     .cost = ROUTE_COSTLY},
    {"POST", "/forskning/resultat/:token/namn", PERMISSION_ANYONE, results_unname_take, .posted = ROUTE_ONCE},
    {"GET", "/forskning/:id", PERMISSION_ANYONE, results_show, .caching = ROUTE_REVALIDATED},
    {"GET", "/forskning/:id/:file", PERMISSION_ANYONE, results_file_show, .caching = ROUTE_REVALIDATED},
    {"GET", "/programmet/forskning/:id/resultat", PERMISSION_RESEARCH_READ, results_desk_show,
     .caching = ROUTE_NOT_STORED},
    {"GET", "/programmet/forskning/:id/resultat/:file", PERMISSION_RESEARCH_READ, results_desk_file,
     .caching = ROUTE_NOT_STORED},
    {"POST", "/programmet/forskning/:id/resultat/publicera", PERMISSION_RESEARCH_PUBLISH,
     results_publish_take, .posted = ROUTE_ONCE},
    {"POST", "/programmet/forskning/:id/resultat/skicka-tillbaka", PERMISSION_RESEARCH_PUBLISH,
     results_return_take, .posted = ROUTE_ONCE},
    {"POST", "/programmet/forskning/:id/resultat/dra-tillbaka", PERMISSION_RESEARCH_PUBLISH,
     results_withdraw_take, .posted = ROUTE_ONCE},
    {.method = NULL},
};

const struct portal_room results_room = {.routes = routes};

struct layout results_layout(const struct request *r, struct str title, size_t errors)
{
    struct portal_view *around = arena_new(r->arena, 1, struct portal_view);

    *around = portal_view_of(r);
    return portal_form_layout(around, title, r->path, errors, r->arena);
}

/* "Metod (PDF)". */
static struct str what_is(const struct request *r, enum results_part part, struct str name)
{
    static const enum text_key parts[] = {
        [RESULTS_METHOD] = TEXT_RESULTS_FILE_METHOD, [RESULTS_CODE] = TEXT_RESULTS_FILE_CODE};
    struct str first;
    struct str ending;
    struct text out = text_open(r->arena);

    str_cut(name, '.', &first, &ending);
    text_format(&out, "%.*s (", STR(portal_text(r, parts[part])));
    for (size_t i = 0; i < ending.n; i++)
        text_byte(&out, ending.p[i] >= 'a' && ending.p[i] <= 'z' ? (char)(ending.p[i] - 'a' + 'A') : '.');
    text_byte(&out, ')');
    return text_str(&out);
}

/* "340 kB": what is smaller than one is one. */
static struct str size_words(int64_t bytes, struct arena *a)
{
    return str_of(arena_printf(a, "%lld kB", (long long)((bytes + 999) / 1000)));
}

static void add_files(const struct request *r, const struct results *x, const char *at,
                      struct results_shown *out)
{
    for (int i = 0; i < RESULTS_PARTS; i++) {
        const struct results_file *file = &x->file[i];

        if (file->name.n > 0)
            out->file[out->files++] = (struct results_link){
                .href = portal_href(r, arena_printf(r->arena, "%s/%.*s", at, STR(file->name))),
                .what = what_is(r, (enum results_part)i, file->name),
                .size = size_words(file->size, r->arena),
                .hash = file->hash};
    }
}

static enum status add_grounds(const struct request *r, int64_t study, struct results_shown *out,
                               struct err *e)
{
    struct study_grants granted;

    TRY(study_granted(portal_db(r), study, r->arena, &granted, e));
    out->ground = arena_new(r->arena, granted.n, struct results_ground);
    for (size_t i = 0; i < granted.n; i++) {
        int64_t publication = 0;

        TRY(publication_holding(portal_db(r), granted.release[i].manifest_hash, &publication, e));
        out->unpublished += publication == 0;
        out->ground[out->grounds++] = (struct results_ground){
            .release = &granted.release[i],
            .href = publication > 0
                        ? portal_href(r, arena_printf(r->arena, "/tillsammans/%lld", (long long)publication))
                        : S("")};
    }
    return OK;
}

enum status results_shown_of(const struct request *r, const struct study *study, const struct results *x,
                             const char *at, struct results_shown *out, struct err *e)
{
    const bool is_english = r->language == LANGUAGE_EN && x->words[LANGUAGE_EN].n > 0;
    const enum language language = is_english ? LANGUAGE_EN : LANGUAGE_SV;

    *out = (struct results_shown){.study = study,
                                  .title = x->title[language],
                                  .words = x->words[language],
                                  .is_swedish_only = r->language == LANGUAGE_EN && !is_english,
                                  .author = x->is_named ? study->name : S("")};
    add_files(r, x, at, out);
    return add_grounds(r, study->id, out, e);
}

/* Whatever it holds, a browser saves it and shows nothing of it. */
enum status results_send_file(const struct request *r, int64_t study, struct response *out, struct err *e)
{
    struct results_file file;

    TRY(results_file_find(portal_db(r), study, request_param(r, "file"), r->arena, &file, e));
    if (file.bytes.n == 0)
        return response_error(out, 404);
    response_bytes(out, results_file_type(file.name), file.bytes);
    response_download(out, file.name);
    return OK;
}

/* From a request to a page of a lesson. */
#include "learning/learning_pages.h"

#include "base/arena.h"
#include "base/number.h"
#include "indicator/indicator.h"
#include "learning/learning.h"
#include "learning/learning_view.h"
#include "pages.h"
#include "portal/portal.h"
#include "web/html.h"
#include "web/request.h"
#include "web/response.h"

static struct str name_of(const struct request *r, const struct actor *actor)
{
    return r->language == LANGUAGE_SV ? actor->sv : actor->en;
}

static int64_t account_of(const struct request *r)
{
    return portal_visitor(r)->person.id;
}

static enum status read_all(const struct request *r, struct indicators *signs, struct lessons *lessons,
                            struct err *e)
{
    TRY(indicators_delivered(r->arena, signs, e));
    return lessons_read(signs, r->arena, lessons, e);
}

/* How many have finished: in steps, and few only as few, since a small network knows its members. */
static struct str counts_words(const struct request *r, const struct learning_counts *counts,
                               const struct actor *actor)
{
    struct text out = text_open(r->arena);

    for (size_t i = 0; i < counts->n; i++)
        if (str_equal(counts->count[i].actor, actor->code) && counts->count[i].finished >= LEARNING_FEW) {
            const struct insertion n =
                insertion("n", counts->count[i].finished / LEARNING_FEW * LEARNING_FEW);

            catalogue_write(&out, catalogue_of(r->language), TEXT_LEARNING_AT_LEAST, &n, 1);
            return text_str(&out);
        }
    return portal_text(r, TEXT_LEARNING_FEW);
}

static enum status list_show(const struct request *r, struct response *out, struct err *e)
{
    struct portal_view site = portal_view_of(r);
    struct indicators signs;
    struct learning_counts counts;

    TRY(indicators_delivered(r->arena, &signs, e));
    TRY(learning_counts(portal_db(r), r->arena, &counts, e));
    struct lessons_view v = {.layout =
                                 portal_layout(&site, portal_text(r, TEXT_LEARNING_TITLE), r->path, r->arena),
                             .shows_counts = portal_may(r, PERMISSION_NETWORK_READ),
                             .row = arena_new(r->arena, signs.n_actors + 1, struct lesson_row)};
    for (size_t i = 0; i < signs.n_actors; i++) {
        const struct actor *actor = &signs.actors[i];
        struct learning_progress p;
        const char *path = arena_printf(r->arena, "/utbildning/%.*s", STR(actor->slug));

        TRY(learning_progress(portal_db(r), account_of(r), actor->code, &p, e));
        v.row[v.rows++] =
            (struct lesson_row){.href = portal_href(r, path),
                                .name = name_of(r, actor),
                                .answered = p.answered,
                                .finished_on = p.finished_on,
                                .certificate_href = portal_href(r, arena_printf(r->arena, "%s/intyg", path)),
                                .counts = counts_words(r, &counts, actor)};
    }
    page_learning_list(response_page(out), &v);
    return OK;
}

/* What the pages of one lesson begin with. *actor is NULL when there is no such lesson. */
static enum status find_lesson(const struct request *r, const struct actor **actor, struct lesson *lesson,
                               struct err *e)
{
    struct indicators *signs = arena_new(r->arena, 1, struct indicators);
    struct lessons *all = arena_new(r->arena, 1, struct lessons);

    TRY(read_all(r, signs, all, e));
    *actor = actor_by_slug(signs, request_param(r, "actor"));
    *lesson = *actor ? lesson_of(all, *actor) : (struct lesson){0};
    return OK;
}

/* Situation `index` of the lesson; `chosen` is the answer, SITUATION_ACTIONS while there is none. */
static enum status show_situation(const struct request *r, struct response *out, const struct actor *actor,
                                  const struct lesson *lesson, size_t index, size_t chosen, struct str error)
{
    struct portal_view site = portal_view_of(r);
    const struct situation *s = lesson->situation[index];
    const char *path = arena_printf(r->arena, "/utbildning/%.*s", STR(actor->slug));
    bool is_last = index + 1 == lesson->n;
    struct situation_view v = {
        .layout = portal_form_layout(&site, name_of(r, actor), r->path, error.n > 0, r->arena),
        .action = portal_href(r, path),
        .lesson = name_of(r, actor),
        .number = index + 1,
        .of = lesson->n,
        .text = r->language == LANGUAGE_SV ? s->sv : s->en,
        .choices = SITUATION_ACTIONS,
        .is_answered = chosen < SITUATION_ACTIONS,
        .is_right = chosen == s->best,
        .why = r->language == LANGUAGE_SV ? s->why_sv : s->why_en,
        .next_href = portal_href(r, is_last ? arena_printf(r->arena, "%s/intyg", path) : path),
        .error = error};

    for (size_t i = 0; i < SITUATION_ACTIONS; i++)
        v.choice[i] =
            (struct lesson_choice){.value = str_of(arena_printf(r->arena, "%zu", i)),
                                   .id = str_of(arena_printf(r->arena, "val-%zu", i)),
                                   .label = r->language == LANGUAGE_SV ? s->action[i]->sv : s->action[i]->en,
                                   .is_chosen = i == chosen,
                                   .is_best = i == s->best};
    page_learning_situation(response_page(out), &v);
    return error.n > 0 ? response_correct(out) : OK;
}

static enum status lesson_show(const struct request *r, struct response *out, struct err *e)
{
    const struct actor *actor = NULL;
    struct lesson lesson;
    struct learning_progress p;

    TRY(find_lesson(r, &actor, &lesson, e));
    if (!actor)
        return response_error(out, 404);
    TRY(learning_progress(portal_db(r), account_of(r), actor->code, &p, e));
    if (p.answered >= lesson.n)
        return portal_redirect(r, out,
                               str_of(arena_printf(r->arena, "/utbildning/%.*s/intyg", STR(actor->slug))));
    return show_situation(r, out, actor, &lesson, p.answered, SITUATION_ACTIONS, S(""));
}

/* The answer goes on in the address, for the page that says why; it is stored nowhere. */
static enum status lesson_take(const struct request *r, struct response *out, struct err *e)
{
    const struct actor *actor = NULL;
    struct who who = portal_who(r);
    struct lesson lesson;
    int64_t number = 0;
    int64_t chosen = 0;

    TRY(find_lesson(r, &actor, &lesson, e));
    if (!actor || !form_i64(&r->form, "nummer", 1, (int64_t)lesson.n, &number))
        return response_error(out, 404);
    if (!form_i64(&r->form, "val", 0, SITUATION_ACTIONS - 1, &chosen))
        return show_situation(r, out, actor, &lesson, (size_t)number - 1, SITUATION_ACTIONS,
                              portal_text(r, TEXT_LEARNING_CHOOSE));
    TRY(learning_answered(portal_db(r), account_of(r), actor->code, (size_t)number - 1, lesson.n, &who, e));
    return portal_redirect(r, out,
                           str_of(arena_printf(r->arena, "/utbildning/%.*s/%lld/%lld", STR(actor->slug),
                                               (long long)number, (long long)chosen + 1)));
}

static enum status why_show(const struct request *r, struct response *out, struct err *e)
{
    const struct actor *actor = NULL;
    struct lesson lesson;
    int64_t number = request_id(r);
    int64_t chosen = 0;

    TRY(find_lesson(r, &actor, &lesson, e));
    if (!actor || number > (int64_t)lesson.n ||
        !i64_from_str(request_param(r, "val"), 1, SITUATION_ACTIONS, &chosen))
        return response_error(out, 404);
    return show_situation(r, out, actor, &lesson, (size_t)number - 1, (size_t)chosen - 1, S(""));
}

static enum status certificate_show(const struct request *r, struct response *out, struct err *e)
{
    struct portal_view site = portal_view_of(r);
    const struct actor *actor = NULL;
    struct lesson lesson;
    struct learning_progress p;

    TRY(find_lesson(r, &actor, &lesson, e));
    if (!actor)
        return response_error(out, 404);
    TRY(learning_progress(portal_db(r), account_of(r), actor->code, &p, e));
    if (p.finished_on.year == 0)
        return response_error(out, 404);
    struct certificate_view v = {
        .layout = portal_form_layout(&site, portal_text(r, TEXT_LEARNING_CERTIFICATE), r->path, 0, r->arena),
        .name = portal_visitor(r)->person.name,
        .lesson = name_of(r, actor),
        .on = p.finished_on,
        .again_action = portal_href(r, arena_printf(r->arena, "/utbildning/%.*s/igen", STR(actor->slug))),
        .lessons_href = portal_href(r, "/utbildning")};
    page_learning_certificate(response_page(out), &v);
    return OK;
}

static enum status again_take(const struct request *r, struct response *out, struct err *e)
{
    const struct actor *actor = NULL;
    struct who who = portal_who(r);
    struct lesson lesson;

    TRY(find_lesson(r, &actor, &lesson, e));
    if (!actor)
        return response_error(out, 404);
    TRY(learning_again(portal_db(r), account_of(r), actor->code, &who, e));
    return portal_redirect(r, out, str_of(arena_printf(r->arena, "/utbildning/%.*s", STR(actor->slug))));
}

static const struct route routes[] = {
    {"GET", "/utbildning", PERMISSION_MODULE_TAKE, list_show, .caching = ROUTE_NOT_STORED},
    {"GET", "/utbildning/:actor", PERMISSION_MODULE_TAKE, lesson_show, .caching = ROUTE_NOT_STORED},
    {"POST", "/utbildning/:actor", PERMISSION_MODULE_TAKE, lesson_take, .posted = ROUTE_ONCE},
    {"GET", "/utbildning/:actor/intyg", PERMISSION_MODULE_TAKE, certificate_show,
     .caching = ROUTE_NOT_STORED},
    {"POST", "/utbildning/:actor/igen", PERMISSION_MODULE_TAKE, again_take, .posted = ROUTE_ONCE},
    {"GET", "/utbildning/:actor/:id/:val", PERMISSION_MODULE_TAKE, why_show, .logging = ROUTE_UNLOGGED},
    {.method = NULL},
};

static const struct portal_link work[] = {
    {"/utbildning", TEXT_LEARNING_TITLE, PERMISSION_MODULE_TAKE},
    {.path = NULL},
};

const struct portal_room learning_room = {.routes = routes, .work = work};

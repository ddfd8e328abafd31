/* Results for the programme: read as they would be published, with the files, and decided about. */
#include "results/handlers.h"

#include "base/arena.h"
#include "calendar/stockholm.h"
#include "pages.h"
#include "portal/portal.h"
#include "results/results_decide.h"
#include "web/html.h"
#include "web/markdown.h"
#include "web/request.h"
#include "web/response.h"

#include <inttypes.h>

static const char *address_of(const struct request *r, const char *rest)
{
    return arena_printf(r->arena, "/programmet/forskning/%" PRId64 "/resultat%s", request_id(r), rest);
}

/* What is inside the code's ZIP file: it is read here once, so that nobody has to unpack it to see. */
static enum status add_names(const struct request *r, struct results_desk_view *v, struct err *e)
{
    const struct str name = v->results.file[RESULTS_CODE].name;
    struct results_file file;
    struct str *names = NULL;

    if (!str_ends(name, S(".zip")))
        return OK;
    TRY(results_file_find(portal_db(r), v->study->id, name, r->arena, &file, e));
    if (results_zip_names(file.bytes, r->arena, &names, &v->names)) {
        for (size_t i = 0; i < v->names; i++)
            if (!str_is_utf8(names[i]))
                names[i] = S("?");
        v->name = names;
    }
    return OK;
}

static enum status add_decider(const struct request *r, struct results_desk_view *v, struct err *e)
{
    struct people all = {0, NULL};

    TRY(people_list(portal_db(r), r->arena, &all, e));
    for (size_t i = 0; i < all.n; i++)
        if (all.person[i].id == v->results.decided_by)
            v->name_of_decider = all.person[i].name;
    return OK;
}

static void ask(const struct request *r, struct results_desk_view *v)
{
    const enum study_results at = v->study->results;
    const bool may = portal_may(r, PERMISSION_RESEARCH_PUBLISH);

    v->fields =
        field_set_open(str_is(r->method, "POST") ? &r->form : NULL, catalogue_of(r->language), r->arena);
    v->may_decide = may && at == RESULTS_WAIT;
    v->may_withdraw = may && at == RESULTS_PUBLISHED;
    v->words = field_add(v->fields, FIELD_AREA, "words", TEXT_RESULTS_REASONS);
    field_hint(v->fields, v->words, v->may_withdraw ? TEXT_RESULTS_WITHDRAW_HINT : TEXT_RESULTS_RETURN_HINT);
}

static enum status begin(const struct request *r, struct results_desk_view **out, struct err *e)
{
    struct results_desk_view *v = arena_new(r->arena, 1, struct results_desk_view);
    struct study *study = arena_new(r->arena, 1, struct study);

    *out = v;
    v->study = study;
    TRY(study_find(portal_db(r), request_id(r), r->arena, study, e));
    TRY(results_find(portal_db(r), request_id(r), r->arena, &v->results, e));
    v->has_text = v->results.words[LANGUAGE_SV].n > 0;
    ask(r, v);
    return OK;
}

static enum status draw(const struct request *r, struct results_desk_view *v, struct response *out,
                        struct err *e)
{
    const struct results *x = &v->results;

    TRY(results_shown_of(r, v->study, x, address_of(r, ""), &v->shown, e));
    TRY(add_names(r, v, e));
    TRY(add_decider(r, v, e));
    v->handed = stockholm_day(x->handed_at, NULL);
    v->decided = stockholm_day(x->decided_at, NULL);
    v->withdrawn = stockholm_day(x->withdrawn_at, NULL);
    v->publish_href = portal_href(r, address_of(r, "/publicera"));
    v->return_href = portal_href(r, address_of(r, "/skicka-tillbaka"));
    v->withdraw_href = portal_href(r, address_of(r, "/dra-tillbaka"));
    v->study_href = portal_href(r, arena_printf(r->arena, "/programmet/forskning/%" PRId64, v->study->id));
    v->page_href = portal_href(r, arena_printf(r->arena, "/forskning/%" PRId64, v->study->id));
    v->layout = results_layout(r, portal_text(r, TEXT_RESULTS_DESK), v->fields->errors);
    page_results_desk(response_page(out), v);
    return v->fields->errors > 0 ? response_correct(out) : OK;
}

enum status results_desk_show(const struct request *r, struct response *out, struct err *e)
{
    struct results_desk_view *v = NULL;

    TRY(begin(r, &v, e));
    return v->results.study == 0 ? response_error(out, 404) : draw(r, v, out, e);
}

enum status results_desk_file(const struct request *r, struct response *out, struct err *e)
{
    return results_send_file(r, request_id(r), out, e);
}

static enum status take(const struct request *r, enum results_act act, struct response *out, struct err *e)
{
    const struct who who = portal_who(r);
    struct results_decision d = {
        .act = act, .study = request_id(r), .by = portal_visitor(r)->person.id, .words = S("")};
    struct results_desk_view *v = NULL;

    TRY(begin(r, &v, e));
    if (v->results.study == 0)
        return response_error(out, 404);
    (void)form_i64(&r->form, "version", 1, INT64_MAX, &d.version);
    if (act != RESULTS_PUBLISH && !field_str(v->fields, v->words, STUDY_WORDS_LETTERS, &d.words))
        return draw(r, v, out, e);
    TRY(results_decide(portal_of(r)->city, portal_db(r), &d, &who, e));
    return portal_redirect(r, out, str_of(address_of(r, "")));
}

enum status results_publish_take(const struct request *r, struct response *out, struct err *e)
{
    return take(r, RESULTS_PUBLISH, out, e);
}

enum status results_return_take(const struct request *r, struct response *out, struct err *e)
{
    return take(r, RESULTS_RETURN, out, e);
}

enum status results_withdraw_take(const struct request *r, struct response *out, struct err *e)
{
    return take(r, RESULTS_WITHDRAW, out, e);
}

/* A granted study by its link: the terms first, then what was granted and nothing else. */
#include "research/handlers.h"

#include "base/arena.h"
#include "base/text.h"
#include "calendar/stockholm.h"
#include "pages.h"
#include "portal/portal.h"
#include "programme/pooled_files.h"
#include "programme/pooled_map.h"
#include "programme/programme.h"
#include "research/research_view.h"
#include "research/study.h"
#include "research/study_access.h"
#include "web/html.h"
#include "web/request.h"
#include "web/response.h"

static const char package_name[] = "publiceringar.zip";

/* Everything that a study reads is made from. */
struct reading {
    struct study study;
    struct study_grants granted;
    struct arrivals arrivals; /* of what was granted, those of cities that take part */
    bool has_figures;
    struct pooled pooled;
    struct pooled_map *map;
};

/* One answer for all links that lead nowhere. */
static enum status tell_gone(const struct request *r, struct response *out)
{
    research_say(r, out, TEXT_RESEARCH_GONE, TEXT_RESEARCH_GONE_TEXT);
    return response_told(out, 404);
}

/* *is_there is false, and the answer given, when the link opens nothing. */
static enum status find_asked(const struct request *r, struct study *x, bool *is_there, struct response *out,
                              struct err *e)
{
    response_header(out, "X-Robots-Tag", S("noindex, nofollow, noarchive"));
    TRY(study_by_link(portal_db(r), request_param(r, "token"), r->now_at, r->arena, x, e));
    *is_there = x->id != 0;
    return *is_there ? OK : tell_gone(r, out);
}

static struct str results_path(const struct request *r)
{
    return str_of(arena_printf(r->arena, "/forskning/resultat/%.*s", STR(request_param(r, "token"))));
}

/* A link whose time is over shows no figures, and takes results. */
static enum status show_over(const struct request *r, struct response *out, struct err *e)
{
    struct study x;

    TRY(study_by_link_for_results(portal_db(r), request_param(r, "token"), r->arena, &x, e));
    return x.id != 0 ? portal_redirect(r, out, results_path(r)) : tell_gone(r, out);
}

/* Nothing that is pooled of a part of the releases tells more than the part: it is worked out from nothing
 * else. */
static enum status read_figures(const struct request *r, struct reading *x, struct err *e)
{
    struct db *db = portal_db(r);
    struct arrivals all;

    TRY(study_granted(db, x->study.id, r->arena, &x->granted, e));
    TRY(programme_arrivals(portal_of(r)->city, db, r->now_at, r->arena, &all, e));
    x->arrivals = study_arrivals(&all, &x->granted, r->arena);
    enum status s = programme_pool(db, &x->arrivals, r->arena, &x->pooled, e);
    x->has_figures = s == OK;
    return x->has_figures ? pooled_map_read(db, &x->pooled, r->arena, &x->map, e) : s == REFUSED ? OK : s;
}

static struct str address_of(const struct request *r, const char *file)
{
    return portal_href(r, arena_printf(r->arena, "/forskning/atkomst/%.*s%s%s",
                                       STR(request_param(r, "token")), file[0] ? "/" : "", file));
}

static struct access_view *begin_view(const struct request *r, const struct study *study)
{
    struct access_view *v = arena_new(r->arena, 1, struct access_view);

    v->study = study;
    v->until = stockholm_day(study->ends_at - 1, NULL);
    v->has_agreed = study->agreed_at > 0;
    v->action = address_of(r, "");
    return v;
}

static void ask_terms(const struct request *r, const struct form *sent, struct access_view *v)
{
    v->fields = field_set_open(sent, catalogue_of(r->language), r->arena);
    v->agree = field_add(v->fields, FIELD_CHECKBOXES, "agree", TEXT_RESEARCH_AGREE);
    field_option(v->fields, v->agree, S("yes"), portal_text(r, TEXT_RESEARCH_AGREE_YES), false);
}

static enum status draw(const struct request *r, struct access_view *v, struct response *out, struct err *e)
{
    TRY(study_granted(portal_db(r), v->study->id, r->arena, &v->granted, e));
    v->layout = research_layout(r, TEXT_RESEARCH_ACCESS, v->fields ? v->fields->errors : 0);
    page_research_access(response_page(out), v);
    return OK;
}

static struct pooled_view pooled_of(const struct request *r, const struct reading *x)
{
    struct pooled_file_link *link = arena_new(r->arena, POOLED_FILES, struct pooled_file_link);
    struct pooled_view v =
        pooled_view_of(&(struct pooled_edition){&x->pooled, x->map, r->language}, r->arena);

    for (size_t i = 0; i < POOLED_FILES; i++) {
        link[i].href = address_of(r, pooled_files[i].name);
        link[i].what = portal_text(r, pooled_files[i].what);
    }
    v.files = POOLED_FILES;
    v.file = link;
    return v;
}

/* The reading is noted first: what is not noted is not shown. */
static enum status note(const struct request *r, const struct study *x, const char *what, struct err *e)
{
    const struct who who = portal_who(r);

    return study_note_read(portal_worker_of(r)->write, x, what, &who, e);
}

enum status access_show(const struct request *r, struct response *out, struct err *e)
{
    struct reading *x = arena_new(r->arena, 1, struct reading);
    bool is_there = false;

    TRY(find_asked(r, &x->study, &is_there, out, e));
    if (!is_there)
        return show_over(r, out, e);
    struct access_view *v = begin_view(r, &x->study);
    if (!v->has_agreed) {
        ask_terms(r, NULL, v);
        return draw(r, v, out, e);
    }
    TRY(read_figures(r, x, e));
    TRY(note(r, &x->study, "page", e));
    v->has_figures = x->has_figures;
    v->missing = x->granted.n - x->arrivals.accepted;
    v->package_href = address_of(r, package_name);
    v->results_href = portal_href(r, results_path(r).p);
    if (x->has_figures)
        v->pooled = pooled_of(r, x);
    return draw(r, v, out, e);
}

enum status access_agree_take(const struct request *r, struct response *out, struct err *e)
{
    const struct who who = portal_who(r);
    struct study *study = arena_new(r->arena, 1, struct study);
    uint64_t bits = 0;
    bool is_there = false;

    TRY(find_asked(r, study, &is_there, out, e));
    if (!is_there)
        return OK;
    struct access_view *v = begin_view(r, study);
    ask_terms(r, &r->form, v);
    field_choices(v->fields, v->agree, &bits);
    if (v->fields->errors > 0) {
        v->has_agreed = false;
        TRY(draw(r, v, out, e));
        return response_correct(out);
    }
    TRY(study_agree(portal_db(r), study, &who, e));
    return portal_redirect(r, out, r->path);
}

/* The figures of a link whose terms are agreed to; *has_figures is false, and the answer given, without. */
static enum status read_asked(const struct request *r, struct reading *x, bool *has_figures,
                              struct response *out, struct err *e)
{
    TRY(find_asked(r, &x->study, has_figures, out, e));
    if (!*has_figures)
        return OK;
    if (x->study.agreed_at > 0)
        TRY(read_figures(r, x, e));
    *has_figures = x->has_figures;
    return *has_figures ? OK : tell_gone(r, out);
}

enum status access_file(const struct request *r, struct response *out, struct err *e)
{
    const struct pooled_file *file = pooled_file_named(request_param(r, "file"));
    struct reading *x = arena_new(r->arena, 1, struct reading);
    struct text bytes = text_open(r->arena);
    bool has_figures = false;

    TRY(read_asked(r, x, &has_figures, out, e));
    if (!has_figures)
        return OK;
    if (!file)
        return response_error(out, 404);
    TRY(file->write(&bytes, &(struct pooled_edition){&x->pooled, x->map, r->language}, e));
    TRY(note(r, &x->study, file->name, e));
    response_bytes(out, file->type, text_str(&bytes));
    response_download(out, str_of(file->name));
    return OK;
}

enum status access_package(const struct request *r, struct response *out, struct err *e)
{
    struct reading *x = arena_new(r->arena, 1, struct reading);
    struct str bytes = {NULL, 0};
    bool has_figures = false;

    TRY(read_asked(r, x, &has_figures, out, e));
    if (!has_figures)
        return OK;
    TRY(study_package(&x->arrivals, r->arena, &bytes, e));
    TRY(note(r, &x->study, package_name, e));
    response_bytes(out, "application/zip", bytes);
    response_download(out, str_of(package_name));
    return OK;
}

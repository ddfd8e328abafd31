/* Published mappings, from the ledger and the releases' folders. */
#include "public/public_reports.h"

#include "base/arena.h"
#include "pages.h"
#include "portal/portal.h"
#include "public/brief_view.h"
#include "public/public_compared.h"
#include "public/public_maps.h"
#include "public/public_pages.h"
#include "public/public_releases.h"
#include "public/report_formats.h"
#include "public/report_html.h"
#include "public/report_image.h"
#include "public/report_view.h"
#include "release/bundle.h"
#include "release/release.h"
#include "release/standing.h"
#include "web/html.h"
#include "web/request.h"
#include "web/response.h"

static struct str report_path(struct str name, struct arena *a)
{
    return str_of(arena_printf(a, "/kartlaggning/%.*s", STR(name)));
}

enum status public_mapping_cards(const struct portal_view *site, struct db *db, struct arena *a,
                                 const struct public_mapping_card **out, size_t *n, struct err *e)
{
    struct release_entry *entries = NULL;
    bool is_english = site->language == LANGUAGE_EN;

    TRY(release_list(db, a, &entries, n, e));
    struct public_mapping_card *cards = arena_new(a, *n + 1, struct public_mapping_card);
    size_t in_force = 0;
    for (size_t i = 0; i < *n; i++) {
        if (!entries[i].is_in_force)
            continue;
        cards[in_force++] = (struct public_mapping_card){
            .href = portal_address(site, report_path(entries[i].name, a), a),
            .title = is_english ? entries[i].title_en : entries[i].title_sv,
            .period = report_view_period(entries[i].first_year, entries[i].last_year, a),
            .on = date_of(entries[i].published_at),
            .is_example = entries[i].is_example};
    }
    *n = in_force;
    *out = cards;
    return OK;
}

static struct report_file file_of(const struct release *r, struct str name, struct str bytes, struct arena *a)
{
    return (struct report_file){
        .href = str_of(arena_printf(a, "/kartlaggning/%.*s/%.*s", STR(r->name), STR(name))),
        .name = name,
        .bytes = (int64_t)bytes.n};
}

/* Reports to read and to reckon with, then the files of the release by their own names, the signed manifest
 * last. */
static const struct report_file *files_of(const struct public_release *published, struct arena *a, size_t *n)
{
    const struct bundle *b = published->bundle;

    *n = 0;
    struct report_file *files = arena_new(a, REPORT_FORMATS + b->files + 2, struct report_file);

    for (size_t i = 0; i < REPORT_FORMATS; i++)
        files[(*n)++] = file_of(published->release, str_of(report_formats[i].name), S(""), a);
    for (size_t i = 0; i < b->files; i++) {
        struct str folder;
        struct str name;

        if (!str_cut(b->file[i].name, '/', &folder, &name))
            name = b->file[i].name;
        files[(*n)++] = file_of(published->release, name, b->file[i].bytes, a);
    }
    files[(*n)++] = file_of(published->release, S("manifest.json"), b->manifest, a);
    files[(*n)++] = file_of(published->release, S("manifest.sig"), published->signature, a);
    return files;
}

static struct str version_href(const struct portal_view *site, struct str name, struct arena *a)
{
    return name.n ? portal_address(site, report_path(name, a), a) : S("");
}

static void tell_standing(struct report_view *v, const struct portal_view *site,
                          const struct release_standing *standing, struct arena *a)
{
    bool is_corrected = standing->corrected_by.n > 0;

    v->later_href = version_href(site, standing->corrected_by, a);
    v->earlier_href = version_href(site, standing->corrects, a);
    v->correction_reason = is_corrected ? standing->correction_reason : standing->corrects_reason;
    if (is_corrected)
        v->corrected_on = date_of(standing->corrected_at);
    if (standing->withdrawn_at) {
        v->withdrawn_on = date_of(standing->withdrawn_at);
        v->withdrawn_reason = standing->withdrawn_reason;
    }
}

static struct str part_href(const struct portal_view *site, struct str name, const char *part,
                            struct arena *a)
{
    return portal_address(site, str_of(arena_printf(a, "%.*s/%s", STR(report_path(name, a)), part)), a);
}

/* The report with its maps. */
static struct report_view view_of(const struct portal_view *site, const struct public_release *published,
                                  struct arena *a)
{
    struct report_view v =
        report_view_of(site, published->release, report_path(published->release->name, a), a);

    v.map = published->map;
    v.maps = published->maps;
    return v;
}

static struct str report_page(const struct portal_view *site, const struct public_release *published,
                              const struct release_standing *standing, struct arena *a)
{
    struct html h = html_open(a, catalogue_of(site->language));
    struct str path = portal_address(site, report_path(published->release->name, a), a);
    struct report_view v = view_of(site, published, a);

    tell_standing(&v, site, standing, a);
    v.compared = compared_view_of(published->series, site->language, a);
    v.summary_href = part_href(site, published->release->name, "sammanfattning", a);
    v.annex_href = part_href(site, published->release->name, "lagesbild", a);
    v.file = files_of(published, a, &v.files);
    v.image = report_images(&v, site->language, path, a, &v.images);
    if (standing->withdrawn_at)
        page_report_withdrawn(&h, &v);
    else
        page_report(&h, &v);
    return html_str(&h);
}

/* A short page of a release in force; what has been withdrawn tells why instead. */
static struct str brief_page(const struct portal_view *site, const struct public_release *published,
                             const struct release_standing *standing, enum report_part part, struct arena *a)
{
    const struct release *release = published->release;
    bool is_english = site->language == LANGUAGE_EN;
    bool is_summary = part == REPORT_SUMMARY;
    struct str path = report_path(release->name, a);
    const char *own = is_summary ? "sammanfattning" : "lagesbild";
    const char *pdf = is_english ? (is_summary ? "summary" : "situation") : own;
    struct html h = html_open(a, catalogue_of(site->language));
    struct report_view report =
        report_view_of(site, release, str_of(arena_printf(a, "%.*s/%s", STR(path), own)), a);

    tell_standing(&report, site, standing, a);
    if (standing->withdrawn_at) {
        page_report_withdrawn(&h, &report);
        return html_str(&h);
    }
    report.compared = compared_view_of(published->series, site->language, a);
    struct brief_view v = brief_view_of(&report, site->language, a);
    v.report_href = portal_address(site, path, a);
    v.pdf_href = str_of(arena_printf(a, "%.*s/%s.pdf", STR(path), pdf));
    report_part_put(&h, &v, part);
    return html_str(&h);
}

/* For readers it is written once per worker and language, as long as nothing has happened to the releases;
 * around it who is signed in has links of their own. */
static struct str report_of(const struct request *r, const struct portal_view *site,
                            struct public_release *published, const struct release_standing *standing)
{
    struct str *kept = &published->page[r->language];

    if (r->who || standing->corrected_by.n || standing->withdrawn_at)
        return report_page(site, published, standing, r->arena);
    if (kept->n == 0) {
        struct release_standing *copy = arena_new(published->arena, 1, struct release_standing);

        *copy = (struct release_standing){.corrects = str_copy(standing->corrects, published->arena),
                                          .corrects_reason =
                                              str_copy(standing->corrects_reason, published->arena)};
        *kept = report_page(site, published, copy, published->arena);
    }
    return *kept;
}

/* The release that the path names, and how it stands; NULL when there is none. */
static enum status find_named(const struct request *r, struct public_release **published,
                              struct release_standing *standing, struct err *e)
{
    TRY(public_release_find(portal_kept(r, &public_room), request_param(r, "name"), published, e));
    if (!*published)
        return OK;
    TRY(public_compare(r, *published, e));
    TRY(public_maps(r, *published, e));
    return release_standing(portal_db(r), (*published)->release->name, r->arena, standing, e);
}

enum status public_report_show(const struct request *r, struct response *out, struct err *e)
{
    struct portal_view site = portal_view_of(r);
    struct public_release *published = NULL;
    struct release_standing standing;

    TRY(find_named(r, &published, &standing, e));
    if (!published)
        return response_error(out, 404);
    response_bytes(out, "text/html; charset=utf-8", report_of(r, &site, published, &standing));
    return OK;
}

static enum status show_brief(const struct request *r, enum report_part part, struct response *out,
                              struct err *e)
{
    struct portal_view site = portal_view_of(r);
    struct public_release *published = NULL;
    struct release_standing standing;

    TRY(find_named(r, &published, &standing, e));
    if (!published)
        return response_error(out, 404);
    response_bytes(out, "text/html; charset=utf-8", brief_page(&site, published, &standing, part, r->arena));
    return OK;
}

enum status public_summary_show(const struct request *r, struct response *out, struct err *e)
{
    return show_brief(r, REPORT_SUMMARY, out, e);
}

enum status public_annex_show(const struct request *r, struct response *out, struct err *e)
{
    return show_brief(r, REPORT_ANNEX, out, e);
}

static const char *type_of(struct str file)
{
    if (str_ends(file, S(".json")))
        return "application/json";
    return str_ends(file, S(".csv")) ? "text/csv; charset=utf-8" : "text/plain; charset=utf-8";
}

static enum status find_file(struct public_release *published, struct str name, bool *is_there,
                             const char **type, struct str *bytes, struct err *e)
{
    const struct report_format *format = report_format_named(name);

    *is_there = format != NULL || public_release_file(published, name, bytes);
    *type = format ? format->type : type_of(name);
    return format ? report_in_format(published, format, bytes, e) : OK;
}

static enum status send_file(const struct request *r, struct str file, struct response *out, struct err *e)
{
    struct public_release *published = NULL;
    struct release_standing standing;
    struct str bytes = S("");
    const char *type = NULL;
    bool is_there = false;

    TRY(find_named(r, &published, &standing, e));
    if (!published)
        return response_error(out, 404);
    if (standing.withdrawn_at)
        return response_error(out, 410);
    TRY(find_file(published, file, &is_there, &type, &bytes, e));
    if (!is_there)
        return response_error(out, 404);
    response_bytes(out, type, bytes);
    response_download(out,
                      str_of(arena_printf(r->arena, "%.*s-%.*s", STR(published->release->name), STR(file))));
    return OK;
}

/* "rapport.pdf" of "/kartlaggning/1281-2025/rapport.pdf". */
static struct str last_part(struct str path)
{
    size_t from = path.n;

    while (from > 0 && path.p[from - 1] != '/')
        from--;
    return str_part(path, from, path.n);
}

enum status public_report_file(const struct request *r, struct response *out, struct err *e)
{
    return send_file(r, request_param(r, "file"), out, e);
}

/* Making it takes a moment: the routes of these files are costly ones. */
enum status public_report_pdf(const struct request *r, struct response *out, struct err *e)
{
    return send_file(r, last_part(r->path), out, e);
}

/* A drawing of the report, in the language of its address. */
enum status public_report_image(const struct request *r, struct response *out, struct err *e)
{
    struct portal_view site = portal_view_of(r);
    struct public_release *published = NULL;
    struct release_standing standing;
    struct str file = request_param(r, "file");

    TRY(find_named(r, &published, &standing, e));
    if (!published || !str_ends(file, S(".svg")))
        return response_error(out, 404);
    if (standing.withdrawn_at)
        return response_error(out, 410);
    struct report_view v = view_of(&site, published, r->arena);
    struct str name = str_part(file, 0, file.n - S(".svg").n);
    struct str image = report_image(&v, r->language, name, r->arena);
    if (image.n == 0)
        return response_error(out, 404);
    response_drawing(out, image);
    return OK;
}

/* The city's catalogue of open data. */
#include "public/open_data.h"

#include "base/arena.h"
#include "base/date.h"
#include "portal/portal.h"
#include "public/public_pages.h"
#include "public/public_releases.h"
#include "public/report_formats.h"
#include "release/bundle.h"
#include "release/dcat.h"
#include "release/release.h"
#include "release/standing.h"
#include "web/request.h"
#include "web/response.h"

/* /kartlaggning/<release>, and /<file> when there is one. */
static struct str path_of(struct text *out, struct str release, struct str file)
{
    return str_of(
        arena_printf(out->arena, "/kartlaggning/%.*s%s%.*s", STR(release), file.n ? "/" : "", STR(file)));
}

static void put_file(struct text *out, const struct dcat_catalogue *c, const struct release *r,
                     struct str file, struct str media_type, const char *file_type)
{
    const struct dcat_file x = {path_of(out, r->name, file), file, media_type, file_type};

    dcat_file(out, c, &x);
}

/* The tables, each as CSV and JSON-stat, under their own names. */
static void put_tables(struct text *out, const struct dcat_catalogue *c, const struct public_release *p)
{
    for (size_t i = 0; i < p->bundle->files; i++) {
        struct str folder;
        struct str name;

        if (!str_cut(p->bundle->file[i].name, '/', &folder, &name))
            name = p->bundle->file[i].name;
        if (str_ends(name, S(".csv")))
            put_file(out, c, p->release, name, S("text/csv"), "CSV");
        else if (str_is(folder, "tables"))
            put_file(out, c, p->release, name, S("application/json"), "JSON");
    }
}

static void put_formats(struct text *out, const struct dcat_catalogue *c, const struct release *r)
{
    for (size_t i = 0; i < REPORT_FORMATS; i++) {
        const struct report_format *f = &report_formats[i];
        struct str type;
        struct str parameters;

        if (!f->file_type)
            continue;
        if (!str_cut(str_of(f->type), ';', &type, &parameters))
            type = str_of(f->type);
        put_file(out, c, r, str_of(f->name), type, f->file_type);
    }
}

static void put_set(struct text *out, const struct dcat_catalogue *c, const struct open_data_set *set)
{
    const struct release *r = set->published->release;
    const struct dcat_set x = {
        .path = path_of(out, r->name, S("")),
        .title = {r->mapping.title_sv, r->mapping.title_en},
        .description = {r->mapping.source_sv, r->mapping.source_en},
        .identifier = r->name,
        .issued = date_of(r->published_at),
        .first_year = r->mapping.first_year,
        .last_year = r->mapping.last_year,
        .replaces = set->standing->corrects.n ? path_of(out, set->standing->corrects, S("")) : S(""),
        .reason = set->standing->corrects_reason};

    dcat_set_begin(out, c, &x);
    put_tables(out, c, set->published);
    put_formats(out, c, r);
    dcat_set_end(out);
}

void open_data_catalogue(struct text *out, const struct open_data_site *site, const struct open_data_set *set,
                         size_t n)
{
    const struct dcat_catalogue c = {
        .address = site->address,
        .path = "/oppnadata/katalog.rdf",
        .homepage = "/kartlaggning",
        .publisher = site->city,
        .title = {S("Kartläggningar av människohandel"), S("Mappings of human trafficking")},
        .description = {
            S("Hur många som är kända och hur många det troligen är. Varje siffra är avrundad, så att "
              "ingen person går att peka ut."),
            S("How many are known and how many there probably are. Every figure is rounded, so that no "
              "person can be pointed out.")}};

    dcat_begin(out, &c);
    for (size_t i = 0; i < n; i++)
        put_set(out, &c, &set[i]);
    dcat_end(out);
}

/* Releases that are neither corrected nor withdrawn, verified. */
static enum status sets_in_force(const struct request *r, struct open_data_set **out, size_t *n,
                                 struct err *e)
{
    struct release_entry *entries = NULL;
    size_t found = 0;

    *n = 0;
    TRY(release_list(portal_db(r), r->arena, &entries, &found, e));
    *out = arena_new(r->arena, found + 1, struct open_data_set);
    for (size_t i = 0; i < found; i++) {
        struct release_standing *standing = arena_new(r->arena, 1, struct release_standing);
        struct public_release *published = NULL;

        if (!entries[i].is_in_force)
            continue;
        TRY(public_release_find(portal_kept(r, &public_room), entries[i].name, &published, e));
        TRY(release_standing(portal_db(r), entries[i].name, r->arena, standing, e));
        (*out)[(*n)++] = (struct open_data_set){.published = published, .standing = standing};
    }
    return OK;
}

enum status open_data_show(const struct request *r, struct response *out, struct err *e)
{
    struct portal_view view = portal_view_of(r);
    const struct open_data_site site = {.city = view.city, .address = view.address};
    struct text catalogue = text_open(r->arena);
    struct open_data_set *sets = NULL;
    size_t n = 0;

    TRY(sets_in_force(r, &sets, &n, e));
    open_data_catalogue(&catalogue, &site, sets, n);
    response_bytes(out, "application/rdf+xml", text_str(&catalogue));
    return OK;
}

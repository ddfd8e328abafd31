/* What a programme has published, for everyone. */
#include "programme/publication_pages.h"

#include "base/arena.h"
#include "base/date.h"
#include "base/text.h"
#include "pages.h"
#include "portal/portal.h"
#include "programme/pooled_files.h"
#include "programme/pooled_map.h"
#include "programme/programme.h"
#include "programme/publication.h"
#include "release/dcat.h"
#include "web/request.h"
#include "web/response.h"

static struct str address_of(const struct request *r, int64_t id, const char *file)
{
    return portal_href(
        r, arena_printf(r->arena, "/tillsammans/%lld%s%s", (long long)id, file[0] ? "/" : "", file));
}

enum status publications_show(const struct request *r, struct response *out, struct err *e)
{
    struct portal_view around = portal_view_of(r);
    struct publications all;
    bool is_programme = false;

    TRY(programme_is(portal_db(r), &is_programme, e));
    if (!is_programme)
        return response_error(out, 404);
    TRY(publication_list(portal_db(r), r->arena, &all, e));
    struct publication_row *rows = arena_new(r->arena, all.n, struct publication_row);
    for (size_t i = 0; i < all.n; i++)
        rows[i] = (struct publication_row){.href = address_of(r, all.publication[i].id, ""),
                                           .published = date_of(all.publication[i].published_at),
                                           .cities = all.publication[i].releases};
    struct publications_view v = {
        .layout = portal_layout(&around, portal_text(r, TEXT_PROGRAMME_PUBLICATIONS), r->path, r->arena),
        .publications = all.n,
        .publication = rows,
        .catalogue_href = S("/tillsammans/katalog.rdf"),
        .research_href = portal_href(r, "/forskning")};
    page_publications(response_page(out), &v);
    return OK;
}

/* An address in the catalogue: the same for readers of both languages. */
static struct str path_of(const struct request *r, int64_t id, const char *file)
{
    return str_of(arena_printf(r->arena, "/tillsammans/%lld%s%s", (long long)id, file[0] ? "/" : "", file));
}

static void put_set(struct text *out, const struct dcat_catalogue *c, const struct request *r,
                    const struct publication *p)
{
    char day[11];

    date_to_text(date_of(p->published_at), day);
    const struct dcat_set set = {
        .path = path_of(r, p->id, ""),
        .title = {str_of(arena_printf(r->arena, "Orterna tillsammans, publicerat %s", day)),
                  str_of(arena_printf(r->arena, "The cities together, published %s", day))},
        .description = c->description,
        .identifier = str_of(arena_printf(r->arena, "tillsammans-%lld", (long long)p->id)),
        .issued = date_of(p->published_at)};

    dcat_set_begin(out, c, &set);
    for (size_t i = 0; i < POOLED_FILES; i++) {
        const struct pooled_file *f = &pooled_files[i];
        struct dcat_file file = {
            .path = path_of(r, p->id, f->name), .title = str_of(f->name), .file_type = f->file_type};
        struct str parameters;

        if (!str_cut(str_of(f->type), ';', &file.media_type, &parameters))
            file.media_type = str_of(f->type);
        dcat_file(out, c, &file);
    }
    dcat_set_end(out);
}

enum status publications_catalogue(const struct request *r, struct response *out, struct err *e)
{
    struct portal_view around = portal_view_of(r);
    const struct dcat_catalogue c = {
        .address = around.address,
        .path = "/tillsammans/katalog.rdf",
        .homepage = "/tillsammans",
        .publisher = around.city,
        .title = {S("Kartläggningar av människohandel i flera orter"),
                  S("Mappings of human trafficking in several cities")},
        .description = {
            S("Flera orters kartläggningar tillsammans, räknade på siffror som orterna har publicerat. "
              "Varje siffra är avrundad, så att ingen person går att peka ut."),
            S("Several cities' mappings together, worked out from figures that the cities have "
              "published. Every figure is rounded, so that no person can be pointed out.")}};
    struct text catalogue = text_open(r->arena);
    struct publications all;
    bool is_programme = false;

    TRY(programme_is(portal_db(r), &is_programme, e));
    if (!is_programme)
        return response_error(out, 404);
    TRY(publication_list(portal_db(r), r->arena, &all, e));
    dcat_begin(&catalogue, &c);
    for (size_t i = 0; i < all.n; i++)
        put_set(&catalogue, &c, r, &all.publication[i]);
    dcat_end(&catalogue);
    response_bytes(out, "application/rdf+xml", text_str(&catalogue));
    return OK;
}

/* The publication that the address names, in *x; *is_there is false when there is none. */
static enum status read_asked(const struct request *r, struct published **x, bool *is_there, struct err *e)
{
    *x = arena_new(r->arena, 1, struct published);
    return publication_read(portal_of(r)->city, portal_db(r), request_id(r), r->now_at, r->arena, *x,
                            is_there, e);
}

/* With the map that the programme has today: it holds borders, and no figures. */
static enum status edition_of(const struct request *r, const struct published *x, struct pooled_edition *out,
                              struct err *e)
{
    struct pooled_map *map = NULL;

    TRY(pooled_map_read(portal_db(r), &x->pooled, r->arena, &map, e));
    *out = (struct pooled_edition){&x->pooled, map, r->language};
    return OK;
}

enum status publication_show(const struct request *r, struct response *out, struct err *e)
{
    struct portal_view around = portal_view_of(r);
    struct pooled_file_link *link = arena_new(r->arena, POOLED_FILES, struct pooled_file_link);
    struct published *x = NULL;
    struct pooled_edition edition;
    bool is_there = false;

    TRY(read_asked(r, &x, &is_there, e));
    if (!is_there)
        return response_error(out, 404);
    for (size_t i = 0; i < POOLED_FILES; i++)
        link[i] = (struct pooled_file_link){address_of(r, x->is.id, pooled_files[i].name),
                                            portal_text(r, pooled_files[i].what)};
    TRY(edition_of(r, x, &edition, e));
    struct pooled_view v = pooled_view_of(&edition, r->arena);
    v.layout = portal_form_layout(&around, portal_text(r, TEXT_PROGRAMME_POOLED_TITLE), r->path, 0, r->arena);
    v.is_published = true;
    v.published = date_of(x->is.published_at);
    v.published_href = portal_href(r, "/tillsammans");
    v.is_made_otherwise = !x->is_same;
    v.files = POOLED_FILES;
    v.file = link;
    page_pooled(response_page(out), &v);
    return OK;
}

enum status publication_file(const struct request *r, struct response *out, struct err *e)
{
    const struct pooled_file *file = pooled_file_named(request_param(r, "file"));
    struct text bytes = text_open(r->arena);
    struct published *x = NULL;
    struct pooled_edition edition;
    bool is_there = false;

    TRY(read_asked(r, &x, &is_there, e));
    if (!is_there || !file)
        return response_error(out, 404);
    TRY(edition_of(r, x, &edition, e));
    TRY(file->write(&bytes, &edition, e));
    response_bytes(out, file->type, text_str(&bytes));
    response_download(out, str_of(file->name));
    return OK;
}

/* The room of areas: its routes, the list, one division and how it agrees with what is published. */
#include "area/area_pages.h"

#include "area/area_file.h"
#include "area/area_view.h"
#include "area/handlers.h"
#include "base/arena.h"
#include "base/text.h"
#include "pages.h"
#include "portal/portal.h"
#include "web/html.h"
#include "web/request.h"
#include "web/response.h"

enum { UPLOAD_LIMIT_BYTES = AREA_FILE_LIMIT_BYTES + (64 << 10) };

static const struct route routes[] = {
    {"GET", "/arbete/omraden", PERMISSION_MAPPING_START, divisions_show, .caching = ROUTE_NOT_STORED},
    {"GET", "/arbete/omraden/ny", PERMISSION_MAPPING_START, division_new_show, .caching = ROUTE_NOT_STORED},
    {"POST", "/arbete/omraden/ny", PERMISSION_MAPPING_START, division_new_take,
     .body_limit_bytes = UPLOAD_LIMIT_BYTES, .posted = ROUTE_ONCE, .cost = ROUTE_COSTLY},
    {"GET", "/arbete/omraden/:id", PERMISSION_MAPPING_START, division_show, .caching = ROUTE_NOT_STORED},
    {"POST", "/arbete/omraden/:id/ta-bort", PERMISSION_MAPPING_START, division_remove_take,
     .posted = ROUTE_ONCE},
    {.method = NULL},
};

const struct portal_room area_room = {.routes = routes};

static struct str division_href(const struct request *r, int64_t id, const char *rest)
{
    return portal_href(r, arena_printf(r->arena, "/arbete/omraden/%lld%s", (long long)id, rest));
}

enum status divisions_show(const struct request *r, struct response *out, struct err *e)
{
    struct portal_view around = portal_view_of(r);
    struct divisions all;
    struct divisions_view v = {.is_removed = form_has(&r->query, "borttaget"),
                               .add_href = portal_href(r, "/arbete/omraden/ny")};

    TRY(division_list(portal_db(r), r->arena, &all, e));
    v.divisions = all.n;
    struct division_row *rows = arena_new(r->arena, v.divisions + 1, struct division_row);
    for (size_t i = 0; i < v.divisions; i++)
        rows[i] = (struct division_row){.name = all.division[i].name,
                                        .column = all.division[i].column,
                                        .href = division_href(r, all.division[i].id, ""),
                                        .added_on = date_of(all.division[i].added_at),
                                        .areas = all.division[i].areas};
    v.division = rows;
    v.layout = portal_layout(&around, portal_text(r, TEXT_AREA_TITLE), r->path, r->arena);
    page_area_list(response_page(out), &v);
    return OK;
}

static struct str in_language(const struct request *r, const struct label *label)
{
    return r->language == LANGUAGE_EN ? label->en : label->sv;
}

static struct str lost_names(const struct request *r, const struct area_match *m)
{
    struct text t = text_open(r->arena);

    for (size_t i = 0; i < m->lost; i++) {
        text_format(&t, "%s", i ? ", " : "");
        text_add(&t, in_language(r, &m->lost_row[i]->label));
    }
    return text_str(&t);
}

static struct str renamed_names(const struct request *r, const struct area_match *m)
{
    struct text t = text_open(r->arena);

    for (size_t i = 0; i < m->renamed; i++) {
        const struct insertion values[] = {insertion("table", in_language(r, &m->renaming[i].row->label)),
                                           insertion("map", m->renaming[i].area->name)};

        text_format(&t, "%s", i ? ", " : "");
        catalogue_write(&t, catalogue_of(r->language), TEXT_AREA_RENAMED_ONE, values, 2);
    }
    return text_str(&t);
}

/* The name of the division that `table` is drawn on, when that is another than `own`. */
static struct str other_division(const struct area_map *maps, size_t n, const struct release_table *table,
                                 int64_t own)
{
    for (size_t i = 0; i < n; i++)
        if (maps[i].table == table && maps[i].division.id != own)
            return maps[i].division.name;
    return S("");
}

/* One use for each table of the release whose column is the division's. */
static enum status add_uses(const struct request *r, const struct release *release, struct division_view *v,
                            struct division_use **uses, size_t *room, struct err *e)
{
    struct area_map *maps = NULL;
    size_t n = 0;

    TRY(area_maps(portal_db(r), release, r->arena, &maps, &n, e));
    for (size_t t = 0; t < release->tables; t++) {
        const struct release_table *table = &release->table[t];

        if (!str_equal(table->label.code, v->division.column))
            continue;
        struct area_match m = area_match(table, &v->areas, r->arena);
        *uses = arena_grow(r->arena, *uses, v->uses + 1, room, sizeof **uses);
        (*uses)[v->uses++] = (struct division_use){
            .release = in_language(
                r, &(struct label){.sv = release->mapping.title_sv, .en = release->mapping.title_en}),
            .table = in_language(r, &table->label),
            .href = portal_href(r, arena_printf(r->arena, "/kartlaggning/%.*s", STR(release->name))),
            .other = other_division(maps, n, table, v->division.id),
            .lost = lost_names(r, &m),
            .renamed = renamed_names(r, &m)};
    }
    return OK;
}

static enum status read_uses(const struct request *r, struct division_view *v, struct err *e)
{
    struct release_entry *entries = NULL;
    struct division_use *uses = NULL;
    size_t n = 0;
    size_t room = 0;

    TRY(release_list(portal_db(r), r->arena, &entries, &n, e));
    for (size_t i = 0; i < n; i++) {
        struct release *release = arena_new(r->arena, 1, struct release);

        if (!entries[i].is_in_force)
            continue;
        TRY(release_read(release_path(portal_of(r)->city, entries[i].name, r->arena), S(""), r->arena,
                         release, e));
        TRY(add_uses(r, release, v, &uses, &room, e));
    }
    v->use = uses;
    return OK;
}

enum status division_show(const struct request *r, struct response *out, struct err *e)
{
    struct portal_view around = portal_view_of(r);
    struct division_view v = {.back = portal_href(r, "/arbete/omraden")};
    enum status s = division_find(portal_db(r), request_id(r), r->arena, &v.division, e);

    if (s != OK)
        return s == REFUSED ? response_error(out, 404) : s;
    TRY(division_areas(portal_db(r), v.division.id, r->arena, &v.areas, e));
    TRY(read_uses(r, &v, e));
    v.added_on = date_of(v.division.added_at);
    v.action = division_href(r, v.division.id, "/ta-bort");
    v.layout = portal_form_layout(&around, v.division.name, r->path, 0, r->arena);
    page_area_division(response_page(out), &v);
    return OK;
}

/* Removed by somebody else meanwhile is removed as well. */
enum status division_remove_take(const struct request *r, struct response *out, struct err *e)
{
    const struct who who = portal_who(r);
    enum status s = division_remove(portal_db(r), request_id(r), &who, e);

    if (s != OK && s != REFUSED)
        return s;
    return portal_redirect(r, out, S("/arbete/omraden?borttaget"));
}

void division_picture(struct html *h, const struct division_view *v)
{
    struct chart_area *drawn = arena_new(h->out.arena, v->areas.n, struct chart_area);
    struct chart_words words = {.show_table = catalogue_text(h->texts, TEXT_AREA_SHOW_TABLE),
                                .people = catalogue_text(h->texts, TEXT_AREA_CODE)};
    const struct chart_frame frame = {.id = "areas",
                                      .title = catalogue_text(h->texts, TEXT_AREA_PICTURE_TITLE),
                                      .finding = catalogue_text(h->texts, TEXT_AREA_PICTURE),
                                      .source = v->division.source,
                                      .words = &words};
    const struct chart_map map = {
        .areas = drawn, .n = v->areas.n, .area_heading = catalogue_text(h->texts, TEXT_AREA_AREA)};

    for (size_t i = 0; i < v->areas.n; i++)
        drawn[i] = (struct chart_area){.name = v->areas.area[i].name,
                                       .count = {.text = v->areas.area[i].code},
                                       .rings = v->areas.area[i].ring,
                                       .n = v->areas.area[i].n};
    chart_map(h, &frame, &map);
}

/* Counts on areas: what is filled how, what the legend says, and what is not on the map. */
#include "public/report_map.h"

#include "area/area_match.h"
#include "base/arena.h"
#include "base/text.h"
#include "chart/chart_bar.h"
#include "chart/chart_map.h"
#include "public/report_view.h"
#include "web/html.h"

enum status report_maps_add(struct db *db, struct report_view *v, struct arena *a, struct err *e)
{
    struct area_map *maps = NULL;

    TRY(area_maps(db, v->release, a, &maps, &v->maps, e));
    v->map = maps;
    return OK;
}

static const struct area_map *map_of(const struct report_view *v, const struct release_table *table)
{
    for (size_t i = 0; i < v->maps; i++)
        if (str_equal(v->map[i].table->label.code, table->label.code))
            return &v->map[i];
    return NULL;
}

/* The row that speaks of the area; `n` when none does. */
static size_t row_of(const struct area_match *m, const struct area *area, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (m->of_row[i] == area)
            return i;
    return n;
}

/* An area has the name of its row, as the table under it. */
static struct chart_area *areas_of(const struct area_map *map, const struct chart_bar_row *rows,
                                   struct arena *a)
{
    struct chart_area *areas = arena_new(a, map->areas.n, struct chart_area);

    for (size_t i = 0; i < map->areas.n; i++) {
        const struct area *area = &map->areas.area[i];
        size_t row = row_of(&map->match, area, map->table->n);
        bool is_outside = row == map->table->n;

        areas[i] = (struct chart_area){.name = is_outside ? area->name : rows[row].label,
                                       .is_outside = is_outside,
                                       .rings = area->ring,
                                       .n = area->n,
                                       .circle = area->circle};
        if (!is_outside)
            areas[i].count = rows[row].count;
    }
    return areas;
}

static int64_t greatest(const struct chart_bar_row *rows, size_t n)
{
    int64_t top = 1;

    for (size_t i = 0; i < n; i++)
        if (!rows[i].count.is_protected && rows[i].count.value > top)
            top = rows[i].count.value;
    return top;
}

/* "1–19", "20–39" */
static void name_classes(struct html *h, struct chart_class *classes, size_t n, int64_t top)
{
    for (size_t i = 0; i < n; i++) {
        const struct insertion limits[] = {insertion("from", classes[i].from),
                                           insertion("to", chart_map_class_end(classes, n, i, top))};
        struct text t = text_open(h->out.arena);

        catalogue_write(&t, h->texts, TEXT_REPORT_MAP_CLASS, limits, 2);
        classes[i].text = text_str(&t);
    }
}

/* Who drew the borders, and which rows are in the table alone. */
static struct str note_of(struct html *h, const struct area_map *map, const struct chart_bar_row *rows)
{
    const struct insertion source[] = {insertion("source", map->division.source)};
    struct text names = text_open(h->out.arena);
    struct text note = text_open(h->out.arena);

    catalogue_write(&note, h->texts, TEXT_REPORT_MAP_SOURCE, source, 1);
    for (size_t i = 0; i < map->table->n; i++)
        if (!map->match.of_row[i]) {
            text_format(&names, "%s", names.n ? ", " : "");
            text_add(&names, rows[i].label);
        }
    if (names.n) {
        const struct insertion lost[] = {insertion("names", text_str(&names))};

        text_byte(&note, ' ');
        catalogue_write(&note, h->texts, TEXT_REPORT_MAP_LOST, lost, 1);
    }
    return text_str(&note);
}

void report_map(struct html *h, const struct report_view *v, const struct release_table *table,
                const struct chart_bar_row *rows, const struct chart_frame *bars)
{
    const struct area_map *map = map_of(v, table);
    struct chart_class classes[CHART_MAP_CLASSES];

    if (!map)
        return;
    struct arena *a = h->out.arena;
    int64_t top = greatest(rows, table->n);
    struct text title = text_open(a);
    struct chart_map m = {.areas = areas_of(map, rows, a),
                          .n = map->areas.n,
                          .classes = classes,
                          .n_classes = chart_map_classes(top, classes),
                          .area_heading = bars->title,
                          .none_text = catalogue_text(h->texts, TEXT_REPORT_MAP_NONE),
                          .protected_text = catalogue_text(h->texts, TEXT_REPORT_MAP_PROTECTED),
                          .outside_text = catalogue_text(h->texts, TEXT_REPORT_MAP_OUTSIDE)};
    struct chart_frame frame = *bars;

    name_classes(h, classes, m.n_classes, top);
    catalogue_write(&title, h->texts, TEXT_REPORT_MAP_TITLE,
                    (struct insertion[]){insertion("table", bars->title)}, 1);
    frame.id = arena_printf(a, "map-%.*s", STR(table->label.code));
    frame.title = text_str(&title);
    frame.note = note_of(h, map, rows);
    chart_map(h, &frame, &m);
}

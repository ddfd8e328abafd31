/* The cities of a programme on a map. */
#include "programme/pooled_map.h"

#include "base/arena.h"
#include "base/text.h"
#include "programme/programme_view.h"
#include "web/html.h"

#include <math.h>

static bool has_release(const struct pooled *x, struct str municipality)
{
    for (size_t i = 0; i < x->arrivals->accepted; i++)
        if (str_equal(x->arrivals->arrival[i].release.municipality, municipality))
            return true;
    return false;
}

static size_t count_cities(const struct areas *areas, const struct pooled *x)
{
    size_t n = 0;

    for (size_t i = 0; i < areas->n; i++)
        n += has_release(x, areas->area[i].code);
    return n;
}

enum status pooled_map_read(struct db *db, const struct pooled *x, struct arena *a, struct pooled_map **out,
                            struct err *e)
{
    struct divisions all;
    size_t most = 0;

    *out = NULL;
    TRY(division_list(db, a, &all, e));
    for (size_t i = 0; i < all.n; i++) {
        struct pooled_map map = {.division = all.division[i]};

        TRY(division_areas(db, map.division.id, a, &map.areas, e));
        if (count_cities(&map.areas, x) <= most)
            continue;
        most = count_cities(&map.areas, x);
        *out = arena_new(a, 1, struct pooled_map);
        **out = map;
    }
    return OK;
}

static const struct pooled_city *city_of(const struct pooled_period *p, const struct area *area)
{
    for (size_t i = 0; i < p->n; i++)
        if (str_equal(p->city[i].release->municipality, area->code) && p->city[i].part == PART_SUM &&
            p->city[i].population > 0)
            return &p->city[i];
    return NULL;
}

/* The areas as they are drawn; *top is the highest rate, *n how many have one. */
static struct chart_area *areas_of(struct html *h, const struct pooled_period *p,
                                   const struct pooled_map *map, int64_t *top, size_t *n)
{
    struct chart_area *areas = arena_new(h->out.arena, map->areas.n, struct chart_area);

    for (size_t i = 0; i < map->areas.n; i++) {
        const struct area *area = &map->areas.area[i];
        const struct pooled_city *city = city_of(p, area);

        areas[i] = (struct chart_area){.name = area->name,
                                       .is_outside = !city,
                                       .rings = area->ring,
                                       .n = area->n,
                                       .circle = area->circle};
        if (!city)
            continue;
        areas[i].count =
            (struct chart_count){.value = llround(city->rate), .text = pooled_rate_text(h, city)};
        *top = areas[i].count.value > *top ? areas[i].count.value : *top;
        (*n)++;
    }
    return areas;
}

static struct str filled(struct html *h, enum text_key key, const struct insertion *values, size_t n)
{
    struct text out = text_open(h->out.arena);

    catalogue_write(&out, h->texts, key, values, n);
    return text_str(&out);
}

static void name_classes(struct html *h, struct chart_class *classes, size_t n, int64_t top)
{
    for (size_t i = 0; i < n; i++) {
        const struct insertion limits[] = {insertion("from", classes[i].from),
                                           insertion("to", chart_map_class_end(classes, n, i, top))};

        classes[i].text = filled(h, TEXT_PROGRAMME_MAP_CLASS, limits, 2);
    }
}

void pooled_map_put(struct html *h, const struct pooled_section *s, const struct pooled_map *map)
{
    const struct pooled_period *p = s->period;
    const struct insertion source[] = {insertion("source", map->division.source)};
    struct chart_words words = pooled_chart_words(h);
    struct chart_class classes[CHART_MAP_CLASSES];
    int64_t top = 1;
    size_t told = 0;
    struct chart_map m = {.areas = areas_of(h, p, map, &top, &told),
                          .n = map->areas.n,
                          .classes = classes,
                          .n_classes = chart_map_classes(top, classes),
                          .area_heading = catalogue_text(h->texts, TEXT_PROGRAMME_CITY),
                          .none_text = catalogue_text(h->texts, TEXT_PROGRAMME_MAP_NONE),
                          .outside_text = catalogue_text(h->texts, TEXT_PROGRAMME_MAP_OUTSIDE)};
    const struct insertion n[] = {insertion("n", told)};
    const struct chart_frame frame = {
        .id = arena_printf(h->out.arena, "map-%d-%d", p->first_year, p->last_year),
        .title = catalogue_text(h->texts, TEXT_PROGRAMME_MAP_TITLE),
        .finding = filled(h, TEXT_PROGRAMME_MAP_FINDING, n, 1),
        .note = filled(h, TEXT_PROGRAMME_MAP_NOTE, source, 1),
        .words = &words};

    if (told == 0)
        return;
    words.people = catalogue_text(h->texts, TEXT_PROGRAMME_FUNNEL_HEADING);
    name_classes(h, classes, m.n_classes, top);
    chart_map(h, &frame, &m);
}

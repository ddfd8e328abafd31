/* Draws every kind of chart from invented figures: charts DIR writes DIR/chart-*.html.
 * golden.py runs it and compares with tests/data/golden; run it with that folder to renew the files. */
#include "base/arena.h"
#include "base/file.h"
#include "chart/chart_bar.h"
#include "chart/chart_funnel.h"
#include "chart/chart_interval.h"
#include "chart/chart_map.h"
#include "chart/chart_multiples.h"
#include "chart/chart_overlap.h"
#include "chart/chart_panels.h"
#include "web/html.h"

#include <stdio.h>

static struct chart_words words_sv(void)
{
    return (struct chart_words){.show_table = S("Visa siffrorna som tabell"),
                                .known = S("kända:"),
                                .known_heading = S("Kända"),
                                .unit = S("Uppgift"),
                                .likely = S("troligen"),
                                .estimate = S("skattning"),
                                .range = S("trolig mängd"),
                                .people = S("personer"),
                                .lists = S("finns på"),
                                .none = S("ingen skattning")};
}

static void draw_intervals(struct html *h, struct arena *a)
{
    const struct chart_words words = words_sv();
    const struct chart_interval_row rows[] = {
        {.label = S("Hela staden"),
         .known = {2740, S("cirka 2 740"), false},
         .estimate = {CHART_POINT, 11400, 9200, 14400, 9900, 13300, S("")}},
        {.label = S("Arbete & <hushåll>"),
         .known = {310, S("310"), false},
         .estimate = {CHART_POINT, 420, 350, 560, 380, 500, S("")}},
        {.label = S("Tiggeri"), .known = {0, S("färre än 5"), true}},
    };
    const struct chart_frame f = {.id = "i",
                                  .title = S("Hur många är det?"),
                                  .finding = S("Omkring 2 740 är kända."),
                                  .source = S("Utgåva 2026-1"),
                                  .words = &words};

    (void)a;
    chart_interval(h, &f, rows, 3);
}

static void draw_bars(struct html *h, struct arena *a)
{
    const struct chart_words words = words_sv();
    const struct chart_bar_row rows[] = {
        {.label = S("Polisen"), .count = {1100, S("cirka 1 100"), false}},
        {.label = S("Ideella organisationer"), .count = {565, S("565"), false}},
        {.label = S("Räddningstjänsten"), .count = {0, S("färre än 5"), true}},
        {.label = S("Hyresvärdar"), .count = {0, S("högst 10"), true}}};
    const struct chart_frame f = {.id = "b",
                                  .title = S("Personer per lista"),
                                  .finding = S("Flest finns hos polisen."),
                                  .source = S(""),
                                  .words = &words};

    (void)a;
    chart_bar(h, &f, S("lista"), rows, 4);
}

static void draw_overlap(struct html *h, struct arena *a)
{
    const struct chart_words words = words_sv();
    const struct str names[] = {S("Kommuner"), S("Ideella organisationer"), S("Polisen")};
    const struct chart_overlap_row rows[] = {
        {1, {55, S("cirka 55"), false}}, {2, {465, S("cirka 465"), false}}, {4, {905, S("cirka 905"), false}},
        {3, {15, S("cirka 15"), false}}, {7, {0, S("färre än 5"), true}},   {5, {20, S("20"), false}},
        {6, {0, S("högst 10"), true}}};
    const struct chart_overlap c = {.names = names, .lists = 3, .rows = rows, .n = 7};
    const struct chart_frame f = {.id = "o",
                                  .title = S("Vem finns på vilka listor?"),
                                  .finding = S("De flesta finns på en lista."),
                                  .source = S("Utgåva 2026-1"),
                                  .words = &words};

    chart_overlap(h, &f, &c, a);
}

static void draw_multiples(struct html *h, struct arena *a)
{
    const struct chart_words words = words_sv();
    const struct str periods[] = {S("2021–2023"), S("2024–2026")};
    const struct chart_count known[] = {{1100, S("cirka 1 100"), false}, {1250, S("cirka 1 250"), false}};
    const struct chart_count few[] = {{0, S("färre än 5"), true}, {20, S("cirka 20"), false}};
    const struct chart_multiple rows[] = {{S("Kända personer"), known}, {S("Vård & <omsorg>"), few}};
    const struct chart_multiples m = {
        .heading = S("Uppgift"), .periods = 2, .period = periods, .n = 2, .multiple = rows};
    const struct chart_frame f = {.id = "m",
                                  .title = S("Period för period"),
                                  .finding = S("Fler är kända."),
                                  .note = S("Alla staplar har samma skala."),
                                  .source = S("Utgåvor 2023-1, 2026-1"),
                                  .words = &words};

    (void)a;
    chart_multiples(h, &f, &m);
}

/* A city with an estimate and a range, one left out and then without, over two periods. */
static void draw_panels(struct html *h, struct arena *a)
{
    const struct chart_words words = words_sv();
    const struct str periods[] = {S("2021–2023"), S("2024")};
    const struct chart_panel_cell full[] = {{CHART_PANEL_DRAWN,
                                             {1100, S("cirka 1 100"), false},
                                             {CHART_POINT, 2400, 1800, 3900, 2000, 3100, S("")},
                                             S("omkring 2 400 (1 800–3 900)")},
                                            {CHART_PANEL_DRAWN,
                                             {1250, S("cirka 1 250"), false},
                                             {.kind = CHART_RANGE, .lo = 1900, .hi = 4700},
                                             S("1 900–4 700, ingen bästa siffra")}};
    const struct chart_panel_cell none[] = {
        {CHART_PANEL_WORDS, {70, S("cirka 70"), false}, {.kind = CHART_NONE}, S("räknas inte med")},
        {CHART_PANEL_DRAWN, {0, S("färre än 5"), true}, {.kind = CHART_NONE}, S("ingen skattning")}};
    const struct chart_panel rows[] = {{S("Malmö (exempel)"), S(""), full},
                                       {S("Höör & <Hörby>"), S("ingen skattning"), none}};
    const struct chart_panels c = {.period_heading = S("Period"),
                                   .likely_heading = S("Troligt antal"),
                                   .periods = 2,
                                   .period = periods,
                                   .n = 2,
                                   .panel = rows};
    const struct chart_frame f = {.id = "p",
                                  .title = S("Ort för ort"),
                                  .finding = S("En ort av två har en skattning."),
                                  .note = S("Alla rutor har samma skala."),
                                  .source = S("Utgåva 2026-1"),
                                  .words = &words};

    (void)a;
    chart_panels(h, &f, &c);
}

/* Six values about a mean of 50; the fourth is outside. */
static void draw_funnel(struct html *h, struct arena *a)
{
    const struct chart_words words = words_sv();
    const struct chart_funnel_row rows[] = {
        {S("Ett"), 42, 0.08, S("42 (36–49)"), S("som väntat"), false},
        {S("Två"), 61, 0.21, S("61 (40–92)"), S("som väntat"), false},
        {S("Tre & <ett>"), 60, 0.22, S("60 (39–92)"), S("som väntat"), false},
        {S("Fyra"), 160, 0.15, S("160 (119–215)"), S("utanför"), true},
        {S("Fem"), 25, 0.35, S("25 (13–50)"), S("som väntat"), false},
        {S("Sex"), 70, 0.4, S("70 (32–153)"), S("som väntat"), false}};
    struct chart_funnel c = {.mean = 50,
                             .most_se = 0.5,
                             .value_heading = S("För varje 100 000"),
                             .verdict_heading = S("Plats"),
                             .axis = S("för varje 100 000 invånare"),
                             .n = 6,
                             .row = rows};
    const struct chart_frame f = {.id = "f",
                                  .title = S("Skiljer sig någon ort?"),
                                  .finding = S("En av sex ligger utanför."),
                                  .source = S("Utgåva 2026-1"),
                                  .words = &words};

    (void)a;
    for (int i = 0; i <= CHART_FUNNEL_STEPS; i++) {
        const double away = 1.0 + 1.5 * i / CHART_FUNNEL_STEPS;

        c.limits[i] = (struct chart_funnel_limits){50 / (1 + away), 50 * (1 + away), 50 / (1 + 1.6 * away),
                                                   50 * (1 + 1.6 * away)};
    }
    chart_funnel(h, &f, &c);
}

/* A square of 10 km from (east, north) kilometres. */
static struct chart_ring square(struct arena *a, double east, double north)
{
    const double corners[][2] = {{0, 0}, {10, 0}, {10, 10}, {0, 10}, {0, 0}};
    struct sweref *points = arena_new(a, 5, struct sweref);

    for (size_t i = 0; i < 5; i++)
        points[i] = (struct sweref){(east + corners[i][0]) * 1000, (north + corners[i][1]) * 1000};
    return (struct chart_ring){points, 5};
}

/* Six squares, one for each way to fill an area, and a lake in the first. */
static void draw_map(struct html *h, struct arena *a)
{
    static const struct sweref lake[] = {
        {2000, 2000}, {2000, 4000}, {4000, 4000}, {4000, 2000}, {2000, 2000}};
    const struct chart_words words = words_sv();
    const struct chart_count counts[] = {{5, S("cirka 5"), false},   {45, S("cirka 45"), false},
                                         {90, S("cirka 90"), false}, {0, S("färre än 5"), true},
                                         {0, S("ingen"), false},     {0, S(""), false}};
    const struct str names[] = {S("Norr"), S("Söder & <hamnen>"), S("Öster"), S("Väster"),
                                S("Ön"),   S("Grannen")};
    struct chart_class classes[CHART_MAP_CLASSES];
    struct chart_area areas[6];
    struct chart_ring rings[6];
    const struct chart_map m = {.areas = areas,
                                .n = 6,
                                .classes = classes,
                                .n_classes = chart_map_classes(90, classes),
                                .area_heading = S("Stadsdel"),
                                .none_text = S("ingen känd"),
                                .protected_text = S("för få för att visas"),
                                .outside_text = S("ingår inte")};
    const struct chart_frame f = {.id = "k",
                                  .title = S("Stadsdel på kartan"),
                                  .finding = S("Flest finns i Öster."),
                                  .note = S("Gränser: exempel."),
                                  .source = S("Utgåva 2026-1"),
                                  .words = &words};

    for (size_t i = 0; i < m.n_classes; i++)
        classes[i].text = str_of(arena_printf(a, "från %d", (int)classes[i].from));
    for (size_t i = 0; i < 6; i++) {
        double east = 10.0 * (double)(i % 3);
        double north = i < 3 ? 0 : 10;

        rings[i] = square(a, east, north);
        areas[i] = (struct chart_area){.name = names[i],
                                       .is_outside = i == 5,
                                       .count = counts[i],
                                       .rings = &rings[i],
                                       .n = 1,
                                       .circle = {{(east + 5) * 1000, (north + 5) * 1000}, 5000}};
    }
    struct chart_ring with_lake[] = {rings[0], {lake, 5}};
    areas[0].rings = with_lake;
    areas[0].n = 2;
    chart_map(h, &f, &m);
}

static enum status draw(const char *folder, const char *name, void (*drawing)(struct html *, struct arena *),
                        struct err *e)
{
    struct arena *a = arena_open();
    struct html h = html_open(a, catalogue_of(LANGUAGE_SV));

    drawing(&h, a);
    enum status s = file_write(arena_printf(a, "%s/%s", folder, name), html_str(&h), 0644, e);
    arena_close(a);
    return s;
}

static enum status draw_all(const char *folder, struct err *e)
{
    TRY(draw(folder, "chart-interval.html", draw_intervals, e));
    TRY(draw(folder, "chart-bar.html", draw_bars, e));
    TRY(draw(folder, "chart-funnel.html", draw_funnel, e));
    TRY(draw(folder, "chart-multiples.html", draw_multiples, e));
    TRY(draw(folder, "chart-panels.html", draw_panels, e));
    TRY(draw(folder, "chart-map.html", draw_map, e));
    return draw(folder, "chart-overlap.html", draw_overlap, e);
}

int main(int argc, char **argv)
{
    struct err e;

    if (argc != 2) {
        fprintf(stderr, "usage: charts DIR\n");
        return USAGE;
    }
    enum status s = draw_all(argv[1], &e);
    if (s != OK)
        fprintf(stderr, "charts: %s\n", e.what);
    return (int)s;
}

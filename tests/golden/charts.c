/* Draws every kind of chart from invented figures: charts DIR writes DIR/chart-*.html.
 * golden.py runs it and compares with tests/data/golden; run it with that folder to renew the files. */
#include "base/arena.h"
#include "base/file.h"
#include "chart/chart_bar.h"
#include "chart/chart_funnel.h"
#include "chart/chart_interval.h"
#include "chart/chart_overlap.h"
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
         .estimate = {CHART_POINT, 11400, 9200, 14400, 9900, 13300}},
        {.label = S("Arbete & <hushåll>"),
         .known = {310, S("310"), false},
         .estimate = {CHART_POINT, 420, 350, 560, 380, 500}},
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

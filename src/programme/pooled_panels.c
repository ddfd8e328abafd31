/* A small drawing for each city, all on one scale: which rows each is drawn from. */
#include "base/arena.h"
#include "base/text.h"
#include "chart/chart_panels.h"
#include "programme/programme_view.h"
#include "web/html.h"

/* Of those that are left out the row says so: they count other people, and are not to be read on this scale.
 */
static struct chart_panel_cell cell_of(const struct html *h, const struct pooled_section *s, size_t i)
{
    const struct programme_row *row = &s->row[i];
    const bool is_left_out = s->period->city[i].part == PART_NONE;

    return (struct chart_panel_cell){
        .kind = is_left_out ? CHART_PANEL_WORDS : CHART_PANEL_DRAWN,
        .known = pooled_chart_known(row),
        .estimate = pooled_chart_estimate(row),
        .likely = is_left_out ? catalogue_text(h->texts, TEXT_PROGRAMME_STANDING_OUT) : row->likely};
}

static bool has_range(const struct chart_estimate *e)
{
    return e->kind == CHART_RANGE || e->kind == CHART_POINT;
}

/* Sets the city's cell of each period. Sections are the latest first, columns the earliest. */
static struct chart_panel panel_of(const struct html *h, const struct pooled_view *v, size_t periods,
                                   struct str municipality)
{
    struct chart_panel_cell *cell = arena_new(h->out.arena, periods, struct chart_panel_cell);
    struct chart_panel panel = {.cell = cell};
    bool has_estimate = false;

    for (size_t p = periods; p-- > 0;) {
        const struct pooled_section *s = &v->section[periods - 1 - p];

        for (size_t i = 0; i < s->rows; i++) {
            if (!str_equal(s->row[i].release->municipality, municipality))
                continue;
            cell[p] = cell_of(h, s, i);
            has_estimate |= cell[p].kind == CHART_PANEL_DRAWN && has_range(&cell[p].estimate);
            if (panel.label.n == 0) {
                panel.label = s->row[i].release->city;
                panel.missing = cell[p].likely;
            }
        }
    }
    if (has_estimate)
        panel.missing = S("");
    return panel;
}

/* Accepted releases stand by municipality. */
static struct chart_panel *panels_of(const struct html *h, const struct pooled_view *v, size_t periods,
                                     size_t *n)
{
    struct chart_panel *panel = arena_new(h->out.arena, v->arrivals->accepted, struct chart_panel);
    struct str before = S("");

    *n = 0;
    for (size_t i = 0; i < v->arrivals->accepted; i++) {
        const struct str municipality = v->arrivals->arrival[i].release.municipality;

        if (str_equal(municipality, before))
            continue;
        before = municipality;
        panel[*n] = panel_of(h, v, periods, municipality);
        *n += panel[*n].label.n > 0; /* without, all it has is older than what is drawn */
    }
    return panel;
}

static struct str finding_of(struct html *h, const struct chart_panels *c)
{
    struct text out = text_open(h->out.arena);
    size_t with = 0;

    for (size_t i = 0; i < c->n; i++)
        with += c->panel[i].missing.n == 0;
    const struct insertion values[] = {insertion("n", with), insertion("all", c->n)};
    catalogue_write(&out, h->texts, TEXT_PROGRAMME_PANELS_FINDING, values, 2);
    return text_str(&out);
}

void pooled_panels(struct html *h, const struct pooled_view *v)
{
    const struct chart_words words = pooled_chart_words(h);
    struct chart_panels c = {.period_heading = catalogue_text(h->texts, TEXT_PROGRAMME_PERIOD),
                             .likely_heading = catalogue_text(h->texts, TEXT_PROGRAMME_LIKELY),
                             .periods = v->sections};

    if (c.periods > CHART_PANELS_MOST_PERIODS)
        c.periods = CHART_PANELS_MOST_PERIODS;
    struct str *period = arena_new(h->out.arena, c.periods, struct str);
    for (size_t p = 0; p < c.periods; p++)
        period[p] = v->section[c.periods - 1 - p].heading;
    c.period = period;
    c.panel = panels_of(h, v, c.periods, &c.n);
    const struct chart_frame frame = {.id = "panels",
                                      .title = catalogue_text(h->texts, TEXT_PROGRAMME_PANELS_TITLE),
                                      .finding = finding_of(h, &c),
                                      .note = catalogue_text(h->texts, TEXT_PROGRAMME_CHART_NOTE),
                                      .words = &words};

    chart_panels(h, &frame, &c);
}

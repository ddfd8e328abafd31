/* Panels. A drawing is the numbers of its scale at the left, a column for every period, and the periods
 * below. */
#include "chart/chart_panels.h"

#include "base/arena.h"
#include "web/html.h"

#include <assert.h>

enum {
    LEFT = 48,
    RIGHT = 148,
    TOP = 8,
    BOTTOM = 112,
    HEIGHT = 132,
    PERIOD_Y = 128,
    CAP = 4,
    ARROW = 18,
    DIGIT_WIDTH = 7
};

static int64_t highest(const struct chart_panels *c)
{
    int64_t top = 0;

    for (size_t i = 0; i < c->n; i++)
        for (size_t p = 0; p < c->periods; p++) {
            const struct chart_panel_cell *cell = &c->panel[i].cell[p];

            if (cell->kind != CHART_PANEL_DRAWN)
                continue;
            if (!cell->known.is_protected && cell->known.value > top)
                top = cell->known.value;
            if (chart_estimate_top(&cell->estimate) > top)
                top = chart_estimate_top(&cell->estimate);
        }
    return top;
}

static double x_of(const struct chart_panels *c, size_t period)
{
    return LEFT + (RIGHT - LEFT) * ((double)period + 0.5) / (double)c->periods;
}

static double width_of(struct str words)
{
    size_t letters = 0;

    for (size_t i = 0; i < words.n; i++)
        letters += ((unsigned char)words.p[i] & 0xC0) != 0x80;
    return (double)(letters * DIGIT_WIDTH);
}

static void put_description(struct html *h, const struct chart_frame *f, const struct chart_panels *c,
                            const struct chart_panel *panel)
{
    for (size_t p = 0; p < c->periods; p++) {
        const struct chart_panel_cell *cell = &panel->cell[p];

        if (cell->kind == CHART_PANEL_EMPTY)
            continue;
        html_put(h, c->period[p]);
        html_lit(h, ": ");
        html_put(h, cell->likely);
        html_lit(h, ", ");
        html_put(h, f->words->known);
        html_lit(h, " ");
        html_put(h, cell->known.text);
        html_lit(h, ". ");
    }
    html_lit(h, "</desc>\n");
}

static void draw_scale(struct html *h, const struct chart_axis *axis)
{
    for (int i = 0; i * axis->step <= axis->end; i++) {
        double y = chart_x(axis, i * axis->step);

        chart_line(h, i ? "g" : "ax", LEFT, y, RIGHT, y);
        chart_text_open(h, "a e", LEFT - 4, y + 4);
        html_put(h, i * axis->step);
        html_lit(h, "</text>");
    }
    html_lit(h, "\n");
}

/* Under its column each; the first and the last alone where not all have room. */
static void draw_periods(struct html *h, const struct chart_panels *c)
{
    const double room = (double)(RIGHT - LEFT) / (double)c->periods;
    bool have_room = true;

    for (size_t p = 0; p < c->periods; p++)
        have_room = have_room && width_of(c->period[p]) <= room;
    if (!have_room && c->periods > 1) {
        chart_text(h, "a", LEFT, PERIOD_Y, c->period[0]);
        chart_text(h, "a e", RIGHT, PERIOD_Y, c->period[c->periods - 1]);
        return;
    }
    for (size_t p = 0; p < c->periods; p++)
        chart_text(h, "a m", x_of(c, p), PERIOD_Y, c->period[p]);
}

static void draw_known(struct html *h, const struct chart_axis *axis, double x, int64_t known)
{
    html_lit(h, "<path class=\"s2\" d=\"M");
    html_put_coordinate(h, x);
    html_lit(h, " ");
    html_put_coordinate(h, chart_x(axis, known) - 5);
    html_lit(h, "l5 5-5 5-5-5z\"/>");
}

static void draw_estimate(struct html *h, const struct chart_axis *axis, double x,
                          const struct chart_estimate *e)
{
    double lo = chart_x(axis, e->lo);
    double hi = chart_x(axis, e->hi);

    chart_line(h, "wh", x, lo, x, hi);
    chart_line(h, "wh", x - CAP, lo, x + CAP, lo);
    chart_line(h, "wh", x - CAP, hi, x + CAP, hi);
    if (e->kind == CHART_POINT) {
        chart_line(h, "thick", x, chart_x(axis, e->inner_lo), x, chart_x(axis, e->inner_hi));
        chart_dot(h, "s1", x, chart_x(axis, e->value), 5);
    }
}

/* An arrow from the lower limit up, as long for one estimate as for another. */
static void draw_least(struct html *h, const struct chart_axis *axis, double x,
                       const struct chart_estimate *e)
{
    double lo = chart_x(axis, e->lo);

    chart_line(h, "wh", x, lo, x, lo - ARROW);
    chart_line(h, "wh", x - CAP, lo, x + CAP, lo);
    html_lit(h, "<path class=\"wh\" d=\"M");
    html_put_coordinate(h, x - CAP);
    html_lit(h, " ");
    html_put_coordinate(h, lo - ARROW + CAP);
    html_lit(h, "l4-4 4 4\"/>");
}

static void draw_cell(struct html *h, const struct chart_axis *axis, double x,
                      const struct chart_panel_cell *cell)
{
    const bool is_drawn = cell->kind == CHART_PANEL_DRAWN;

    if (is_drawn && cell->estimate.kind == CHART_LEAST)
        draw_least(h, axis, x, &cell->estimate);
    else if (is_drawn && cell->estimate.kind != CHART_NONE)
        draw_estimate(h, axis, x, &cell->estimate);
    else
        chart_text(h, "m", x, BOTTOM - 5, S("–"));
    if (is_drawn && !cell->known.is_protected)
        draw_known(h, axis, x, cell->known.value);
}

static void draw(struct html *h, const struct chart_frame *f, const struct chart_panels *c,
                 const struct chart_axis *axis, size_t i)
{
    const struct chart_panel *panel = &c->panel[i];

    html_lit(h, "<li><b>");
    html_put(h, panel->label);
    html_lit(h, "</b>\n");
    if (panel->missing.n) {
        html_lit(h, "<p class=\"small\">");
        html_put(h, panel->missing);
        html_lit(h, "</p>\n");
    }
    chart_drawing_open(h, CHART_PANEL_WIDTH, HEIGHT, arena_printf(h->out.arena, "%s-%zu", f->id, i),
                       panel->label);
    put_description(h, f, c, panel);
    draw_scale(h, axis);
    for (size_t p = 0; p < c->periods; p++)
        draw_cell(h, axis, x_of(c, p), &panel->cell[p]);
    draw_periods(h, c);
    html_lit(h, "\n</svg></li>\n");
}

static void put_table(struct html *h, const struct chart_frame *f, const struct chart_panels *c)
{
    const struct str headings[] = {f->words->unit, c->period_heading, f->words->known_heading,
                                   c->likely_heading};

    chart_rows_open(h, f, headings, 4);
    for (size_t i = 0; i < c->n; i++)
        for (size_t p = 0; p < c->periods; p++) {
            const struct chart_panel_cell *cell = &c->panel[i].cell[p];

            if (cell->kind == CHART_PANEL_EMPTY)
                continue;
            chart_put_row_open(h, c->panel[i].label);
            chart_put_cell(h, c->period[p]);
            chart_put_cell(h, cell->known.text);
            chart_put_cell(h, cell->likely);
            html_lit(h, "</tr>\n");
        }
}

void chart_panels(struct html *h, const struct chart_frame *f, const struct chart_panels *c)
{
    const struct chart_axis axis = chart_axis(highest(c), BOTTOM, TOP);

    assert(c->periods >= 1 && c->periods <= CHART_PANELS_MOST_PERIODS);
    chart_figure_open(h, f);
    html_lit(h, "<p class=\"small\">");
    html_put(h, f->finding);
    html_lit(h, "</p>\n<ul class=\"panels\">\n");
    for (size_t i = 0; i < c->n; i++)
        draw(h, f, c, &axis, i);
    html_lit(h, "</ul>\n");
    put_table(h, f, c);
    chart_close(h, f);
}

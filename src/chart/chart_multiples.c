/* Small multiples. Each is its label, a line of 20 units for every period, air. */
#include "chart/chart_multiples.h"

#include "web/html.h"

#include <assert.h>

enum { HEAD = 20, LINE = 20, AIR = 14, BAR_HEIGHT = 13, BAR_LEFT = 84, NUMBER_ROOM = 92, TEXT_Y = 11 };

static int64_t highest(const struct chart_multiples *m)
{
    int64_t top = 1;

    for (size_t i = 0; i < m->n; i++)
        for (size_t p = 0; p < m->periods; p++)
            if (!m->multiple[i].count[p].is_protected && m->multiple[i].count[p].value > top)
                top = m->multiple[i].count[p].value;
    return top;
}

static double width_of(const struct chart_count *count, int64_t top)
{
    const double room = CHART_WIDTH - BAR_LEFT - NUMBER_ROOM;

    return count->is_protected ? CHART_PROTECTED_WIDTH : room * (double)count->value / (double)top;
}

static void draw_texts(struct html *h, double y, int64_t top, struct str period,
                       const struct chart_count *count)
{
    chart_text_open(h, NULL, CHART_LEFT, y + TEXT_Y);
    html_put(h, period);
    html_lit(h, "<tspan x=\"");
    html_put_coordinate(h, BAR_LEFT + width_of(count, top) + 6);
    html_lit(h, "\">");
    html_put(h, count->text);
    html_lit(h, "</tspan></text>\n");
}

static void draw_bars(struct html *h, double y, int64_t top, const struct chart_multiple *each,
                      size_t periods)
{
    bool is_open = false;

    for (size_t p = 0; p < periods; p++)
        if (!each->count[p].is_protected)
            chart_bars_add(h, &is_open, BAR_LEFT, y + (double)(p * LINE), width_of(&each->count[p], top),
                           BAR_HEIGHT);
    chart_bars_end(h, is_open);
    for (size_t p = 0; p < periods; p++)
        if (each->count[p].is_protected)
            chart_protected_mark(h, BAR_LEFT, y + (double)(p * LINE), BAR_HEIGHT);
}

static void draw(struct html *h, double y, int64_t top, const struct chart_multiples *m,
                 const struct chart_multiple *each)
{
    chart_text(h, "n", CHART_LEFT, y + 14, each->label);
    chart_line(h, "ax", BAR_LEFT, y + HEAD - 2, BAR_LEFT, y + HEAD + (double)(m->periods * LINE) - 4);
    draw_bars(h, y + HEAD, top, each, m->periods);
    for (size_t p = 0; p < m->periods; p++)
        draw_texts(h, y + HEAD + (double)(p * LINE), top, m->period[p], &each->count[p]);
}

static void put_table(struct html *h, const struct chart_frame *f, const struct chart_multiples *m)
{
    struct str headings[CHART_MOST_PERIODS + 1] = {m->heading};

    for (size_t p = 0; p < m->periods; p++)
        headings[p + 1] = m->period[p];
    chart_table_open(h, f, headings, (int)m->periods + 1);
    for (size_t i = 0; i < m->n; i++) {
        chart_put_row_open(h, m->multiple[i].label);
        for (size_t p = 0; p < m->periods; p++)
            chart_put_cell(h, m->multiple[i].count[p].text);
        html_lit(h, "</tr>\n");
    }
}

void chart_multiples(struct html *h, const struct chart_frame *f, const struct chart_multiples *m)
{
    const double each = HEAD + (double)(m->periods * LINE) + AIR;
    int64_t top = highest(m);

    assert(m->periods <= CHART_MOST_PERIODS);
    chart_open(h, f, (double)m->n * each);
    for (size_t i = 0; i < m->n; i++)
        draw(h, (double)i * each, top, m, &m->multiple[i]);
    put_table(h, f, m);
    chart_close(h, f);
}

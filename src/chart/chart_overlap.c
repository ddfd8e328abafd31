/* The overlap chart: names of the lists aslant at the top, under them a row of 20 units per combination. */
#include "chart/chart_overlap.h"

#include "base/arena.h"
#include "web/html.h"

#include <stdlib.h>

enum { ROW = 20, COLUMN = 17, BAR_HEIGHT = 12, NUMBER_ROOM = 84 };

static size_t drawn_rows(const struct chart_overlap *c)
{
    size_t numbers = 0;

    if (c->n <= CHART_MAX_ROWS)
        return c->n;
    for (size_t i = 0; i < c->n; i++)
        numbers += !c->rows[i].count.is_protected;
    return numbers < CHART_MAX_ROWS ? numbers : CHART_MAX_ROWS;
}

size_t chart_overlap_left_out(const struct chart_overlap *c)
{
    return c->n - drawn_rows(c);
}

static const struct chart_overlap_row *last_protected(const struct chart_overlap *c)
{
    for (size_t i = c->n; i-- > 0;)
        if (c->rows[i].count.is_protected)
            return &c->rows[i];
    return NULL;
}

static bool is_told_together(const struct chart_overlap_row *row, const struct chart_overlap_row *last)
{
    return last && row->count.is_protected && str_equal(row->count.text, last->count.text);
}

size_t chart_overlap_together(const struct chart_overlap *c)
{
    const struct chart_overlap_row *last = last_protected(c);
    size_t n = 0;

    for (size_t i = 0; i < c->n && c->n > CHART_MAX_ROWS; i++)
        n += is_told_together(&c->rows[i], last);
    return n;
}

static int64_t size_of(const struct chart_overlap_row *row)
{
    return !row->count.is_protected ? row->count.value : -1;
}

static int largest_first(const void *left, const void *right)
{
    const struct chart_overlap_row *a = left;
    const struct chart_overlap_row *b = right;

    if (size_of(a) != size_of(b))
        return size_of(a) > size_of(b) ? -1 : 1;
    return (a->lists > b->lists) - (a->lists < b->lists);
}

static struct chart_overlap_row *sorted(const struct chart_overlap *c, struct arena *a)
{
    struct chart_overlap_row *rows = arena_new(a, c->n ? c->n : 1, struct chart_overlap_row);

    for (size_t i = 0; i < c->n; i++)
        rows[i] = c->rows[i];
    qsort(rows, c->n, sizeof *rows, largest_first);
    return rows;
}

static double column_x(size_t list)
{
    return CHART_LEFT + COLUMN * ((double)list + 0.5);
}

/* Bytes of the longest name: an upper bound of its letters. */
static double head_height(const struct chart_overlap *c)
{
    size_t longest = 0;

    for (size_t i = 0; i < c->lists; i++)
        longest = c->names[i].n > longest ? c->names[i].n : longest;
    return 14 + 4.9 * (double)(longest > 28 ? 28 : longest);
}

static void draw_names(struct html *h, const struct chart_overlap *c, double y)
{
    for (size_t i = 0; i < c->lists; i++) {
        html_lit(h, "<text transform=\"translate(");
        html_put_coordinate(h, column_x(i) + 2);
        html_lit(h, " ");
        html_put_coordinate(h, y - 4);
        html_lit(h, ")rotate(-45)\">");
        html_put(h, c->names[i]);
        html_lit(h, "</text>");
    }
    html_lit(h, "\n");
}

/* The dots of one kind as one path of points, as wide as the style sheet says: there are many, and each page
 * pays for them. */
static void draw_points(struct html *h, const struct chart_overlap *c, double y, uint32_t lists,
                        struct str begin)
{
    size_t before = c->lists;

    for (size_t i = 0; i < c->lists; i++) {
        if (!(lists >> i & 1))
            continue;
        html_raw(h, before < i ? S("m") : begin);
        html_put_coordinate(h, before < i ? column_x(i) - column_x(before) : column_x(i));
        html_lit(h, " ");
        html_put_coordinate(h, before < i ? 0 : y);
        html_lit(h, "h0");
        before = i;
    }
    if (before < c->lists)
        html_lit(h, "\"/>");
}

static void draw_dots(struct html *h, const struct chart_overlap *c, double y, uint32_t lists)
{
    size_t first = c->lists;
    size_t last = 0;

    for (size_t i = 0; i < c->lists; i++) {
        if (!(lists >> i & 1))
            continue;
        first = i < first ? i : first;
        last = i;
    }
    draw_points(h, c, y, ~lists, S("<path class=\"dots\" d=\"M"));
    draw_points(h, c, y, lists, S("<path class=\"dots on\" d=\"M"));
    if (first < last)
        chart_line(h, "wh", column_x(first), y, column_x(last), y);
}

static double bars_left(const struct chart_overlap *c)
{
    return column_x(c->lists) + 2;
}

static double width_of(const struct chart_overlap *c, const struct chart_overlap_row *row, int64_t top)
{
    double room = CHART_WIDTH - NUMBER_ROOM - bars_left(c);
    int64_t size = size_of(row);

    return size >= 0 ? room * (double)size / (double)top : CHART_PROTECTED_WIDTH;
}

/* All but the bar. */
static void draw_row(struct html *h, const struct chart_overlap *c, double y,
                     const struct chart_overlap_row *row, int64_t top)
{
    draw_dots(h, c, y + ROW / 2.0, row->lists);
    if (size_of(row) < 0)
        chart_protected_mark(h, bars_left(c), y + 4, BAR_HEIGHT);
    chart_text_open(h, NULL, bars_left(c) + width_of(c, row, top) + 5, y + 14.5);
    html_put(h, row->count.text);
    html_lit(h, "</text>\n");
}

static void draw_bars(struct html *h, const struct chart_overlap *c, double y,
                      const struct chart_overlap_row rows[], size_t n, int64_t top)
{
    bool is_open = false;

    for (size_t i = 0; i < n; i++)
        if (size_of(&rows[i]) >= 0)
            chart_bars_add(h, &is_open, bars_left(c), y + (double)(i * ROW) + 4, width_of(c, &rows[i], top),
                           BAR_HEIGHT);
    chart_bars_end(h, is_open);
}

static void put_table_row(struct html *h, const struct chart_overlap *c, const struct chart_overlap_row *row)
{
    bool has_name = false;

    html_lit(h, "<tr><th scope=\"row\">");
    for (size_t i = 0; i < c->lists; i++) {
        if (!(row->lists >> i & 1))
            continue;
        if (has_name)
            html_lit(h, " + ");
        html_put(h, c->names[i]);
        has_name = true;
    }
    html_lit(h, "</th>");
    chart_put_cell(h, row->count.text);
    html_lit(h, "</tr>\n");
}

static void put_table_rows(struct html *h, const struct chart_overlap *c,
                           const struct chart_overlap_row *rows)
{
    const struct chart_overlap_row *last = c->together.n && c->n > CHART_MAX_ROWS ? last_protected(c) : NULL;

    for (size_t i = 0; i < c->n; i++)
        if (!is_told_together(&rows[i], last))
            put_table_row(h, c, &rows[i]);
    if (!last)
        return;
    chart_put_row_open(h, c->together);
    chart_put_cell(h, last->count.text);
    html_lit(h, "</tr>\n");
}

void chart_overlap(struct html *h, const struct chart_frame *f, const struct chart_overlap *c,
                   struct arena *a)
{
    struct chart_overlap_row *rows = sorted(c, a);
    size_t drawn = drawn_rows(c);
    double head = head_height(c);
    int64_t top = c->n && size_of(&rows[0]) > 0 ? size_of(&rows[0]) : 1;
    const struct str headings[] = {f->words->lists, f->words->people};

    chart_open(h, f, head + (double)(drawn * ROW) + 2);
    draw_names(h, c, head);
    draw_bars(h, c, head, rows, drawn, top);
    for (size_t i = 0; i < drawn; i++)
        draw_row(h, c, head + (double)(i * ROW), &rows[i], top);
    chart_table_open(h, f, headings, 2);
    put_table_rows(h, c, rows);
    chart_close(h, f);
}

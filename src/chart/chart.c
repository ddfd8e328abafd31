/* The figure around a drawing, and the marks all charts are made of. */
#include "chart/chart.h"

#include "web/html.h"

void chart_figure_open(struct html *h, const struct chart_frame *f)
{
    html_lit(h, "<figure class=\"ch\" id=\"");
    html_put(h, f->id);
    html_lit(h, "-chart\"><figcaption>");
    html_put(h, f->title);
    html_lit(h, "</figcaption>\n");
}

void chart_drawing_open(struct html *h, int width, double height, const char *id, struct str title)
{
    html_lit(h, "<svg viewBox=\"0 0 ");
    html_put_attribute(h, width);
    html_lit(h, " ");
    html_put_coordinate(h, height);
    html_lit(h, "\" role=\"img\" aria-labelledby=\"");
    html_put(h, id);
    html_lit(h, "-t ");
    html_put(h, id);
    html_lit(h, "-d\"><title id=\"");
    html_put(h, id);
    html_lit(h, "-t\">");
    html_put(h, title);
    html_lit(h, "</title><desc id=\"");
    html_put(h, id);
    html_lit(h, "-d\">");
}

void chart_open(struct html *h, const struct chart_frame *f, double height)
{
    chart_figure_open(h, f);
    chart_drawing_open(h, CHART_WIDTH, height, f->id, f->title);
    html_put(h, f->finding);
    html_lit(h, "</desc>\n");
}

void chart_table_open(struct html *h, const struct chart_frame *f, const struct str heading[], int n)
{
    html_lit(h, "</svg>\n");
    chart_rows_open(h, f, heading, n);
}

void chart_rows_open(struct html *h, const struct chart_frame *f, const struct str heading[], int n)
{
    if (f->note.n) {
        html_lit(h, "<p class=\"small\">");
        html_put(h, f->note);
        html_lit(h, "</p>\n");
    }
    html_lit(h, "<details><summary>");
    html_put(h, f->words->show_table);
    html_lit(h, "</summary><div class=\"tw\"><table><caption class=\"vh\">");
    html_put(h, f->title);
    html_lit(h, "</caption>\n<thead><tr>");
    for (int i = 0; i < n; i++) {
        html_raw(h, i == 0 ? S("<th scope=\"col\">") : S("<th scope=\"col\" class=\"r\">"));
        html_put(h, heading[i]);
        html_lit(h, "</th>");
    }
    html_lit(h, "</tr></thead>\n<tbody>\n");
}

void chart_close(struct html *h, const struct chart_frame *f)
{
    html_lit(h, "</tbody></table></div></details>\n");
    if (f->source.n) {
        html_lit(h, "<p class=\"provenance\">");
        html_put(h, f->source);
        html_lit(h, "</p>\n");
    }
    html_lit(h, "</figure>\n");
}

void chart_put_row_open(struct html *h, struct str label)
{
    html_lit(h, "<tr><th scope=\"row\">");
    html_put(h, label);
    html_lit(h, "</th>");
}

void chart_put_cell(struct html *h, struct str text)
{
    html_lit(h, "<td class=\"r\">");
    html_put(h, text);
    html_lit(h, "</td>");
}

/* ` name="12.5"`: `name` comes with its space, equals sign and first quote. */
static void put_number(struct html *h, struct str name, double value)
{
    html_raw(h, name);
    html_put_coordinate(h, value);
    html_lit(h, "\"");
}

void chart_line(struct html *h, const char *cls, double x1, double y1, double x2, double y2)
{
    html_lit(h, "<line class=\"");
    html_put(h, cls);
    html_lit(h, "\"");
    put_number(h, S(" x1=\""), x1);
    put_number(h, S(" y1=\""), y1);
    put_number(h, S(" x2=\""), x2);
    put_number(h, S(" y2=\""), y2);
    html_lit(h, "/>");
}

void chart_bar_mark(struct html *h, double x, double y, double width, double height)
{
    html_lit(h, "<rect class=\"s1\"");
    put_number(h, S(" x=\""), x);
    put_number(h, S(" y=\""), y);
    put_number(h, S(" width=\""), width);
    put_number(h, S(" height=\""), height);
    html_lit(h, "/>");
}

void chart_bars_add(struct html *h, bool *is_open, double x, double y, double width, double height)
{
    html_raw(h, *is_open ? S("M") : S("<path class=\"s1\" d=\"M"));
    html_put_coordinate(h, x);
    html_lit(h, " ");
    html_put_coordinate(h, y);
    html_lit(h, "h");
    html_put_coordinate(h, width);
    html_lit(h, "v");
    html_put_coordinate(h, height);
    html_lit(h, "H");
    html_put_coordinate(h, x);
    html_lit(h, "z");
    *is_open = true;
}

void chart_bars_end(struct html *h, bool is_open)
{
    if (is_open)
        html_lit(h, "\"/>");
}

void chart_dot(struct html *h, const char *cls, double x, double y, double r)
{
    html_lit(h, "<circle class=\"");
    html_put(h, cls);
    html_lit(h, "\"");
    put_number(h, S(" cx=\""), x);
    put_number(h, S(" cy=\""), y);
    put_number(h, S(" r=\""), r);
    html_lit(h, "/>");
}

void chart_text_open(struct html *h, const char *cls, double x, double y)
{
    html_lit(h, "<text");
    if (cls) {
        html_lit(h, " class=\"");
        html_put(h, cls);
        html_lit(h, "\"");
    }
    put_number(h, S(" x=\""), x);
    put_number(h, S(" y=\""), y);
    html_lit(h, ">");
}

void chart_text(struct html *h, const char *cls, double x, double y, struct str s)
{
    chart_text_open(h, cls, x, y);
    html_put(h, s);
    html_lit(h, "</text>");
}

/* A point of a path: "12.5 30.0 ". */
static void put_point(struct html *h, struct str command, double x, double y)
{
    html_raw(h, command);
    html_put_coordinate(h, x);
    html_lit(h, " ");
    html_put_coordinate(h, y);
}

void chart_protected_mark(struct html *h, double x, double y, double height)
{
    html_lit(h, "<path class=\"hatch\" d=\"");
    put_point(h, S("M"), x, y);
    put_point(h, S("L"), x + CHART_PROTECTED_WIDTH, y);
    put_point(h, S("L"), x + CHART_PROTECTED_WIDTH, y + height);
    put_point(h, S("L"), x, y + height);
    html_lit(h, "z");
    put_point(h, S("M"), x, y + height / 2);
    put_point(h, S("L"), x + height / 2, y);
    for (int left = 0; left < CHART_PROTECTED_WIDTH; left += CHART_PROTECTED_WIDTH / 3) {
        double side = CHART_PROTECTED_WIDTH - left < height ? CHART_PROTECTED_WIDTH - left : height;

        put_point(h, S("M"), x + left, y + height);
        put_point(h, S("L"), x + left + side, y + height - side);
    }
    html_lit(h, "\"/>");
}

int64_t chart_step(int64_t top)
{
    static const int64_t rounds[] = {1, 2, 5};

    for (int64_t power = 1; power <= INT64_MAX / 50; power *= 10)
        for (int i = 0; i < 3; i++)
            if (top <= 5 * rounds[i] * power)
                return rounds[i] * power;
    return INT64_MAX / 5;
}

struct chart_axis chart_axis(int64_t top, double left, double right)
{
    static const int64_t most = 1000000000000000000; /* a step more than its end can be told, too */
    int64_t least = top < 1 ? 1 : top > most ? most : top;
    int64_t step = chart_step(least);
    int64_t steps = least / step + (least % step != 0);

    return (struct chart_axis){.left = left, .right = right, .step = step, .end = steps * step};
}

double chart_x(const struct chart_axis *axis, int64_t value)
{
    return axis->left + (axis->right - axis->left) * (double)value / (double)axis->end;
}

void chart_draw_axis(struct html *h, const struct chart_axis *axis, double y_top, double y)
{
    for (int i = 0; i * axis->step <= axis->end; i++) {
        int64_t value = i * axis->step;
        double x = chart_x(axis, value);

        chart_line(h, i ? "g" : "ax", x, y_top, x, y);
        chart_text_open(h, i ? "a m" : "a", i ? x : x - 4, y + 14);
        html_put(h, value);
        html_lit(h, "</text>");
    }
    chart_line(h, "ax", axis->left, y, axis->right, y);
    html_lit(h, "\n");
}

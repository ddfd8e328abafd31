/* The funnel plot. */
#include "chart/chart_funnel.h"

#include "web/html.h"

#include <math.h>

enum { TOP = 10, HEIGHT = 240, LEFT = 12, RIGHT = 328, MOST_TICKS = 24 };

/* Values across, on the logarithm. */
struct scale {
    double lo, hi;
};

static double x_of(const struct scale *s, double value)
{
    double x = LEFT + (RIGHT - LEFT) * (log(value) - log(s->lo)) / (log(s->hi) - log(s->lo));

    return fmin(fmax(x, LEFT), RIGHT);
}

static double y_of(const struct chart_funnel *c, double se)
{
    return TOP + HEIGHT * se / c->most_se;
}

/* Wide enough for every value and the inner limits, but never for more than a factor of thirty beyond the
 * mean: the rest of a limit runs along the edge. */
static struct scale scale_of(const struct chart_funnel *c)
{
    const struct chart_funnel_limits *last = &c->limits[CHART_FUNNEL_STEPS];
    struct scale s = {fmax(last->lo, c->mean / 30.0), fmin(last->hi, c->mean * 30.0)};

    for (size_t i = 0; i < c->n; i++) {
        s.lo = fmin(s.lo, c->row[i].value);
        s.hi = fmax(s.hi, c->row[i].value);
    }
    s.lo /= 1.15;
    s.hi *= 1.15;
    return s;
}

/* 1, 2 and 5 times powers of ten. */
static void draw_axis(struct html *h, const struct scale *s)
{
    static const double rounds[] = {1.0, 2.0, 5.0};
    const double foot = TOP + HEIGHT;
    double last = -100.0;
    int drawn = 0;

    for (double power = pow(10.0, floor(log10(s->lo))); power <= s->hi; power *= 10.0)
        for (size_t i = 0; i < sizeof rounds / sizeof *rounds; i++) {
            double value = rounds[i] * power;
            double x = x_of(s, value);

            if (value < s->lo || value > s->hi || x - last < 34.0 || drawn++ == MOST_TICKS)
                continue;
            last = x;
            chart_line(h, "g", x, TOP, x, foot);
            chart_text_open(h, "a m", x, foot + 16);
            html_put(h, value);
            html_lit(h, "</text>");
        }
    chart_line(h, "ax", LEFT, foot, RIGHT, foot);
    html_lit(h, "\n");
}

static double limit_at(const struct chart_funnel_limits *l, int which)
{
    switch (which) {
    case 0:
        return l->lo;
    case 1:
        return l->hi;
    case 2:
        return l->outer_lo;
    default:
        return l->outer_hi;
    }
}

static void draw_limits(struct html *h, const struct chart_funnel *c, const struct scale *s)
{
    for (int which = 0; which < 4; which++) {
        html_raw(h, which < 2 ? S("<path class=\"lim\" d=\"") : S("<path class=\"lim far\" d=\""));
        for (int i = 0; i <= CHART_FUNNEL_STEPS; i++) {
            html_raw(h, i == 0 ? S("M") : S("L"));
            html_put_coordinate(h, x_of(s, limit_at(&c->limits[i], which)));
            html_lit(h, " ");
            html_put_coordinate(h, y_of(c, c->most_se * i / CHART_FUNNEL_STEPS));
        }
        html_lit(h, "\"/>\n");
    }
    chart_line(h, "ax", x_of(s, c->mean), TOP, x_of(s, c->mean), TOP + HEIGHT);
    html_lit(h, "\n");
}

/* What takes up room in the drawing: a dot, or a name as far as it reaches. */
struct box {
    double left, right, y;
};

struct boxes {
    size_t n;
    struct box box[2 * CHART_FUNNEL_MOST_NAMED];
};

static void keep_clear(struct boxes *all, struct box here)
{
    if (all->n < sizeof all->box / sizeof *all->box)
        all->box[all->n++] = here;
}

static bool is_free(const struct boxes *all, struct box here)
{
    for (size_t i = 0; i < all->n; i++) {
        const struct box *other = &all->box[i];

        if (fabs(other->y - here.y) < 13.0 && here.left < other->right && other->left < here.right)
            return false;
    }
    return true;
}

/* To the right of the dot, or to the left where there is no room; moved up or down when something is in the
 * way. A byte is at most about 6.5 units wide. */
static void draw_name(struct html *h, struct boxes *all, double x, double y, struct str label)
{
    static const double moves[] = {0.0, -13.0, 13.0, -26.0, 26.0, -39.0, 39.0, -52.0};
    const bool is_left = x > (LEFT + RIGHT) * 0.58;
    const double width = 6.5 * (double)label.n;
    struct box here = {.left = is_left ? x - 10.0 - width : x + 10.0, .y = y};

    here.right = here.left + width;
    for (size_t i = 0; i < sizeof moves / sizeof *moves && !is_free(all, here); i++)
        here.y = y + moves[i];
    chart_text(h, is_left ? "a e" : "a", is_left ? x - 10.0 : x + 10.0, here.y + 4.0, label);
    keep_clear(all, here);
}

static void draw_rows(struct html *h, const struct chart_funnel *c, const struct scale *s)
{
    struct boxes boxes = {0};

    for (size_t i = 0; i < c->n; i++) {
        const double x = x_of(s, c->row[i].value);
        const double y = y_of(c, c->row[i].se);

        chart_dot(h, c->row[i].is_outside ? "open" : "s1", x, y, 6);
        if (c->n <= CHART_FUNNEL_MOST_NAMED)
            keep_clear(&boxes, (struct box){x - 7.0, x + 7.0, y});
    }
    html_lit(h, "\n");
    for (size_t i = 0; i < c->n; i++)
        if (c->n <= CHART_FUNNEL_MOST_NAMED || c->row[i].is_outside)
            draw_name(h, &boxes, x_of(s, c->row[i].value), y_of(c, c->row[i].se), c->row[i].label);
    html_lit(h, "\n");
}

void chart_funnel(struct html *h, const struct chart_frame *f, const struct chart_funnel *c)
{
    const struct scale s = scale_of(c);
    const struct str headings[] = {f->words->unit, c->value_heading, c->verdict_heading};

    chart_open(h, f, TOP + HEIGHT + 44);
    draw_axis(h, &s);
    draw_limits(h, c, &s);
    draw_rows(h, c, &s);
    chart_text(h, "a m", (LEFT + RIGHT) / 2.0, TOP + HEIGHT + 36, c->axis);
    chart_table_open(h, f, headings, 3);
    for (size_t i = 0; i < c->n; i++) {
        chart_put_row_open(h, c->row[i].label);
        chart_put_cell(h, c->row[i].text);
        chart_put_cell(h, c->row[i].verdict);
        html_lit(h, "</tr>\n");
    }
    chart_close(h, f);
}

/* What every chart has in common: the figure around the drawing, numbers as they may be shown, the axis.
 *
 * A chart is <figure><figcaption/><svg role="img"> with <title> and <desc>, <details> with the same rows as a
 * table, and a line that says where the figures come from (class "provenance"). The table is the truth; the
 * drawing is made from the same rows by the same function. Classes colour the marks (the style sheet knows
 * light, dark and print), so no attribute holds a colour. Coordinates have one decimal and a point in every
 * locale: the same rows give the same bytes. The drawing is CHART_WIDTH units wide, which is a phone, so that
 * text stays readable.
 */
#ifndef LYKTA_CHART_CHART_H
#define LYKTA_CHART_CHART_H

#include "base/str.h"

#include <stdbool.h>
#include <stdint.h>

struct html;

enum { CHART_WIDTH = 340, CHART_LEFT = 8, CHART_RIGHT = 300 };

/* A count as it may be told: the protection of the release decides how, never the chart. */
struct chart_count {
    int64_t value;     /* for the length of the bar; not read when protected */
    struct str text;   /* "cirka 55", "färre än 5": what is printed */
    bool is_protected; /* drawn as a hatched bar of one fixed length, which tells nothing */
};

/* The words of the charts in the reader's language. */
struct chart_words {
    struct str show_table;    /* "Visa siffrorna som tabell" */
    struct str known;         /* "kända:" before the number */
    struct str known_heading; /* "Kända" */
    struct str unit;          /* heading of the first column of estimates */
    struct str likely;        /* "troligen" */
    struct str estimate;      /* "skattning": heading of a column */
    struct str range;         /* "trolig mängd": heading of a column */
    struct str people;        /* "personer": heading of a column */
    struct str lists;         /* "finns på": heading of a column */
    struct str none;          /* "ingen skattning" */
};

/* What is written around the drawing. `id` is a name of the program's own, unique on the page: [a-z0-9-]; a
 * link leads to the figure by "#<id>-chart". */
struct chart_frame {
    const char *id;
    struct str title;
    struct str finding; /* one sentence with the numbers: the <desc> */
    struct str note;    /* how to read the drawing; may be empty */
    struct str source;  /* release, method, seed, version; empty leaves the line out */
    const struct chart_words *words;
};

/* <figure> up to and with <desc>; `height` in units. Then the drawing. */
void chart_open(struct html *h, const struct chart_frame *f, double height);
/* </svg> and the opening of the table; `heading` for each of the `n` columns, all but the first to the right.
 * Then the rows. */
void chart_table_open(struct html *h, const struct chart_frame *f, const struct str heading[], int n);
/* The same in parts, for a figure of many drawings: the figure with its caption; a drawing, `width` by
 * `height` units, down to <desc>, whose words and end tag the caller writes; the opening of the table. */
void chart_figure_open(struct html *h, const struct chart_frame *f);
void chart_drawing_open(struct html *h, int width, double height, const char *id, struct str title);
void chart_rows_open(struct html *h, const struct chart_frame *f, const struct str heading[], int n);
/* The rest, down to </figure>. */
void chart_close(struct html *h, const struct chart_frame *f);

/* A row's header cell, and one cell with a count. */
void chart_put_row_open(struct html *h, struct str label);
void chart_put_cell(struct html *h, struct str text);

/* Marks. `cls` is a class of the style sheet. */
void chart_line(struct html *h, const char *cls, double x1, double y1, double x2, double y2);
void chart_bar_mark(struct html *h, double x, double y, double width, double height);
/* The same as part of one path for many bars: each page pays for them. *is_open, false before the first, says
 * whether chart_bars_end has a path to end. */
void chart_bars_add(struct html *h, bool *is_open, double x, double y, double width, double height);
void chart_bars_end(struct html *h, bool is_open);
void chart_dot(struct html *h, const char *cls, double x, double y, double r);
void chart_text(struct html *h, const char *cls, double x, double y, struct str s);
/* Only the start tag: the caller writes the text and "</text>". */
void chart_text_open(struct html *h, const char *cls, double x, double y);
/* A hatched bar of the fixed length CHART_PROTECTED_WIDTH, for what may not be told. */
enum { CHART_PROTECTED_WIDTH = 24 };
void chart_protected_mark(struct html *h, double x, double y, double height);

/* The step of an axis from 0 to at least `top`: 1, 2 or 5 times a power of ten, at most five steps. */
int64_t chart_step(int64_t top);

/* An axis of whole numbers from 0, to 10^18 at most: what is beyond stands outside of the drawing. */
struct chart_axis {
    double left, right; /* units of the drawing */
    int64_t step, end;  /* `end` is the last tick */
};
struct chart_axis chart_axis(int64_t top, double left, double right);
double chart_x(const struct chart_axis *axis, int64_t value);
/* Grid lines from `y` up to `y_top`, the axis at `y`, and the numbers under it (they need 18 units). */
void chart_draw_axis(struct html *h, const struct chart_axis *axis, double y_top, double y);

#endif

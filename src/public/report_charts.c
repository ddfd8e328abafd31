/* The report's pictures: which rows of the release each is drawn from, and its finding in one sentence. */
#include "public/report_charts.h"

#include "base/arena.h"
#include "base/text.h"
#include "chart/chart_bar.h"
#include "chart/chart_interval.h"
#include "chart/chart_multiples.h"
#include "chart/chart_overlap.h"
#include "public/report_map.h"
#include "public/report_view.h"
#include "release/release.h"
#include "web/html.h"

#include <stdlib.h>

/* The text `key` with its values filled in, in the page's arena. */
static struct str filled(struct html *h, enum text_key key, const struct insertion *values, size_t n)
{
    struct text out = text_open(h->out.arena);

    catalogue_write(&out, h->texts, key, values, n);
    return text_str(&out);
}

static struct str plain(const struct html *h, enum text_key key)
{
    return catalogue_text(h->texts, key);
}

static struct str in_language(const struct html *h, struct str sv, struct str en)
{
    return h->texts->language == LANGUAGE_EN ? en : sv;
}

static struct chart_words words_of(const struct html *h)
{
    return (struct chart_words){.show_table = plain(h, TEXT_REPORT_CHART_SHOW_TABLE),
                                .known = plain(h, TEXT_REPORT_CHART_KNOWN),
                                .known_heading = plain(h, TEXT_REPORT_CHART_KNOWN_HEADING),
                                .likely = plain(h, TEXT_REPORT_CHART_LIKELY),
                                .estimate = plain(h, TEXT_REPORT_CHART_ESTIMATE),
                                .range = plain(h, TEXT_REPORT_CHART_RANGE),
                                .people = plain(h, TEXT_REPORT_CHART_PEOPLE),
                                .unit = plain(h, TEXT_REPORT_CHART_UNIT),
                                .lists = plain(h, TEXT_REPORT_CHART_LISTS),
                                .none = plain(h, TEXT_REPORT_CHART_NONE)};
}

static struct str told(struct html *h, const struct release_figure *figure)
{
    return report_view_told(figure, h->texts->language, h->out.arena);
}

static struct chart_count count_of(struct html *h, const struct release_figure *figure)
{
    return (struct chart_count){.value = figure->people,
                                .text = told(h, figure),
                                .is_protected = figure->people == 0 && figure->hi > 0};
}

static struct str estimate_source(struct html *h, const struct report_view *v)
{
    const struct release *r = v->release;

    return filled(h, TEXT_REPORT_PROVENANCE,
                  (struct insertion[]){insertion("release", r->name), insertion("method", r->estimate.method),
                                       insertion("seed", v->seed), insertion("program", r->program)},
                  4);
}

static struct str table_source(struct html *h, const struct release *r)
{
    return filled(
        h, TEXT_REPORT_PROVENANCE_TABLE,
        (struct insertion[]){insertion("release", r->name), insertion("method", r->protection.method),
                             insertion("base", r->protection.base), insertion("program", r->program)},
        4);
}

static struct chart_estimate point_of(const struct release_estimate *e)
{
    bool has_inner = e->ci80[0] != RELEASE_UNKNOWN && e->ci80[1] != RELEASE_UNKNOWN;

    return (struct chart_estimate){.kind = CHART_POINT,
                                   .value = e->nhat,
                                   .lo = e->ci95[0],
                                   .hi = e->ci95[1],
                                   .inner_lo = has_inner ? e->ci80[0] : e->nhat,
                                   .inner_hi = has_inner ? e->ci80[1] : e->nhat};
}

/* What the chart draws of the release's answer. */
static struct chart_estimate drawable(struct html *h, const struct release_estimate *e)
{
    const struct report_estimate answer = report_view_estimate(e);
    const struct insertion least[] = {insertion("lo", answer.lo)};

    switch (answer.kind) {
    case REPORT_BETWEEN:
        if (answer.has_point)
            return point_of(e);
        return (struct chart_estimate){.kind = CHART_RANGE, .lo = answer.lo, .hi = answer.hi};
    case REPORT_AT_LEAST:
        return (struct chart_estimate){
            .kind = CHART_LEAST, .lo = answer.lo, .told = filled(h, TEXT_REPORT_NUM_LEAST, least, 1)};
    case REPORT_UNKNOWN:
        break;
    }
    return (struct chart_estimate){.kind = CHART_NONE};
}

static struct str interval_finding(struct html *h, const struct report_view *v,
                                   const struct chart_estimate *e)
{
    const struct insertion values[] = {insertion("known", v->release->seen.people),
                                       insertion("lo", v->estimate.lo), insertion("hi", e->hi),
                                       insertion("n", e->value)};

    switch (e->kind) {
    case CHART_POINT:
        return filled(h, TEXT_REPORT_INTERVAL_FINDING, values, 4);
    case CHART_RANGE:
        return filled(h, TEXT_REPORT_INTERVAL_FINDING_RANGE, values, 3);
    case CHART_LEAST:
        return filled(h, TEXT_REPORT_INTERVAL_FINDING_LEAST, values, 2);
    case CHART_NONE:
        break;
    }
    return filled(h, TEXT_REPORT_INTERVAL_FINDING_NONE, values, 1);
}

/* How the drawing is read, of the marks that stand in it alone. */
static struct str interval_key(struct html *h, const struct chart_estimate *e)
{
    switch (e->kind) {
    case CHART_POINT:
        return plain(h, TEXT_REPORT_INTERVAL_KEY);
    case CHART_RANGE:
        return plain(h, TEXT_REPORT_INTERVAL_KEY_RANGE);
    case CHART_LEAST:
        return plain(h, TEXT_REPORT_INTERVAL_KEY_LEAST);
    case CHART_NONE:
        break;
    }
    return plain(h, TEXT_REPORT_INTERVAL_KEY_NONE);
}

static void put_interval(struct html *h, const struct report_view *v, const struct chart_words *words)
{
    const struct release *r = v->release;
    const struct insertion period[] = {insertion("period", v->period)};
    const struct chart_interval_row rows[] = {
        {.label = filled(h, TEXT_REPORT_INTERVAL_ROW, period, 1),
         .known = count_of(h, &r->seen),
         .estimate = drawable(h, &r->estimate)},
        {.label = plain(h, TEXT_REPORT_INTERVAL_ACROSS),
         .known = count_of(h, &r->seen),
         .estimate = {.kind = CHART_RANGE, .lo = v->across.lo, .hi = v->across.hi}}};
    const struct chart_frame frame = {.id = "interval",
                                      .title = plain(h, TEXT_REPORT_INTERVAL_TITLE),
                                      .finding = interval_finding(h, v, &rows[0].estimate),
                                      .note = interval_key(h, &rows[0].estimate),
                                      .source = estimate_source(h, v),
                                      .words = words};

    chart_interval(h, &frame, rows, v->across.kind == REPORT_BETWEEN ? 2 : 1);
}

static const struct release_row *largest(const struct release_table *table)
{
    const struct release_row *found = &table->row[0];

    for (size_t i = 1; i < table->n; i++)
        if (table->row[i].figure.people > found->figure.people)
            found = &table->row[i];
    return found;
}

static struct str table_finding(struct html *h, const struct release_table *table)
{
    const struct release_row *top = largest(table);
    const struct insertion values[] = {insertion("label", in_language(h, top->label.sv, top->label.en)),
                                       insertion("people", told(h, &top->figure)), insertion("n", table->n)};

    return filled(h, TEXT_REPORT_TABLE_FINDING, values, 3);
}

static int larger_first(const void *left, const void *right)
{
    const struct chart_bar_row *a = left;
    const struct chart_bar_row *b = right;

    return (a->count.value < b->count.value) - (a->count.value > b->count.value);
}

/* Lists stand by size; categories keep their order, which may mean something. */
static void put_bars(struct html *h, const struct report_view *v, const struct release_table *table,
                     const struct chart_words *words)
{
    struct arena *a = h->out.arena;
    struct chart_bar_row *rows = arena_new(a, table->n, struct chart_bar_row);
    const struct chart_frame frame = {.id = arena_printf(a, "table-%.*s", STR(table->label.code)),
                                      .title = in_language(h, table->label.sv, table->label.en),
                                      .finding = table_finding(h, table),
                                      .source = table_source(h, v->release),
                                      .words = words};

    for (size_t i = 0; i < table->n; i++)
        rows[i] =
            (struct chart_bar_row){.label = in_language(h, table->row[i].label.sv, table->row[i].label.en),
                                   .count = count_of(h, &table->row[i].figure)};
    report_map(h, v, table, rows, &frame);
    if (str_is(table->label.code, "lists"))
        qsort(rows, table->n, sizeof *rows, larger_first);
    chart_bar(h, &frame, frame.title, rows, table->n);
}

/* The chart's rows, and in *few how many of them are protected. */
static struct chart_overlap overlap_of(struct html *h, const struct release *r,
                                       const struct release_table *table, int64_t *few)
{
    struct arena *a = h->out.arena;
    struct str *names = arena_new(a, r->mapping.lists, struct str);
    struct chart_overlap_row *rows = arena_new(a, table->n, struct chart_overlap_row);

    for (size_t i = 0; i < r->mapping.lists; i++)
        names[i] = in_language(h, r->mapping.list[i].sv, r->mapping.list[i].en);
    *few = 0;
    for (size_t i = 0; i < table->n; i++) {
        rows[i] = (struct chart_overlap_row){.lists = table->row[i].lists,
                                             .count = count_of(h, &table->row[i].figure)};
        *few += rows[i].count.is_protected;
    }
    return (struct chart_overlap){.names = names, .lists = r->mapping.lists, .rows = rows, .n = table->n};
}

static void put_overlap(struct html *h, const struct report_view *v, const struct release_table *table,
                        const struct chart_words *words)
{
    int64_t few = 0;
    struct chart_overlap chart = overlap_of(h, v->release, table, &few);
    const struct insertion together[] = {insertion("n", chart_overlap_together(&chart))};
    const struct release_row *top = largest(table);
    const struct insertion values[] = {insertion("n", table->n), insertion("few", few),
                                       insertion("label", in_language(h, top->label.sv, top->label.en)),
                                       insertion("people", told(h, &top->figure))};
    const struct insertion left_out[] = {insertion("n", chart_overlap_left_out(&chart))};
    struct text note = text_open(h->out.arena);
    const struct chart_frame frame = {.id = "overlap",
                                      .title = in_language(h, table->label.sv, table->label.en),
                                      .finding = filled(h, TEXT_REPORT_OVERLAP_FINDING, values, 4),
                                      .source = table_source(h, v->release),
                                      .words = words};
    struct chart_frame noted = frame;

    chart.together = filled(h, TEXT_REPORT_OVERLAP_TOGETHER, together, 1);
    text_add(&note, plain(h, TEXT_REPORT_OVERLAP_KEY));
    if (left_out[0].i64 > 0) {
        text_byte(&note, ' ');
        catalogue_write(&note, h->texts, TEXT_REPORT_OVERLAP_LEFT_OUT, left_out, 1);
    }
    noted.note = text_str(&note);
    chart_overlap(h, &noted, &chart, h->out.arena);
}

void report_charts(struct html *h, const struct report_view *v)
{
    const struct release *r = v->release;
    const struct chart_words words = words_of(h);

    put_interval(h, v, &words);
    for (size_t t = 0; t < r->tables; t++) {
        const struct release_table *table = &r->table[t];

        if (table->n && str_is(table->label.code, "overlap") && r->mapping.lists <= CHART_MAX_LISTS)
            put_overlap(h, v, table, &words);
        else if (table->n)
            put_bars(h, v, table, &words);
    }
}

static struct str compared_source(struct html *h, const struct series *series)
{
    const struct release *now = series->round[series->rounds - 1];
    struct text names = text_open(h->out.arena);

    for (size_t i = 0; i < series->rounds; i++) {
        if (i)
            text_lit(&names, ", ");
        text_add(&names, series->round[i]->name);
    }
    return filled(h, TEXT_COMPARED_PROVENANCE,
                  (struct insertion[]){
                      insertion("releases", text_str(&names)), insertion("method", now->protection.method),
                      insertion("base", now->protection.base), insertion("program", now->program)},
                  4);
}

static struct str compared_finding(struct html *h, const struct compared_view *v)
{
    const struct insertion values[] = {insertion("period", v->before), insertion("before", v->known_before),
                                       insertion("now_period", v->period[v->rounds - 1]),
                                       insertion("now", v->known)};

    return filled(h, TEXT_COMPARED_CHART_FINDING, values, 4);
}

static void put_compared_intervals(struct html *h, const struct compared_view *v,
                                   const struct chart_words *words)
{
    const struct series *series = v->series;
    struct chart_interval_row rows[SERIES_ROUNDS];
    const struct chart_frame frame = {.id = "compared-interval",
                                      .title = plain(h, TEXT_COMPARED_INTERVAL_TITLE),
                                      .finding = compared_finding(h, v),
                                      .source = compared_source(h, series),
                                      .words = words};

    for (size_t i = 0; i < series->rounds; i++)
        rows[i] = (struct chart_interval_row){.label = v->period[i],
                                              .known = count_of(h, &series->round[i]->seen),
                                              .estimate = drawable(h, &series->round[i]->estimate)};
    chart_interval(h, &frame, rows, series->rounds);
}

/* The largest of the rows, now and before. */
static struct str rows_finding(struct html *h, const struct compared_view *v, size_t from, size_t to)
{
    const struct series_row *row = v->series->row;
    size_t top = from;
    size_t now = v->rounds - 1;

    for (size_t i = from; i < to; i++)
        if (row[i].figure[now].people > row[top].figure[now].people)
            top = i;
    const struct insertion values[] = {insertion("label", v->row[top].label), insertion("period", v->before),
                                       insertion("now", v->row[top].cell[now]),
                                       insertion("before", v->row[top].cell[now - 1])};
    return filled(h, TEXT_COMPARED_ROWS_FINDING, values, 4);
}

/* The rows from `from` to before `to`, to one scale. */
static void put_compared_rows(struct html *h, const struct compared_view *v, const struct chart_words *words,
                              const struct chart_frame *named, size_t from, size_t to)
{
    const struct series *series = v->series;
    struct chart_multiple *each = arena_new(h->out.arena, to - from + 1, struct chart_multiple);
    const struct chart_multiples m = {.heading = words->unit,
                                      .periods = series->rounds,
                                      .period = v->period,
                                      .n = to - from,
                                      .multiple = each};
    struct chart_frame frame = *named;

    if (from == to)
        return;
    frame.note = plain(h, TEXT_COMPARED_MULTIPLES_KEY);
    frame.finding = rows_finding(h, v, from, to);
    frame.source = compared_source(h, series);
    frame.words = words;
    for (size_t i = from; i < to; i++) {
        struct chart_count *counts = arena_new(h->out.arena, series->rounds, struct chart_count);

        for (size_t k = 0; k < series->rounds; k++)
            counts[k] = count_of(h, &series->row[i].figure[k]);
        each[i - from] = (struct chart_multiple){v->row[i].label, counts};
    }
    chart_multiples(h, &frame, &m);
}

/* Persons and entries, lists and categories each to a scale of their own: a list is small beside all. */
void report_charts_compared(struct html *h, const struct report_view *v)
{
    const struct chart_frame persons = {.id = "compared", .title = plain(h, TEXT_COMPARED_MULTIPLES_TITLE)};
    const struct chart_frame lists = {.id = "compared-lists", .title = plain(h, TEXT_COMPARED_LISTS_TITLE)};
    const struct chart_frame groups = {.id = "compared-groups",
                                       .title = plain(h, TEXT_COMPARED_GROUPS_TITLE)};
    const struct chart_words words = words_of(h);
    const struct compared_view *compared = &v->compared;
    size_t end_of_lists = SERIES_FIRST_LIST + compared->series->lists;

    put_compared_intervals(h, compared, &words);
    put_compared_rows(h, compared, &words, &persons, SERIES_KNOWN, SERIES_FIRST_LIST);
    put_compared_rows(h, compared, &words, &lists, SERIES_FIRST_LIST, end_of_lists);
    put_compared_rows(h, compared, &words, &groups, end_of_lists, compared->rows);
}

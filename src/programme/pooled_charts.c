/* The drawings of pooled figures: which rows each is drawn from, and its finding in one sentence. */
#include "base/arena.h"
#include "base/text.h"
#include "chart/chart_funnel.h"
#include "chart/chart_interval.h"
#include "programme/pooled_map.h"
#include "programme/programme_view.h"
#include "web/html.h"

#include <math.h>

static struct str plain(const struct html *h, enum text_key key)
{
    return catalogue_text(h->texts, key);
}

static struct str filled(struct html *h, enum text_key key, const struct insertion *values, size_t n)
{
    struct text out = text_open(h->out.arena);

    catalogue_write(&out, h->texts, key, values, n);
    return text_str(&out);
}

struct chart_words pooled_chart_words(const struct html *h)
{
    return (struct chart_words){.show_table = plain(h, TEXT_PROGRAMME_CHART_SHOW_TABLE),
                                .known = plain(h, TEXT_PROGRAMME_CHART_KNOWN),
                                .known_heading = plain(h, TEXT_PROGRAMME_KNOWN),
                                .unit = plain(h, TEXT_PROGRAMME_CITY),
                                .likely = plain(h, TEXT_PROGRAMME_CHART_LIKELY),
                                .estimate = plain(h, TEXT_PROGRAMME_CHART_ESTIMATE),
                                .range = plain(h, TEXT_PROGRAMME_CHART_RANGE),
                                .none = plain(h, TEXT_PROGRAMME_LIKELY_NONE)};
}

struct chart_estimate pooled_chart_estimate(const struct programme_row *row)
{
    const struct city_release *r = row->release;
    const int64_t *ends = r->answer == RELEASE_POINT ? r->ci95 : r->range;

    if (r->answer == RELEASE_REFUSED || ends[0] == RELEASE_UNKNOWN)
        return (struct chart_estimate){.kind = CHART_NONE};
    if (ends[1] == RELEASE_UNKNOWN)
        return (struct chart_estimate){.kind = CHART_LEAST, .lo = ends[0], .told = row->likely};
    if (r->answer == RELEASE_POINT) {
        bool has_inner = r->ci80[0] != RELEASE_UNKNOWN && r->ci80[1] != RELEASE_UNKNOWN;

        return (struct chart_estimate){.kind = CHART_POINT,
                                       .value = r->nhat,
                                       .lo = r->ci95[0],
                                       .hi = r->ci95[1],
                                       .inner_lo = has_inner ? r->ci80[0] : r->nhat,
                                       .inner_hi = has_inner ? r->ci80[1] : r->nhat};
    }
    return (struct chart_estimate){.kind = CHART_RANGE, .lo = r->range[0], .hi = r->range[1]};
}

struct chart_count pooled_chart_known(const struct programme_row *row)
{
    const struct release_figure *seen = &row->release->seen;

    return (struct chart_count){
        .value = seen->people, .text = row->known, .is_protected = seen->people == 0 && seen->hi > 0};
}

static struct chart_interval_row row_of(struct str label, const struct programme_row *row)
{
    return (struct chart_interval_row){
        .label = label, .known = pooled_chart_known(row), .estimate = pooled_chart_estimate(row)};
}

static void put_intervals(struct html *h, const struct pooled_section *s, const struct chart_words *words)
{
    const struct pooled_period *p = s->period;
    struct chart_interval_row *rows = arena_new(h->out.arena, p->n, struct chart_interval_row);
    const struct insertion values[] = {insertion("n", p->pooled)};
    const struct chart_frame frame = {
        .id = arena_printf(h->out.arena, "cities-%d-%d", p->first_year, p->last_year),
        .title = plain(h, TEXT_PROGRAMME_CHART_TITLE),
        .finding = filled(h, TEXT_PROGRAMME_CHART_FINDING, values, 1),
        .note = plain(h, TEXT_PROGRAMME_CHART_NOTE),
        .words = words};
    size_t n = 0;

    for (size_t i = 0; i < p->n; i++) {
        if (p->city[i].part == PART_NONE)
            continue;
        rows[n++] = row_of(s->row[i].release->city, &s->row[i]);
    }
    chart_interval(h, &frame, rows, n);
}

struct str pooled_rate_text(struct html *h, const struct pooled_city *c)
{
    const struct insertion values[] = {insertion("n", pooled_rate_shown(c->rate)),
                                       insertion("lo", pooled_rate_shown(c->rate_ci95[0])),
                                       insertion("hi", pooled_rate_shown(c->rate_ci95[1]))};

    return filled(h, TEXT_PROGRAMME_FUNNEL_RATE, values, 3);
}

static void set_limits(struct chart_funnel *c, const struct effects *x)
{
    for (int i = 0; i <= CHART_FUNNEL_STEPS; i++) {
        struct funnel_limits at = funnel_limits(x, c->most_se * i / CHART_FUNNEL_STEPS);

        c->limits[i] = (struct chart_funnel_limits){exp(at.lo95), exp(at.hi95), exp(at.lo998), exp(at.hi998)};
    }
}

static void put_funnel(struct html *h, const struct pooled_section *s, const struct chart_words *words)
{
    static const enum text_key places[] = {[FUNNEL_INSIDE] = TEXT_PROGRAMME_FUNNEL_INSIDE,
                                           [FUNNEL_BETWEEN] = TEXT_PROGRAMME_FUNNEL_BETWEEN,
                                           [FUNNEL_OUTSIDE] = TEXT_PROGRAMME_FUNNEL_OUTSIDE};
    const struct pooled_period *p = s->period;
    struct chart_funnel_row *rows = arena_new(h->out.arena, p->n, struct chart_funnel_row);
    struct chart_funnel c = {.mean = s->mean,
                             .value_heading = plain(h, TEXT_PROGRAMME_FUNNEL_HEADING),
                             .verdict_heading = plain(h, TEXT_PROGRAMME_FUNNEL_PLACE),
                             .axis = plain(h, TEXT_PROGRAMME_FUNNEL_AXIS),
                             .row = rows};
    size_t outside = 0;

    for (size_t i = 0; i < p->n; i++) {
        const struct pooled_city *city = &p->city[i];

        if (!city->is_compared)
            continue;
        outside += city->place != FUNNEL_INSIDE;
        c.most_se = fmax(c.most_se, 1.15 * city->se);
        rows[c.n++] = (struct chart_funnel_row){.label = city->release->city,
                                                .value = city->rate,
                                                .se = city->se,
                                                .text = pooled_rate_text(h, city),
                                                .verdict = plain(h, places[city->place]),
                                                .is_outside = city->place != FUNNEL_INSIDE};
    }
    set_limits(&c, &p->effects);
    const struct insertion values[] = {insertion("n", outside), insertion("all", c.n)};
    const struct chart_frame frame = {
        .id = arena_printf(h->out.arena, "funnel-%d-%d", p->first_year, p->last_year),
        .title = plain(h, TEXT_PROGRAMME_FUNNEL_TITLE),
        .finding = filled(h, TEXT_PROGRAMME_FUNNEL_FINDING, values, 2),
        .note = plain(h, TEXT_PROGRAMME_FUNNEL_NOTE),
        .words = words};

    chart_funnel(h, &frame, &c);
}

void pooled_charts(struct html *h, const struct pooled_section *s)
{
    const struct chart_words words = pooled_chart_words(h);

    put_intervals(h, s, &words);
    if (s->map)
        pooled_map_put(h, s, s->map);
    if (s->is_compared)
        put_funnel(h, s, &words);
}

static void put_series(struct html *h, const struct pooled_series *series, size_t number,
                       const struct chart_words *words)
{
    struct chart_interval_row *rows = arena_new(h->out.arena, series->n, struct chart_interval_row);
    const struct insertion values[] = {insertion("n", series->n), insertion("city", series->city)};
    const struct chart_frame frame = {.id = arena_printf(h->out.arena, "time-%zu", number),
                                      .title = series->city,
                                      .finding = filled(h, TEXT_PROGRAMME_TIME_FINDING, values, 2),
                                      .words = words};

    for (size_t i = 0; i < series->n; i++)
        rows[i] = row_of(series->row[i].period, &series->row[i]);
    chart_interval(h, &frame, rows, series->n);
}

void pooled_time_charts(struct html *h, const struct pooled_view *v)
{
    struct chart_words words = pooled_chart_words(h);

    words.unit = plain(h, TEXT_PROGRAMME_PERIOD);
    for (size_t i = 0; i < v->series; i++)
        put_series(h, &v->over_time[i], i, &words);
}

/* From what was pooled to what a page shows. */
#include "programme/programme_view.h"

#include "base/arena.h"
#include "base/text.h"
#include "web/html.h"

#include <math.h>

/* A prediction whose ends differ more than this many times tells nothing. */
static const double most_told = 1000.0;

static const enum text_key difference_words[DIFFERENCES] = {
    [DIFFERS_PEOPLE] = TEXT_PROGRAMME_DIFFERS_PEOPLE,
    [DIFFERS_EXAMPLE] = TEXT_PROGRAMME_DIFFERS_EXAMPLE,
    [DIFFERS_METHOD] = TEXT_PROGRAMME_DIFFERS_METHOD,
    [DIFFERS_PROTECTION] = TEXT_PROGRAMME_DIFFERS_PROTECTION,
    [DIFFERS_PROGRAM] = TEXT_PROGRAMME_DIFFERS_PROGRAM,
    [DIFFERS_TABLES] = TEXT_PROGRAMME_DIFFERS_TABLES};

static struct str period_text(int first, int last, struct arena *a)
{
    return str_of(first == last ? arena_printf(a, "%d", last) : arena_printf(a, "%d–%d", first, last));
}

static struct str told(enum language language, enum text_key key, const struct insertion *values, size_t n,
                       struct arena *a)
{
    struct text out = text_open(a);

    catalogue_write(&out, catalogue_of(language), key, values, n);
    return text_str(&out);
}

/* The range that was published, or why there is none. */
static struct str likely_text(const struct city_release *r, enum language language, struct arena *a)
{
    const int64_t *limits = r->answer == RELEASE_POINT ? r->ci95 : r->range;
    const struct insertion values[] = {insertion("lo", limits[0]), insertion("hi", limits[1]),
                                       insertion("n", r->nhat)};

    if (r->answer == RELEASE_REFUSED)
        return told(language, TEXT_PROGRAMME_LIKELY_NONE, NULL, 0, a);
    if (limits[1] == RELEASE_UNKNOWN)
        return told(language, TEXT_PROGRAMME_LIKELY_LEAST, values, 1, a);
    return r->answer == RELEASE_POINT ? told(language, TEXT_PROGRAMME_LIKELY_POINT, values, 3, a)
                                      : told(language, TEXT_PROGRAMME_LIKELY_RANGE, values, 2, a);
}

static void set_release(struct programme_row *row, const struct city_release *r, enum language language,
                        struct arena *a)
{
    row->release = r;
    row->period = period_text(r->first_year, r->last_year, a);
    row->published = date_of(r->published_at);
    row->known = language == LANGUAGE_EN ? r->seen.en : r->seen.sv;
    row->likely = likely_text(r, language, a);
}

static void set_standing(struct programme_row *row, const struct pooled_city *c)
{
    row->differences = 0;
    for (int bit = 0; bit < DIFFERENCES; bit++)
        if (c->differs >> bit & 1)
            row->difference[row->differences++] = difference_words[bit];
    if (c->part == PART_NONE)
        row->standing = STANDING_OUT;
    else
        row->standing = row->differences ? STANDING_DIFFERS : STANDING_POOLED;
}

static const struct pooled_city *pooled_city_of(const struct pooled *pooled, const struct city_release *r)
{
    for (size_t p = 0; pooled && p < pooled->n; p++)
        for (size_t i = 0; i < pooled->period[p].n; i++)
            if (pooled->period[p].city[i].release == r)
                return &pooled->period[p].city[i];
    return NULL;
}

struct programme_row *programme_rows(const struct programme_cities *cities, const struct arrivals *arrivals,
                                     const struct pooled *pooled, enum language language, struct arena *a)
{
    struct programme_row *rows = arena_new(a, cities->n, struct programme_row);

    for (size_t i = 0; i < cities->n; i++) {
        struct programme_row *row = &rows[i];

        row->city = &cities->city[i];
        for (size_t k = 0; k < arrivals->accepted; k++) {
            const struct city_release *r = &arrivals->arrival[k].release;

            if (str_equal(r->municipality, row->city->municipality) &&
                (!row->release || r->last_year >= row->release->last_year))
                set_release(row, r, language, a);
        }
        const struct pooled_city *c = row->release ? pooled_city_of(pooled, row->release) : NULL;
        if (c)
            set_standing(row, c);
        if (row->city->withdrawn_at > 0)
            row->standing = STANDING_WITHDRAWN;
    }
    return rows;
}

double pooled_rate_shown(double rate)
{
    double step = 0.1;

    while (rate >= 1000.0 * step)
        step *= 10.0;
    return floor(rate / step + 0.5) * step;
}

void pooled_put_rate(struct html *h, double rate)
{
    html_put(h, pooled_rate_shown(rate));
}

static int64_t percent_of(double share)
{
    return (int64_t)floor(100.0 * share + 0.5);
}

static void set_comparison(struct pooled_section *s, enum language language, struct arena *a)
{
    const struct pooled_period *p = s->period;
    const struct effects *x = &p->effects;
    const struct insertion needed[] = {insertion("n", EFFECTS_LEAST)};

    s->is_compared = p->not_compared_en.n == 0;
    if (!s->is_compared) {
        s->why_not_compared = p->with_rate == 0
                                  ? told(language, TEXT_PROGRAMME_NOT_COMPARED_PEOPLE, NULL, 0, a)
                                  : told(language, TEXT_PROGRAMME_NOT_COMPARED_FEW, needed, 1, a);
        return;
    }
    s->mean = pooled_rate_shown(exp(x->mean));
    s->percent = percent_of(x->i2);
    s->has_prediction = x->prediction95[1] - x->prediction95[0] < log(most_told);
    for (size_t side = 0; side < 2; side++) {
        s->mean_ci95[side] = pooled_rate_shown(exp(x->mean_ci95[side]));
        s->prediction95[side] = pooled_rate_shown(exp(x->prediction95[side]));
        s->percent_ci95[side] = percent_of(x->i2_ci95[side]);
    }
}

static struct programme_row *city_rows(const struct pooled_period *p, enum language language, struct arena *a)
{
    struct programme_row *rows = arena_new(a, p->n, struct programme_row);

    for (size_t i = 0; i < p->n; i++) {
        set_release(&rows[i], p->city[i].release, language, a);
        set_standing(&rows[i], &p->city[i]);
    }
    return rows;
}

struct pooled_section *pooled_sections(const struct pooled *pooled, enum language language, struct arena *a)
{
    struct pooled_section *sections = arena_new(a, pooled->n, struct pooled_section);

    for (size_t i = 0; i < pooled->n; i++) {
        const struct pooled_period *p = &pooled->period[pooled->n - 1 - i];
        struct pooled_section *s = &sections[i];

        s->period = p;
        s->heading = period_text(p->first_year, p->last_year, a);
        s->id = str_of(arena_printf(a, "period-%d-%d", p->first_year, p->last_year));
        s->people = language == LANGUAGE_EN ? p->people_en : p->people_sv;
        s->has_sum =
            p->nhat != RELEASE_UNKNOWN && p->ci95[0] != RELEASE_UNKNOWN && p->ci95[1] != RELEASE_UNKNOWN;
        s->is_everything = s->has_sum && p->summed == p->pooled;
        s->rows = p->n;
        s->row = city_rows(p, language, a);
        set_comparison(s, language, a);
    }
    return sections;
}

/* Releases of one municipality stand side by side, by period. */
struct pooled_series *pooled_over_time(const struct arrivals *arrivals, enum language language,
                                       struct arena *a, size_t *n)
{
    struct pooled_series *series = arena_new(a, arrivals->accepted, struct pooled_series);
    size_t first = 0;

    *n = 0;
    for (size_t i = 1; i <= arrivals->accepted; i++) {
        const struct arrival *x = &arrivals->arrival[first];

        if (i < arrivals->accepted &&
            str_equal(arrivals->arrival[i].release.municipality, x->release.municipality))
            continue;
        if (i - first > 1) {
            struct programme_row *rows = arena_new(a, i - first, struct programme_row);

            for (size_t k = first; k < i; k++)
                set_release(&rows[k - first], &arrivals->arrival[k].release, language, a);
            series[(*n)++] = (struct pooled_series){x->release.city, i - first, rows};
        }
        first = i;
    }
    return series;
}

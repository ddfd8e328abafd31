/* From a comparison to what the report says of it. */
#include "public/compared_view.h"

#include "base/arena.h"
#include "base/text.h"
#include "public/report_view.h"

static struct str period_of(const struct release *r, struct arena *a)
{
    return report_view_period(r->mapping.first_year, r->mapping.last_year, a);
}

static struct str in_language(const struct label *l, enum language language)
{
    return language == LANGUAGE_EN ? l->en : l->sv;
}

static struct str differences_in_words(uint32_t differences, enum language language, struct arena *a)
{
    struct text out = text_open(a);

    for (size_t i = 0; i < SERIES_DIFFERENCES; i++) {
        if (!(differences >> i & 1))
            continue;
        if (out.n)
            text_lit(&out, ", ");
        text_add(&out, in_language(&series_difference_words[i], language));
    }
    return text_str(&out);
}

static void take_others(struct compared_view *v, enum language language, struct arena *a)
{
    const struct series *series = v->series;
    struct compared_other *others = arena_new(a, series->others + 1, struct compared_other);

    for (size_t i = 0; i < series->others; i++)
        others[i] = (struct compared_other){period_of(series->other[i].release, a),
                                            differences_in_words(series->other[i].differences, language, a)};
    v->others = series->others;
    v->other = others;
}

static void take_rows(struct compared_view *v, enum language language, struct arena *a)
{
    const struct series *series = v->series;
    struct compared_row *rows = arena_new(a, series->rows + 1, struct compared_row);

    for (size_t i = 0; i < series->rows; i++) {
        struct str *cells = arena_new(a, series->rounds, struct str);

        for (size_t k = 0; k < series->rounds; k++)
            cells[k] = report_view_told(&series->row[i].figure[k], language, a);
        rows[i] = (struct compared_row){in_language(&series->row[i].label, language), cells};
    }
    v->rows = series->rows;
    v->row = rows;
}

static void take_finding(struct compared_view *v)
{
    size_t now = v->rounds - 1;

    v->finding = series_find(v->series);
    v->before = v->period[now - 1];
    v->known = v->row[SERIES_KNOWN].cell[now];
    v->known_before = v->row[SERIES_KNOWN].cell[now - 1];
    v->entries = v->row[SERIES_ENTRIES].cell[now];
    v->entries_before = v->row[SERIES_ENTRIES].cell[now - 1];
}

struct compared_view compared_view_of(const struct series *series, enum language language, struct arena *a)
{
    struct compared_view v = {.series = series};

    if (!series)
        return v;
    v.rounds = series->rounds;
    for (size_t i = 0; i < series->rounds; i++)
        v.period[i] = period_of(series->round[i], a);
    take_others(&v, language, a);
    take_rows(&v, language, a);
    if (v.rounds > 1)
        take_finding(&v);
    return v;
}

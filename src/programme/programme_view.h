/* What the pages of the programme show. */
#ifndef LYKTA_PROGRAMME_PROGRAMME_VIEW_H
#define LYKTA_PROGRAMME_PROGRAMME_VIEW_H

#include "chart/chart_interval.h"
#include "programme/last_look.h"
#include "programme/pooled.h"
#include "programme/programme.h"
#include "web/field.h"
#include "web/language.h"
#include "web/layout.h"

#include <stdbool.h>
#include <stddef.h>

struct html;
struct pooled_map;

enum programme_standing {
    STANDING_NOTHING, /* has handed over no release */
    STANDING_POOLED,  /* its latest is pooled, and like the others */
    STANDING_DIFFERS, /* pooled for what matches */
    STANDING_OUT,     /* handed over, and not pooled */
    STANDING_WITHDRAWN
};

/* A city, with its latest release. */
struct programme_row {
    const struct programme_city *city;
    const struct city_release *release; /* NULL: none */
    struct str href;
    struct str period;
    struct date published;
    struct str known;  /* "cirka 805", as the city published it */
    struct str likely; /* "1 700–2 300", or in words why there is no figure */
    enum programme_standing standing;
    size_t differences;
    enum text_key difference[DIFFERENCES];
};

struct programme_view {
    struct layout layout;
    size_t cities, taking_part;
    const struct programme_row *row;
    size_t changed; /* releases in the folder that are not what was taken */
    bool has_pooled;
    struct str pooled_href, sums_href, research_href;
    bool may_take; /* and then the form by which a release is taken */
    struct field_set *fields;
    struct field *files, *tables;
    struct str detail;     /* what exactly was wrong, in English; empty: the form's words tell all */
    struct str just_taken; /* the city whose release has just been taken; empty: none */
    struct str take_href;
};

struct programme_city_view {
    struct layout layout;
    struct programme_row row;
    struct str fingerprint;
    size_t releases;
    const struct city_release *const *release;
    bool may_change;
    struct str withdraw_href, back_href;
};

/* In a city's own folder: what it gives a programme. */
struct programme_none_view {
    struct layout layout;
    struct str public_key, fingerprint;
};

/* The pooled figures of a period. */
struct pooled_section {
    const struct pooled_period *period;
    struct str id, heading;      /* "2025" */
    struct str people;           /* who is counted, in the page's language */
    bool has_sum, is_everything; /* all pooled cities are in the sum */
    bool is_compared, has_prediction;
    double mean, mean_ci95[2], prediction95[2];
    int64_t percent, percent_ci95[2]; /* of the differences that are not uncertainty */
    size_t rows;
    const struct programme_row *row; /* the period's cities */
    struct str why_not_compared;
    const struct pooled_map *map; /* NULL: there is no map with its cities */
};

/* A city over its periods, the earliest first. */
struct pooled_series {
    struct str city;
    size_t n; /* at least 2 */
    const struct programme_row *row;
};

/* A file of the figures, for its link. */
struct pooled_file_link {
    struct str href, what;
};

/* A publication, for a row of their list. */
struct publication_row {
    struct str href;
    struct date published;
    int64_t cities;
};

struct publications_view {
    struct layout layout;
    size_t publications;
    const struct publication_row *publication; /* the latest first */
    struct str catalogue_href, research_href;
};

struct pooled_view {
    struct layout layout;
    bool is_published;
    struct date published;  /* read when it is */
    bool is_made_otherwise; /* made anew of the same releases it is not what was published, to the byte */
    bool has_programme;     /* it is the programme's own page: the last look is told of */
    enum look_state look;   /* of the cities: has it begun, is it over */
    size_t look_answered, look_cities, objecting;
    bool is_look_void;
    struct str look_href;
    struct str text;         /* the programme's own, Markdown with its figures as links; empty: none */
    bool is_text_swedish;    /* although the page is not */
    struct str unknown_code; /* in the text, of no figure; empty: none */
    bool may_write;
    struct str write_href;
    bool may_publish;
    struct str publish_href, published_href; /* where all publications are */
    size_t series;                           /* of cities with several periods */
    const struct pooled_series *over_time;
    size_t sections;
    const struct pooled_section *section; /* the latest first */
    const struct arrivals *arrivals;      /* whose they are */
    bool has_panels;                      /* there are several cities */
    size_t withdrawn;
    size_t files; /* none in a file of its own */
    const struct pooled_file_link *file;
    struct str back_href; /* empty: the page leads nowhere */
};

/* Cities as rows; `pooled` may be NULL when nothing is pooled. In `a`. */
struct programme_row *programme_rows(const struct programme_cities *cities, const struct arrivals *arrivals,
                                     const struct pooled *pooled, enum language language, struct arena *a);

/* The sections of `pooled`, in `a`. */
struct pooled_section *pooled_sections(const struct pooled *pooled, enum language language, struct arena *a);

/* The cities with releases of several periods, in *n; in `a`. */
struct pooled_series *pooled_over_time(const struct arrivals *arrivals, enum language language,
                                       struct arena *a, size_t *n);

/* A rate with three digits, and no more than one decimal: what is beyond is not known. */
double pooled_rate_shown(double rate);
void pooled_put_rate(struct html *h, double rate);

/* The words of the drawings, what is drawn of a release, and a city's rate with its interval. */
struct chart_words pooled_chart_words(const struct html *h);
struct chart_estimate pooled_chart_estimate(const struct programme_row *row);
struct chart_count pooled_chart_known(const struct programme_row *row);
struct str pooled_rate_text(struct html *h, const struct pooled_city *c);

/* The drawings of a section, each with its table. */
void pooled_charts(struct html *h, const struct pooled_section *s);

/* A small drawing for each city, all on one scale, with one table. At least one section. */
void pooled_panels(struct html *h, const struct pooled_view *v);

/* A small drawing for each city over time, each with its table and a scale of its own. */
void pooled_time_charts(struct html *h, const struct pooled_view *v);

#endif

/* Releases of many cities pooled: what can be added is added, what can be compared is compared, and the rest
 * is said.
 *
 * Cities of the same period are pooled; periods stand side by side, since a person may be in two of them. Of
 * a period's cities most count the same people ("who is counted"), and those are pooled; what else differs
 * is shown, and pooled only where it matches. Sums and comparison: docs/methods/pooling.md.                */
#ifndef LYKTA_PROGRAMME_POOLED_H
#define LYKTA_PROGRAMME_POOLED_H

#include "base/err.h"
#include "pool/effects.h"
#include "pool/funnel.h"
#include "programme/arrival.h"
#include "programme/lead_text.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;
struct population;

/* What of a release differs from what most cities of the period have. Bits of pooled_city.differs. */
enum pooled_difference {
    DIFFERS_PEOPLE,     /* others are counted: nothing is pooled */
    DIFFERS_EXAMPLE,    /* an example among real ones, or the other way: nothing is pooled */
    DIFFERS_METHOD,     /* of the estimate: pooled */
    DIFFERS_PROTECTION, /* base or profile: pooled */
    DIFFERS_PROGRAM,    /* the program's version: pooled */
    DIFFERS_TABLES,     /* some table has other rows, or is missing: pooled but for that one */
    DIFFERENCES
};

/* "people", "example", ...: in JSON. */
extern const char *const pooled_difference_code[DIFFERENCES];

/* How a city is in the sum of estimates. */
enum pooled_part {
    PART_NONE,    /* not pooled */
    PART_SUM,     /* its estimate is in the sum */
    PART_AT_LEAST /* no estimate that can be added: it counts in the lower bound alone, with `least` */
};

/* A rate is people for each 100 000 inhabitants. */
struct pooled_city {
    const struct city_release *release;
    uint32_t differs; /* bits 1 << enum pooled_difference */
    enum pooled_part part;
    int64_t least;             /* of PART_AT_LEAST */
    int64_t population;        /* 0: not given */
    double rate, rate_ci95[2]; /* of PART_SUM with a population */
    bool is_compared;
    double y, se;                      /* of the logarithm of the rate */
    double shrunken, shrunken_ci95[2]; /* rates; only when it is compared */
    enum funnel_place place;
};

/* A table that was added: rows with sums. `cities` have it in this form. */
struct pooled_table {
    struct label label;
    size_t cities;
    size_t n;
    struct release_row *row; /* figure.people, lo and hi are sums; the texts are empty */
};

struct pooled_period {
    int first_year, last_year;
    bool is_example;
    struct str people_sv, people_en;
    size_t n;
    struct pooled_city *city;
    size_t pooled;                  /* of them */
    int64_t seen, seen_lo, seen_hi; /* people known, in all pooled cities */
    size_t summed;                  /* cities in the sum */
    int64_t nhat, ci95[2], ci80[2]; /* of the summed cities; RELEASE_UNKNOWN without one */
    int64_t at_least;               /* in all pooled cities, with 97.5 % certainty */
    size_t with_rate;
    struct str not_compared_en; /* why cities are not compared; empty when they are */
    struct effects effects;     /* of logarithms of rates */
    size_t tables;
    struct pooled_table table[RELEASE_MAX_TABLES];
};

struct pooled {
    const struct arrivals *arrivals;
    bool is_trusted; /* every key was held against a list */
    uint64_t seed;
    size_t n;
    struct pooled_period *period; /* in order of their first year */
    struct lead_text text;        /* what stands with the figures; pool leaves it empty */
};

struct pooled_options {
    const struct population *population; /* NULL: no rates, no comparison */
    bool is_trusted;
    uint64_t seed;
};

/* Pools the accepted releases. In `a`, and points into `arrivals`. REFUSED when there is none. */
enum status pool(const struct arrivals *arrivals, const struct pooled_options *options, struct arena *a,
                 struct pooled *out, struct err *e) MUST_USE;

/* The pooled figures as JSON (format "lykta-pooled 1", docs/pooled-format.md) and in plain English. The same
 * releases give the same bytes, in whatever order they were named. */
struct text;
void pooled_json(struct text *out, const struct pooled *x);
void pooled_text(struct text *out, const struct pooled *x);

/* A row a city and period: what charts of them are drawn from. Empty where there is nothing. */
void pooled_csv(struct text *out, const struct pooled *x);

/* The same figures as JSON-stat 2.0: period, municipality (SCB's code) and figure; null where there is
 * nothing. */
void pooled_json_stat(struct text *out, const struct pooled *x);

#endif

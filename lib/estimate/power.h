/* What a mapping would give, before it is made: how wide the interval would be, how often there would be
 * none, and what each list adds. Tables of a design are drawn and estimated as the real one would be, with
 * all lists and without each of them; the same tables throughout, so that lists are compared and not luck. */
#ifndef LYKTA_ESTIMATE_POWER_H
#define LYKTA_ESTIMATE_POWER_H

#include "estimate/design.h"
#include "estimate/estimate.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct text;

enum { POWER_MAX_TABLES = 100000, POWER_MAX_VARIANTS = MODEL_MAX_LISTS + 1 };

struct power {
    struct design design;
    size_t tables;
    bool only_all_lists;              /* no variants without a list */
    struct estimate_options estimate; /* `seed`, `threads` and `progress` are the simulation's */
};

/* What one table would be told as. Plain numbers, so that processes can send them to each other. */
struct power_figure {
    double seen, on_two_lists;
    double nhat;      /* NaN when refused */
    double low, high; /* the interval, or the range when only that is told; NaN when refused */
    double is_range;  /* 1 or 0 */
};

/* All lists, then without the first, the second, .. (none when there are two lists, or when only all are
 * asked for). */
size_t power_variants(const struct power *p);

/* Table `i` has figure[variant * tables + i]. Fills those of the tables first, first + stride, .., which may
 * be done by as many processes as stride says; the others are left as they are. Table i is made from the
 * random stream i of the seed. False when asked to stop. */
bool power_run(const struct power *p, size_t first, size_t stride, struct power_figure *figure);

struct power_summary {
    double refused, range_only; /* shares of the tables */
    double seen, on_two_lists;  /* means */
    double nhat;                /* the median figure, of tables with one */
    double spread[2];           /* 95 % of those figures lie here */
    double low, high;           /* the median limits that would be told */
    double width;               /* the median of (high - low) / people; infinite without an upper limit */
    double error;               /* two figures of three are off by at most this share of the true number */
    double coverage;            /* share of the intervals told that hold the true number */
};

struct power_result {
    size_t variants;
    struct power_summary of[POWER_MAX_VARIANTS];
};

void power_summarise(const struct power *p, const struct power_figure *figure, struct power_result *out);

/* The variant without the list that is most worth getting: without it there would most often be no figure, or
 * else figures would be furthest off. A narrow interval is no gain when it is in the wrong place. There must
 * be variants without a list. */
size_t power_most_worth(const struct power_result *x);

/* The result in plain words, and as JSON. */
void power_text(struct text *out, const struct power *p, const struct power_result *x);
void power_json(struct text *out, const struct power *p, const struct power_result *x, const char *version);

#endif

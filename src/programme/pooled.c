/* Pooling. */
#include "programme/pooled.h"

#include "base/arena.h"
#include "pool/sum.h"
#include "programme/pooled_parts.h"
#include "protect/dark_figure.h"

#include <math.h>

const char *const pooled_difference_code[DIFFERENCES] = {
    [DIFFERS_PEOPLE] = "people",         [DIFFERS_EXAMPLE] = "example", [DIFFERS_METHOD] = "method",
    [DIFFERS_PROTECTION] = "protection", [DIFFERS_PROGRAM] = "program", [DIFFERS_TABLES] = "tables"};

static void group_by_period(const struct arrivals *arrivals, struct arena *a, struct pooled *out);
static void add_seen(struct pooled_period *p);
static void add_estimates(struct pooled_period *p, uint64_t seed, struct arena *a);

enum status pool(const struct arrivals *arrivals, const struct pooled_options *options, struct arena *a,
                 struct pooled *out, struct err *e)
{
    struct pooled x = {.arrivals = arrivals, .is_trusted = options->is_trusted, .seed = options->seed};

    if (arrivals->accepted == 0)
        return err_set(e, REFUSED, "no release is left to pool");
    group_by_period(arrivals, a, &x);
    for (size_t i = 0; i < x.n; i++) {
        struct pooled_period *p = &x.period[i];

        pooled_match(p);
        add_seen(p);
        add_estimates(p, options->seed, a);
        pooled_add_tables(p, a);
        pooled_compare(p, options->population, a);
    }
    *out = x;
    return OK;
}

/* The period of `r`, which is put in its place when it is new. */
static struct pooled_period *period_of(struct pooled *x, const struct city_release *r)
{
    size_t i = x->n;

    for (size_t k = 0; k < x->n; k++)
        if (x->period[k].first_year == r->first_year && x->period[k].last_year == r->last_year)
            return &x->period[k];
    for (; i > 0; i--) {
        const struct pooled_period *before = &x->period[i - 1];

        if (before->first_year < r->first_year ||
            (before->first_year == r->first_year && before->last_year < r->last_year))
            break;
        x->period[i] = *before;
    }
    x->n++;
    x->period[i] = (struct pooled_period){.first_year = r->first_year, .last_year = r->last_year};
    return &x->period[i];
}

static void group_by_period(const struct arrivals *arrivals, struct arena *a, struct pooled *out)
{
    out->period = arena_new(a, arrivals->accepted, struct pooled_period);
    for (size_t i = 0; i < arrivals->accepted; i++)
        period_of(out, &arrivals->arrival[i].release)->n++;
    for (size_t i = 0; i < out->n; i++) {
        out->period[i].city = arena_new(a, out->period[i].n, struct pooled_city);
        out->period[i].n = 0;
    }
    for (size_t i = 0; i < arrivals->accepted; i++) {
        struct pooled_period *p = period_of(out, &arrivals->arrival[i].release);

        p->city[p->n++] = (struct pooled_city){.release = &arrivals->arrival[i].release};
    }
}

static void add_seen(struct pooled_period *p)
{
    for (size_t i = 0; i < p->n; i++) {
        const struct release_figure *seen = &p->city[i].release->seen;

        if (!pooled_is_in(&p->city[i]))
            continue;
        p->pooled++;
        p->seen += seen->people;
        p->seen_lo += seen->lo;
        p->seen_hi += seen->hi;
    }
}

/* What a city without an estimate that can be added has at least. */
static int64_t least_of(const struct city_release *r)
{
    int64_t least = r->seen.lo;

    if (r->answer == RELEASE_POINT && r->ci95[0] > least)
        least = r->ci95[0];
    if (r->answer == RELEASE_RANGE && r->range[0] > least)
        least = r->range[0];
    return least;
}

static int64_t rounded(double people, enum dark_figure_direction direction)
{
    int64_t figure = dark_figure_round(people, direction);

    return figure == DARK_FIGURE_UNKNOWN ? RELEASE_UNKNOWN : figure;
}

/* Rounded as the cities' own are: a sum is not surer than what it is made of. */
static void set_total(struct pooled_period *p, const struct sum_total *t)
{
    p->nhat = rounded(t->nhat, DARK_FIGURE_NEAREST);
    for (size_t side = 0; side < 2; side++) {
        enum dark_figure_direction outward = side == 0 ? DARK_FIGURE_DOWN : DARK_FIGURE_UP;

        p->ci95[side] = rounded(t->ci95[side], outward);
        p->ci80[side] = rounded(t->ci80[side], outward);
    }
}

/* A range is not an estimate, and neither is a figure without an upper limit: such cities are in the lower
 * bound alone. */
static void add_estimates(struct pooled_period *p, uint64_t seed, struct arena *a)
{
    struct sum_figure *figure = arena_new(a, p->n, struct sum_figure);
    double rest = 0.0;
    double summed_at_least = 0.0;

    p->nhat = p->ci95[0] = p->ci95[1] = p->ci80[0] = p->ci80[1] = RELEASE_UNKNOWN;
    for (size_t i = 0; i < p->n; i++) {
        struct pooled_city *c = &p->city[i];
        const struct city_release *r = c->release;

        if (!pooled_is_in(c))
            continue;
        if (r->answer == RELEASE_POINT && r->ci95[1] != RELEASE_UNKNOWN) {
            c->part = PART_SUM;
            figure[p->summed++] = (struct sum_figure){.seen = fmin((double)r->seen.lo, (double)r->ci95[0]),
                                                      .nhat = (double)r->nhat,
                                                      .ci95 = {(double)r->ci95[0], (double)r->ci95[1]}};
            continue;
        }
        c->part = PART_AT_LEAST;
        c->least = least_of(r);
        rest += (double)c->least;
    }
    if (p->summed > 0) {
        struct sum_total t = sum_figures(figure, p->summed, seed, a);

        set_total(p, &t);
        summed_at_least = t.ci95[0];
    }
    p->at_least = rounded(fmax(summed_at_least + rest, (double)p->seen_lo), DARK_FIGURE_DOWN);
}

/* Rates, and cities beside each other. */
#include "programme/pooled_parts.h"

#include "base/arena.h"
#include "programme/population.h"

#include <math.h>

static const double rate_of = 100000.0;
static const double z95 = 1.959963984540054;

/* A published figure is rounded to tens at least: it cannot be surer than a uniform error of that width. */
static const double rounding_sd = 2.886751345948129; /* 10 / sqrt(12) */

static void set_rate(struct pooled_city *c)
{
    const struct city_release *r = c->release;
    double scale = rate_of / (double)c->population;

    c->rate = scale * (double)r->nhat;
    c->rate_ci95[0] = scale * (double)r->ci95[0];
    c->rate_ci95[1] = scale * (double)r->ci95[1];
    if (r->nhat == 0 || r->ci95[0] == 0)
        return;
    c->is_compared = true;
    c->y = log(c->rate);
    c->se = fmax((log((double)r->ci95[1]) - log((double)r->ci95[0])) / (2.0 * z95),
                 rounding_sd / (double)r->nhat);
}

static void set_place(struct pooled_city *c, const struct effects *x, const struct effects_city *own)
{
    c->shrunken = exp(own->shrunken);
    c->shrunken_ci95[0] = exp(own->shrunken_ci95[0]);
    c->shrunken_ci95[1] = exp(own->shrunken_ci95[1]);
    c->place = funnel_place(x, c->y, c->se);
}

static void compare(struct pooled_period *p, struct arena *a)
{
    double *y = arena_new(a, p->n, double);
    double *se = arena_new(a, p->n, double);
    size_t n = 0;
    struct err e;

    for (size_t i = 0; i < p->n; i++)
        if (p->city[i].is_compared) {
            y[n] = p->city[i].y;
            se[n++] = p->city[i].se;
        }
    if (effects_fit(y, se, n, a, &p->effects, &e) != OK) {
        p->not_compared_en = str_copy(str_of(e.what), a);
        n = 0;
    }
    for (size_t i = 0, k = 0; i < p->n; i++) {
        p->city[i].is_compared = p->city[i].is_compared && n > 0;
        if (p->city[i].is_compared)
            set_place(&p->city[i], &p->effects, &p->effects.city[k++]);
    }
}

void pooled_compare(struct pooled_period *p, const struct population *population, struct arena *a)
{
    for (size_t i = 0; population && i < p->n; i++) {
        struct pooled_city *c = &p->city[i];

        c->population = population_of(population, c->release->municipality, p->last_year);
        if (c->population > 0 && c->part == PART_SUM) {
            set_rate(c);
            p->with_rate++;
        }
    }
    if (p->with_rate == 0)
        p->not_compared_en =
            S("no number of inhabitants is given for the period's last year: numbers of people "
              "alone say how large cities are");
    else
        compare(p, a);
}

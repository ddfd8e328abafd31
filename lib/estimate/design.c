/* A population and lists as they might be. */
#include "estimate/design.h"

#include "base/arena.h"
#include "base/number.h"
#include "base/rng.h"
#include "estimate/counts.h"

#include <assert.h>
#include <math.h>
#include <stdbool.h>

enum { POINTS = 41, MOST_ROUNDS = 10000 };

static_assert((int)POINTS <= (int)DESIGN_MAX_KINDS, "the points of a normal distribution are kinds");

static const double least_share = 0.001, most_share = 0.999;
static const double least_odds = 0.01, most_odds = 100.0;
static const double widest = 4.0; /* standard deviations that people are mixed over */

enum status design_read_coverage(struct str text, struct design *design, struct err *e)
{
    bool has_more = true;
    struct str one;

    design->lists = 0;
    while (has_more) {
        has_more = str_cut(text, ',', &one, &text);
        if (design->lists == MODEL_MAX_LISTS ||
            !f64_from_str(str_trim(one), least_share, most_share, &design->coverage[design->lists]))
            return err_set(e, USAGE,
                           "--coverage: expected 2 to %d shares between %g and %g with commas, such as "
                           "0.2,0.15,0.1",
                           MODEL_MAX_LISTS, least_share, most_share);
        design->lists++;
    }
    if (design->lists < 2)
        return err_set(e, USAGE, "--coverage: expected a share for each of two lists or more");
    return OK;
}

/* "1:2=3" */
static bool read_pair(struct str text, const struct design *design, size_t *pair, double *odds)
{
    struct str lists;
    struct str value;
    struct str left;
    struct str right;
    int64_t first = 0;
    int64_t second = 0;

    if (!str_cut(text, '=', &lists, &value) || !str_cut(lists, ':', &left, &right) ||
        !i64_from_str(str_trim(left), 1, (int64_t)design->lists, &first) ||
        !i64_from_str(str_trim(right), 1, (int64_t)design->lists, &second) || first == second ||
        !f64_from_str(str_trim(value), least_odds, most_odds, odds))
        return false;
    size_t mask = (size_t)1 << (first - 1) | (size_t)1 << (second - 1);
    for (*pair = 0; model_pair(design->lists, *pair) != mask;)
        ++*pair;
    return true;
}

enum status design_read_dependence(struct str text, struct design *design, struct err *e)
{
    bool has_more = true;
    struct str one;

    while (has_more) {
        size_t pair = 0;
        double odds = 0.0;

        has_more = str_cut(text, ',', &one, &text);
        if (!read_pair(one, design, &pair, &odds) || design->odds[pair] > 0.0)
            return err_set(
                e, USAGE,
                "--dependence: expected LIST:LIST=ODDS with commas, each pair once, lists from 1 to "
                "%zu and odds ratios from %g to %g, such as 1:2=3",
                design->lists, least_odds, most_odds);
        design->odds[pair] = odds;
    }
    return OK;
}

/* The kinds of people that a design mixes; returns how many. */
static size_t kinds_of(const struct design *d, struct design_kind out[DESIGN_MAX_KINDS])
{
    size_t points = d->heterogeneity > 0.0 ? POINTS : 1;

    for (size_t i = 0; i < d->kinds; i++)
        out[i] = d->kind[i];
    if (d->kinds > 0)
        return d->kinds;
    for (size_t q = 0; q < points; q++) {
        double z = points > 1 ? widest * (2.0 * (double)q / (POINTS - 1) - 1.0) : 0.0;

        out[q] = (struct design_kind){.share = exp(-0.5 * z * z), .moved = d->heterogeneity * z};
    }
    return points;
}

/* Before the margins are fitted: independent lists for people of each kind, times the odds ratios. */
static void mix(const struct design *d, double *p)
{
    struct design_kind kind[DESIGN_MAX_KINDS];
    size_t cells = (size_t)1 << d->lists;
    size_t kinds = kinds_of(d, kind);

    for (size_t c = 0; c < cells; c++)
        p[c] = 0.0;
    for (size_t q = 0; q < kinds; q++) {
        for (size_t c = 0; c < cells; c++) {
            double product = kind[q].share;

            for (size_t i = 0; i < d->lists; i++) {
                double odds = d->coverage[i] / (1.0 - d->coverage[i]) * exp(kind[q].moved);
                product *= (c >> i & 1U ? odds : 1.0) / (1.0 + odds);
            }
            p[c] += product;
        }
    }
    for (size_t k = 0; k < model_pairs(d->lists); k++) {
        size_t pair = model_pair(d->lists, k);

        for (size_t c = pair; c < cells && d->odds[k] > 0.0; c = (c + 1) | pair)
            p[c] *= d->odds[k];
    }
}

/* One list's margin; returns how far it was off. */
static double fit_list(const struct design *d, size_t list, double *p)
{
    size_t cells = (size_t)1 << d->lists;
    double on = 0.0;
    double off = 0.0;

    for (size_t c = 0; c < cells; c++)
        *(c >> list & 1U ? &on : &off) += p[c];
    for (size_t c = 0; c < cells; c++)
        p[c] *= c >> list & 1U ? d->coverage[list] / on : (1.0 - d->coverage[list]) / off;
    return fabs(on / (on + off) - d->coverage[list]);
}

void design_probabilities(const struct design *design, double *p)
{
    mix(design, p);
    for (int i = 0; i < MOST_ROUNDS; i++) {
        double off = 0.0;

        for (size_t list = 0; list < design->lists; list++)
            off = fmax(off, fit_list(design, list, p));
        if (off < 1e-14)
            return;
    }
}

void design_draw(const struct design *design, const double *p, struct rng *r, struct arena *a,
                 struct counts *out)
{
    static const struct str names[MODEL_MAX_LISTS] = {{"1", 1}, {"2", 1}, {"3", 1}, {"4", 1},
                                                      {"5", 1}, {"6", 1}, {"7", 1}, {"8", 1}};
    uint32_t cells = UINT32_C(1) << design->lists;
    struct counts c = {.lists = design->lists};
    int64_t left = design->people;
    double from[MODEL_MAX_CELLS + 1]; /* the sum of p[h..] */

    for (size_t i = 0; i < c.lists; i++)
        c.list[i] = names[i];
    c.y = arena_new(a, cells, uint32_t);
    c.record = arena_new(a, cells, struct counts_record);
    from[cells] = 0.0;
    for (uint32_t h = cells; h-- > 0;)
        from[h] = from[h + 1] + p[h];
    for (uint32_t h = 0; h < cells; h++) {
        int64_t here = h + 1 < cells ? rng_binomial(r, left, p[h] / from[h]) : left;

        left -= here;
        if (h == 0 || here == 0)
            continue;
        c.y[h] = (uint32_t)here;
        c.n += here;
        c.record[c.records++] = (struct counts_record){.history = h, .people = (uint32_t)here};
    }
    *out = c;
}

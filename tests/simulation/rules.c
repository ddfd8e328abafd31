/* The rules that are compared. */
#include "rules.h"

#include "base/arena.h"
#include "estimate/bootstrap.h"
#include "estimate/by_bic.h"
#include "estimate/by_stepwise.h"
#include "estimate/graphs.h"
#include "estimate/interval.h"
#include "estimate/method.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { FEW_REPLICATES = 1000, MANY_REPLICATES = 10000 };
enum { PEER_POINTS = 1000 }; /* of dga's usual grid, to 30 times the people seen */

static const double peer_reach = 30.0;
static const double threshold = 0.02;
static const double ends[] = {0.025, 0.975};

static const struct power_figure nothing = {.nhat = NAN, .low = NAN, .high = NAN};

static const struct estimate *estimate_of(struct trial *t, const char *name)
{
    struct estimate_options options = estimate_options_default();
    struct err e;

    options.method = method_find(str_of(name));
    options.replicates = 0;
    options.seed = t->seed;
    options.threads = 1;
    const struct estimate **kept = &t->of_method[options.method - methods];
    if (!*kept) {
        struct estimate *x = arena_new(t->a, 1, struct estimate);

        if (estimate(t->counts, &options, t->a, x, &e) != OK)
            die("%s", e.what);
        *kept = x;
    }
    return *kept;
}

/* As it is told: the interval, the range where only that is, or nothing. */
static struct power_figure told(const struct estimate *x)
{
    bool is_range = x->status == ESTIMATE_RANGE;
    const double *limits = is_range ? x->range : x->ci95;

    if (x->status == ESTIMATE_REFUSED)
        return nothing;
    return (struct power_figure){
        .nhat = x->nhat, .low = limits[0], .high = limits[1], .is_range = is_range ? 1.0 : 0.0};
}

/* The middle of the range stands for a figure, where none is told. */
static struct power_figure middle_of(struct power_figure f)
{
    f.nhat = isfinite(f.high) ? 0.5 * (f.low + f.high) : f.low;
    f.is_range = 1.0;
    return f;
}

static struct power_figure by_stepwise_told(struct trial *t)
{
    return told(estimate_of(t, "stepwise"));
}

static struct power_figure by_bic_told(struct trial *t)
{
    return told(estimate_of(t, "bic"));
}

static struct power_figure by_graphs_told(struct trial *t)
{
    return told(estimate_of(t, "graphs"));
}

static struct power_figure by_bayes_told(struct trial *t)
{
    return told(estimate_of(t, "bayes"));
}

static struct power_figure by_unequal_told(struct trial *t)
{
    const struct estimate *x = estimate_of(t, "unequal");

    return x->status == ESTIMATE_REFUSED ? nothing : middle_of(told(x));
}

static struct power_figure by_chao_told(struct trial *t)
{
    return told(estimate_of(t, "chao"));
}

static struct power_figure by_all_told(struct trial *t)
{
    const struct estimate *x = estimate_of(t, "all");

    return x->status == ESTIMATE_REFUSED ? nothing : middle_of(told(x));
}

/* From the lowest to the highest limit of these methods. */
static struct power_figure range_of(struct trial *t, const char *const *names, size_t n)
{
    struct power_figure f = {.nhat = NAN, .low = INFINITY, .high = -INFINITY};

    for (size_t i = 0; i < n; i++) {
        struct power_figure one = told(estimate_of(t, names[i]));

        if (isnan(one.nhat))
            continue;
        f.low = fmin(f.low, one.low);
        f.high = fmax(f.high, one.high);
    }
    return f.low <= f.high ? middle_of(f) : nothing;
}

static struct power_figure range_of_three(struct trial *t)
{
    static const char *const names[] = {"stepwise", "bic", "graphs"};

    return range_of(t, names, sizeof names / sizeof names[0]);
}

/* What "all" tells lies about this on both sides, and takes a hundred times as long. */
static struct power_figure all_but_simulations(struct trial *t)
{
    static const char *const names[] = {"stepwise", "bic", "graphs", "unequal"};

    return range_of(t, names, sizeof names / sizeof names[0]);
}

/* The chosen model and Wald's limits, whatever other models say. */
static struct power_figure chosen(const struct estimate *x)
{
    if (x->status == ESTIMATE_REFUSED)
        return nothing;
    return (struct power_figure){.nhat = x->nhat, .low = x->ci95[0], .high = x->ci95[1]};
}

static struct power_figure independence(struct trial *t)
{
    struct estimate_options options = estimate_options_default();
    struct estimate *x = arena_new(t->a, 1, struct estimate);
    struct err e;

    options.threshold = 0.0;
    options.replicates = 0;
    options.threads = 1;
    if (estimate(t->counts, &options, t->a, x, &e) != OK)
        die("%s", e.what);
    return chosen(x);
}

static struct power_figure sparsemse_wald(struct trial *t)
{
    return chosen(estimate_of(t, "stepwise"));
}

/* The best model by BIC, and N +- 1.96 times the standard error of N, sqrt(d + d^2 v), where v is the
 * variance of log d. */
static struct power_figure rcapture(struct trial *t)
{
    struct power_figure f = chosen(estimate_of(t, "bic"));
    double n = (double)t->counts->n;
    double unseen = f.nhat - n;
    double z = interval_normal_quantile(ends[1]);

    if (isnan(f.nhat) || !(unseen > 0.0))
        return f;
    double log_error = log((f.high - n) / unseen) / z;
    double error = sqrt(unseen + unseen * unseen * log_error * log_error);
    f.low = f.nhat - z * error;
    f.high = f.nhat + z * error;
    return f;
}

static int compare_figures(const void *left, const void *right)
{
    const double a = *(const double *)left;
    const double b = *(const double *)right;

    if (isnan(a) || isnan(b))
        return isnan(a) - isnan(b);
    return (a > b) - (a < b);
}

/* What the bootstrap says of stepwise's figure. */
struct bootstrapped {
    double acceleration;
    size_t n; /* replicates with an estimate */
    double *sorted;
    struct interval_bca bca;
};

/* The first `replicates`, of which a trial keeps those that it has. */
static struct bootstrapped bootstrap_of(struct trial *t, size_t replicates, double nhat)
{
    struct bootstrap b = {.lists = t->counts->lists,
                          .y = t->counts->y,
                          .estimator = &by_stepwise_estimator,
                          .with = &threshold,
                          .most = MANY_REPLICATES,
                          .seed = t->seed,
                          .threads = 1};
    struct bootstrapped out = {.n = replicates, .sorted = arena_new(t->a, replicates, double)};

    if (!t->replicate)
        t->replicate = arena_new(t->a, MANY_REPLICATES, double);
    if (t->replicates < replicates && !bootstrap_run(&b, t->replicates, replicates, t->replicate))
        die("stopped");
    t->replicates = replicates > t->replicates ? replicates : t->replicates;
    memcpy(out.sorted, t->replicate, replicates * sizeof *out.sorted);
    qsort(out.sorted, replicates, sizeof *out.sorted, compare_figures);
    while (out.n > 0 && isnan(out.sorted[out.n - 1]))
        out.n--;
    out.acceleration = bootstrap_acceleration(&b, t->a);
    out.bca = interval_bca(out.sorted, out.n, nhat, out.acceleration);
    return out;
}

static bool has_interval(const struct bootstrapped *b)
{
    return b->n > 0 && isfinite(b->bca.bias) && !isnan(b->acceleration);
}

static void set_limits(const struct bootstrapped *b, struct power_figure *f)
{
    f->low = interval_quantile(b->sorted, b->n, interval_bca_level(&b->bca, ends[0]));
    f->high = interval_quantile(b->sorted, b->n, interval_bca_level(&b->bca, ends[1]));
}

/* 1,000 replicates, and quantiles where the formula puts them, be it beyond all replicates but few. */
static struct power_figure sparsemse_bca(struct trial *t)
{
    struct power_figure f = chosen(estimate_of(t, "stepwise"));

    if (isnan(f.nhat))
        return f;
    struct bootstrapped b = bootstrap_of(t, FEW_REPLICATES, f.nhat);
    if (!has_interval(&b))
        return nothing;
    set_limits(&b, &f);
    return f;
}

/* Ten times as many while they do not resolve both limits; when 10,000 do not, what is told without them. */
static struct power_figure stepwise_bootstrap(struct trial *t)
{
    struct power_figure f = by_stepwise_told(t);

    if (isnan(f.nhat) || f.is_range > 0.0)
        return f;
    for (size_t replicates = FEW_REPLICATES; replicates <= MANY_REPLICATES; replicates *= 10) {
        struct bootstrapped b = bootstrap_of(t, replicates, f.nhat);

        if (!has_interval(&b) || !interval_bca_is_resolved(&b.bca, ends[0]) ||
            !interval_bca_is_resolved(&b.bca, ends[1]))
            continue;
        set_limits(&b, &f);
        break;
    }
    return f;
}

/* 4,000 replicates drawn from the chosen model. */
static struct power_figure stepwise_parametric(struct trial *t)
{
    struct estimate_options options = estimate_options_default();
    struct estimate x;
    struct err e;

    options.interval = ESTIMATE_PARAMETRIC;
    options.replicates = 4 * FEW_REPLICATES;
    options.seed = t->seed;
    options.threads = 1;
    if (estimate(t->counts, &options, t->a, &x, &e) != OK)
        die("%s", e.what);
    return told(&x);
}

/* Averaging over graphs on 1,000 numbers, all of one weight, that end at 30 times the people seen. */
static struct power_figure dga(struct trial *t)
{
    const struct counts *counts = t->counts;
    double n = (double)counts->n;
    struct graphs_grid grid = {.points = PEER_POINTS,
                               .unseen = arena_new(t->a, PEER_POINTS, double),
                               .weight = arena_new(t->a, PEER_POINTS, double)};
    struct graphs_posterior x;
    double below = 0.0;
    size_t i = 0;

    for (size_t k = 0; k < PEER_POINTS; k++) {
        grid.unseen[k] = rint(peer_reach * n * (double)k / (PEER_POINTS - 1));
        grid.weight[k] = 1.0;
    }
    struct graphs *g = graphs_open(counts->lists, 1, NULL);
    if (!g || !graphs_average(g, counts->y, 1.0 / (double)(1U << counts->lists), &grid, t->a, &x))
        die("stopped");
    graphs_close(g);
    double level[] = {ends[0], 0.5, ends[1]};
    double quantile[3];
    for (size_t k = 0; k < 3; k++) {
        while (i + 1 < PEER_POINTS && below + x.density[i] <= level[k])
            below += x.density[i++];
        quantile[k] = n + grid.unseen[i];
    }
    return (struct power_figure){.nhat = quantile[1], .low = quantile[0], .high = quantile[2]};
}

const struct rule rules[] = {
    {"stepwise, Wald", "Lykta", {1, 1, 1, 1}, by_stepwise_told},
    {"stepwise, BCa", "Lykta", {1, 2, 4, 4}, stepwise_bootstrap},
    {"stepwise, parametric", "Lykta", {1, 2, 4, 4}, stepwise_parametric},
    {"bic, Wald", "Lykta", {1, 1, 3, 10}, by_bic_told},
    {"graphs", "Lykta", {1, 1, 3, 10}, by_graphs_told},
    {"range of these three", "Lykta", {1, 1, 3, 10}, range_of_three},
    {"bayes", "Lykta", {40, 40, 40, 40}, by_bayes_told},
    {"unequal", "Lykta", {1, 1, 1, 10}, by_unequal_told},
    {"all but classes and bayes", "Lykta", {4, 4, 10, 0}, all_but_simulations},
    {"all", "Lykta", {0, 10, 10, 0}, by_all_told},
    {"chao", "Lykta", {1, 1, 1, 1}, by_chao_told},
    {"independence", "every program", {1, 1, 1, 1}, independence},
    {"stepwise, Wald", "SparseMSE", {1, 1, 1, 1}, sparsemse_wald},
    {"stepwise, BCa of 1,000", "SparseMSE", {1, 1, 1, 1}, sparsemse_bca},
    {"best BIC, N +- 1.96 se", "Rcapture", {1, 1, 3, 10}, rcapture},
    {"graphs to 30 n", "dga", {1, 1, 1, 0}, dga},
    {.name = NULL},
};

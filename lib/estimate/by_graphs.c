/* The method "graphs". */
#include "estimate/by_graphs.h"

#include "base/arena.h"
#include "base/text.h"
#include "estimate/describe.h"
#include "estimate/estimate.h"
#include "estimate/graphs.h"
#include "estimate/model.h"
#include "estimate/note.h"

#include <math.h>
#include <stdbool.h>

enum { FEW_POINTS = 100, FINE_POINTS = 2000 };

static const double first_reach = 1e3; /* of the grid, in times the people seen */
static const double last_reach = 1e7;
static const double negligible_end = 1e-12;

/* A posterior's limits, as ci95 and ci80, and its median. */
struct told {
    double median;
    double limit[DESCRIBE_LIMITS];
    struct graphs_posterior posterior;
};

static enum status average_on(const struct method_call *call, struct graphs *all, double delta,
                              const struct graphs_grid *grid, struct graphs_posterior *x, struct err *e)
{
    if (!graphs_average(all, call->counts->y, delta, grid, call->a, x))
        return err_set(e, SYSTEM, "stopped after a signal; nothing was written");
    return OK;
}

/* With very many people the posterior lies between few points of a grid that spans all numbers: then on a
 * grid of its own, until that is fine enough. */
static enum status look_closer(const struct method_call *call, struct graphs *all, double delta,
                               struct graphs_grid *grid, struct graphs_posterior *x, struct err *e)
{
    for (;;) {
        size_t first = 0;
        size_t last = grid->points - 1;
        double highest = 0.0;

        for (size_t i = 0; i < grid->points; i++)
            highest = fmax(highest, x->density[i]);
        while (x->density[first] < negligible_end * highest)
            first++;
        while (x->density[last] < negligible_end * highest)
            last--;
        double low = grid->unseen[first > 0 ? first - 1 : 0];
        double high = grid->unseen[last + 1 < grid->points ? last + 1 : last];
        if (last - first >= FEW_POINTS || high - low <= (double)(last - first) + 2.0)
            return OK;
        graphs_grid_between(low, high, FINE_POINTS, call->a, grid);
        TRY(average_on(call, all, delta, grid, x, e));
    }
}

/* A posterior that has not ended at the grid's end has no upper limit. */
static enum status average(const struct method_call *call, struct graphs *all, double delta, struct told *out,
                           struct err *e)
{
    double people = (double)call->counts->n;
    struct graphs_grid grid;

    for (double reach = first_reach; reach <= last_reach; reach *= 100.0) {
        graphs_grid_make(reach * people, call->a, &grid);
        TRY(average_on(call, all, delta, &grid, &out->posterior, e));
        if (out->posterior.end < negligible_end)
            break;
    }
    bool is_open = out->posterior.end >= negligible_end;
    TRY(look_closer(call, all, delta, &grid, &out->posterior, e));
    out->median = graphs_quantile(&out->posterior, &grid, people, 0.5);
    for (size_t i = 0; i < DESCRIBE_LIMITS; i++)
        out->limit[i] = graphs_quantile(&out->posterior, &grid, people, describe_limits[i]);
    if (is_open)
        out->limit[1] = out->limit[3] = INFINITY;
    return OK;
}

static void describe_graph(const struct method_call *call, const struct graphs_told *graph,
                           struct estimate *out)
{
    struct model model = graphs_model(call->counts->lists, graph->edges);
    double *margin = arena_new(call->a, (size_t)1 << call->counts->lists, double);
    uint16_t term[MODEL_MAX_CELLS];
    size_t n = 0;

    for (size_t m = 1; m >> call->counts->lists == 0; m++) {
        margin[m] = 1.0; /* a prior leaves no term at minus infinity */
        if ((m & (m - 1)) != 0 && mask_set_has(&model.terms, m))
            term[n++] = (uint16_t)m;
    }
    describe_model(out, call->counts, &model, term, n, margin, call->a);
}

static void add_alternative(struct estimate *out, const struct told *told, const char *setting)
{
    out->alternative[out->alternatives++] =
        (struct estimate_alternative){.threshold = NAN,
                                      .model = out->model.name,
                                      .setting = setting,
                                      .nhat = told->median,
                                      .ci95 = {told->limit[0], told->limit[1]},
                                      .status = "finite",
                                      .aic = NAN,
                                      .bic = NAN};
}

/* Where the prior decides, all that it decides between is the range. */
static void weigh_prior(const struct told *half, const struct told *twice, struct estimate *out,
                        struct arena *a)
{
    double by_half = fabs(half->median - out->nhat);
    double by_twice = fabs(twice->median - out->nhat);
    struct estimate_note why = {.kind = ESTIMATE_PRIOR_DECIDES,
                                .value = by_half > by_twice ? half->median : twice->median};

    if (!(fmax(by_half, by_twice) > 0.5 * (out->ci95[1] - out->ci95[0])))
        return;
    out->status = ESTIMATE_RANGE;
    out->range[0] = fmin(out->ci95[0], fmin(half->limit[0], twice->limit[0]));
    out->range[1] = fmax(out->ci95[1], fmax(half->limit[1], twice->limit[1]));
    out->reason = note_of(why, a);
}

/* With the prior, with half its strength and with twice; the most probable graph with the first. */
static enum status average_thrice(const struct method_call *call, struct told told[3],
                                  struct graphs_told *graph, struct err *e)
{
    double delta = 1.0 / (double)((size_t)1 << call->counts->lists);
    struct graphs *all = graphs_open(call->counts->lists, call->options->threads, call->options->progress);
    struct graphs_told most_probable[GRAPHS_TOLD];
    enum status s = OK;

    if (!all)
        return err_set(e, SYSTEM, "stopped after a signal; nothing was written");
    s = average(call, all, delta, &told[0], e);
    if (s == OK) {
        graphs_most_probable(all, most_probable);
        *graph = most_probable[0];
        s = average(call, all, 0.5 * delta, &told[1], e);
    }
    if (s == OK)
        s = average(call, all, 2.0 * delta, &told[2], e);
    graphs_close(all);
    return s;
}

enum status by_graphs(const struct method_call *call, struct estimate *out, struct err *e)
{
    struct told *told = arena_new(call->a, 3, struct told);
    struct graphs_told graph = {0};
    double *ends[DESCRIBE_LIMITS];

    TRY(average_thrice(call, told, &graph, e));
    out->threshold = NAN;
    out->models_tried = (int64_t)told[0].posterior.graphs;
    describe_graph(call, &graph, out);
    out->nhat = told[0].median;
    describe_ends(out, ends);
    for (size_t i = 0; i < DESCRIBE_LIMITS; i++)
        *ends[i] = told[0].limit[i];
    out->interval = ESTIMATE_CREDIBLE;
    add_alternative(out, &told[1], "prior half as strong");
    add_alternative(out, &told[2], "prior twice as strong");
    weigh_prior(&told[1], &told[2], out, call->a);
    return OK;
}

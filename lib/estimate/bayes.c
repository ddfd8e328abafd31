/* Bayesian thresholding. */
#include "estimate/bayes.h"

#include "base/arena.h"
#include "base/parallel.h"
#include "base/progress.h"
#include "estimate/convergence.h"
#include "estimate/counts.h"
#include "estimate/describe.h"
#include "estimate/estimate.h"
#include "estimate/exists.h"
#include "estimate/loglinear_posterior.h"
#include "estimate/note.h"
#include "estimate/posterior.h"

#include <math.h>
#include <string.h>

enum { CHAINS = 4, BURNED = 1000, DRAWS = 2500, THIN = 4 };

static const double wide_variance = 1e4;
static const double away_from_0 = 2.0; /* standard deviations */
static const double most_rhat = 1.01;

/* One fit: its posterior and draws[CHAINS][DRAWS][k]. */
struct fit {
    struct loglinear_posterior posterior;
    uint64_t seed;
    double *draw;
};

static void set_terms(struct fit *f, const struct loglinear_table *table, enum bayes_prior prior,
                      const uint16_t *pair, size_t pairs);
static bool draw_all(struct fit *f, const struct estimate_options *options, uint64_t stage, struct arena *a);
static void keep_pairs(const struct fit *f, struct bayes *out);
static void finish(const struct fit *f, struct arena *a, struct bayes *out);

bool bayes_run(const struct loglinear_table *table, enum bayes_prior prior,
               const struct estimate_options *options, struct arena *a, struct bayes *out)
{
    struct fit *f = arena_new(a, 1, struct fit);
    size_t pairs = model_pairs(table->lists);
    struct bayes result = {.chains = CHAINS, .sweeps = BURNED + (int64_t)DRAWS * THIN};

    for (size_t i = 0; i < pairs; i++) {
        result.pair[i] = (uint16_t)model_pair(table->lists, i);
        result.statistic[i] = NAN;
    }
    set_terms(f, table, prior, result.pair, pairs);
    if (!draw_all(f, options, 0, a))
        return false;
    keep_pairs(f, &result);
    set_terms(f, table, prior, result.pair, result.pairs);
    if (!draw_all(f, options, 1, a))
        return false;
    finish(f, a, &result);
    *out = result;
    return true;
}

static void add_term(struct fit *f, size_t term, double precision)
{
    f->posterior.term[f->posterior.k] = (uint16_t)term;
    f->posterior.precision[f->posterior.k++] = precision;
}

static void set_terms(struct fit *f, const struct loglinear_table *table, enum bayes_prior prior,
                      const uint16_t *pair, size_t pairs)
{
    struct loglinear_posterior *p = &f->posterior;

    *p = (struct loglinear_posterior){.table = table};
    add_term(f, 0, 1.0 / wide_variance);
    for (size_t i = 0; i < table->lists; i++)
        add_term(f, (size_t)1 << i, 1.0 / wide_variance);
    for (size_t i = 0; i < pairs; i++) {
        if (prior == BAYES_NORMAL) {
            add_term(f, pair[i], 1.0);
        } else if (table->margin[pair[i]] > 0.5) {
            add_term(f, pair[i], 0.0);
        } else {
            for (size_t c = pair[i]; c < table->cells; c = (c + 1) | pair[i])
                mask_set_add(&p->removed, c);
        }
    }
}

static void draw_chain(void *work, size_t chain)
{
    struct fit *f = work;

    loglinear_posterior_draw(&f->posterior, f->seed, chain, BURNED, DRAWS, THIN,
                             f->draw + chain * DRAWS * f->posterior.k);
}

static bool draw_all(struct fit *f, const struct estimate_options *options, uint64_t stage, struct arena *a)
{
    if (!loglinear_posterior_find_mode(&f->posterior, a))
        return false;
    f->draw = arena_new(a, (size_t)CHAINS * DRAWS * f->posterior.k, double);
    f->seed = 2 * options->seed + stage;
    return parallel_for(CHAINS, options->threads, draw_chain, f, NULL);
}

static double statistic_of(const struct fit *f, size_t term)
{
    double n = (double)CHAINS * DRAWS;
    double sum = 0.0;
    double squares = 0.0;

    for (size_t i = 0; i < (size_t)CHAINS * DRAWS; i++)
        sum += f->draw[i * f->posterior.k + term];
    for (size_t i = 0; i < (size_t)CHAINS * DRAWS; i++) {
        double off = f->draw[i * f->posterior.k + term] - sum / n;

        squares += off * off;
    }
    return fabs(sum / n) / sqrt(squares / (n - 1.0));
}

static void keep_pairs(const struct fit *f, struct bayes *out)
{
    const struct loglinear_table *table = f->posterior.table;
    size_t pairs = model_pairs(table->lists);
    size_t term = 1 + table->lists; /* of the next pair that has draws */

    out->pairs = 0;
    for (size_t i = 0; i < pairs; i++) {
        uint16_t pair = (uint16_t)model_pair(table->lists, i);
        bool is_kept;

        if (term < f->posterior.k && f->posterior.term[term] == pair) {
            out->statistic[i] = statistic_of(f, term++);
            is_kept = out->statistic[i] >= away_from_0;
        } else {
            is_kept = true; /* at minus infinity, which is away from 0 */
        }
        if (is_kept)
            out->pair[out->pairs++] = pair;
    }
}

static void finish(const struct fit *f, struct arena *a, struct bayes *out)
{
    out->draws = (size_t)CHAINS * DRAWS;
    out->people = arena_new(a, out->draws, double);
    for (size_t i = 0; i < out->draws; i++)
        out->people[i] = f->posterior.table->margin[0] + exp(f->draw[i * f->posterior.k]);
    struct convergence c = convergence_of(out->people, CHAINS, DRAWS, a);
    out->rhat = c.rhat;
    out->ess = c.ess;
}

/* The flat prior's interval, when its middle is beyond that of the normal one. */
static void compare_priors(const struct method_call *call, const struct loglinear_table *table,
                           struct estimate *out)
{
    struct model all = model_independence(table->lists);
    struct estimate flat = {0};
    struct bayes found;

    for (size_t i = 0; i < model_pairs(table->lists); i++)
        model_add(&all, model_pair(table->lists, i));
    if (exists_code(table, &all, call->a) != EXISTS ||
        !bayes_run(table, BAYES_FLAT, call->options, call->a, &found) || found.rhat > most_rhat)
        return;
    posterior_describe(&flat, found.people, found.draws);
    if (flat.nhat >= out->ci95[0] && flat.nhat <= out->ci95[1])
        return;
    out->status = ESTIMATE_RANGE;
    out->range[0] = fmin(out->ci95[0], flat.ci95[0]);
    out->range[1] = fmax(out->ci95[1], flat.ci95[1]);
    out->reason =
        note_of((struct estimate_note){.kind = ESTIMATE_PRIOR_DECIDES, .value = flat.nhat}, call->a);
}

static void describe_kept(const struct method_call *call, const struct bayes *found, struct estimate *out)
{
    struct model model = model_independence(call->counts->lists);
    double somebody[MODEL_MAX_CELLS]; /* with a normal prior no parameter is at minus infinity */

    for (size_t c = 0; c < MODEL_MAX_CELLS; c++)
        somebody[c] = 1.0;
    for (size_t i = 0; i < found->pairs; i++)
        model_add(&model, found->pair[i]);
    describe_model(out, call->counts, &model, found->pair, found->pairs, somebody, call->a);
}

enum status bayes(const struct method_call *call, struct estimate *out, struct err *e)
{
    const struct counts *counts = call->counts;
    struct loglinear_table table = {
        .lists = counts->lists, .cells = (size_t)1 << counts->lists, .y = counts->y};
    struct bayes found;

    table.margin = arena_new(call->a, table.cells, double);
    loglinear_margins(&table);
    bool has_mode = bayes_run(&table, BAYES_NORMAL, call->options, call->a, &found);
    if (progress_should_stop(call->options->progress))
        return err_set(e, SYSTEM, "stopped after a signal; nothing was written");
    if (!has_mode || found.rhat > most_rhat) {
        describe_refusal(out,
                         (struct estimate_note){.kind = ESTIMATE_NOT_CONVERGED,
                                                .value = has_mode ? found.rhat : (double)INFINITY},
                         call->a);
        return OK;
    }
    describe_kept(call, &found, out);
    posterior_describe(out, found.people, found.draws);
    out->posterior = (struct estimate_posterior){
        .chains = found.chains, .sweeps = found.sweeps, .rhat = found.rhat, .ess = found.ess};
    posterior_find_modes(&out->posterior, found.people, found.draws, call->a);
    compare_priors(call, &table, out);
    return OK;
}

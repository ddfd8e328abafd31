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

/* One fit: its posterior and draws[CHAINS][DRAWS][k], made by chains numbered from first_chain. */
struct fit {
    struct loglinear_posterior posterior;
    uint64_t seed;
    size_t first_chain;
    double *draw;
};

static size_t try_terms(const struct loglinear_table *table, enum bayes_prior prior, size_t lists,
                        struct bayes *out);
static bool fit_terms(struct fit *f, const struct loglinear_table *table, enum bayes_prior prior,
                      const struct bayes *terms, struct arena *a);
static bool draw_all(struct fit *f, const struct estimate_options *options, struct arena *a);
static void keep_terms(const struct fit *f, size_t first, struct bayes *out);
static void finish(const struct fit *f, struct arena *a, struct bayes *out);

bool bayes_run(const struct loglinear_table *table, enum bayes_prior prior,
               const struct estimate_options *options, struct arena *a, struct bayes *out)
{
    struct fit *f = arena_new(a, 1, struct fit);
    struct bayes result = {.chains = CHAINS, .sweeps = BURNED + (int64_t)DRAWS * THIN};
    size_t order = options->order == 0 ? 2 : options->order;

    for (size_t lists = 2; lists <= order && lists <= BAYES_MAX_ORDER; lists++) {
        size_t first = try_terms(table, prior, lists, &result);

        if (first == result.terms)
            break;
        *f = (struct fit){.seed = 2 * options->seed, .first_chain = (lists - 2) * CHAINS};
        if (!fit_terms(f, table, prior, &result, a) || !draw_all(f, options, a))
            return false;
        keep_terms(f, first, &result);
    }
    *f = (struct fit){.seed = 2 * options->seed + 1};
    if (!fit_terms(f, table, prior, &result, a) || !draw_all(f, options, a))
        return false;
    finish(f, a, &result);
    *out = result;
    return true;
}

static bool is_kept(const struct bayes *terms, size_t lists)
{
    for (size_t i = 0; i < terms->terms; i++)
        if (terms->term[i].lists == lists)
            return terms->term[i].is_kept;
    return false;
}

/* Under a flat prior an empty pair is at minus infinity, and nothing is left of a triple that holds it. */
static bool has_its_pairs(const struct loglinear_table *table, enum bayes_prior prior,
                          const struct bayes *terms, size_t triple)
{
    for (size_t left = triple; left > 0; left &= left - 1) {
        size_t pair = triple & ~(left & (~left + 1));

        if (!is_kept(terms, pair) || (prior == BAYES_FLAT && table->margin[pair] < 0.5))
            return false;
    }
    return true;
}

static void try_term(struct bayes *out, size_t lists)
{
    out->term[out->terms++] =
        (struct bayes_term){.lists = (uint16_t)lists, .statistic = NAN, .is_kept = true};
}

/* The terms of so many lists that may be in the model are in it to begin with; where they begin in `out`. */
static size_t try_terms(const struct loglinear_table *table, enum bayes_prior prior, size_t lists,
                        struct bayes *out)
{
    size_t first = out->terms;

    if (lists == 2) {
        for (size_t i = 0; i < model_pairs(table->lists); i++)
            try_term(out, model_pair(table->lists, i));
        return first;
    }
    for (size_t triple = 0; triple < table->cells; triple++)
        if (__builtin_popcountl(triple) == 3 && has_its_pairs(table, prior, out, triple))
            try_term(out, triple);
    return first;
}

static bool has_maximum(const struct loglinear_table *table, const struct bayes *terms, struct arena *a)
{
    struct model model = model_independence(table->lists);

    for (size_t i = 0; i < terms->terms; i++)
        if (terms->term[i].is_kept)
            model_add(&model, terms->term[i].lists);
    return exists_code(table, &model, a) == EXISTS;
}

static void add_term(struct fit *f, size_t term, double precision)
{
    f->posterior.term[f->posterior.k] = (uint16_t)term;
    f->posterior.precision[f->posterior.k++] = precision;
}

static void set_terms(struct fit *f, const struct loglinear_table *table, enum bayes_prior prior,
                      const struct bayes *terms)
{
    struct loglinear_posterior *p = &f->posterior;

    *p = (struct loglinear_posterior){.table = table};
    add_term(f, 0, 1.0 / wide_variance);
    for (size_t i = 0; i < table->lists; i++)
        add_term(f, (size_t)1 << i, 1.0 / wide_variance);
    for (size_t i = 0; i < terms->terms; i++) {
        size_t lists = terms->term[i].lists;

        if (!terms->term[i].is_kept)
            continue;
        if (prior == BAYES_NORMAL) {
            add_term(f, lists, 1.0);
        } else if (table->margin[lists] > 0.5) {
            add_term(f, lists, 0.0);
        } else {
            for (size_t c = lists; c < table->cells; c = (c + 1) | lists)
                mask_set_add(&p->removed, c);
        }
    }
}

static bool fit_terms(struct fit *f, const struct loglinear_table *table, enum bayes_prior prior,
                      const struct bayes *terms, struct arena *a)
{
    if (prior == BAYES_FLAT && !has_maximum(table, terms, a))
        return false;
    set_terms(f, table, prior, terms);
    return loglinear_posterior_find_mode(&f->posterior, a);
}

static void draw_chain(void *work, size_t chain)
{
    struct fit *f = work;

    loglinear_posterior_draw(&f->posterior, f->seed, f->first_chain + chain, BURNED, DRAWS, THIN,
                             f->draw + chain * DRAWS * f->posterior.k);
}

static bool draw_all(struct fit *f, const struct estimate_options *options, struct arena *a)
{
    f->draw = arena_new(a, (size_t)CHAINS * DRAWS * f->posterior.k, double);
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

/* Of the terms from `first` on. One without draws is at minus infinity, which is away from 0. */
static void keep_terms(const struct fit *f, size_t first, struct bayes *out)
{
    for (size_t i = first; i < out->terms; i++)
        for (size_t k = 1; k < f->posterior.k; k++)
            if (f->posterior.term[k] == out->term[i].lists) {
                out->term[i].statistic = statistic_of(f, k);
                out->term[i].is_kept = out->term[i].statistic >= away_from_0;
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
    struct estimate flat = {0};
    struct bayes found;

    if (!bayes_run(table, BAYES_FLAT, call->options, call->a, &found) || found.rhat > most_rhat)
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
    uint16_t kept[BAYES_MAX_TERMS];
    size_t n = 0;

    for (size_t c = 0; c < MODEL_MAX_CELLS; c++)
        somebody[c] = 1.0;
    for (size_t i = 0; i < found->terms; i++)
        if (found->term[i].is_kept) {
            model_add(&model, found->term[i].lists);
            kept[n++] = found->term[i].lists;
        }
    describe_model(out, call->counts, &model, kept, n, somebody, call->a);
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

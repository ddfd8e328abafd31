/* The method "bic". */
#include "estimate/by_bic.h"

#include "base/arena.h"
#include "estimate/alternative.h"
#include "estimate/bic_settled.h"
#include "estimate/bootstrap.h"
#include "estimate/describe.h"
#include "estimate/estimate.h"
#include "estimate/replicate.h"

#include <math.h>

enum { WITHIN_REACH = 1000, MOST_LISTED = 10000, MANY_STEPS = 400 };
enum { MOST_REPLICATES = 10000 }; /* each searches all models: some milliseconds */

/* What the estimator of the bootstrap is told. */
struct search_again {
    const struct bic_terms *terms;
    struct bic_chosen *chosen;
};

static void *open_replicates(const struct bootstrap *b, struct arena *a);
static void estimate_replicates(void *memory, const uint32_t *y, size_t tables, double *nhat);
static void close_replicates(void *memory);
static void describe_best(const struct method_call *call, const struct bic_terms *terms,
                          const struct bic_fit *best, struct estimate *out);
static void list_alternatives(const struct method_call *call, const struct bic_terms *terms,
                              const struct bic_list *list, struct estimate *out);
static enum status settle(const struct method_call *call, const struct search_again *again,
                          struct bic_list *list, struct estimate *out, struct err *e);

static const struct bootstrap_estimator estimator = {
    .open = open_replicates, .estimate = estimate_replicates, .close = close_replicates};

enum status by_bic(const struct method_call *call, struct estimate *out, struct err *e)
{
    const struct counts *counts = call->counts;
    const struct estimate_options *options = call->options;
    struct bic_terms *terms = arena_new(call->a, 1, struct bic_terms);
    struct bic_list list;

    TRY(bic_terms_for(counts->lists, options->order, terms, e));
    bic_best(terms, counts->y, WITHIN_REACH, options->threads, options->progress, call->a, &list);
    if (list.was_stopped)
        return err_set(e, SYSTEM, "stopped after a signal; nothing was written");
    const struct bic_fit *best = &list.fit[0];
    out->threshold = NAN;
    out->models_tried = bic_count(terms);
    if (best->dark_figure != DARK_FIGURE_FINITE) {
        describe_refusal(out, (struct estimate_note){.kind = estimate_kind_of(best->dark_figure)}, call->a);
        return OK;
    }
    describe_best(call, terms, best, out);
    list_alternatives(call, terms, &list, out);
    if (options->interval != ESTIMATE_NO_INTERVAL || options->replicates == 0)
        return OK;
    /* Not shared with other processes: which models the replicates chose is told as well. */
    struct search_again again = {.terms = terms, .chosen = bic_chosen_open(call->a)};
    struct bootstrap b = {.lists = counts->lists,
                          .y = counts->y,
                          .estimator = &estimator,
                          .with = &again,
                          .most = MOST_REPLICATES,
                          .seed = options->seed,
                          .threads = options->threads,
                          .progress = options->progress};
    TRY(replicate_interval(&b, options->replicates, call->a, out, e));
    return settle(call, &again, &list, out, e);
}

/* Nearly always the models chosen are in the list that there is. */
static enum status settle(const struct method_call *call, const struct search_again *again,
                          struct bic_list *list, struct estimate *out, struct err *e)
{
    const struct estimate_options *options = call->options;

    out->settled = bic_settled_in(again->chosen, list);
    if (out->settled.rank > 0 || out->settled.tables == 0)
        return OK;
    bic_best(again->terms, call->counts->y, MOST_LISTED, options->threads, options->progress, call->a, list);
    if (list->was_stopped)
        return err_set(e, SYSTEM, "stopped after a signal; nothing was written");
    out->settled = bic_settled_in(again->chosen, list);
    return OK;
}

/* Wald's limits need the information matrix, which the search does not keep. */
static void describe_best(const struct method_call *call, const struct bic_terms *terms,
                          const struct bic_fit *best, struct estimate *out)
{
    const struct counts *counts = call->counts;
    struct loglinear_table table = {
        .lists = counts->lists, .cells = (size_t)1 << counts->lists, .y = counts->y};
    struct exists_face *face = arena_new(call->a, 1, struct exists_face);
    struct model model = bic_model_of(terms, best->in);
    uint16_t term[BIC_MAX_TERMS];
    size_t n = 0;

    table.margin = arena_new(call->a, table.cells, double);
    loglinear_margins(&table);
    exists_find_face(&table, &model, DARK_FIGURE_FINITE, call->a, face);
    struct loglinear *fit = loglinear_open(call->a, counts->lists, face->terms);
    loglinear_start(fit, &table, face->term, face->terms, &face->off);
    loglinear_fit(fit, &table, MANY_STEPS);
    for (uint64_t left = best->in; left != 0; left &= left - 1)
        term[n++] = terms->term[__builtin_ctzll(left)];
    describe_model(out, counts, &model, term, n, table.margin, call->a);
    out->model.deviance = best->deviance;
    out->model.df = best->df;
    out->model.aic = best->aic;
    out->model.bic = best->bic;
    out->nhat = best->nhat;
    describe_wald(out, (double)counts->n, best->nhat - (double)counts->n, loglinear_standard_error(fit, 0));
    if (call->options->interval == ESTIMATE_PROFILE)
        describe_profile(out, &table, fit, call->a);
}

static void list_alternatives(const struct method_call *call, const struct bic_terms *terms,
                              const struct bic_list *list, struct estimate *out)
{
    size_t n = 1;

    while (n < list->n && list->fit[n].bic <= list->fit[0].bic + ALTERNATIVE_REACH)
        n++;
    alternative_add(terms, list->fit + 1, n - 1, call->a, out);
}

struct searcher {
    struct bic_search *search;
    struct bic_chosen *chosen;
};

static void *open_replicates(const struct bootstrap *b, struct arena *a)
{
    const struct search_again *again = b->with;
    struct searcher *s = arena_new(a, 1, struct searcher);

    *s = (struct searcher){.search = bic_search_open(a, again->terms, 1), .chosen = again->chosen};
    return s;
}

static double figure_of(const struct bic_fit *f, const uint32_t *y, size_t cells)
{
    double people = 0.0;

    if (f->dark_figure == DARK_FIGURE_FINITE)
        return f->nhat;
    if (f->dark_figure != DARK_FIGURE_ZERO)
        return f->dark_figure == DARK_FIGURE_INFINITE ? (double)INFINITY : (double)NAN;
    for (size_t c = 1; c < cells; c++)
        people += y[c];
    return people;
}

/* Without anybody on two lists the unseen are beyond any bound, whatever the model. */
static bool has_overlap(const uint32_t *y, size_t cells)
{
    for (size_t c = 1; c < cells; c++)
        if (y[c] > 0 && (c & (c - 1)) != 0)
            return true;
    return false;
}

static void estimate_replicates(void *memory, const uint32_t *y, size_t tables, double *nhat)
{
    const struct searcher *s = memory;
    size_t cells = bic_search_cells(s->search);

    for (size_t i = 0; i < tables; i++, y += cells) {
        nhat[i] = INFINITY;
        if (!has_overlap(y, cells))
            continue;
        const struct bic_fit *best = &bic_search_run(s->search, y)->fit[0];
        nhat[i] = figure_of(best, y, cells);
        bic_chosen_add(s->chosen, &best->in, 1);
    }
}

static void close_replicates(void *memory)
{
    const struct searcher *s = memory;

    bic_search_close(s->search);
}

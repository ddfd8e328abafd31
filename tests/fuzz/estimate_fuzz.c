/* Any bytes as a table of up to 1,000,000,000 people on two to eight lists and as a way to estimate from it:
 * each method, with few replicates, and any hierarchical model ends, in figures that are numbers and stand in
 * order, or in a class or a reason without any.
 *
 * The first byte chooses how many lists, the second the method, or the fit of a model made of the bytes from
 * the sixth on; then options and the seed; from the twelfth on, two bytes a history: b << shift people.
 * Of the two methods that simulate the posterior a few draws are made, because they run on for seconds until
 * their chains agree. */
#include "base/arena.h"
#include "base/text.h"
#include "estimate/counts.h"
#include "estimate/estimate.h"
#include "estimate/estimate_json.h"
#include "estimate/estimate_text.h"
#include "estimate/exists.h"
#include "estimate/latent_chain.h"
#include "estimate/loglinear.h"
#include "estimate/loglinear_posterior.h"
#include "estimate/method.h"
#include "estimate/profile.h"

#include <assert.h>
#include <ctype.h>
#include <math.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum {
    AT_OPTIONS = 2,
    AT_THRESHOLD,
    AT_REPLICATES,
    AT_MODEL,
    AT_COUNTS = 11,
    MANY_STEPS = 400,
    FEW_STEPS = 8
};

static const struct way {
    const char *method;
    size_t most_lists; /* with more it is the same, and slower */
    int64_t most_replicates;
} ways[] = {
    {"stepwise", 5, 9},      {"bic", 4, 2},           {"graphs", 4, 0},      {"unequal", 3, 0},
    {"chao", 8, 2000},       {"chapman", 2, 9},       {"coverage", 8, 2000}, {"a model", 5, 0},
    {"normal priors", 4, 0}, {"latent chains", 5, 0},
};
enum {
    WAYS = sizeof ways / sizeof ways[0],
    A_MODEL = WAYS - 3,
    NORMAL_PRIORS = WAYS - 2,
    LATENT_CHAINS = WAYS - 1
};

static struct counts *counts_of(const uint8_t *data, size_t size, size_t lists, struct arena *a)
{
    static const char *const names[] = {"A", "B", "C", "D", "E", "F", "G", "H"};
    struct counts *counts = arena_new(a, 1, struct counts);
    size_t cells = (size_t)1 << lists;

    counts->lists = lists;
    for (size_t i = 0; i < lists; i++)
        counts->list[i] = str_of(names[i]);
    counts->y = arena_new(a, cells, uint32_t);
    counts->record = arena_new(a, cells, struct counts_record);
    for (size_t c = 1; c < cells && AT_COUNTS + 2 * c <= size; c++) {
        const uint8_t *at = data + AT_COUNTS + 2 * (c - 1);
        int64_t people = (int64_t)at[0] << at[1] % 23;

        if (people > COUNTS_MAX_PEOPLE - counts->n)
            people = COUNTS_MAX_PEOPLE - counts->n;
        counts->y[c] = (uint32_t)people;
        counts->n += people;
        counts->record[counts->records++] =
            (struct counts_record){.history = (uint32_t)c, .people = (uint32_t)people};
    }
    return counts;
}

/* Is `word` in the text by itself, and not a part of a longer one? */
static bool has_word(const char *text, const char *word)
{
    for (const char *at = strstr(text, word); at; at = strstr(at + 1, word))
        if (!isalpha((unsigned char)at[strlen(word)]) && (at == text || !isalpha((unsigned char)at[-1])))
            return true;
    return false;
}

static void check_told(const struct estimate *x, struct arena *a)
{
    struct text json = text_open(a);
    struct text words = text_open(a);

    estimate_json(&json, x, "0");
    estimate_text(&words, x);
    assert(!has_word(json.p, "nan") && !has_word(json.p, "inf"));
    assert(!has_word(words.p, "nan") && !has_word(words.p, "inf"));
    assert(!strstr(words.p, " -9") && !strstr(words.p, " -1"));
}

static void check_limits(const double limits[2], double least)
{
    assert(isfinite(limits[0]) && limits[0] >= least && limits[0] <= limits[1]);
}

static void check_estimate(const struct estimate *x)
{
    double n = (double)x->n;

    for (size_t i = 0; i < x->alternatives; i++)
        assert(isfinite(x->alternative[i].nhat) == (strcmp(x->alternative[i].status, "finite") == 0));
    for (size_t i = 0; i < x->draws; i++)
        assert(!isnan(x->draw[i]) && (i == 0 || x->draw[i - 1] <= x->draw[i]));
    if (x->status == ESTIMATE_REFUSED) {
        assert(x->reason.text && isnan(x->nhat) && isnan(x->ci95[0]) && isnan(x->ci95[1]));
        return;
    }
    assert(isfinite(x->nhat) && x->nhat >= n);
    check_limits(x->ci95, n);
    check_limits(x->ci80, n);
    assert(x->ci95[0] <= x->ci80[0] && x->ci80[1] <= x->ci95[1]);
    if (x->status == ESTIMATE_RANGE)
        check_limits(x->range, n);
}

static void try_method(const struct way *way, const uint8_t *data, const struct counts *counts,
                       struct arena *a)
{
    static const enum estimate_interval kinds[] = {ESTIMATE_NO_INTERVAL, ESTIMATE_WALD, ESTIMATE_PROFILE,
                                                   ESTIMATE_PARAMETRIC};
    struct estimate_options options = {.method = method_find(str_of(way->method)),
                                       .threshold = data[AT_THRESHOLD] / 255.0,
                                       .order = data[AT_OPTIONS] >> 2 & 3U,
                                       .interval = kinds[data[AT_OPTIONS] & 3U],
                                       .replicates = 8 * data[AT_REPLICATES] % (way->most_replicates + 1),
                                       .seed = data[AT_REPLICATES],
                                       .threads = 1};
    struct estimate *x = arena_new(a, 1, struct estimate);
    struct err e = {OK, ""};

    if (counts->lists > 4)
        options.order = 2;
    assert(estimate(counts, &options, a, x, &e) == OK);
    check_estimate(x);
    check_told(x, a);
}

/* What the searches ask of a table before they fit. */
static bool can_be_fitted(const struct loglinear_table *table)
{
    double on_two = table->margin[0];

    for (size_t i = 0; i < table->lists; i++) {
        double on_list = table->margin[(size_t)1 << i];

        if (!(on_list > 0.0) || !(on_list < table->margin[0]))
            return false;
        on_two -= table->y[(size_t)1 << i];
    }
    return on_two > 0.0;
}

static void check_fit(struct loglinear *fit, const struct loglinear_table *table)
{
    double n = table->margin[0];
    struct loglinear_quality q = loglinear_quality(fit, table);
    double dark = loglinear_dark_figure(fit);
    double error = loglinear_standard_error(fit, 0);

    assert(isfinite(dark) && dark >= 0.0);
    assert(isfinite(q.deviance) && q.deviance >= -1e-6 * n && isfinite(q.log_likelihood));
    assert(error >= 0.0);
    for (size_t i = 0; i < fit->k; i++)
        assert(fabs(fit->margin[fit->term[i]] - table->margin[fit->term[i]]) <= 1e-3 + 1e-6 * n);
}

static void try_model(const uint8_t *data, const struct counts *counts, struct arena *a)
{
    struct loglinear_table table = {
        .lists = counts->lists, .cells = (size_t)1 << counts->lists, .y = counts->y};
    struct model model = model_independence(counts->lists);
    struct exists_face *face = arena_new(a, 1, struct exists_face);
    double limits[2];

    table.margin = arena_new(a, table.cells, double);
    loglinear_margins(&table);
    if (!can_be_fitted(&table))
        return;
    for (size_t i = AT_MODEL; i < AT_COUNTS; i++)
        model_add(&model, data[i] % (table.cells - 1)); /* never all lists at once */
    exists_find_face(&table, &model, DARK_FIGURE_FINITE, a, face);
    if (face->dark_figure != DARK_FIGURE_FINITE)
        return;
    struct loglinear *fit = loglinear_open(a, counts->lists, face->terms);
    loglinear_start(fit, &table, face->term, face->terms, &face->off);
    assert(loglinear_fit(fit, &table, MANY_STEPS) != LOGLINEAR_UNSETTLED);
    check_fit(fit, &table);
    double nhat = table.margin[0] + loglinear_dark_figure(fit);
    if (!profile_limits(&table, fit->term, fit->k, &fit->removed, nhat, 0.025, a, limits))
        return;
    check_limits(limits, table.margin[0]);
    assert(limits[0] <= nhat * (1.0 + 1e-6) && limits[1] >= nhat * (1.0 - 1e-6));
}

static void try_normal_priors(const uint8_t *data, const struct counts *counts, struct arena *a)
{
    struct loglinear_table table = {
        .lists = counts->lists, .cells = (size_t)1 << counts->lists, .y = counts->y};
    struct loglinear_posterior *p = arena_new(a, 1, struct loglinear_posterior);
    double draw[FEW_STEPS * LOGLINEAR_POSTERIOR_MAX_TERMS];

    table.margin = arena_new(a, table.cells, double);
    loglinear_margins(&table);
    *p = (struct loglinear_posterior){.table = &table};
    for (size_t m = 0; m < table.cells; m++) {
        int size = __builtin_popcountll(m);

        if (size > 2)
            continue;
        p->term[p->k] = (uint16_t)m;
        p->precision[p->k++] = size == 2 ? 1.0 : 1e-4;
    }
    if (counts->n == 0 || !loglinear_posterior_find_mode(p, a))
        return;
    loglinear_posterior_draw(p, data[AT_REPLICATES], 0, FEW_STEPS, FEW_STEPS, 2, draw);
    for (size_t i = 0; i < FEW_STEPS * p->k; i++)
        assert(isfinite(draw[i]));
}

static void try_latent_chains(const uint8_t *data, const struct counts *counts, struct arena *a)
{
    struct latent_ladder *ladder = arena_new(a, 1, struct latent_ladder);
    struct latent_chain *chain = arena_new(a, 1, struct latent_chain);
    double unseen[FEW_STEPS];
    size_t most = ((size_t)1 << counts->lists) - 1;

    if (counts->n == 0)
        return;
    latent_ladder_make(ladder, counts->y, counts->lists, most < 10 ? most : 10);
    latent_chain_start(chain, ladder, data[AT_REPLICATES], data[AT_OPTIONS] % 8U);
    latent_chain_run(chain, ladder, FEW_STEPS, 1, unseen);
    for (size_t i = 0; i < FEW_STEPS; i++)
        assert(isfinite(unseen[i]) && unseen[i] >= 0.0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size < AT_COUNTS)
        return 0;
    size_t w = data[1] % WAYS;
    size_t lists = 2 + data[0] % (ways[w].most_lists - 1);
    struct arena *a = arena_open();
    struct counts *counts = counts_of(data, size, lists, a);

    if (w == A_MODEL)
        try_model(data, counts, a);
    else if (w == NORMAL_PRIORS)
        try_normal_priors(data, counts, a);
    else if (w == LATENT_CHAINS)
        try_latent_chains(data, counts, a);
    else
        try_method(&ways[w], data, counts, a);
    arena_close(a);
    return 0;
}

/* Choosing the terms of a log-linear model forward by p-value. */
#include "estimate/stepwise.h"

#include "base/arena.h"
#include "base/text.h"

#include <math.h>
#include <stdbool.h>
#include <string.h>

enum { SMALL_FACTORIALS = 256, MOST_STEPS = 25, MANY_STEPS = 400 };

static const double negligible = 1e-17; /* of a sum of doubles */

struct candidate {
    double p;
    size_t pair;
};

static enum dark_figure class_of_independence(const struct loglinear_table *table);
static bool take_all_pairs(struct stepwise *s);
static size_t list_candidates(const struct stepwise *s, double threshold, struct candidate *out);
static bool try_pair(struct stepwise *s, size_t pair);
static bool try_terms(struct stepwise *s, const struct model *model);
static void accept(struct stepwise *s, size_t pair);

struct stepwise *stepwise_open(struct arena *a, size_t lists)
{
    struct stepwise *s = arena_new(a, 1, struct stepwise);
    size_t cells = (size_t)1 << lists;
    size_t most_terms = 1 + lists + model_pairs(lists);

    s->table = (struct loglinear_table){.lists = lists, .cells = cells};
    s->table.y = arena_new(a, cells, uint32_t);
    s->table.margin = arena_new(a, cells, double);
    s->fit = loglinear_open(a, lists, most_terms);
    s->trial = loglinear_open(a, lists, most_terms);
    s->arena = arena_open();
    s->log_factorial = arena_new(a, SMALL_FACTORIALS, double);
    for (size_t k = 2; k < SMALL_FACTORIALS; k++)
        s->log_factorial[k] = s->log_factorial[k - 1] + log((double)k);
    return s;
}

void stepwise_close(struct stepwise *s)
{
    if (s)
        arena_close(s->arena);
}

void stepwise_set_counts(struct stepwise *s, const uint32_t *y)
{
    memcpy(s->table.y, y, s->table.cells * sizeof *y);
    loglinear_margins(&s->table);
}

void stepwise_choose(struct stepwise *s, double threshold)
{
    struct candidate candidates[MODEL_MAX_PAIRS];
    bool is_done = false;

    s->pairs = 0;
    s->in = (struct mask_set){0};
    s->models_tried = 1;
    s->exact_tests = 0;
    s->dark_figure = class_of_independence(&s->table);
    s->nhat = s->dark_figure == DARK_FIGURE_INFINITE ? (double)INFINITY : s->table.margin[0];
    if (s->dark_figure != DARK_FIGURE_FINITE)
        return;
    loglinear_independence(s->fit, &s->table);
    loglinear_fit(s->fit, &s->table, MANY_STEPS);
    is_done = threshold >= 1.0 && take_all_pairs(s);
    while (!is_done) {
        size_t n = list_candidates(s, threshold, candidates);
        size_t i = 0;

        while (i < n && !try_pair(s, candidates[i].pair))
            i++;
        is_done = i == n;
        if (!is_done)
            accept(s, candidates[i].pair);
    }
    s->nhat = s->table.margin[0] + loglinear_dark_figure(s->fit);
}

struct model stepwise_model(const struct stepwise *s)
{
    struct model m = model_independence(s->table.lists);

    for (size_t i = 0; i < s->pairs; i++)
        model_add(&m, s->pair[i]);
    return m;
}

const char *stepwise_name(const struct stepwise *s, struct arena *a)
{
    struct text name = text_open(a);
    struct model m = stepwise_model(s);

    model_put_name(&name, &m);
    return text_str(&name).p;
}

struct stepwise_criteria stepwise_criteria(const struct stepwise *s)
{
    double parameters = (double)(1 + s->table.lists + s->pairs);

    if (s->dark_figure != DARK_FIGURE_FINITE)
        return (struct stepwise_criteria){.deviance = NAN, .aic = NAN, .bic = NAN};
    struct loglinear_quality q = loglinear_quality(s->fit, &s->table);
    return (struct stepwise_criteria){.deviance = q.deviance,
                                      .df = q.df,
                                      .aic = -2.0 * q.log_likelihood + 2.0 * parameters,
                                      .bic = -2.0 * q.log_likelihood + parameters * log(s->table.margin[0])};
}

/* Where nobody is on two lists (then the lists' sizes add up to the number of people) it is infinite; where
 * somebody is and one list holds everybody, zero. */
static enum dark_figure class_of_independence(const struct loglinear_table *table)
{
    double sum = 0.0;
    double largest = 0.0;

    for (size_t list = 1; list < table->cells; list *= 2) {
        sum += table->margin[list];
        largest = fmax(largest, table->margin[list]);
    }
    if (sum < table->margin[0] + 0.5)
        return DARK_FIGURE_INFINITE;
    return largest > table->margin[0] - 0.5 ? DARK_FIGURE_ZERO : DARK_FIGURE_FINITE;
}

static void accept(struct stepwise *s, size_t pair)
{
    struct loglinear *before = s->fit;

    s->fit = s->trial;
    s->trial = before;
    s->pair[s->pairs++] = (uint16_t)pair;
    mask_set_add(&s->in, pair);
}

static bool take_all_pairs(struct stepwise *s)
{
    struct model m = model_independence(s->table.lists);
    size_t lists = s->table.lists;

    for (size_t k = 0; k < model_pairs(lists); k++)
        model_add(&m, model_pair(lists, k));
    s->models_tried++;
    s->exact_tests++;
    arena_reset(s->arena);
    if (exists_code(&s->table, &m, s->arena) != EXISTS)
        return false;
    if (!try_terms(s, &m))
        return false;
    for (size_t k = 0; k < model_pairs(lists); k++) {
        s->pair[s->pairs++] = (uint16_t)model_pair(lists, k);
        mask_set_add(&s->in, model_pair(lists, k));
    }
    return true;
}

/* Fits a model whose estimate exists, from afar. */
static bool try_terms(struct stepwise *s, const struct model *model)
{
    struct exists_face *face = arena_new(s->arena, 1, struct exists_face);
    struct loglinear *fit = s->trial;

    exists_find_face(&s->table, model, DARK_FIGURE_FINITE, s->arena, face);
    loglinear_start(fit, &s->table, face->term, face->terms, &face->off);
    if (loglinear_fit(fit, &s->table, MANY_STEPS) == LOGLINEAR_UNSETTLED)
        return false;
    s->trial = s->fit;
    s->fit = fit;
    return true;
}

/* log k!: a table, and Stirling's series, which is exact to double precision beyond it. */
static double log_factorial(const struct stepwise *s, double k)
{
    if (k < SMALL_FACTORIALS)
        return s->log_factorial[(size_t)k];
    return k * log(k) - k + 0.5 * log(2.0 * M_PI * k) + (1.0 - 1.0 / (30.0 * k * k)) / (12.0 * k);
}

/* The pairs whose p-value is below the threshold, the smallest first, ties in the order of pairs. */
static size_t list_candidates(const struct stepwise *s, double threshold, struct candidate *out)
{
    size_t n = 0;

    for (size_t k = 0; k < model_pairs(s->table.lists); k++) {
        size_t pair = model_pair(s->table.lists, k);
        double seen = s->table.margin[pair];
        size_t i = n;

        if (mask_set_has(&s->in, pair))
            continue;
        double p = stepwise_tail_below(seen, s->fit->margin[pair], log_factorial(s, seen), threshold);
        if (!(p < threshold))
            continue;
        for (; i > 0 && p < out[i - 1].p; i--)
            out[i] = out[i - 1];
        out[i] = (struct candidate){p, pair};
        n++;
    }
    return n;
}

/* Leaves the model with `pair` fitted in s->trial; false when its estimate does not exist. */
static bool try_pair(struct stepwise *s, size_t pair)
{
    loglinear_extend(s->trial, s->fit, &s->table, pair);
    s->models_tried++;
    enum loglinear_outcome outcome = loglinear_fit(s->trial, &s->table, MOST_STEPS);
    if (outcome == LOGLINEAR_CERTIFIED)
        return true;
    struct model m = stepwise_model(s);
    model_add(&m, pair);
    s->exact_tests++;
    arena_reset(s->arena);
    if (exists_code(&s->table, &m, s->arena) != EXISTS)
        return false;
    return outcome == LOGLINEAR_CONVERGED ||
           loglinear_fit(s->trial, &s->table, MANY_STEPS) != LOGLINEAR_UNSETTLED;
}

/* The tail on the far side of k from the mean, as a series from k outward, or what of it is enough; *at_k is
 * the probability of k itself. */
static double far_tail(double k, double mean, double log_factorial_k, double enough, double *at_k)
{
    double sum = 1.0;
    double term = 1.0;
    double j = k;

    *at_k = exp(k * log(mean) - mean - log_factorial_k);
    enough /= *at_k; /* of the sum */
    while (k < mean && j > 0.0 && term > negligible * sum && sum < enough) {
        term *= j / mean;
        sum += term;
        j -= 1.0;
    }
    while (k >= mean && term > negligible * sum && sum < enough) {
        j += 1.0;
        term *= mean / j;
        sum += term;
    }
    return *at_k * sum;
}

double stepwise_tail(double k, double mean, double log_factorial_k)
{
    return stepwise_tail_below(k, mean, log_factorial_k, INFINITY);
}

/* The other tail is 1/2 at least, because the median is within 1 of the mean and not on the far side of k
 * (Choi 1994, Proc. Am. Math. Soc. 121, 245-251): with enough of this one the smaller is known not to be
 * below. */
double stepwise_tail_below(double k, double mean, double log_factorial_k, double threshold)
{
    double enough = threshold < 0.25 ? threshold * (1.0 + 1e-12) : INFINITY;
    double at_k = 0.0;

    if (mean <= 0.0)
        return k > 0.0 ? 0.0 : 1.0;
    double far = far_tail(k, mean, log_factorial_k, enough, &at_k);
    double near = 1.0 - far + at_k; /* the other tail */
    return far < near ? far : near;
}

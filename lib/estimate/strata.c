/* Estimates by strata, and their total. */
#include "estimate/strata.h"

#include "base/arena.h"
#include "base/progress.h"
#include "base/rng.h"
#include "base/text.h"
#include "estimate/categories.h"
#include "estimate/counts.h"
#include "estimate/describe.h"
#include "estimate/interval.h"
#include "estimate/pooled.h"
#include "estimate/uncertainty.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { DRAWS = 10000, TOTAL_STREAM = 1 << 30 };

/* The records of one linkage with those of a stratum together: stratum k has record[begin[k]..begin[k +
 * 1]-1].
 */
struct sorted {
    uint32_t *key; /* of each record in the file's order */
    struct counts_record *record;
    size_t *begin;
};

struct work {
    const struct counts_linkages *linkages;
    const struct estimate_options *options;
    size_t column[COUNTS_MAX_STRATA]; /* those that the strata are by */
    size_t columns;
    struct categories key;
    struct sorted *sorted; /* [linkages->n] */
    double *total;         /* [DRAWS] of the estimated strata */
    struct arena *a;
    struct strata *out;
};

static enum status find_columns(struct work *w, struct str by, struct err *e);
static enum status find_keys(struct work *w, size_t linkage, struct err *e);
static void sort_records(struct work *w, size_t linkage);
static enum status estimate_stratum(struct work *w, size_t k, struct err *e);
static void set_totals(struct work *w);

enum status strata_estimate(const struct counts_linkages *linkages, struct str by,
                            const struct estimate_options *options, struct arena *a, struct strata *out,
                            struct err *e)
{
    struct strata result = {.by = by};
    struct work w = {.linkages = linkages, .options = options, .a = a, .out = &result};

    TRY(find_columns(&w, by, e));
    w.sorted = arena_new(a, linkages->n, struct sorted);
    w.total = arena_new(a, DRAWS, double);
    for (size_t i = 0; i < linkages->n; i++)
        TRY(find_keys(&w, i, e));
    for (size_t i = 0; i < linkages->n; i++)
        sort_records(&w, i);
    result.n = w.key.n;
    result.stratum = arena_new(a, w.key.n, struct stratum);
    for (size_t k = 0; k < w.key.n; k++)
        TRY(estimate_stratum(&w, k, e));
    set_totals(&w);
    *out = result;
    return OK;
}

static enum status find_columns(struct work *w, struct str by, struct err *e)
{
    const struct counts *c = &w->linkages->linkage[0];
    struct str name;
    bool has_more = true;

    while (has_more) {
        size_t s = 0;

        has_more = str_cut(by, ',', &name, &by);
        name = str_trim(name);
        while (s < c->strata && !str_equal(c->stratum[s].name, name))
            s++;
        if (s == c->strata)
            return err_set(e, USAGE, "--by: no column of categories named \"%.*s\" in the file",
                           STR(str_part(name, 0, 60)));
        if (w->columns == COUNTS_MAX_STRATA)
            return err_set(e, USAGE, "--by: more than %d columns", COUNTS_MAX_STRATA);
        w->column[w->columns++] = s;
    }
    return OK;
}

/* "Lund / woman", the same text in every linkage. */
static size_t key_of(struct work *w, const struct counts *c, const struct counts_record *record,
                     struct text *text)
{
    text->n = 0;
    for (size_t i = 0; i < w->columns; i++) {
        size_t s = w->column[i];

        if (i > 0)
            text_lit(text, " / ");
        text_add(text, c->stratum[s].category[record->category[s]]);
    }
    return categories_index(&w->key, text_str(text), w->a);
}

static enum status find_keys(struct work *w, size_t linkage, struct err *e)
{
    const struct counts *c = &w->linkages->linkage[linkage];
    struct sorted *sorted = &w->sorted[linkage];
    struct text text = text_open(w->a);

    sorted->key = arena_new(w->a, c->records, uint32_t);
    for (size_t i = 0; i < c->records; i++) {
        sorted->key[i] = (uint32_t)key_of(w, c, &c->record[i], &text);
        if (w->key.n > STRATA_MOST)
            return err_set(e, BAD_INPUT, "--by: more than %d different combinations of categories",
                           STRATA_MOST);
    }
    return OK;
}

/* A counting sort, when all keys are known. */
static void sort_records(struct work *w, size_t linkage)
{
    const struct counts *c = &w->linkages->linkage[linkage];
    struct sorted *sorted = &w->sorted[linkage];

    sorted->record = arena_new(w->a, c->records, struct counts_record);
    sorted->begin = arena_new(w->a, w->key.n + 2, size_t);
    for (size_t i = 0; i < c->records; i++)
        sorted->begin[sorted->key[i] + 2]++;
    for (size_t k = 2; k < w->key.n + 2; k++)
        sorted->begin[k] += sorted->begin[k - 1];
    for (size_t i = 0; i < c->records; i++)
        sorted->record[sorted->begin[sorted->key[i] + 1]++] = c->record[i];
}

/* The stratum's table in one linkage: the same lists, its records alone. */
static void part_of(const struct work *w, size_t linkage, size_t k, struct arena *a, struct counts *out)
{
    const struct sorted *sorted = &w->sorted[linkage];

    *out = w->linkages->linkage[linkage];
    out->record = sorted->record + sorted->begin[k];
    out->records = sorted->begin[k + 1] - sorted->begin[k];
    out->y = arena_new(a, (size_t)1 << out->lists, uint32_t);
    out->n = 0;
    for (size_t i = 0; i < out->records; i++) {
        out->y[out->record[i].history] += out->record[i].people;
        out->n += out->record[i].people;
    }
}

static const char *keep(const char *text, struct arena *a)
{
    return text ? arena_cstr(a, text, strlen(text)) : NULL;
}

static struct stratum summary(const struct estimate *x, struct str category, struct arena *a)
{
    return (struct stratum){.category = category,
                            .status = x->status,
                            .reason = keep(x->reason.text, a),
                            .n = x->n,
                            .on_two_lists = x->on_two_lists,
                            .nhat = x->nhat,
                            .ci95 = {x->ci95[0], x->ci95[1]},
                            .ci80 = {x->ci80[0], x->ci80[1]},
                            .range = {x->range[0], x->range[1]},
                            .interval = x->interval,
                            .method = x->method,
                            .model = keep(x->model.name, a)};
}

/* One draw at each of DRAWS equally likely places, in random order (a Latin hypercube), so that the sum's
 * middle needs fewer draws. */
static void add_draws(struct work *w, const struct estimate *x, size_t k, struct arena *a)
{
    struct rng r = rng_open(w->options->seed, TOTAL_STREAM + k);
    double *draw = arena_new(a, DRAWS, double);

    for (size_t i = 0; i < DRAWS; i++)
        draw[i] = uncertainty_quantile(x, ((double)i + 0.5) / DRAWS);
    for (size_t i = DRAWS; i-- > 0;) {
        size_t j = (size_t)(rng_unit(&r) * (double)(i + 1));
        double here = draw[j];

        draw[j] = draw[i];
        draw[i] = here;
        w->total[i] += here;
    }
}

static enum status estimate_stratum(struct work *w, size_t k, struct err *e)
{
    struct arena *a = arena_open();
    struct counts *part = arena_new(a, w->linkages->n, struct counts);
    struct estimate *x = arena_new(a, 1, struct estimate);

    for (size_t i = 0; i < w->linkages->n; i++)
        part_of(w, i, k, a, &part[i]);
    enum status s = pooled_estimate(part, w->linkages->n, w->options, a, x, e);
    if (s == OK && progress_should_stop(w->options->progress))
        s = err_set(e, SYSTEM, "stopped after a signal; nothing was written");
    if (s == OK) {
        w->out->stratum[k] = summary(x, w->key.value[k], w->a);
        w->out->seen += x->n;
        if (x->status == ESTIMATE_REFUSED) {
            w->out->refused++;
            w->out->seen_in_refused += x->n;
        } else {
            add_draws(w, x, k, a);
        }
    }
    arena_close(a);
    return s;
}

static int ascending(const void *left, const void *right)
{
    double a = *(const double *)left;
    double b = *(const double *)right;

    return (a > b) - (a < b);
}

static struct strata_total total_of(const double *draw, double added)
{
    struct strata_total t;
    double *ends[DESCRIBE_LIMITS] = {&t.ci95[0], &t.ci95[1], &t.ci80[0], &t.ci80[1]};

    t.nhat = interval_quantile(draw, DRAWS, 0.5) + added;
    for (size_t i = 0; i < DESCRIBE_LIMITS; i++)
        *ends[i] = interval_quantile(draw, DRAWS, describe_limits[i]) + added;
    return t;
}

static void set_totals(struct work *w)
{
    static const struct strata_total nothing = {NAN, {NAN, NAN}, {NAN, NAN}};

    w->out->estimated = w->out->at_least = nothing;
    if (w->out->refused == w->out->n)
        return;
    qsort(w->total, DRAWS, sizeof *w->total, ascending);
    w->out->estimated = total_of(w->total, 0.0);
    w->out->at_least = total_of(w->total, (double)w->out->seen_in_refused);
}

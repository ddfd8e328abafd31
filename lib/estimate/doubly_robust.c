/* Two lists with covariates. */
#include "estimate/doubly_robust.h"

#include "base/arena.h"
#include "base/rng.h"
#include "estimate/categories.h"
#include "estimate/counts.h"
#include "estimate/describe.h"
#include "estimate/estimate.h"
#include "estimate/logistic.h"
#include "estimate/model.h"
#include "estimate/note.h"

#include <math.h>

enum { FOLDS = 5, ONLY_FIRST = 0, ONLY_SECOND = 1, BOTH = 2, SIDES = 3 };

static const double least_both = 0.005;

static enum status run(const struct method_call *call, struct estimate *out, struct err *e);

const struct method doubly_robust_method = {
    .name = "covariates",
    .about = "two lists that are independent among people alike in some columns",
    .assumption =
        "Among people alike in these columns, being on one list makes it neither more nor less likely "
        "to be on the other.",
    .antagande = "Bland människor som är lika i dessa kolumner gör det varken mer eller mindre troligt att "
                 "finnas på den ena listan att man finns på den andra.",
    .least_lists = 2,
    .most_lists = MODEL_MAX_LISTS,
    .run = run};

/* People by kind (what they are alike in), by side and by fold. */
struct kinds {
    size_t n;
    size_t terms, coefficients;
    uint16_t *column; /* [n * terms] */
    double *people;   /* [(kind * SIDES + side) * FOLDS + fold] */
};

static enum status find_columns(const struct counts *c, struct str names, size_t *column, size_t *columns,
                                struct err *e);
static uint32_t pair_with_most(const struct counts *c);
static enum status sort_people(const struct method_call *call, uint32_t pair, struct kinds *out,
                               struct err *e);
static void estimate_pair(const struct method_call *call, const struct kinds *k, struct estimate *out);

static enum status run(const struct method_call *call, struct estimate *out, struct err *e)
{
    uint32_t pair = pair_with_most(call->counts);
    struct kinds kinds = {0};

    if (call->counts->y[pair] == 0) {
        describe_refusal(out, (struct estimate_note){.kind = ESTIMATE_NO_OVERLAP}, call->a);
        return OK;
    }
    TRY(sort_people(call, pair, &kinds, e));
    estimate_pair(call, &kinds, out);
    out->threshold = NAN;
    out->model.terms = NULL;
    return OK;
}

/* Of those on exactly two lists, the two with most. */
static uint32_t pair_with_most(const struct counts *c)
{
    uint32_t most = 3;

    for (size_t k = 0; k < model_pairs(c->lists); k++) {
        uint32_t pair = (uint32_t)model_pair(c->lists, k);

        if (c->y[pair] > c->y[most])
            most = pair;
    }
    return most;
}

static enum status find_columns(const struct counts *c, struct str names, size_t *column, size_t *columns,
                                struct err *e)
{
    bool has_more = true;
    struct str name;

    for (*columns = 0; has_more; ++*columns) {
        size_t s = 0;

        has_more = str_cut(names, ',', &name, &names);
        name = str_trim(name);
        while (s < c->strata && !str_equal(c->stratum[s].name, name))
            s++;
        if (s == c->strata || *columns == COUNTS_MAX_STRATA)
            return err_set(e, USAGE, "--covariates: no column of categories named \"%.*s\" in the file",
                           STR(str_part(name, 0, 60)));
        column[*columns] = s;
    }
    return OK;
}

static int side_of(uint32_t history, uint32_t pair)
{
    if ((history & ~pair) != 0)
        return -1; /* on another list too */
    if (history == pair)
        return BOTH;
    return history == (pair & (~pair + 1)) ? ONLY_FIRST : ONLY_SECOND;
}

/* Each person of a record falls into one of the folds, all equally likely. */
static void put_in_folds(double *people, uint32_t n, struct rng *r)
{
    int64_t left = n;

    for (size_t f = 0; f < FOLDS; f++) {
        int64_t here = f + 1 < FOLDS ? rng_binomial(r, left, 1.0 / (double)(FOLDS - f)) : left;

        people[f] += (double)here;
        left -= here;
    }
}

static enum status sort_people(const struct method_call *call, uint32_t pair, struct kinds *out,
                               struct err *e)
{
    const struct counts *c = call->counts;
    struct rng r = rng_open(call->options->seed, 0);
    struct categories kind = {0};
    size_t column[COUNTS_MAX_STRATA];
    size_t base[COUNTS_MAX_STRATA];
    size_t columns = 0;

    TRY(find_columns(c, call->options->covariates, column, &columns, e));
    out->coefficients = 1;
    out->terms = columns + 1;
    for (size_t s = 0; s < columns; s++) {
        base[s] = out->coefficients;
        out->coefficients += c->stratum[column[s]].categories;
    }
    if (out->coefficients > LOGISTIC_MAX_COEFFICIENTS)
        return err_set(e, BAD_INPUT, "--covariates: the columns have more than %d categories",
                       LOGISTIC_MAX_COEFFICIENTS - 1);
    out->column = arena_new(call->a, c->records * out->terms, uint16_t);
    out->people = arena_new(call->a, c->records * SIDES * FOLDS, double);
    for (size_t i = 0; i < c->records; i++) {
        uint16_t key[COUNTS_MAX_STRATA + 1] = {0};
        int side = side_of(c->record[i].history, pair);

        if (side < 0)
            continue;
        for (size_t s = 0; s < columns; s++)
            key[s + 1] = (uint16_t)(base[s] + c->record[i].category[column[s]]);
        size_t k =
            categories_index(&kind, (struct str){(const char *)key, out->terms * sizeof *key}, call->a);
        for (size_t t = 0; t < out->terms; t++)
            out->column[k * out->terms + t] = key[t];
        put_in_folds(out->people + (k * SIDES + (size_t)side) * FOLDS, c->record[i].people, &r);
    }
    out->n = kind.n;
    return OK;
}

/* Those of a kind on a side who are not in the fold. */
static double outside(const struct kinds *k, size_t kind, size_t side, size_t fold)
{
    double people = 0.0;

    for (size_t f = 0; f < FOLDS; f++)
        if (f != fold)
            people += k->people[(kind * SIDES + side) * FOLDS + f];
    return people;
}

/* Sums of the influence function over people, and of its square. */
struct sums {
    double people, phi, square, clipped;
};

/* `both` of a kind are on both lists; of those on one, `first` on the first. All seen are on one at least, so
 * that q1 + q2 - q12 = 1. */
static void add_kind(const double *people, double both, double first, struct sums *sums)
{
    double q12 = fmax(both, least_both);
    double q1 = q12 + (1.0 - q12) * first;
    double q2 = q12 + (1.0 - q12) * (1.0 - first);
    double scale = q1 * q2 / q12;
    double phi[SIDES] = {[ONLY_FIRST] = scale / q1,
                         [ONLY_SECOND] = scale / q2,
                         [BOTH] = scale * (1.0 / q1 + 1.0 / q2 - 1.0 / q12)};

    for (size_t side = 0; side < SIDES; side++) {
        double n = people[side * FOLDS];

        sums->people += n;
        sums->phi += n * phi[side];
        sums->square += n * phi[side] * phi[side];
        sums->clipped += both < least_both ? n : 0.0;
    }
}

static void add_fold(const struct kinds *k, size_t fold, struct sums *sums)
{
    struct arena *a = arena_open();
    double *both = arena_new(a, k->n, double);
    double *first = arena_new(a, k->n, double);
    double *second = arena_new(a, k->n, double);
    double *one = arena_new(a, k->n, double);
    double *beta_both = arena_new(a, k->coefficients, double);
    double *beta_first = arena_new(a, k->coefficients, double);
    struct logistic of_both = {k->n, k->terms, k->coefficients, k->column, both, one};
    struct logistic of_first = {k->n, k->terms, k->coefficients, k->column, first, second};

    for (size_t i = 0; i < k->n; i++) {
        both[i] = outside(k, i, BOTH, fold);
        first[i] = outside(k, i, ONLY_FIRST, fold);
        second[i] = outside(k, i, ONLY_SECOND, fold);
        one[i] = first[i] + second[i];
    }
    logistic_fit(&of_both, a, beta_both);
    logistic_fit(&of_first, a, beta_first);
    for (size_t i = 0; i < k->n; i++)
        add_kind(k->people + i * SIDES * FOLDS + fold, logistic_probability(&of_both, beta_both, i),
                 logistic_probability(&of_first, beta_first, i), sums);
    arena_close(a);
}

static void estimate_pair(const struct method_call *call, const struct kinds *k, struct estimate *out)
{
    struct sums sums = {0};
    double seen = (double)call->counts->n;

    for (size_t fold = 0; fold < FOLDS; fold++)
        add_fold(k, fold, &sums);
    double mean = sums.phi / sums.people;
    double variance = sums.square / sums.people - mean * mean;
    double unseen = sums.people * (mean - 1.0);
    double spread = sqrt(sums.people * variance + sums.people * mean * fmax(mean - 1.0, 0.0));
    if (!(unseen > 0.0)) {
        describe_refusal(out, (struct estimate_note){.kind = ESTIMATE_BELOW_SEEN}, call->a);
        return;
    }
    out->nhat = seen + unseen;
    describe_wald(out, seen, unseen, sqrt(log1p(spread * spread / (unseen * unseen))));
    note_warn(out, (struct estimate_note){.kind = ESTIMATE_ALIKE_INDEPENDENT}, call->a);
    if (sums.clipped > 0.0)
        note_warn(out,
                  (struct estimate_note){.kind = ESTIMATE_SHARE_HELD, .value = sums.clipped / sums.people},
                  call->a);
}

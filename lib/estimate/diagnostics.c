/* What an estimate hangs on. */
#include "estimate/diagnostics.h"

#include "base/arena.h"
#include "base/json.h"
#include "estimate/bic.h"
#include "estimate/counts_parts.h"
#include "estimate/note.h"

#include <math.h>
#include <stdlib.h>

enum { SUBSAMPLES = 101, WITHIN_REACH = 5000 };

static void look_at_pairs(const struct counts *c, const struct estimate_options *quick, struct arena *a,
                          struct diagnostics *out);
static void look_at_lists(const struct counts *c, const struct estimate *chosen,
                          const struct estimate_options *quick, struct arena *a, struct diagnostics *out);
static enum status look_at_models(const struct counts *c, const struct estimate_options *options,
                                  struct arena *a, struct diagnostics *out, struct err *e);
static void look_at_parts(const struct counts *c, const struct estimate_options *quick, struct arena *a,
                          struct diagnostics *out);

static struct estimate_options quick_options(const struct estimate_options *options)
{
    return (struct estimate_options){.threshold = options->threshold,
                                     .interval = ESTIMATE_WALD,
                                     .without_alternatives = true,
                                     .seed = options->seed,
                                     .threads = 1};
}

/* The stepwise estimate of a table; without bootstrap nothing asks it to stop. */
static struct estimate *quickly(const struct counts *c, const struct estimate_options *quick, struct arena *a)
{
    struct estimate *x = arena_new(a, 1, struct estimate);
    struct err e;

    if (estimate(c, quick, a, x, &e) != OK)
        die("an estimate without bootstrap cannot fail");
    return x;
}

enum status diagnostics_make(const struct counts *clean, const struct estimate *chosen,
                             const struct estimate_options *options, struct diagnostics *out, struct err *e)
{
    static const double thresholds[DIAGNOSTICS_THRESHOLDS] = {0.0001, 0.0005, 0.001, 0.005,
                                                              0.02,   0.05,   0.1,   0.2};
    static const double odds[DIAGNOSTICS_ODDS] = {0.5, 1.0, 2.0};
    struct estimate_options quick = quick_options(options);
    struct diagnostics x = {.lists = clean->lists};
    struct arena *room = arena_open();

    look_at_pairs(clean, &quick, room, &x);
    look_at_lists(clean, chosen, &quick, room, &x);
    for (size_t i = 0; i < DIAGNOSTICS_THRESHOLDS; i++) {
        struct estimate_options other = quick;

        other.threshold = x.threshold[i] = thresholds[i];
        x.at_threshold[i] = quickly(clean, &other, room)->nhat;
    }
    for (size_t i = 0; i < DIAGNOSTICS_ODDS; i++) {
        x.odds[i] = odds[i];
        x.at_odds[i] = (double)clean->n + odds[i] * (chosen->nhat - (double)clean->n);
    }
    look_at_parts(clean, &quick, room, &x);
    enum status s = look_at_models(clean, options, room, &x, e);
    arena_close(room);
    if (s == OK)
        *out = x;
    return s;
}

static int64_t people_on(const struct counts *c, uint32_t lists, uint32_t of)
{
    int64_t n = 0;

    for (uint32_t h = 1; h >> c->lists == 0; h++)
        if ((h & of) == lists)
            n += c->y[h];
    return n;
}

static void look_at_pairs(const struct counts *c, const struct estimate_options *quick, struct arena *a,
                          struct diagnostics *out)
{
    for (size_t i = 0; i < c->lists; i++)
        for (size_t j = i + 1; j < c->lists; j++) {
            uint32_t first = UINT32_C(1) << i;
            uint32_t second = UINT32_C(1) << j;
            struct diagnostics_pair *p = &out->pair[out->pairs++];
            struct counts merged;

            *p = (struct diagnostics_pair){.first = i, .second = j};
            p->both = people_on(c, first | second, first | second);
            p->odds_ratio =
                (double)p->both * (double)people_on(c, 0, first | second) /
                ((double)people_on(c, first, first | second) * (double)people_on(c, second, first | second));
            counts_merged(&merged, c, i, j, a);
            p->merged = quickly(&merged, quick, a)->nhat;
            arena_reset(a);
        }
}

/* The people on one list, by the other lists they are on: who is on no other is what is estimated, and known.
 */
static void ask_the_rest(const struct counts *c, size_t list, const struct estimate_options *quick,
                         struct arena *a, struct diagnostics_list *out)
{
    struct counts on;
    struct counts rest;

    counts_on(&on, c, list, a);
    counts_without(&rest, &on, UINT32_C(1) << list, a);
    out->people = on.n;
    const struct estimate *x = quickly(&rest, quick, a);
    out->from_rest = x->nhat;
    out->log_bias = log(x->nhat / (double)on.n);
    out->is_covered = x->ci95[0] <= (double)on.n && (double)on.n <= x->ci95[1];
}

static double figure_without(const struct counts *c, size_t list, const struct estimate_options *quick,
                             struct arena *a)
{
    struct counts rest;

    counts_without(&rest, c, UINT32_C(1) << list, a);
    return quickly(&rest, quick, a)->nhat;
}

static bool is_outside(double figure, const struct estimate *chosen)
{
    return figure < chosen->ci95[0] || figure > chosen->ci95[1];
}

void diagnostics_warn_of_lists(const struct counts *clean, const struct estimate_options *options,
                               struct arena *a, struct estimate *out)
{
    struct estimate_options quick = quick_options(options);
    struct arena *room = arena_open();

    for (size_t i = 0; i < clean->lists; i++) {
        double figure = figure_without(clean, i, &quick, room);

        if (is_outside(figure, out))
            note_warn(
                out,
                (struct estimate_note){.kind = ESTIMATE_LIST_MOVES, .list = clean->list[i], .value = figure},
                a);
        arena_reset(room);
    }
    arena_close(room);
}

static void look_at_lists(const struct counts *c, const struct estimate *chosen,
                          const struct estimate_options *quick, struct arena *a, struct diagnostics *out)
{
    for (size_t i = 0; i < c->lists; i++) {
        struct diagnostics_list *l = &out->list[i];

        l->dropped = figure_without(c, i, quick, a);
        l->moves = is_outside(l->dropped, chosen);
        ask_the_rest(c, i, quick, a, l);
        arena_reset(a);
    }
}

static enum status look_at_models(const struct counts *c, const struct estimate_options *options,
                                  struct arena *a, struct diagnostics *out, struct err *e)
{
    static const double within[DIAGNOSTICS_SPREADS] = {2.0, 6.0, 10.0};
    struct bic_terms *terms = arena_new(a, 1, struct bic_terms);
    struct bic_list list;

    TRY(bic_terms_for(c->lists, options->order, terms, e));
    bic_best(terms, c->y, WITHIN_REACH, options->threads, options->progress, a, &list);
    if (list.was_stopped)
        return err_set(e, SYSTEM, "stopped after a signal; nothing was written");
    for (size_t s = 0; s < DIAGNOSTICS_SPREADS; s++) {
        struct diagnostics_spread *x = &out->spread[s];

        *x = (struct diagnostics_spread){.within = within[s], .lowest = NAN, .highest = NAN};
        for (size_t i = 0; i < list.n && list.fit[i].bic <= list.fit[0].bic + within[s]; i++) {
            x->models++;
            x->unbounded += list.fit[i].dark_figure != DARK_FIGURE_FINITE;
            x->lowest = fmin(x->lowest, list.fit[i].nhat);
            x->highest = fmax(x->highest, list.fit[i].nhat);
        }
    }
    return OK;
}

/* Figures alone. */
static int compare(const void *left, const void *right)
{
    const double a = *(const double *)left;
    const double b = *(const double *)right;

    return (a > b) - (a < b);
}

/* Random streams apart from those of the bootstrap, which begin at 0. */
static const uint64_t first_stream = UINT64_C(1) << 40;

/* The median over subsamples, each person kept by chance; more than half of them must have a figure. */
static double median_of_parts(const struct counts *c, size_t part, const struct estimate_options *quick,
                              struct arena *a, double share)
{
    double nhat[SUBSAMPLES];
    size_t n = 0;

    for (size_t i = 0; i < SUBSAMPLES; i++) {
        struct rng r = rng_open(quick->seed, first_stream + part * SUBSAMPLES + i);
        struct counts some;

        counts_thinned(&some, c, share, &r, a);
        double figure = quickly(&some, quick, a)->nhat;
        if (isfinite(figure))
            nhat[n++] = figure;
        arena_reset(a);
    }
    if (n <= SUBSAMPLES / 2)
        return NAN;
    qsort(nhat, n, sizeof *nhat, compare);
    return nhat[n / 2] / share;
}

static void look_at_parts(const struct counts *c, const struct estimate_options *quick, struct arena *a,
                          struct diagnostics *out)
{
    for (size_t i = 0; i < DIAGNOSTICS_PARTS; i++) {
        double share = (double)(i + 1) / DIAGNOSTICS_PARTS;

        out->part[i] = share;
        out->at_part[i] = share < 1.0 ? median_of_parts(c, i, quick, a, share) : quickly(c, quick, a)->nhat;
    }
}

static void put_pairs(struct json *j, const struct diagnostics *x, const struct estimate *of)
{
    json_array_begin(j, "overlaps");
    for (size_t i = 0; i < x->pairs; i++) {
        const struct diagnostics_pair *p = &x->pair[i];

        json_object_begin(j, NULL);
        json_str(j, "first", of->list[p->first]);
        json_str(j, "second", of->list[p->second]);
        json_i64(j, "both", p->both);
        json_f64(j, "odds_ratio", p->odds_ratio);
        json_f64(j, "nhat_merged", p->merged);
        json_object_end(j);
    }
    json_array_end(j);
}

static void put_lists(struct json *j, const struct diagnostics *x, const struct estimate *of)
{
    json_array_begin(j, "lists");
    for (size_t i = 0; i < x->lists; i++) {
        const struct diagnostics_list *l = &x->list[i];

        json_object_begin(j, NULL);
        json_str(j, "list", of->list[i]);
        json_f64(j, "nhat_without", l->dropped);
        json_bool(j, "moves_beyond_interval", l->moves);
        json_i64(j, "people", l->people);
        json_f64(j, "people_from_the_rest", l->from_rest);
        json_f64(j, "log_bias", l->log_bias);
        json_bool(j, "covered", l->is_covered);
        json_object_end(j);
    }
    json_array_end(j);
}

static void put_points(struct json *j, const char *name, const char *key, const double *at,
                       const double *nhat, size_t n)
{
    json_array_begin(j, name);
    for (size_t i = 0; i < n; i++) {
        json_object_begin(j, NULL);
        json_f64(j, key, at[i]);
        json_f64(j, "nhat", nhat[i]);
        json_object_end(j);
    }
    json_array_end(j);
}

void diagnostics_json(struct json *j, const struct diagnostics *x, const struct estimate *of)
{
    json_object_begin(j, "diagnostics");
    put_pairs(j, x, of);
    put_lists(j, x, of);
    put_points(j, "thresholds", "threshold", x->threshold, x->at_threshold, DIAGNOSTICS_THRESHOLDS);
    json_array_begin(j, "bic");
    for (size_t i = 0; i < DIAGNOSTICS_SPREADS; i++) {
        json_object_begin(j, NULL);
        json_f64(j, "within", x->spread[i].within);
        json_i64(j, "models", x->spread[i].models);
        json_f64(j, "lowest", x->spread[i].lowest);
        json_f64(j, "highest", x->spread[i].highest);
        json_i64(j, "without_figure", x->spread[i].unbounded);
        json_object_end(j);
    }
    json_array_end(j);
    put_points(j, "subsamples", "share", x->part, x->at_part, DIAGNOSTICS_PARTS);
    put_points(j, "assumption", "odds", x->odds, x->at_odds, DIAGNOSTICS_ODDS);
    json_object_end(j);
}

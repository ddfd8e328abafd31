/* Sampling latent classes. */
#include "estimate/latent_class.h"

#include "base/variate.h"

#include <math.h>
#include <string.h>

enum { LANES = LATENT_MAX_CLASSES, FEW = 3, HALF_CELLS = 16 };

static const double most_unseen = 1e15; /* whole numbers up to here are exact */
static const double prior_shape = 0.25, prior_rate = 0.25;
static const double least_probability =
    1e-15;                              /* of being on a list, and of not being: 0 and 1 are no answers */
static const double small_shape = 0.05; /* below it a gamma variate may be 0 in floating point */

/* Those seen by class, and of them those on each list. */
struct split {
    double seen[LANES];
    double on[MODEL_MAX_LISTS][LANES];
    double unseen[LANES];
};

static void split_seen(const struct latent_class *s, const struct latent_table *t, struct rng *r,
                       struct split *out);
static void stretch_class(struct latent_class *s, const struct latent_table *t, const struct split *split,
                          struct rng *r);
static void draw_unseen(struct latent_class *s, const struct latent_table *t, struct rng *r,
                        struct split *out);
static void draw_probabilities(struct latent_class *s, const struct latent_table *t,
                               const struct split *split, struct rng *r);
static void draw_weights(struct latent_class *s, const struct latent_table *t, const struct split *split,
                         struct rng *r);
static void exchange_labels(struct latent_class *s, const struct latent_table *t, struct rng *r);

void latent_class_start(struct latent_class *state, const struct latent_table *table, size_t occupied,
                        struct rng *r)
{
    struct latent_class s = {.concentration = 1.0};
    double rest = (double)(table->classes - occupied);

    for (size_t k = 0; k < table->classes; k++) {
        s.weight[k] = k < occupied ? (1.0 - 0.001 * rest) / (double)occupied : 0.001;
        for (size_t j = 0; j < table->lists; j++)
            s.on[j][k] = rng_open_unit(r);
    }
    s.log_last_weight = log(s.weight[table->classes - 1]);
    *state = s;
}

void latent_class_sweep(struct latent_class *state, const struct latent_table *table, struct rng *r)
{
    struct split split = {0};

    split_seen(state, table, r, &split);
    stretch_class(state, table, &split, r);
    draw_unseen(state, table, r, &split);
    draw_probabilities(state, table, &split, r);
    draw_weights(state, table, &split, r);
    exchange_labels(state, table, r);
}

/* weight[k] times the probability of a history in class k, as a product of two: of the histories on the first
 * lists, and on the others. The lanes beyond the classes hold 0. */
struct factors {
    size_t first; /* lists */
    double low[HALF_CELLS][LANES];
    double high[HALF_CELLS][LANES];
};

/* From a list to the next: who is on it, and who is not. */
static void put_half(double half[HALF_CELLS][LANES], const double (*on)[LANES], size_t lists)
{
    for (size_t j = 0; j < lists; j++)
        for (size_t h = 0; h < (size_t)1 << j; h++)
            for (size_t k = 0; k < LANES; k++) {
                double both = half[h][k];

                half[h | (size_t)1 << j][k] = both * on[j][k];
                half[h][k] = both * (1.0 - on[j][k]);
            }
}

static void put_factors(const struct latent_class *s, size_t lists, struct factors *out)
{
    out->first = lists / 2;
    for (size_t k = 0; k < LANES; k++) {
        out->low[0][k] = s->weight[k];
        out->high[0][k] = 1.0;
    }
    put_half(out->low, s->on, out->first);
    put_half(out->high, s->on + out->first, lists - out->first);
}

static void joint_probabilities(const struct factors *f, size_t history, double out[LANES])
{
    const double *low = f->low[history & (((size_t)1 << f->first) - 1)];
    const double *high = f->high[history >> f->first];

    for (size_t k = 0; k < LANES; k++)
        out[k] = low[k] * high[k];
}

static double seen_in_class(const struct latent_class *s, size_t lists, size_t k)
{
    double seen = 0.0;

    for (size_t j = 0; j < lists; j++)
        seen += s->on[j][k] * (1.0 - seen);
    return seen;
}

void latent_class_log_probabilities(const struct latent_class *state, const struct latent_table *table,
                                    double *out)
{
    struct factors factors;
    double seen = 0.0;

    put_factors(state, table->lists, &factors);
    for (size_t k = 0; k < table->classes; k++)
        seen += state->weight[k] * seen_in_class(state, table->lists, k);
    for (size_t c = 0; c < table->cells; c++) {
        double joint[LANES];
        double sum = 0.0;

        joint_probabilities(&factors, table->history[c], joint);
        for (size_t k = 0; k < LANES; k++)
            sum += joint[k];
        out[c] = log(sum / seen);
    }
}

static void put_in_class(struct split *out, const struct latent_table *t, size_t history, size_t k,
                         double people)
{
    out->seen[k] += people;
    for (size_t j = 0; j < t->lists; j++)
        if (history >> j & 1U)
            out->on[j][k] += people;
}

/* A few people one by one; many as a chain of binomials that ends when nobody is left. */
static void split_seen(const struct latent_class *s, const struct latent_table *t, struct rng *r,
                       struct split *out)
{
    struct factors factors;

    put_factors(s, t->lists, &factors);
    for (size_t c = 0; c < t->cells; c++) {
        double joint[LANES];
        double from[LANES + 1]; /* the sum of joint[k..] */
        int64_t left = t->people[c];

        joint_probabilities(&factors, t->history[c], joint);
        from[t->classes] = 0.0;
        for (size_t k = t->classes; k-- > 0;)
            from[k] = from[k + 1] + joint[k];
        for (; left > 0 && left <= FEW; left--) {
            double u = from[0] * rng_open_unit(r);
            size_t k = 0;

            while (k + 1 < t->classes && u < from[k + 1])
                k++;
            put_in_class(out, t, t->history[c], k, 1.0);
        }
        for (size_t k = 0; left > 0; k++) {
            int64_t here = k + 1 < t->classes ? rng_binomial(r, left, joint[k] / from[k]) : left;

            left -= here;
            if (here > 0)
                put_in_class(out, t, t->history[c], k, (double)here);
        }
    }
}

/* How the log-density changes when the odds of class `k` on every list are multiplied by `factor` and its
 * weight changes so that its share of those seen stays: with the number of unseen integrated out the
 * likelihood is that of class k alone. `on` are the new probabilities, `growth` that of the weight before
 * all are divided by `total`. */
static double log_ratio_of_stretch(const struct latent_class *s, const struct latent_table *t,
                                   const struct split *split, size_t k, const double *on, double growth)
{
    double total = 1.0 + s->weight[k] * (growth - 1.0);
    double log_total = log(total);
    double ratio = (split->seen[k] + 1.0) * log(growth) - (double)t->classes * log_total;
    double remaining = 1.0; /* of the stick, before class l is broken off */
    double sticks = 1.0;

    for (size_t j = 0; j < t->lists; j++) {
        double before = s->on[j][k];

        ratio += (split->on[j][k] + 1.0) * log(on[j] / before) +
                 (split->seen[k] - split->on[j][k] + 1.0) * log((1.0 - on[j]) / (1.0 - before));
    }
    for (size_t l = 1; l <= k && l + 1 < t->classes; l++) {
        remaining -= s->weight[l - 1];
        if (remaining <= s->weight[k])
            remaining = s->weight[k];
        sticks *= remaining / (remaining + s->weight[k] * (growth - 1.0));
    }
    ratio += log(sticks) + (double)(t->classes - 2) * log_total;
    ratio += (s->concentration - 1.0) * ((k + 1 == t->classes ? log(growth) : 0.0) - log_total);
    return ratio;
}

/* A Metropolis step in the direction in which the dark figure is least determined. */
static void stretch_class(struct latent_class *s, const struct latent_table *t, const struct split *split,
                          struct rng *r)
{
    static const double scale[] = {0.1, 0.4, 1.6};
    size_t k = (size_t)(rng_unit(r) * (double)t->classes);
    double factor = exp(scale[rng_u64(r) % 3] * variate_normal(r));
    double on[MODEL_MAX_LISTS];
    double seen = 0.0;

    if (split->seen[k] < 0.5)
        return;
    for (size_t j = 0; j < t->lists; j++) {
        double odds = factor * s->on[j][k] / (1.0 - s->on[j][k]);

        on[j] = odds / (1.0 + odds);
        seen += on[j] * (1.0 - seen);
        if (!(on[j] >= least_probability && on[j] <= 1.0 - least_probability))
            return;
    }
    double growth = seen_in_class(s, t->lists, k) / seen;
    if (log(rng_open_unit(r)) >= log_ratio_of_stretch(s, t, split, k, on, growth))
        return;
    double total = 1.0 + s->weight[k] * (growth - 1.0);
    s->weight[k] *= growth;
    s->log_last_weight += (k + 1 == t->classes ? log(growth) : 0.0) - log(total);
    for (size_t l = 0; l < t->classes; l++)
        s->weight[l] /= total;
    for (size_t j = 0; j < t->lists; j++)
        s->on[j][k] = on[j];
}

/* Negative binomial, as a Poisson number in each class with a common gamma. */
static void draw_unseen(struct latent_class *s, const struct latent_table *t, struct rng *r,
                        struct split *out)
{
    double in_class[LANES];
    double seen = 0.0;

    for (size_t k = 0; k < t->classes; k++) {
        in_class[k] = seen_in_class(s, t->lists, k);
        seen += s->weight[k] * in_class[k];
    }
    double people = variate_gamma(r, t->n) / seen;
    s->unseen = 0.0;
    for (size_t k = 0; k < t->classes; k++) {
        double mean = fmin(people * s->weight[k] * (1.0 - in_class[k]), most_unseen);

        out->unseen[k] = (double)variate_poisson(r, mean);
        s->unseen += out->unseen[k];
    }
}

static double inside(double p)
{
    return fmin(fmax(p, least_probability), 1.0 - least_probability);
}

static void draw_probabilities(struct latent_class *s, const struct latent_table *t,
                               const struct split *split, struct rng *r)
{
    for (size_t k = 0; k < t->classes; k++) {
        double people = split->seen[k] + split->unseen[k];

        for (size_t j = 0; j < t->lists; j++)
            s->on[j][k] =
                people < 0.5 ? rng_open_unit(r)
                             : inside(variate_beta(r, 1.0 + split->on[j][k], 1.0 + people - split->on[j][k]));
    }
}

/* What is broken off a stick, and the logarithm of what is left: V ~ Beta(1 + here, rest). */
static double break_stick(double here, double rest, struct rng *r, double *log_left)
{
    if (here < 0.5) {
        *log_left = log(rng_open_unit(r)) / rest;
        return -expm1(*log_left);
    }
    double a = variate_gamma(r, 1.0 + here);
    if (rest < small_shape) {
        double log_b = variate_log_gamma(r, rest);

        *log_left = log_b - log(a) - log1p(exp(log_b) / a);
        return -expm1(*log_left);
    }
    double b = variate_gamma(r, rest);
    *log_left = log(b / (a + b));
    return a / (a + b);
}

static void draw_weights(struct latent_class *s, const struct latent_table *t, const struct split *split,
                         struct rng *r)
{
    double later[LANES + 1] = {0};
    double log_left = 0.0;

    for (size_t k = t->classes; k-- > 0;)
        later[k] = later[k + 1] + split->seen[k] + split->unseen[k];
    for (size_t k = 0; k + 1 < t->classes; k++) {
        double log_rest;
        double broken =
            break_stick(split->seen[k] + split->unseen[k], s->concentration + later[k + 1], r, &log_rest);

        s->weight[k] = broken * exp(log_left);
        log_left += log_rest;
    }
    s->weight[t->classes - 1] = exp(log_left);
    s->log_last_weight = log_left;
    s->concentration =
        variate_gamma(r, prior_shape + (double)(t->classes - 1)) / (prior_rate - s->log_last_weight);
}

/* Labels k and k + 1 change places: only what is left of the stick between them is another (Papaspiliopoulos
 * & Roberts 2008, Biometrika 95, 169-186). */
static void exchange_labels(struct latent_class *s, const struct latent_table *t, struct rng *r)
{
    if (t->classes < 3)
        return;
    size_t k = (size_t)(rng_unit(r) * (double)(t->classes - 2));
    double after = 0.0;
    double weight = s->weight[k];

    for (size_t l = k + 2; l < t->classes; l++)
        after += s->weight[l];
    if (rng_unit(r) * (after + weight) >= after + s->weight[k + 1])
        return;
    s->weight[k] = s->weight[k + 1];
    s->weight[k + 1] = weight;
    for (size_t j = 0; j < t->lists; j++) {
        double on = s->on[j][k];

        s->on[j][k] = s->on[j][k + 1];
        s->on[j][k + 1] = on;
    }
}

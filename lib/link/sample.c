/* A sample of pairs for the owners of the lists. */
#include "link/sample.h"

#include "base/arena.h"
#include "base/csv.h"
#include "base/rng.h"
#include "base/variate.h"

#include <inttypes.h>
#include <math.h>
#include <stdlib.h>

enum { DRAWS = 10000 };

/* From the surest on. `spread` is the deviation of an answer that is planned with. */
static const struct {
    bool is_linked;
    double least; /* log odds */
    double spread;
} kinds[SAMPLE_PARTS] = {
    {true, 4.6, 0.14},      /* links at 100 to 1 and more */
    {true, 0.0, 0.4},       /* at evens and more */
    {true, -INFINITY, 0.5}, /* links because there is nobody likelier */
    {false, 0.0, 0.5},      /* likely, and linked to somebody else */
    {false, -2.3, 0.4},     /* 1 in 10 */
    {false, -4.6, 0.2},     /* 1 in 100 */
};

/* Which part a pair is of; SAMPLE_PARTS for one that is not asked about. */
static size_t part_of(const struct linkage_link *pair, bool is_linked)
{
    size_t k = 0;

    while (k < SAMPLE_PARTS && (kinds[k].is_linked != is_linked || pair->log_odds < kinds[k].least))
        k++;
    return k;
}

/* How many of each part are asked about: by its size and spread, and at least a few of each. */
static void allot(struct sample *x, size_t n)
{
    enum { FEWEST = 5 };
    double all = 0.0;
    size_t left = n;

    for (size_t k = 0; k < SAMPLE_PARTS; k++)
        all += (double)x->part[k].pairs * kinds[k].spread;
    for (size_t k = 0; k < SAMPLE_PARTS && all > 0.0; k++) {
        size_t share = (size_t)((double)n * (double)x->part[k].pairs * kinds[k].spread / all);
        size_t some = share < FEWEST ? FEWEST : share;

        some = some < x->part[k].pairs ? some : x->part[k].pairs;
        x->part[k].asked = some < left ? some : left;
        left -= x->part[k].asked;
    }
}

/* Moves a random one of from[i .. n-1] to place i. */
static void pick(const struct linkage_link **from, size_t i, size_t n, struct rng *r)
{
    size_t k = i + (size_t)(rng_u64(r) % (n - i));
    const struct linkage_link *spare = from[i];

    from[i] = from[k];
    from[k] = spare;
}

static void shuffle(struct sample *x, struct rng *r)
{
    for (size_t i = x->n; i > 1; i--) {
        size_t k = (size_t)(rng_u64(r) % i);
        const struct linkage_link *pair = x->pair[i - 1];
        uint8_t part = x->part_of[i - 1];

        x->pair[i - 1] = x->pair[k];
        x->part_of[i - 1] = x->part_of[k];
        x->pair[k] = pair;
        x->part_of[k] = part;
    }
}

/* The pairs of each part behind one another; the matches of the rest are summed up. */
static const struct linkage_link **sort_out(struct sample *x, struct arena *a)
{
    const struct linkage *found = x->linkage;
    const struct linkage_link **all = arena_new(a, found->links + found->others, const struct linkage_link *);
    size_t n = 0;

    x->beyond = found->unseen;
    for (size_t k = 0; k < SAMPLE_PARTS; k++) {
        const struct linkage_link *pair = kinds[k].is_linked ? found->link : found->other;
        size_t pairs = kinds[k].is_linked ? found->links : found->others;

        x->part[k] = (struct sample_part){.is_linked = kinds[k].is_linked};
        for (size_t i = 0; i < pairs; i++)
            if (part_of(&pair[i], kinds[k].is_linked) == k) {
                all[n++] = &pair[i];
                x->part[k].pairs++;
            }
    }
    for (size_t i = 0; i < found->others; i++)
        if (part_of(&found->other[i], false) == SAMPLE_PARTS && !isnan(found->other[i].p))
            x->beyond += found->other[i].p;
    return all;
}

void sample_draw(struct sample *out, const struct linkage *x, size_t n, uint64_t seed, struct arena *a)
{
    struct rng r = rng_open(seed, 0x73616D706C65);

    *out = (struct sample){.linkage = x};
    const struct linkage_link **of_part = sort_out(out, a);
    allot(out, n);
    out->pair = arena_new(a, n, const struct linkage_link *);
    out->part_of = arena_new(a, n, uint8_t);
    out->answer = arena_new(a, n, enum sample_answer);
    for (size_t k = 0; k < SAMPLE_PARTS; k++) {
        for (size_t i = 0; i < out->part[k].asked; i++) {
            pick(of_part, i, out->part[k].pairs, &r);
            out->pair[out->n] = of_part[i];
            out->part_of[out->n++] = (uint8_t)k;
        }
        of_part += out->part[k].pairs;
    }
    shuffle(out, &r);
}

void sample_csv(struct text *out, const struct sample *x)
{
    static const char *const words[] = {
        [SAMPLE_NO_ANSWER] = "", [SAMPLE_SAME] = "yes", [SAMPLE_OTHER] = "no"};

    text_lit(out, "number,list_a,row_a,list_b,row_b,answer\n");
    for (size_t i = 0; i < x->n; i++) {
        text_format(out, "%zu,", i + 1);
        csv_put(out, x->linkage->name[x->pair[i]->list_a], ',');
        text_format(out, ",%" PRIu32 ",", x->pair[i]->i + 1);
        csv_put(out, x->linkage->name[x->pair[i]->list_b], ',');
        text_format(out, ",%" PRIu32 ",%s\n", x->pair[i]->j + 1, words[x->answer[i]]);
    }
}

/* Matches in a part: those that were answered, and of the others a share. */
static double matches_of(const struct sample_part *p, double share)
{
    return (double)p->yes + share * (double)(p->pairs - p->yes - p->no);
}

static double share_told(const struct sample_part *p)
{
    return p->yes + p->no ? (double)p->yes / (double)(p->yes + p->no) : 0.5;
}

enum of_what { OF_LINKS, OF_MATCHES };

/* Right links as a share of all links, or of all matches, with `share` of each part and `beyond` matches that
 * nobody could be asked about. */
static double right_share(const struct sample *x, enum of_what what, const double share[SAMPLE_PARTS],
                          double beyond)
{
    double right = 0.0;
    double links = 0.0;
    double matches = beyond;

    for (size_t k = 0; k < SAMPLE_PARTS; k++) {
        double n = matches_of(&x->part[k], share[k]);

        matches += n;
        right += x->part[k].is_linked ? n : 0.0;
        links += x->part[k].is_linked ? (double)x->part[k].pairs : 0.0;
    }
    double of = what == OF_LINKS ? links : matches;
    return of > 0.0 ? right / of : NAN;
}

static int by_value(const void *a, const void *b)
{
    double x = *(const double *)a;
    double y = *(const double *)b;

    return (x > y) - (x < y);
}

static struct sample_share share_of(const struct sample *x, enum of_what what)
{
    struct arena *a = arena_open();
    struct rng r = rng_open(1, what);
    double *drawn = arena_new(a, DRAWS, double);
    double share[SAMPLE_PARTS];

    for (size_t d = 0; d < DRAWS; d++) {
        for (size_t k = 0; k < SAMPLE_PARTS; k++)
            share[k] = variate_beta(&r, (double)x->part[k].yes + 0.5, (double)x->part[k].no + 0.5);
        drawn[d] = right_share(x, what, share, (double)variate_poisson(&r, x->beyond));
    }
    qsort(drawn, DRAWS, sizeof *drawn, by_value);
    for (size_t k = 0; k < SAMPLE_PARTS; k++)
        share[k] = share_told(&x->part[k]);
    struct sample_share out = {right_share(x, what, share, x->beyond), drawn[DRAWS / 40],
                               drawn[DRAWS - 1 - DRAWS / 40]};
    arena_close(a);
    out.low = fmin(out.low, out.share);
    out.high = fmax(out.high, out.share);
    return out;
}

struct sample_share sample_precision(const struct sample *x)
{
    return share_of(x, OF_LINKS);
}

struct sample_share sample_recall(const struct sample *x)
{
    return share_of(x, OF_MATCHES);
}

/* A sample of pairs for the owners of the lists. */
#include "link/sample.h"

#include "base/arena.h"
#include "base/csv.h"
#include "base/number.h"
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
    text_lit(out, "number,list_a,row_a,list_b,row_b,answer\n");
    for (size_t i = 0; i < x->n; i++) {
        text_format(out, "%zu,", i + 1);
        csv_put(out, x->linkage->name[x->pair[i]->list_a], ',');
        text_format(out, ",%" PRIu32 ",", x->pair[i]->i + 1);
        csv_put(out, x->linkage->name[x->pair[i]->list_b], ',');
        text_format(out, ",%" PRIu32 ",\n", x->pair[i]->j + 1);
    }
}

enum column { NUMBER, LIST_A, ROW_A, LIST_B, ROW_B, ANSWER, COLUMNS };

struct answers {
    struct csv in;
    int column[COLUMNS];
};

static enum status answers_open(struct answers *x, const char *name, struct str csv, struct arena *a,
                                struct err *e)
{
    static const char *const names[COLUMNS] = {"number", "list_a", "row_a", "list_b", "row_b", "answer"};

    TRY(csv_open(&x->in, name, csv, a, e));
    for (size_t c = 0; c < COLUMNS; c++) {
        x->column[c] = csv_column(&x->in, names[c]);
        if (x->column[c] < 0)
            return err_set(e, BAD_INPUT,
                           "%s: has no column %s: expected the answers to a sample of lykta link", name,
                           names[c]);
    }
    return OK;
}

static bool is_number(struct str cell, size_t expected)
{
    int64_t n = 0;

    return i64_from_str(cell, 1, UINT32_MAX, &n) && (uint64_t)n == expected;
}

/* The lists' names as they are, or as a spreadsheet was kept from taking them for a formula. */
static bool is_name(struct str cell, struct str name)
{
    return str_equal(cell, name) ||
           (cell.n > 1 && cell.p[0] == '\'' && str_equal(str_part(cell, 1, cell.n), name));
}

/* The row may stand anywhere: answers are sorted and sent on in parts. */
static enum status take_row(struct sample *x, struct answers *in, bool *is_taken, struct err *e)
{
    const struct str *cell = in->in.fields;
    struct str answer = str_trim(cell[in->column[ANSWER]]);
    int64_t number = 0;

    if (!i64_from_str(cell[in->column[NUMBER]], 1, (int64_t)x->n, &number) || is_taken[number - 1])
        return csv_fault(
            e, &in->in, (size_t)in->column[NUMBER],
            "expected each number from 1 to %zu once: the file is not of these lists, or lacks rows", x->n);
    const struct linkage_link *pair = x->pair[number - 1];
    if (!is_name(cell[in->column[LIST_A]], x->linkage->name[pair->list_a]) ||
        !is_name(cell[in->column[LIST_B]], x->linkage->name[pair->list_b]) ||
        !is_number(cell[in->column[ROW_A]], pair->i + 1U) ||
        !is_number(cell[in->column[ROW_B]], pair->j + 1U))
        return csv_fault(e, &in->in, (size_t)in->column[LIST_A],
                         "this is not the pair that was asked about: give the same lists, "
                         "as when the sample was drawn");
    is_taken[number - 1] = true;
    struct sample_part *part = &x->part[x->part_of[number - 1]];
    bool is_yes = str_is(answer, "yes") || str_is(answer, "ja");
    bool is_no = str_is(answer, "no") || str_is(answer, "nej");
    if (!is_yes && !is_no && answer.n > 0)
        return csv_fault(e, &in->in, (size_t)in->column[ANSWER],
                         "expected yes, no, or nothing where nobody can tell");
    part->yes += is_yes;
    part->no += is_no;
    return OK;
}

enum status sample_answer(struct sample *x, const char *name, struct str csv, struct arena *a, struct err *e)
{
    struct answers *in = arena_new(a, 1, struct answers);
    bool *is_taken = arena_new(a, x->n, bool);
    bool has_row = true;

    TRY(answers_open(in, name, csv, a, e));
    for (;;) {
        TRY(csv_next(&in->in, &has_row, e));
        if (!has_row)
            return OK;
        TRY(take_row(x, in, is_taken, e));
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

/* Right links as a share of all links, or of all matches, with `share` of each part. */
static double right_share(const struct sample *x, enum of_what what, const double share[SAMPLE_PARTS])
{
    double right = 0.0;
    double links = 0.0;
    double matches = x->beyond;

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
        drawn[d] = right_share(x, what, share);
    }
    qsort(drawn, DRAWS, sizeof *drawn, by_value);
    for (size_t k = 0; k < SAMPLE_PARTS; k++)
        share[k] = share_told(&x->part[k]);
    struct sample_share out = {right_share(x, what, share), drawn[DRAWS / 40], drawn[DRAWS - 1 - DRAWS / 40]};
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

/* figure_price: what it costs that a release's figure is worked out from the rounded table. People who do not
 * exist are drawn onto lists; their number is estimated from the exact counts and from the rounded ones, and
 * it is counted how often the truth lies within the limits. Writes docs/measurements/figure-price.csv.
 * With files of histories: what each gives exactly, and rounded by each of 20 keys; writes
 * docs/measurements/figure-price-published.csv. */
#include "base/arena.h"
#include "base/file.h"
#include "base/rng.h"
#include "mapping/from_cube.h"
#include "protect/cube.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_CITIES = 4000, MOST_LISTS = 4, KEYS = 20 };

/* The first list holds a person with the chance `first`, the last with `last`, those between with what lies
 * evenly between; who is on the first is `tie` times as likely to be on the second. The table is rounded to
 * `base`. */
struct design {
    size_t cities;
    size_t lists, categories;
    int people;
    double first, last, tie;
    int64_t base;
};

static const struct design designs[] = {
    {4000, 2, 1, 500, 0.13, 0.1625, 1.0, 5},   {4000, 2, 1, 500, 0.20, 0.25, 1.0, 5},
    {4000, 2, 1, 300, 0.30, 0.375, 1.0, 5},    {4000, 2, 1, 2000, 0.08, 0.10, 1.0, 5},
    {4000, 2, 1, 1000, 0.30, 0.06, 1.0, 5},    {4000, 2, 1, 2000, 0.20, 0.25, 1.0, 5},
    {4000, 2, 1, 400, 0.50, 0.625, 1.0, 5},    {4000, 2, 4, 500, 0.20, 0.25, 1.0, 5},
    {4000, 2, 12, 1000, 0.12, 0.15, 1.0, 5},   {4000, 2, 1, 1000, 0.18, 0.225, 1.0, 10},
    {4000, 2, 1, 200, 0.50, 0.625, 1.0, 10},   {1000, 3, 1, 500, 0.08, 0.1067, 1.0, 5},
    {1000, 3, 1, 500, 0.12, 0.16, 1.0, 5},     {1000, 3, 8, 1000, 0.10, 0.1333, 1.0, 5},
    {1000, 3, 12, 1000, 0.10, 0.1333, 3.0, 5}, {400, 4, 12, 1000, 0.08, 0.11, 1.0, 5},
    {400, 4, 12, 2000, 0.08, 0.11, 3.0, 5},
};

static const struct str list_name[MOST_LISTS] = {{"A", 1}, {"B", 1}, {"C", 1}, {"D", 1}};

/* A city's people: by list for the estimate, by list and category for the rounding. */
struct town {
    struct counts counts;
    struct table table;
    struct cube cube;
};

static void must(enum status s, const struct err *e)
{
    if (s == OK)
        return;
    fprintf(stderr, "%s\n", e->what);
    exit(1);
}

static void open_town(const struct design *d, struct arena *a, struct town *out)
{
    struct str *code = arena_new(a, d->categories, struct str);
    const struct table_dimension column = {.name = S("k"), .n = d->categories, .category = code};
    struct err e = {0};

    for (size_t i = 0; i < d->categories; i++)
        code[i] = str_of(arena_printf(a, "k%zu", i));
    out->counts = (struct counts){.lists = d->lists, .y = arena_new(a, (size_t)1 << d->lists, uint32_t)};
    memcpy(out->counts.list, list_name, d->lists * sizeof list_name[0]);
    must(table_make_histories(&(struct table_histories){d->lists, list_name, 1, &column}, a, &out->table, &e),
         &e);
}

/* Categories are of unequal size. */
static void draw(const struct design *d, uint64_t number, struct arena *a, struct town *out)
{
    struct rng r = rng_open(number, 0);
    const unsigned char key[CUBE_KEY_BYTES] = {(unsigned char)number, (unsigned char)(number >> 8)};
    struct err e = {0};

    open_town(d, a, out);
    for (int i = 0; i < d->people; i++) {
        size_t category = (size_t)(rng_unit(&r) * rng_unit(&r) * (double)d->categories);
        uint32_t on = 0;

        for (size_t k = 0; k < d->lists; k++) {
            double chance = d->first + (d->last - d->first) * (double)k / (double)(d->lists - 1);

            if (k == 1 && (on & 1U) != 0)
                chance *= d->tie;
            on |= rng_unit(&r) < chance ? UINT32_C(1) << k : 0;
        }
        if (on == 0)
            continue;
        out->counts.y[on]++;
        out->counts.n++;
        out->table.count[table_inner_of_history(&out->table.shape, d->lists, on, &category)]++;
    }
    must(cube_make(&out->table, &(struct cube_options){.base = d->base, .id = S("price")}, key, a, &out->cube,
                   &e),
         &e);
}

struct tally {
    size_t cities;
    size_t told, covered, above; /* above: the truth is, of the upper limit */
    double width[MOST_CITIES];   /* log of the upper limit through the lower */
    double off2;                 /* squares of the log of figure through truth */
    double two, two_off2;        /* people on two lists or more, and squares of how far from the truth */
};

static void count(const struct estimate *x, const struct estimate *exact, int people, struct tally *t)
{
    const double *limit = x->status == ESTIMATE_RANGE ? x->range : x->ci95;
    double off = (double)(x->on_two_lists - exact->on_two_lists);
    bool is_few = x->reason.kind == ESTIMATE_FEW_PEOPLE || x->reason.kind == ESTIMATE_FEW_OVERLAPS;

    t->two += (double)x->on_two_lists / (double)t->cities;
    t->two_off2 += off * off / (double)t->cities;
    if (x->status == ESTIMATE_REFUSED || (x->status == ESTIMATE_RANGE && is_few))
        return;
    t->covered += limit[0] <= people && people <= limit[1];
    t->above += people > limit[1];
    t->off2 += pow(log(x->nhat / people), 2);
    t->width[t->told++] = log(limit[1] / limit[0]);
}

static int by_size(const void *left, const void *right)
{
    double x = *(const double *)left;
    double y = *(const double *)right;

    return (x > y) - (x < y);
}

static void put(const struct design *d, const char *from, struct tally *t)
{
    double told = (double)t->told;

    qsort(t->width, t->told, sizeof t->width[0], by_size);
    printf("%zu,%zu,%zu,%d,%.2f,%.4f,%.0f,%" PRId64 ",%s,%.1f,%.1f,%.3f,%.3f,%.3f,%.3f,%.3f\n", d->cities,
           d->lists, d->categories, d->people, d->first, d->last, d->tie, d->base, from, t->two,
           sqrt(t->two_off2), told / (double)t->cities, (double)t->covered / told, (double)t->above / told,
           t->width[t->told / 2], sqrt(t->off2 / told));
    fflush(stdout);
}

static void weigh(const struct design *d)
{
    struct tally *exactly = calloc(1, sizeof *exactly);
    struct tally *rounded = calloc(1, sizeof *rounded);
    struct estimate_options options = estimate_options_default();

    if (!exactly || !rounded)
        abort();
    exactly->cities = rounded->cities = d->cities;
    options.replicates = 1000;
    for (uint64_t i = 1; i <= d->cities; i++) {
        struct arena *a = arena_open();
        struct town *town = arena_new(a, 1, struct town);
        struct estimate *exact = arena_new(a, 1, struct estimate);
        struct cube_figures *shown = arena_new(a, 1, struct cube_figures);
        struct err e = {0};

        draw(d, i, a, town);
        must(estimate(&town->counts, &options, a, exact, &e), &e);
        must(cube_figures(&town->cube, &town->counts, &options, &(struct evidence_wanted){0},
                          &(struct linkage_doubt){0}, a, shown, &e),
             &e);
        count(exact, exact, d->people, exactly);
        count(&shown->estimate, exact, d->people, rounded);
        arena_close(a);
    }
    put(d, "exact counts", exactly);
    put(d, "rounded table", rounded);
    free(exactly);
    free(rounded);
}

static struct str bytes_of(const char *path, struct arena *a)
{
    struct err e = {0};
    struct str bytes;

    must(file_read(path, COUNTS_MAX_BYTES, a, &bytes, &e), &e);
    return bytes;
}

static void round_by(const struct counts *c, unsigned char number, struct arena *a, struct cube *out)
{
    const unsigned char key[CUBE_KEY_BYTES] = {number};
    struct table *t = arena_new(a, 1, struct table);
    struct err e = {0};

    must(table_make_histories(&(struct table_histories){c->lists, c->list, 0, NULL}, a, t, &e), &e);
    for (uint32_t on = 1; on >> c->lists == 0; on++)
        t->count[table_inner_of_history(&t->shape, c->lists, on, NULL)] = c->y[on];
    must(cube_make(t, &(struct cube_options){.id = S("price")}, key, a, out, &e), &e);
}

static void put_answer(const char *path, const char *from, const struct estimate *x)
{
    const double *limit = x->status == ESTIMATE_RANGE ? x->range : x->ci95;

    printf("%s,%s,%s,%.0f,%.0f,%.0f\n", strrchr(path, '/') ? strrchr(path, '/') + 1 : path, from,
           estimate_status_name(x->status), x->nhat, limit[0], limit[1]);
}

static void weigh_file(const char *path)
{
    struct arena *a = arena_open();
    struct estimate *exact = arena_new(a, 1, struct estimate);
    struct cube_figures *shown = arena_new(a, 1, struct cube_figures);
    struct estimate_options options = estimate_options_default();
    struct counts counts;
    struct cube cube;
    struct err e = {0};

    options.replicates = 1000;
    must(counts_read(&counts, path, bytes_of(path, a), a, &e), &e);
    must(estimate(&counts, &options, a, exact, &e), &e);
    put_answer(path, "exact counts", exact);
    for (unsigned char key = 1; key <= KEYS; key++) {
        round_by(&counts, key, a, &cube);
        must(cube_figures(&cube, &counts, &options, &(struct evidence_wanted){0}, &(struct linkage_doubt){0},
                          a, shown, &e),
             &e);
        put_answer(path, "rounded table", &shown->estimate);
    }
    arena_close(a);
}

int main(int argc, char **argv)
{
    if (argc > 1)
        printf("histories,worked out from,answer,figure,lower,upper\n");
    for (int i = 1; i < argc; i++)
        weigh_file(argv[i]);
    if (argc > 1)
        return 0;
    printf(
        "cities,lists,categories,people,chance on the first,on the last,tie,base,worked out from,on two lists,"
        "of them off (rms),figure told,truth within limits,truth above,median log width,log error (rms)\n");
    for (size_t i = 0; i < sizeof designs / sizeof designs[0]; i++)
        weigh(&designs[i]);
    return 0;
}

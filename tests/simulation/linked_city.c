/* A city whose size is known, from lists with errors to an estimate, again and again: are the limits right
 * when nobody knows for certain who is who, and how far off is the figure when that is not told? As CSV: a
 * row for each city and way of knowing who is who. usage: linked_city CITIES SEED [DESIGN]; or --check, which
 * fails when a few small cities go wrong */
#include "encoded.h"
#include "register.h"

#include "base/arena.h"
#include "base/file.h"
#include "base/number.h"
#include "base/parallel.h"
#include "base/rng.h"
#include "estimate/counts.h"
#include "estimate/pooled.h"
#include "link/linkage.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_LISTS = 6, MOST_CITIES = 10000, LINKAGES = 20 };

/* `share` of the people are on each list, each person independently: the model of the estimate holds, so that
 * what is off is the linkage's. */
struct design {
    const char *name;
    size_t people, lists;
    double share[MOST_LISTS];
    const struct register_errors *errors;
    const char *fields; /* of the schema, beside names, birth and sex */
};

static const struct design designs[] = {
    {"careful registers", 1000, 4, {0.3, 0.25, 0.2, 0.15}, &register_careful, REGISTER_PLACES},
    {"case lists", 1000, 4, {0.3, 0.25, 0.2, 0.15}, &register_field, REGISTER_PLACES},
    {"case lists, three", 2000, 3, {0.3, 0.2, 0.25}, &register_field, REGISTER_PLACES},
    {"case lists, names and birth", 1000, 4, {0.3, 0.25, 0.2, 0.15}, &register_field, ""},
};

enum { DESIGNS = sizeof designs / sizeof designs[0] };

enum way { BY_TRUTH, BY_LINKAGES, BY_BEST, BY_SAME_CELLS, WAYS };

static const char *const ways[WAYS] = {"true links", "drawn linkages", "best linkage as certain",
                                       "same names and birth date"};

struct figure {
    enum estimate_status status;
    int64_t seen;
    double nhat, low, high;
};

struct run {
    const struct design *design;
    uint64_t seed;
    size_t first;          /* city's number */
    struct figure *figure; /* [cities * WAYS] */
};

/* A list of one city: whose each row is, and what stands in it. */
struct list {
    size_t n;
    uint64_t *person;
    struct str csv;
    struct str *row; /* names and birth date of each */
    struct encodings people;
};

struct city {
    const struct design *design;
    uint64_t seed;
    struct list list[MOST_LISTS];
    struct arena *a;
};

static void must(enum status s, const struct err *e)
{
    if (s != OK)
        die("%s", e->what);
}

/* Names and birth date of a row: its first three cells, or nothing without a whole date. */
static struct str cells_of(struct str row)
{
    struct str rest = row;
    struct str cell = {NULL, 0};

    for (size_t i = 0; i < 3; i++)
        str_cut(rest, ';', &cell, &rest);
    return cell.n == strlen("1990-01-01") ? (struct str){row.p, (size_t)(cell.p + cell.n - row.p)}
                                          : (struct str){NULL, 0};
}

static void write_list(struct city *city, size_t l)
{
    struct list *x = &city->list[l];
    struct rng r = rng_open(city->seed ^ 0x6C697374U, l);
    struct text csv = text_open(city->a);
    size_t *start = arena_new(city->a, city->design->people + 1, size_t);

    x->person = arena_new(city->a, city->design->people, uint64_t);
    x->row = arena_new(city->a, city->design->people, struct str);
    text_add(&csv, str_of(register_header));
    for (uint64_t i = 0; i < city->design->people; i++) {
        if (rng_unit(&r) >= city->design->share[l])
            continue;
        start[x->n] = text_str(&csv).n;
        x->person[x->n++] = i;
        register_row(&csv, city->seed, i, l, city->design->errors);
    }
    x->csv = text_str(&csv);
    start[x->n] = x->csv.n;
    for (size_t i = 0; i < x->n; i++)
        x->row[i] = cells_of((struct str){x->csv.p + start[i], start[i + 1] - start[i]});
}

/* Histories of people on the lists of each mask, as the file that an agency would have written. */
static struct str histories_of(const struct city *city, const uint32_t *mask, size_t n)
{
    struct text csv = text_open(city->a);
    uint32_t people[1U << MOST_LISTS] = {0};

    for (size_t i = 0; i < n; i++)
        people[mask[i]]++;
    for (size_t l = 0; l < city->design->lists; l++)
        text_format(&csv, "list%zu,", l + 1);
    text_lit(&csv, "count\n");
    for (uint32_t m = 1; m < 1U << city->design->lists; m++) {
        for (size_t l = 0; l < city->design->lists; l++)
            text_format(&csv, "%u,", (unsigned)(m >> l & 1U));
        text_format(&csv, "%u\n", people[m]);
    }
    return text_str(&csv);
}

static struct str histories_by_truth(const struct city *city)
{
    uint32_t *mask = arena_new(city->a, city->design->people, uint32_t);

    for (size_t l = 0; l < city->design->lists; l++)
        for (size_t i = 0; i < city->list[l].n; i++)
            mask[city->list[l].person[i]] |= 1U << l;
    return histories_of(city, mask, city->design->people);
}

struct cells {
    struct str text;
    size_t list;
};

static int by_text(const void *a, const void *b)
{
    const struct cells *x = a;
    const struct cells *y = b;
    size_t n = x->text.n < y->text.n ? x->text.n : y->text.n;
    int order = n ? memcmp(x->text.p, y->text.p, n) : 0;

    return order ? order : (x->text.n > y->text.n) - (x->text.n < y->text.n);
}

/* What two spreadsheets can do: rows are one person when names and birth date are written alike. */
static struct str histories_by_same_cells(const struct city *city)
{
    struct cells *all = arena_new(city->a, MOST_LISTS * city->design->people, struct cells);
    uint32_t *mask = arena_new(city->a, MOST_LISTS * city->design->people, uint32_t);
    size_t n = 0;
    size_t persons = 0;

    for (size_t l = 0; l < city->design->lists; l++)
        for (size_t i = 0; i < city->list[l].n; i++)
            all[n++] = (struct cells){city->list[l].row[i], l};
    qsort(all, n, sizeof *all, by_text);
    for (size_t i = 0; i < n; i++) {
        bool is_new = i == 0 || all[i].text.n == 0 || by_text(&all[i - 1], &all[i]) != 0;

        persons += is_new;
        mask[persons - 1] |= 1U << all[i].list;
    }
    return histories_of(city, mask, persons);
}

static struct str histories_by_linkage(const struct city *city, size_t imputations)
{
    const struct linkage_options options = {.profile = PROFILE_GROUPED,
                                            .noise_percent = 5,
                                            .imputations = imputations,
                                            .seed = city->seed,
                                            .threads = 1};
    struct linkage_list list[MOST_LISTS];
    struct linkage found;
    struct err e = {OK, ""};

    for (size_t l = 0; l < city->design->lists; l++)
        list[l] =
            (struct linkage_list){str_of(arena_printf(city->a, "list%zu", l + 1)), &city->list[l].people};
    enum status s = linkage_run(list, city->design->lists, &options, city->a, &found, &e);
    if (s != REFUSED)
        must(s, &e);
    return s == OK ? found.histories : (struct str){NULL, 0};
}

/* As `lykta estimate` tells it. */
static struct figure figure_of(const struct city *city, struct str histories)
{
    struct estimate_options options = estimate_options_default();
    struct counts_linkages linkages;
    struct estimate x;
    struct err e = {OK, ""};

    if (histories.n == 0)
        return (struct figure){ESTIMATE_REFUSED, 0, NAN, NAN, NAN};
    options.threads = 1;
    must(counts_read_linkages(&linkages, "histories", histories, city->a, &e), &e);
    must(pooled_estimate(linkages.linkage, linkages.n, &options, city->a, &x, &e), &e);
    bool is_range = x.status == ESTIMATE_RANGE;
    return (struct figure){x.status, x.n, x.nhat, is_range ? x.range[0] : x.ci95[0],
                           is_range ? x.range[1] : x.ci95[1]};
}

static void run_city(void *work, size_t i)
{
    struct run *run = work;
    struct arena *a = arena_open();
    struct city city = {.design = run->design, .seed = run->seed * MOST_CITIES + run->first + i, .a = a};
    const struct schema *s =
        encoded_schema("grouped", arena_printf(a, REGISTER_FIELDS "%s", city.design->fields), a);

    for (size_t l = 0; l < city.design->lists; l++) {
        write_list(&city, l);
        encoded_list(&city.list[l].people, s, city.list[l].csv, city.list[l].n, city.seed, l, a);
    }
    struct figure *f = run->figure + i * WAYS;
    f[BY_TRUTH] = figure_of(&city, histories_by_truth(&city));
    f[BY_LINKAGES] = figure_of(&city, histories_by_linkage(&city, LINKAGES));
    f[BY_BEST] = figure_of(&city, histories_by_linkage(&city, 0));
    f[BY_SAME_CELLS] = figure_of(&city, histories_by_same_cells(&city));
    arena_close(a);
}

static struct figure *run_cities(const struct design *d, size_t first, size_t cities, uint64_t seed,
                                 struct arena *a)
{
    struct run run = {.design = d, .seed = seed, .first = first};

    run.figure = arena_new(a, cities * WAYS, struct figure);
    parallel_for(cities, 0, run_city, &run, NULL);
    return run.figure;
}

static void print_cities(const struct design *d, size_t first, size_t cities, uint64_t seed)
{
    struct arena *a = arena_open();
    const struct figure *figure = run_cities(d, first, cities, seed, a);

    for (size_t i = 0; i < cities; i++)
        for (size_t w = 0; w < WAYS; w++) {
            const struct figure *f = &figure[i * WAYS + w];

            printf("\"%s\",%zu,%" PRIu64 ",%zu,\"%s\",%s,%" PRId64 ",%.1f,%.1f,%.1f\n", d->name, d->people,
                   seed, first + i + 1, ways[w], estimate_status_name(f->status), f->seen, f->nhat, f->low,
                   f->high);
        }
    fflush(stdout);
    arena_close(a);
}

/* Some at a time, so that what is done is told. */
static void print_design(const struct design *d, size_t cities, uint64_t seed)
{
    enum { AT_ONCE = 10 };

    for (size_t first = 0; first < cities; first += AT_ONCE)
        print_cities(d, first, cities - first < AT_ONCE ? cities - first : AT_ONCE, seed);
}

/* Of six small cities: does linking tell the size that the truth would, inside its own limits, where writing
 * alike is no sign enough? */
static int check(void)
{
    enum { CITIES = 6 };
    static const struct design small = {"check", 500, 3, {0.4, 0.35, 0.3}, &register_field, REGISTER_PLACES};
    struct arena *a = arena_open();
    const struct figure *figure = run_cities(&small, 0, CITIES, 1, a);
    int inside = 0;
    int near = 0;
    int far = 0;

    for (size_t i = 0; i < CITIES; i++) {
        const struct figure *f = figure + i * WAYS;

        inside += f[BY_LINKAGES].low <= 500.0 && 500.0 <= f[BY_LINKAGES].high;
        near += fabs(f[BY_LINKAGES].nhat / f[BY_TRUTH].nhat - 1.0) < 0.1;
        far += f[BY_SAME_CELLS].nhat > 1.5 * f[BY_TRUTH].nhat;
    }
    printf(
        "of %d cities of 500: %d inside the limits, %d near what true links tell; %d far off without linking\n",
        CITIES, inside, near, far);
    arena_close(a);
    return inside >= CITIES - 2 && near >= CITIES - 1 && far == CITIES ? 0 : 1;
}

int main(int argc, char **argv)
{
    int64_t cities = 0;
    int64_t seed = 0;

    if (argc == 2 && strcmp(argv[1], "--check") == 0)
        return check();

    if (argc < 3 || argc > 4 || !i64_from_str(str_of(argv[1]), 1, MOST_CITIES, &cities) ||
        !i64_from_str(str_of(argv[2]), 0, INT32_MAX, &seed)) {
        fputs("usage: linked_city CITIES SEED [DESIGN] | --check\n", stderr);
        return 2;
    }
    puts("design,people,seed,city,links,status,seen,nhat,low,high");
    for (size_t d = 0; d < DESIGNS; d++)
        if (argc == 3 || strcmp(argv[3], designs[d].name) == 0)
            print_design(&designs[d], (size_t)cities, (uint64_t)seed);
    return 0;
}

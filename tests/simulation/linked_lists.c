/* Lists whose truth is known, linked again and again: are the links right, and does the number of matches lie
 * in its own interval? Simulated registers, and febrl's people in random parts. As CSV: a row for each two
 * lists of each run. usage: linked_lists FEBRL-FOLDER SEED [DESIGN]; or --check FEBRL-FOLDER, a few small
 * ones */
#include "encoded.h"
#include "register.h"

#include "base/arena.h"
#include "base/file.h"
#include "base/number.h"
#include "base/parallel.h"
#include "base/rng.h"
#include "link/linkage.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_LISTS = 5, MOST_RUNS = 20, MOST_RECORDS = 5000, DRAWS = 100 };

/* Two lists: `both` people are on both. More: each of `people` is on each list with the share size / people.
 */
struct design {
    const char *name, *profile, *fields;
    const struct register_errors *errors; /* NULL: febrl's people */
    size_t runs, lists, size[MOST_LISTS], both, people;
};

#define FEBRL_NAMES                                                                                           \
    "{\"kind\": \"name\", \"columns\": [\"given_name\"]}, {\"kind\": \"name\", \"columns\": [\"surname\"]}, " \
    "{\"kind\": \"birth_date\", \"columns\": [\"date_of_birth\"]}"
#define FEBRL_PLACES                                                                                         \
    ", {\"kind\": \"place\", \"columns\": [\"suburb\"]}, {\"kind\": \"place\", \"columns\": [\"postcode\"]}"
#define ALL_OF_REGISTER REGISTER_FIELDS REGISTER_PLACES

static const struct design designs[] = {
    {"febrl, names and birth", "grouped", FEBRL_NAMES, NULL, 5, 2, {1497, 5000}, 1497, 0},
    {"febrl, names and birth", "grouped", FEBRL_NAMES, NULL, 2, 2, {5000, 5000}, 5000, 0},
    {"febrl, with places", "grouped", FEBRL_NAMES FEBRL_PLACES, NULL, 5, 2, {1497, 5000}, 1497, 0},
    {"febrl, with places", "grouped", FEBRL_NAMES FEBRL_PLACES, NULL, 2, 2, {5000, 5000}, 5000, 0},
    {"febrl, names and birth", "grouped", FEBRL_NAMES, NULL, 20, 2, {1000, 1000}, 50, 0},
    {"febrl, names and birth", "grouped", FEBRL_NAMES, NULL, 20, 2, {1000, 1000}, 300, 0},
    {"febrl, names and birth", "grouped", FEBRL_NAMES, NULL, 20, 2, {300, 300}, 16, 0},
    {"febrl, names and birth", "grouped", FEBRL_NAMES, NULL, 10, 2, {300, 300}, 0, 0},
    {"febrl, with places", "grouped", FEBRL_NAMES FEBRL_PLACES, NULL, 20, 2, {300, 300}, 16, 0},
    {"febrl, with places", "grouped", FEBRL_NAMES FEBRL_PLACES, NULL, 10, 2, {300, 2000}, 200, 0},
    {"febrl, names and birth, clk", "clk", FEBRL_NAMES, NULL, 5, 2, {1497, 5000}, 1497, 0},
    {"febrl, with places, clk", "clk", FEBRL_NAMES FEBRL_PLACES, NULL, 5, 2, {1497, 5000}, 1497, 0},
    {"careful registers", "grouped", ALL_OF_REGISTER, &register_careful, 20, 2, {1000, 1000}, 50, 0},
    {"careful registers", "grouped", ALL_OF_REGISTER, &register_careful, 20, 2, {1000, 1000}, 1000, 0},
    {"case lists", "grouped", ALL_OF_REGISTER, &register_field, 20, 2, {1000, 1000}, 50, 0},
    {"case lists", "grouped", ALL_OF_REGISTER, &register_field, 20, 2, {1000, 1000}, 300, 0},
    {"case lists", "grouped", ALL_OF_REGISTER, &register_field, 20, 2, {1000, 1000}, 1000, 0},
    {"case lists", "grouped", ALL_OF_REGISTER, &register_field, 20, 2, {200, 3000}, 100, 0},
    {"case lists", "grouped", ALL_OF_REGISTER, &register_field, 10, 3, {400, 300, 200}, 0, 1000},
    {"case lists", "grouped", ALL_OF_REGISTER, &register_field, 10, 4, {400, 300, 200, 150}, 0, 1000},
    {"case lists", "grouped", ALL_OF_REGISTER, &register_field, 10, 5, {400, 300, 200, 150, 150}, 0, 1000},
};

enum { DESIGNS = sizeof designs / sizeof designs[0] };

/* Febrl's two files, line by line; line k of each is person `number[k]`. */
struct file {
    struct str header;
    struct str line[MOST_RECORDS];
    uint64_t number[MOST_RECORDS];
};

struct list {
    size_t n;
    uint64_t *person;
    struct encodings people;
};

/* What is told of two lists of a run; links is -1 when linking was refused. */
struct told {
    size_t size[2];
    int64_t truth, links, right;
    double matches, low, high;
};

struct run {
    const struct design *design;
    const struct file *febrl; /* two of them */
    uint64_t seed;
    struct told told[MOST_RUNS][MOST_LISTS][MOST_LISTS];
};

static void must(enum status s, const struct err *e)
{
    if (s != OK)
        die("%s", e->what);
}

/* "rec-1070-org": 1070. */
static uint64_t number_of(struct str line)
{
    struct str word = str_part(line, strlen("rec-"), line.n);
    struct str rest;
    int64_t number = 0;

    str_cut(word, '-', &word, &rest);
    if (!i64_from_str(word, 0, INT32_MAX, &number))
        die("febrl: expected rec-NUMBER-");
    return (uint64_t)number;
}

static void read_febrl(struct file *out, const char *folder, const char *name, struct arena *a)
{
    struct str rest;
    struct err e = {OK, ""};
    size_t n = 0;

    must(file_read(arena_printf(a, "%s/%s", folder, name), 1 << 24, a, &rest, &e), &e);
    str_cut(rest, '\n', &out->header, &rest);
    for (; rest.n > 0 && n < MOST_RECORDS; n++) {
        str_cut(rest, '\n', &out->line[n], &rest);
        out->number[n] = number_of(out->line[n]);
    }
    if (n != MOST_RECORDS)
        die("%s/%s: expected %d people", folder, name, (int)MOST_RECORDS);
}

static int by_number(const void *x, const void *y)
{
    uint64_t a = *(const uint64_t *)x;
    uint64_t b = *(const uint64_t *)y;

    return (a > b) - (a < b);
}

/* `n` numbers below `of`, in a random order (Fisher & Yates). */
static uint64_t *shuffled(struct rng *r, size_t of, struct arena *a)
{
    uint64_t *x = arena_new(a, of, uint64_t);

    for (size_t i = 0; i < of; i++)
        x[i] = i;
    for (size_t i = of; i > 1; i--) {
        size_t j = rng_u64(r) % i;
        uint64_t kept = x[i - 1];

        x[i - 1] = x[j];
        x[j] = kept;
    }
    return x;
}

/* Who is on list l: of two lists, from a random order, the first on one and the last of these on both. */
static void choose_people(const struct design *d, const uint64_t *order, size_t l, struct rng *r,
                          struct list *x, struct arena *a)
{
    if (d->people == 0) {
        x->n = d->size[l];
        x->person = arena_new(a, x->n, uint64_t);
        for (size_t i = 0; i < x->n; i++)
            x->person[i] = order[(l ? d->size[0] - d->both : 0) + i];
        return;
    }
    x->person = arena_new(a, d->people, uint64_t);
    for (uint64_t i = 0; i < d->people; i++)
        if (rng_unit(r) < (double)d->size[l] / (double)d->people)
            x->person[x->n++] = i;
}

static struct str febrl_rows(const struct file *file, struct list *x, struct arena *a)
{
    struct text csv = text_open(a);

    text_add(&csv, file->header);
    text_byte(&csv, '\n');
    qsort(x->person, x->n, sizeof *x->person, by_number);
    for (size_t i = 0; i < x->n; i++) {
        text_add(&csv, file->line[x->person[i]]);
        text_byte(&csv, '\n');
        x->person[i] = file->number[x->person[i]];
    }
    return text_str(&csv);
}

static struct str register_rows(const struct design *d, const struct list *x, uint64_t seed, size_t l,
                                struct arena *a)
{
    struct text csv = text_open(a);

    text_add(&csv, str_of(register_header));
    for (size_t i = 0; i < x->n; i++)
        register_row(&csv, seed, x->person[i], l, d->errors);
    return text_str(&csv);
}

/* The files have the same people in different orders. */
static uint64_t *in_order_of(const struct file *a, const struct file *b, const uint64_t *order,
                             struct arena *arena)
{
    uint64_t *of_number = arena_new(arena, MOST_RECORDS, uint64_t);
    uint64_t *x = arena_new(arena, MOST_RECORDS, uint64_t);

    for (size_t k = 0; k < MOST_RECORDS; k++)
        of_number[b->number[k]] = k;
    for (size_t k = 0; k < MOST_RECORDS; k++)
        x[k] = of_number[a->number[order[k]]];
    return x;
}

static void make_lists(const struct run *run, uint64_t seed, struct list *list, struct arena *a)
{
    const struct design *d = run->design;
    const struct schema *s = encoded_schema(d->profile, d->fields, a);
    struct rng r = rng_open(seed, 0x6C697374U);
    size_t people = d->errors ? d->size[0] + d->size[1] : MOST_RECORDS;
    const uint64_t *order = shuffled(&r, people, a);

    for (size_t l = 0; l < d->lists; l++) {
        const uint64_t *of_list =
            d->errors || l == 0 ? order : in_order_of(&run->febrl[0], &run->febrl[1], order, a);

        choose_people(d, of_list, l, &r, &list[l], a);
        struct str csv =
            d->errors ? register_rows(d, &list[l], seed, l, a) : febrl_rows(&run->febrl[l], &list[l], a);
        encoded_list(&list[l].people, s, csv, list[l].n, seed, l, a);
    }
}

static void tell(const struct design *d, const struct list *list, const struct linkage *x, size_t i, size_t j,
                 struct told *out)
{
    *out = (struct told){.size = {list[i].n, list[j].n}, .links = x ? 0 : -1};
    for (size_t k = 0; k < list[i].n; k++)
        for (size_t m = 0; m < list[j].n; m++)
            out->truth += list[i].person[k] == list[j].person[m];
    if (!x || d->lists <= j)
        return;
    out->matches = x->overlap[i][j].matches;
    out->low = x->overlap[i][j].low;
    out->high = x->overlap[i][j].high;
    for (size_t k = 0; k < x->links; k++) {
        const struct linkage_link *link = &x->link[k];

        if (link->list_a != i || link->list_b != j)
            continue;
        out->links++;
        out->right += list[i].person[link->i] == list[j].person[link->j];
    }
}

static void run_one(void *work, size_t number)
{
    struct run *run = work;
    const struct design *d = run->design;
    struct arena *a = arena_open();
    struct list list[MOST_LISTS] = {{0}};
    struct linkage_list linked[MOST_LISTS];
    struct linkage found;
    struct err e = {OK, ""};
    const uint64_t seed = run->seed * 1000 + number;
    const struct linkage_options o = {.profile =
                                          strcmp(d->profile, "clk") == 0 ? PROFILE_CLK : PROFILE_GROUPED,
                                      .noise_percent = 5,
                                      .imputations = DRAWS,
                                      .seed = seed,
                                      .threads = 1};

    make_lists(run, seed, list, a);
    for (size_t l = 0; l < d->lists; l++)
        linked[l] = (struct linkage_list){str_of(arena_printf(a, "list%zu", l + 1)), &list[l].people};
    enum status s = linkage_run(linked, d->lists, &o, a, &found, &e);
    if (s != REFUSED)
        must(s, &e);
    for (size_t i = 0; i < d->lists; i++)
        for (size_t j = i + 1; j < d->lists; j++)
            tell(d, list, s == OK ? &found : NULL, i, j, &run->told[number][i][j]);
    arena_close(a);
}

static void print_run(const struct design *d, const struct run *run, size_t number)
{
    for (size_t i = 0; i < d->lists; i++)
        for (size_t j = i + 1; j < d->lists; j++) {
            const struct told *t = &run->told[number][i][j];

            printf("\"%s\",%zu,%zu,%zu,%zu,%zu,%zu,%zu,%lld,%lld,%lld,%.1f,%.1f,%.1f\n", d->name, d->lists,
                   d->size[i], d->size[j], d->people ? d->people : d->both, number + 1, t->size[0],
                   t->size[1], (long long)t->truth, (long long)t->links, (long long)t->right, t->matches,
                   t->low, t->high);
        }
}

static struct run *run_design(const struct design *d, const struct file *febrl, uint64_t seed,
                              struct arena *a)
{
    struct run *run = arena_new(a, 1, struct run);

    *run = (struct run){.design = d, .febrl = febrl, .seed = seed};
    parallel_for(d->runs, 0, run_one, run, NULL);
    return run;
}

/* Of three small linkages of each kind: are nine of ten links right, and as many found? */
static int check(const struct file *febrl)
{
    static const struct design small[] = {
        {"febrl", "grouped", FEBRL_NAMES, NULL, 3, 2, {300, 400}, 100, 0},
        {"register", "grouped", ALL_OF_REGISTER, &register_field, 3, 2, {300, 400}, 100, 0},
        {"three", "grouped", ALL_OF_REGISTER, &register_careful, 3, 3, {200, 150, 100}, 0, 300},
    };
    struct arena *a = arena_open();
    int wrong = 0;

    for (size_t k = 0; k < sizeof small / sizeof small[0]; k++) {
        const struct run *run = run_design(&small[k], febrl, 1, a);

        for (size_t n = 0; n < small[k].runs; n++) {
            const struct told *t = &run->told[n][0][1];

            printf("%s: %lld true, %lld links, %lld right\n", small[k].name, (long long)t->truth,
                   (long long)t->links, (long long)t->right);
            wrong += (double)t->right < 0.88 * (double)t->links || (double)t->right < 0.88 * (double)t->truth;
        }
    }
    arena_close(a);
    return wrong == 0 ? 0 : 1;
}

static void print_designs(const struct file *febrl, uint64_t seed, const char *only, struct arena *a)
{
    puts("design,lists,planned_a,planned_b,both_or_people,run,a,b,true,links,right,matches,low,high");
    for (size_t d = 0; d < DESIGNS; d++) {
        if (only && strcmp(only, designs[d].name) != 0)
            continue;
        const struct run *run = run_design(&designs[d], febrl, seed, a);

        for (size_t n = 0; n < designs[d].runs; n++)
            print_run(&designs[d], run, n);
        fflush(stdout);
    }
}

int main(int argc, char **argv)
{
    bool is_check = argc == 3 && strcmp(argv[1], "--check") == 0;
    int64_t seed = 0;
    int status = 0;

    if (!is_check && (argc < 3 || argc > 4 || !i64_from_str(str_of(argv[2]), 0, INT32_MAX, &seed))) {
        fputs("usage: linked_lists FEBRL-FOLDER SEED [DESIGN] | --check FEBRL-FOLDER\n", stderr);
        return 2;
    }
    struct arena *a = arena_open();
    struct file *febrl = arena_new(a, 2, struct file);
    read_febrl(&febrl[0], is_check ? argv[2] : argv[1], "febrl4a.csv", a);
    read_febrl(&febrl[1], is_check ? argv[2] : argv[1], "febrl4b.csv", a);
    if (is_check)
        status = check(febrl);
    else
        print_designs(febrl, (uint64_t)seed, argc == 4 ? argv[3] : NULL, a);
    arena_close(a);
    return status;
}

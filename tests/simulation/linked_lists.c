/* Lists whose truth is known, linked again and again: are the links right, and does the number of matches lie
 * in its own interval? Simulated registers, and febrl's people in random parts. As CSV: a row for each two
 * lists of each run. usage: linked_lists FEBRL-FOLDER SEED [DESIGN]; or --check FEBRL-FOLDER, a few small
 * ones */
#include "encoded.h"
#include "known_lists.h"
#include "register.h"

#include "base/arena.h"
#include "base/number.h"
#include "base/parallel.h"
#include "link/linkage.h"

#include <stdio.h>
#include <string.h>

enum { MOST_RUNS = 20, DRAWS = 100 };

static const struct known_design designs[] = {
    {"febrl, names and birth", "grouped", KNOWN_NAMES, NULL, 5, 2, {1497, 5000}, 1497, 0},
    {"febrl, names and birth", "grouped", KNOWN_NAMES, NULL, 2, 2, {5000, 5000}, 5000, 0},
    {"febrl, with places", "grouped", KNOWN_NAMES KNOWN_PLACES, NULL, 5, 2, {1497, 5000}, 1497, 0},
    {"febrl, with places", "grouped", KNOWN_NAMES KNOWN_PLACES, NULL, 2, 2, {5000, 5000}, 5000, 0},
    {"febrl, names and birth", "grouped", KNOWN_NAMES, NULL, 20, 2, {1000, 1000}, 50, 0},
    {"febrl, names and birth", "grouped", KNOWN_NAMES, NULL, 20, 2, {1000, 1000}, 300, 0},
    {"febrl, names and birth", "grouped", KNOWN_NAMES, NULL, 20, 2, {300, 300}, 16, 0},
    {"febrl, names and birth", "grouped", KNOWN_NAMES, NULL, 10, 2, {300, 300}, 0, 0},
    {"febrl, with places", "grouped", KNOWN_NAMES KNOWN_PLACES, NULL, 20, 2, {300, 300}, 16, 0},
    {"febrl, with places", "grouped", KNOWN_NAMES KNOWN_PLACES, NULL, 10, 2, {300, 2000}, 200, 0},
    {"febrl, names and birth, clk", "clk", KNOWN_NAMES, NULL, 5, 2, {1497, 5000}, 1497, 0},
    {"febrl, with places, clk", "clk", KNOWN_NAMES KNOWN_PLACES, NULL, 5, 2, {1497, 5000}, 1497, 0},
    {"careful registers",
     "grouped",
     REGISTER_FIELDS REGISTER_PLACES,
     &register_careful,
     20,
     2,
     {1000, 1000},
     50,
     0},
    {"careful registers",
     "grouped",
     REGISTER_FIELDS REGISTER_PLACES,
     &register_careful,
     20,
     2,
     {1000, 1000},
     1000,
     0},
    {"case lists", "grouped", REGISTER_FIELDS REGISTER_PLACES, &register_field, 20, 2, {1000, 1000}, 50, 0},
    {"case lists", "grouped", REGISTER_FIELDS REGISTER_PLACES, &register_field, 20, 2, {1000, 1000}, 300, 0},
    {"case lists", "grouped", REGISTER_FIELDS REGISTER_PLACES, &register_field, 20, 2, {1000, 1000}, 1000, 0},
    {"case lists", "grouped", REGISTER_FIELDS REGISTER_PLACES, &register_field, 20, 2, {200, 3000}, 100, 0},
    {"case lists",
     "grouped",
     REGISTER_FIELDS REGISTER_PLACES,
     &register_field,
     10,
     3,
     {400, 300, 200},
     0,
     1000},
    {"case lists",
     "grouped",
     REGISTER_FIELDS REGISTER_PLACES,
     &register_field,
     10,
     4,
     {400, 300, 200, 150},
     0,
     1000},
    {"case lists",
     "grouped",
     REGISTER_FIELDS REGISTER_PLACES,
     &register_field,
     10,
     5,
     {400, 300, 200, 150, 150},
     0,
     1000},
};

enum { DESIGNS = sizeof designs / sizeof designs[0] };

/* What is told of two lists of a run; links is -1 when linking was refused. */
struct told {
    size_t size[2];
    int64_t truth, links, right;
    double matches, low, high;
};

struct run {
    const struct known_design *design;
    const struct known_file *febrl; /* two of them */
    uint64_t seed;
    struct told told[MOST_RUNS][KNOWN_MOST_LISTS][KNOWN_MOST_LISTS];
};

static void must(enum status s, const struct err *e)
{
    if (s != OK)
        die("%s", e->what);
}

static void tell(const struct known_design *d, const struct known_list *list, const struct linkage *x,
                 size_t i, size_t j, struct told *out)
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
    const struct known_design *d = run->design;
    struct arena *a = arena_open();
    struct known_list list[KNOWN_MOST_LISTS] = {{0}};
    struct linkage_list linked[KNOWN_MOST_LISTS];
    struct linkage found;
    struct err e = {OK, ""};
    const uint64_t seed = run->seed * 1000 + number;
    const struct linkage_options o = {.profile =
                                          strcmp(d->profile, "clk") == 0 ? PROFILE_CLK : PROFILE_GROUPED,
                                      .noise_percent = 5,
                                      .imputations = DRAWS,
                                      .seed = seed,
                                      .threads = 1};

    known_lists_make(d, run->febrl, seed, list, a);
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

static void print_run(const struct known_design *d, const struct run *run, size_t number)
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

static struct run *run_design(const struct known_design *d, const struct known_file *febrl, uint64_t seed,
                              struct arena *a)
{
    struct run *run = arena_new(a, 1, struct run);

    *run = (struct run){.design = d, .febrl = febrl, .seed = seed};
    parallel_for(d->runs, 0, run_one, run, NULL);
    return run;
}

/* Of three small linkages of each kind: are nine of ten links right, and as many found? */
static int check(const struct known_file *febrl)
{
    static const struct known_design small[] = {
        {"febrl", "grouped", KNOWN_NAMES, NULL, 3, 2, {300, 400}, 100, 0},
        {"register", "grouped", REGISTER_FIELDS REGISTER_PLACES, &register_field, 3, 2, {300, 400}, 100, 0},
        {"three",
         "grouped",
         REGISTER_FIELDS REGISTER_PLACES,
         &register_careful,
         3,
         3,
         {200, 150, 100},
         0,
         300},
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

static void print_designs(const struct known_file *febrl, uint64_t seed, const char *only, struct arena *a)
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
    struct known_file *febrl = arena_new(a, 2, struct known_file);
    known_lists_read(febrl, is_check ? argv[2] : argv[1], a);
    if (is_check)
        status = check(febrl);
    else
        print_designs(febrl, (uint64_t)seed, argc == 4 ? argv[3] : NULL, a);
    arena_close(a);
    return status;
}

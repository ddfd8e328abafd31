/* Populations whose size is known, estimated many times: bias, coverage and width of each method, as CSV.
 * usage: known_truth METHOD THRESHOLD TABLES SEED: a row for each design, without a bootstrap */
#include "base/arena.h"
#include "base/number.h"
#include "estimate/method.h"
#include "estimate/power.h"

#include <inttypes.h>
#include <stdio.h>

struct world {
    const char *name, *coverage, *dependence;
    int64_t people;
    double heterogeneity;
};

static const struct world worlds[] = {
    {"3 lists, independent", "0.3,0.2,0.15", NULL, 2000, 0.0},
    {"4 lists, independent", "0.25,0.2,0.15,0.1", NULL, 2000, 0.0},
    {"5 lists, independent", "0.25,0.2,0.15,0.1,0.1", NULL, 2000, 0.0},
    {"6 lists, independent", "0.2,0.2,0.15,0.1,0.1,0.05", NULL, 2000, 0.0},
    {"4 lists, one pair together", "0.25,0.2,0.15,0.1", "1:2=3", 2000, 0.0},
    {"5 lists, two pairs together, one apart", "0.25,0.2,0.15,0.1,0.1", "1:2=3,3:4=4,2:5=0.4", 2000, 0.0},
    {"4 lists, people differ", "0.25,0.2,0.15,0.1", NULL, 2000, 1.0},
    {"5 lists, sparse", "0.06,0.05,0.04,0.03,0.02", NULL, 5000, 0.0},
    {"4 lists, small city", "0.2,0.15,0.1,0.05", "1:2=2", 300, 0.0},
    {"6 lists, pairs and people differ", "0.2,0.2,0.15,0.1,0.1,0.05", "1:2=3", 3000, 0.7},
};

static int run(const struct world *w, const struct estimate_options *options, size_t tables)
{
    struct arena *a = arena_open();
    struct power p = {.tables = tables, .only_all_lists = true, .estimate = *options};
    struct power_result x;
    struct err e;

    p.design = (struct design){.people = w->people, .heterogeneity = w->heterogeneity};
    enum status s = design_read_coverage(str_of(w->coverage), &p.design, &e);
    if (s == OK && w->dependence)
        s = design_read_dependence(str_of(w->dependence), &p.design, &e);
    struct power_figure *figure = arena_new(a, tables * power_variants(&p), struct power_figure);
    if (s != OK || !power_run(&p, 0, 1, figure)) {
        fprintf(stderr, "%s\n", s != OK ? e.what : "stopped");
        arena_close(a);
        return 1;
    }
    power_summarise(&p, figure, &x);
    const struct power_summary *of = &x.of[0];
    printf("\"%s\",%" PRId64 ",%s,%g,%zu,%.4f,%.4f,%.4f,%.4f,%.4f\n", w->name, w->people,
           options->method->name, options->threshold, tables, of->refused, of->range_only,
           of->nhat / (double)w->people - 1.0, of->coverage, of->width);
    fflush(stdout);
    arena_close(a);
    return 0;
}

int main(int argc, char **argv)
{
    struct estimate_options options = estimate_options_default();
    int64_t tables = 0;
    int64_t seed = 0;

    options.replicates = 0;
    if (argc == 5)
        options.method = method_find(str_of(argv[1]));
    if (!options.method || !f64_from_str(str_of(argv[2]), 0.0, 1.0, &options.threshold) ||
        !i64_from_str(str_of(argv[3]), 10, POWER_MAX_TABLES, &tables) ||
        !i64_from_str(str_of(argv[4]), 0, INT64_MAX, &seed)) {
        fprintf(stderr, "usage: known_truth METHOD THRESHOLD TABLES SEED\n");
        return 2;
    }
    options.seed = (uint64_t)seed;
    puts("design,people,method,threshold,tables,refused,range_only,median_bias,coverage,width");
    for (size_t w = 0; w < sizeof worlds / sizeof worlds[0]; w++)
        if (run(&worlds[w], &options, (size_t)tables) != 0)
            return 1;
    return 0;
}

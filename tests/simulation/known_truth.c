/* Populations whose size is known, estimated many times: bias, coverage and width of each rule, as CSV.
 * usage: known_truth TABLES SEED [RULE [DESIGN [LISTS]]]: a row for each design, number of lists and rule, or
 * of that rule, of that design, and of so many lists, alone */
#include "rules.h"

#include "base/arena.h"
#include "base/number.h"
#include "base/parallel.h"
#include "base/rng.h"
#include "estimate/design.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

enum { MOST_RULES = 16 };

/* Of `coverage` as many shares are taken as there are lists. */
struct world {
    const char *name;
    double coverage[RULES_MOST_LISTS];
    const char *dependence;
    int64_t people;
    double heterogeneity;
    void (*mix)(struct design *d); /* makes people differ in another way; NULL: it does not */
};

/* A fifth of the people have six times the odds of the others. */
static void mix_two_kinds(struct design *d)
{
    d->kinds = 2;
    d->kind[0] = (struct design_kind){.share = 0.8, .moved = 0.0};
    d->kind[1] = (struct design_kind){.share = 0.2, .moved = log(6.0)};
}

/* On a list with even odds, one's chance is drawn from the beta distribution (2, 4): about as spread as a
 * normal number of SD 1 in log odds, and skew. */
static void mix_beta(struct design *d)
{
    d->kinds = DESIGN_MAX_KINDS;
    for (size_t i = 0; i < d->kinds; i++) {
        double chance = ((double)i + 0.5) / (double)d->kinds;

        d->kind[i] = (struct design_kind){.share = chance * pow(1.0 - chance, 3.0),
                                          .moved = log(chance / (1.0 - chance))};
    }
}

static const struct world worlds[] = {
    {"independent", {0.25, 0.2, 0.15, 0.1, 0.1, 0.05}, NULL, 2000, 0.0, NULL},
    {"one pair together", {0.25, 0.2, 0.15, 0.1, 0.1, 0.05}, "1:2=3", 2000, 0.0, NULL},
    {"one pair apart", {0.25, 0.2, 0.15, 0.1, 0.1, 0.05}, "1:2=0.3", 2000, 0.0, NULL},
    {"two pairs together, one apart",
     {0.25, 0.2, 0.15, 0.1, 0.1, 0.05},
     "1:2=3,1:3=2,2:3=0.4",
     2000,
     0.0,
     NULL},
    {"sparse", {0.06, 0.05, 0.04, 0.03, 0.02, 0.02}, NULL, 5000, 0.0, NULL},
    {"small city", {0.2, 0.15, 0.1, 0.1, 0.05, 0.05}, "1:2=2", 300, 0.0, NULL},
    {"people differ", {0.25, 0.2, 0.15, 0.1, 0.1, 0.05}, NULL, 2000, 1.0, NULL},
    {"a pair and people differ", {0.25, 0.2, 0.15, 0.1, 0.1, 0.05}, "1:2=3", 3000, 0.7, NULL},
    {"two kinds of people", {0.25, 0.2, 0.15, 0.1, 0.1, 0.05}, NULL, 2000, 0.0, mix_two_kinds},
    {"people differ, beta", {0.25, 0.2, 0.15, 0.1, 0.1, 0.05}, NULL, 2000, 0.0, mix_beta},
};

struct run {
    const char *only; /* this rule alone; NULL: all */
    struct power power;
    double probability[MODEL_MAX_CELLS];
    size_t lists;
    struct power_figure *figure[MOST_RULES]; /* [rule][table / one_of] */
};

static size_t one_of(const struct run *run, const struct rule *rule)
{
    if (run->only && strcmp(run->only, rule->name) != 0)
        return 0;
    return rule->one_of[run->lists - RULES_LEAST_LISTS];
}

static void run_table(void *work, size_t i)
{
    const struct run *run = work;
    struct arena *a = arena_open();
    struct rng r = rng_open(run->power.estimate.seed, i);
    struct counts counts;
    struct trial t = {.counts = &counts, .seed = i, .a = a};

    design_draw(&run->power.design, run->probability, &r, a, &counts);
    for (size_t k = 0; rules[k].name; k++) {
        size_t every = one_of(run, &rules[k]);

        if (every > 0 && i % every == 0)
            run->figure[k][i / every] = rules[k].figure(&t);
    }
    arena_close(a);
}

static void put_row(const struct run *run, const struct world *w, size_t k)
{
    struct power power = run->power;
    struct power_result x;
    size_t every = one_of(run, &rules[k]);

    power.tables = (run->power.tables + every - 1) / every;
    power_summarise(&power, run->figure[k], &x);
    const struct power_summary *of = &x.of[0];
    printf("\"%s\",%" PRId64 ",%zu,%s,\"%s\",%zu,%.4f,%.4f,%.4f,%.4f,%.4f\n", w->name, w->people, run->lists,
           rules[k].program, rules[k].name, power.tables, of->refused, of->range_only,
           of->nhat / (double)w->people - 1.0, of->coverage, of->width);
}

static int run_world(const struct world *w, size_t lists, size_t tables, uint64_t seed, const char *only)
{
    struct arena *a = arena_open();
    struct run run = {.only = only, .lists = lists, .power = {.tables = tables, .only_all_lists = true}};
    struct design *d = &run.power.design;
    struct err e;

    run.power.estimate.seed = seed;
    *d = (struct design){.lists = lists, .people = w->people, .heterogeneity = w->heterogeneity};
    for (size_t i = 0; i < lists; i++)
        d->coverage[i] = w->coverage[i];
    if (w->mix)
        w->mix(d);
    if (w->dependence && design_read_dependence(str_of(w->dependence), d, &e) != OK)
        die("%s", e.what);
    design_probabilities(d, run.probability);
    for (size_t k = 0; rules[k].name; k++)
        run.figure[k] = arena_new(a, tables, struct power_figure);
    bool is_done = parallel_for(tables, 0, run_table, &run, NULL);
    for (size_t k = 0; rules[k].name; k++)
        if (one_of(&run, &rules[k]) > 0)
            put_row(&run, w, k);
    fflush(stdout);
    arena_close(a);
    return is_done ? 0 : 1;
}

struct choice {
    int64_t tables, seed;
    int64_t lists; /* 0: 3 to 6 */
    const char *rule, *design;
};

static bool read_choice(int argc, char **argv, struct choice *out)
{
    *out = (struct choice){.rule = argc > 3 ? argv[3] : NULL, .design = argc > 4 ? argv[4] : NULL};
    return argc >= 3 && argc <= 6 && i64_from_str(str_of(argv[1]), 10, POWER_MAX_TABLES, &out->tables) &&
           i64_from_str(str_of(argv[2]), 0, INT64_MAX, &out->seed) &&
           (argc < 6 || i64_from_str(str_of(argv[5]), RULES_LEAST_LISTS, RULES_MOST_LISTS, &out->lists));
}

int main(int argc, char **argv)
{
    struct choice c;

    if (!read_choice(argc, argv, &c)) {
        fprintf(stderr, "usage: known_truth TABLES SEED [RULE [DESIGN [LISTS]]]\n");
        return 2;
    }
    puts("design,people,lists,program,rule,tables,refused,range_only,median_bias,coverage,width");
    for (size_t w = 0; w < sizeof worlds / sizeof worlds[0]; w++)
        for (size_t lists = RULES_LEAST_LISTS; lists <= RULES_MOST_LISTS; lists++) {
            if ((c.design && strcmp(c.design, worlds[w].name) != 0) ||
                (c.lists > 0 && (size_t)c.lists != lists))
                continue;
            if (run_world(&worlds[w], lists, (size_t)c.tables, (uint64_t)c.seed, c.rule) != 0)
                return 1;
        }
    return 0;
}

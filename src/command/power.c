/* lykta power: what a mapping would give, before it is made. */
#include "command/command.h"
#include "command/ranks.h"

#include "base/arena.h"
#include "base/file.h"
#include "base/str.h"
#include "estimate/method.h"
#include "estimate/power.h"

static enum status run(const struct call *call, struct err *e);
static enum status read_design(const struct call *call, struct design *out, struct err *e);
static enum status read_options(const struct call *call, struct power *out, struct err *e);
static enum status simulate(const struct call *call, const struct power *p, const struct ranks *ranks,
                            struct err *e);

static const struct option options[] = {
    {"--lists", "N", "How many lists (as many as --coverage has shares)"},
    {"--true-size", "N", "How many people there are, seen and unseen (needed)"},
    {"--coverage", "SHARES", "The share of all people on each list, as 0.2,0.15,0.1 (needed)"},
    {"--dependence", "PAIRS", "Odds ratios of pairs of lists, as 1:2=3,3:4=0.5 (all independent)"},
    {"--heterogeneity", "SD", "How much people differ in being on any list, in log odds (0: not at all)"},
    {"--tables", "N", "Simulated tables (1000)"},
    {"--method", "NAME", "How each is estimated, as in lykta estimate (stepwise)"},
    {"--replicates", "N", "Bootstrap replicates for each table (0: limits without a bootstrap)"},
    {"--seed", "N", "Seed of the simulation (1)"},
    {"--threads", "N", "Threads, 0 for one per processor (0); the result is the same for any number"},
    {"--json", NULL, "Print every figure as JSON"},
    {NULL, NULL, NULL},
};

const struct command command_power = {
    .name = "power",
    .arguments = "",
    .summary = "Show what a mapping would give before it is made",
    .about =
        "Says what a city would learn from lists that it has not asked for yet: how many people would be "
        "seen, how\n"
        "wide the interval would be, how often no figure could be given, and which list is most worth "
        "getting.\n"
        "Guess how many people there are and which share of them each agency knows; try several "
        "guesses.\n\n"
        "Tables are simulated and estimated as the real one would be. mpirun -n N lykta power .. shares "
        "the work\n"
        "among N processes; the result is the same to the byte.",
    .examples = "  lykta power --lists 4 --true-size 800 --coverage 0.2,0.15,0.1,0.05\n"
                "  lykta power --true-size 800 --coverage 0.2,0.15,0.1,0.05 --dependence 1:2=3\n"
                "  lykta power --true-size 800 --coverage 0.2,0.15,0.1 --heterogeneity 1 --json",
    .least = 0,
    .most = 0,
    .options = options,
    .run = run,
};

static enum status run(const struct call *call, struct err *e)
{
    struct power p = {.tables = 1000, .estimate = estimate_options_default()};
    struct ranks ranks;

    TRY(read_design(call, &p.design, e));
    TRY(read_options(call, &p, e));
    TRY(ranks_begin(&ranks, e));
    enum status s = simulate(call, &p, &ranks, e);
    ranks_end(&ranks, s, e);
    return s;
}

static enum status read_design(const struct call *call, struct design *out, struct err *e)
{
    int64_t lists = 0;

    *out = (struct design){0};
    if (!call_has(call, "--coverage") || !call_has(call, "--true-size"))
        return err_set(e, USAGE, "lykta power: expected --true-size and --coverage; see lykta help power");
    TRY(design_read_coverage(str_of(call_option(call, "--coverage")), out, e));
    lists = (int64_t)out->lists;
    TRY(call_i64(call, "--lists", 2, MODEL_MAX_LISTS, &lists, e));
    if ((size_t)lists != out->lists)
        return err_set(e, USAGE, "lykta power: --lists says %d and --coverage has %zu shares", (int)lists,
                       out->lists);
    TRY(call_i64(call, "--true-size", 10, DESIGN_MAX_PEOPLE, &out->people, e));
    if (call_has(call, "--dependence"))
        TRY(design_read_dependence(str_of(call_option(call, "--dependence")), out, e));
    return call_f64(call, "--heterogeneity", 0.0, 5.0, &out->heterogeneity, e);
}

static enum status read_options(const struct call *call, struct power *out, struct err *e)
{
    const char *name = call_option(call, "--method");
    int64_t tables = (int64_t)out->tables;
    int64_t seed = (int64_t)out->estimate.seed;
    int64_t threads = 0;

    out->estimate.replicates = 0;
    TRY(call_i64(call, "--tables", 10, POWER_MAX_TABLES, &tables, e));
    TRY(call_i64(call, "--replicates", 0, ESTIMATE_MAX_REPLICATES, &out->estimate.replicates, e));
    TRY(call_i64(call, "--seed", 0, INT64_MAX, &seed, e));
    TRY(call_i64(call, "--threads", 0, 256, &threads, e));
    if (name) {
        struct text names = text_open(call->arena);

        out->estimate.method = method_find(str_of(name));
        method_put_names(&names);
        if (!out->estimate.method)
            return err_set(e, USAGE, "lykta power: --method: expected %s, found \"%.40s\"", names.p, name);
    }
    out->tables = (size_t)tables;
    out->estimate.seed = (uint64_t)seed;
    out->estimate.threads = (int)threads;
    out->estimate.progress = call->progress;
    return OK;
}

static enum status simulate(const struct call *call, const struct power *p, const struct ranks *ranks,
                            struct err *e)
{
    size_t figures = power_variants(p) * p->tables;
    struct power_figure *figure = arena_new(call->arena, figures, struct power_figure);
    struct text out = text_open(call->arena);
    struct power_result result;

    if (!power_run(p, ranks->rank, ranks->size, figure))
        return err_set(e, SYSTEM, "stopped after a signal; nothing was written");
    TRY(ranks_combine(ranks, figure, figures * sizeof *figure, e));
    if (ranks->rank != 0)
        return OK; /* the first process prints for all */
    power_summarise(p, figure, &result);
    if (call_has(call, "--json"))
        power_json(&out, p, &result, LYKTA_VERSION);
    else
        power_text(&out, p, &result);
    return file_write("-", text_str(&out), 0, e);
}

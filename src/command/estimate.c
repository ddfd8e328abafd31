/* lykta estimate: how many are not seen. */
#include "command/command.h"
#include "command/estimate_share.h"

#include "base/arena.h"
#include "base/csv.h"
#include "base/file.h"
#include "base/number.h"
#include "base/str.h"
#include "estimate/bayes.h"
#include "estimate/bic.h"
#include "estimate/counts.h"
#include "estimate/doubly_robust.h"
#include "estimate/estimate.h"
#include "estimate/estimate_json.h"
#include "estimate/estimate_text.h"
#include "estimate/linkage_sweep.h"
#include "estimate/method.h"
#include "estimate/model.h"
#include "estimate/models.h"
#include "estimate/pooled.h"
#include "estimate/strata.h"
#include "estimate/tables.h"

#include <inttypes.h>
#include <string.h>

static enum status run(const struct call *call, struct err *e);
static enum status read_options(const struct call *call, struct estimate_options *out, struct err *e);
static enum status run_histories(const struct call *call, const struct estimate_options *options,
                                 struct err *e);
static enum status run_models(const struct call *call, const struct counts *counts,
                              const struct estimate_options *options, struct err *e);
static enum status print_answer(const struct text *out, const struct estimate_options *options,
                                enum status answer, struct err *e);
static enum status run_sweep(const struct call *call, const struct counts *counts,
                             const struct estimate_options *options, const struct linkage_sweep **out,
                             struct err *e);
static enum status run_strata(const struct call *call, const struct counts_linkages *linkages,
                              const struct estimate_options *options, struct err *e);
static enum status run_tables(const struct call *call, const struct estimate_options *options, struct err *e);

static const struct option options[] = {
    {"--json", NULL, "Print every figure as JSON"},
    {"--tables", "FILE.csv",
     "Estimate many tables: a row each, columns h1, h2, h3, .. by history (bit i = list i)"},
    {"--models", "N", "List the N hierarchical models of smallest BIC instead, of all that there are"},
    {"--method", "NAME",
     "How the number is estimated: stepwise (the default), bic, graphs, classes, bayes, unequal, coverage, the lower bound chao, or all; chapman for two lists"},
    {"--order", "N",
     "With --models, bic or all: lists that a term may hold (all but one up to 6 lists, 3 of 7, 2 of 8); with "
     "bayes or all: 2, or 3 where all of a triple's pairs are in the model (2)"},
    {"--threshold", "P",
     "With stepwise, unequal or all: a pair of lists enters the model while its p-value is below P (0.02)"},
    {"--replicates", "N|auto",
     "Bootstrap replicates, 0 for none (auto: as many as the limits need, to 1000000)"},
    {"--interval", "KIND",
     "bootstrap (the default), profile or wald, with stepwise, bic or all; parametric, with stepwise"},
    {"--covariates", "COLUMNS",
     "Two lists that are independent among people alike in these columns of categories (with commas)"},
    {"--by", "COLUMNS", "Estimate by area, gender, .. (columns of categories, with commas), and the total"},
    {"--missed-links", "SHARE",
     "Show how the figure moves if up to this share of those on two lists had a link missed"},
    {"--false-links", "SHARE", "The same for links that are false"},
    {"--seed", "N", "Seed of the bootstrap (1)"},
    {"--threads", "N", "Threads, 0 for one per processor (0); the result is the same for any number"},
    {NULL, NULL, NULL},
};

const struct command command_estimate = {
    .name = "estimate",
    .arguments = "HISTORIES.csv",
    .summary = "Estimate how many people are on no list",
    .about =
        "Reads how many people are on which combination of lists: a column of 0 and 1 per list, then "
        "any columns\n"
        "of categories, and last a column named count. Chooses a log-linear model, estimates how many "
        "are on no\n"
        "list, and says how sure that is. Refuses where the data cannot carry an estimate, with exit "
        "status 1.\n\n"
        "With --tables many tables are estimated at once, without intervals; a row out each: "
        "nhat,model,status.\n"
        "With --method all every method is run, and the range told with what each rests on. mpirun -n N\n"
        "lykta estimate .. shares the replicates among N processes; the result is the same to the byte.",
    .examples = "  lykta estimate histories.csv\n"
                "  lykta estimate histories.csv --json --replicates 10000 --seed 7\n"
                "  lykta estimate histories.csv --by area,gender\n"
                "  lykta estimate two-lists.csv --covariates age,gender\n"
                "  lykta estimate histories.csv --missed-links 0.1 --false-links 0.02\n"
                "  lykta estimate histories.csv --method all\n"
                "  lykta estimate histories.csv --models 20 --json\n"
                "  lykta estimate --tables replicates.csv",
    .least = 0,
    .most = 1,
    .options = options,
    .run = run,
};

static enum status run(const struct call *call, struct err *e)
{
    struct estimate_options estimate_options = estimate_options_default();
    struct estimate_share share;

    TRY(read_options(call, &estimate_options, e));
    if (call_has(call, "--tables") != (call->n == 0))
        return err_set(e, USAGE, "lykta estimate: expected either HISTORIES.csv or --tables FILE.csv");
    if (call_has(call, "--models") && (call_has(call, "--tables") || call_has(call, "--method")))
        return err_set(e, USAGE, "lykta estimate: --models lists models of one file, whatever the method");
    TRY(estimate_share_begin(&share, call, &estimate_options, e));
    enum status s = call_has(call, "--tables") ? run_tables(call, &estimate_options, e)
                                               : run_histories(call, &estimate_options, e);
    return estimate_share_end(&share, s, e);
}

static enum status read_method(const struct call *call, struct estimate_options *out, struct err *e)
{
    const char *name = call_option(call, "--method");
    struct text names = text_open(call->arena);

    if (name && call_has(call, "--covariates"))
        return err_set(e, USAGE, "lykta estimate: --covariates is a method of its own: leave --method out");
    if (call_has(call, "--covariates")) {
        out->method = &doubly_robust_method;
        out->covariates = str_of(call_option(call, "--covariates"));
    }
    if (!name)
        return OK;
    out->method = method_find(str_of(name));
    if (out->method)
        return OK;
    method_put_names(&names);
    return err_set(e, USAGE, "lykta estimate: --method: expected %s, found \"%.40s\"", names.p, name);
}

static enum status read_interval(const struct call *call, struct estimate_options *out, struct err *e)
{
    static const struct {
        const char *name;
        enum estimate_interval interval;
    } kinds[] = {{"bootstrap", ESTIMATE_NO_INTERVAL},
                 {"profile", ESTIMATE_PROFILE},
                 {"wald", ESTIMATE_WALD},
                 {"parametric", ESTIMATE_PARAMETRIC}};
    const char *name = call_option(call, "--interval");

    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
        if (!name || str_is(str_of(name), kinds[i].name)) {
            out->interval = kinds[i].interval;
            return OK;
        }
    return err_set(
        e, USAGE,
        "lykta estimate: --interval: expected bootstrap, profile, wald or parametric, found \"%.40s\"", name);
}

/* An option that the method would leave unread is refused: who gave it meant something. */
static enum status check_options(const struct call *call, const struct method *method, struct err *e)
{
    static const struct {
        const char *option;
        const char *methods[3];
    } rows[] = {{"--order", {"bic", "bayes", "all"}},
                {"--threshold", {"stepwise", "unequal", "all"}},
                {"--interval", {"stepwise", "bic", "all"}}};
    const char *interval = call_option(call, "--interval");
    const char *name = call_has(call, "--models") ? "bic" : method ? method->name : "stepwise";
    enum { METHODS = 3 };

    if (interval && str_is(str_of(interval), "parametric") && strcmp(name, "stepwise") != 0)
        return err_set(e, USAGE, "lykta estimate: --interval parametric says nothing to the method %s", name);
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        bool reads = !call_has(call, rows[i].option);
        for (size_t m = 0; m < METHODS && rows[i].methods[m]; m++)
            reads = reads || strcmp(name, rows[i].methods[m]) == 0;
        if (!reads)
            return err_set(e, USAGE, "lykta estimate: %s says nothing to the method %s", rows[i].option,
                           name);
    }
    return OK;
}

static int64_t most_order(const struct method *method)
{
    return method && strcmp(method->name, "bayes") == 0 ? BAYES_MAX_ORDER : MODEL_MAX_LISTS - 1;
}

static enum status read_options(const struct call *call, struct estimate_options *out, struct err *e)
{
    const char *replicates = call_option(call, "--replicates");
    int64_t seed = (int64_t)estimate_options_default().seed;
    int64_t threads = 0;
    int64_t order = 0;

    TRY(read_method(call, out, e));
    TRY(check_options(call, out->method, e));
    TRY(read_interval(call, out, e));
    TRY(call_f64(call, "--threshold", 0.0, 1.0, &out->threshold, e));
    if (replicates && !str_is(str_of(replicates), "auto") &&
        !i64_from_str(str_of(replicates), 0, ESTIMATE_MAX_REPLICATES, &out->replicates))
        return err_set(
            e, USAGE,
            "lykta estimate: --replicates: expected auto or a whole number from 0 to %d, found \"%.40s\"",
            ESTIMATE_MAX_REPLICATES, replicates);
    TRY(call_i64(call, "--order", 1, most_order(out->method), &order, e));
    TRY(call_i64(call, "--seed", 0, INT64_MAX, &seed, e));
    TRY(call_i64(call, "--threads", 0, 256, &threads, e));
    out->order = (size_t)order;
    out->seed = (uint64_t)seed;
    out->threads = (int)threads;
    out->progress = call->progress;
    return OK;
}

static enum status run_histories(const struct call *call, const struct estimate_options *estimate_options,
                                 struct err *e)
{
    const char *path = call->arguments[0];
    const char *name = str_is(str_of(path), "-") ? "standard input" : path;
    struct text out = text_open(call->arena);
    struct str bytes = {NULL, 0};
    const struct linkage_sweep *sweep = NULL;
    struct counts_linkages linkages;
    struct estimate x;

    TRY(file_read(path, COUNTS_MAX_BYTES, call->arena, &bytes, e));
    TRY(counts_read_linkages(&linkages, name, bytes, call->arena, e));
    if (call_has(call, "--models"))
        return run_models(call, &linkages.linkage[0], estimate_options, e);
    if (call_has(call, "--by"))
        return run_strata(call, &linkages, estimate_options, e);
    TRY(run_sweep(call, &linkages.linkage[0], estimate_options, &sweep, e));
    TRY(pooled_estimate(linkages.linkage, linkages.n, estimate_options, call->arena, &x, e));
    x.sweep = sweep;
    if (call_has(call, "--json"))
        estimate_json(&out, &x, LYKTA_VERSION);
    else
        estimate_text(&out, &x);
    return print_answer(&out, estimate_options, x.status == ESTIMATE_REFUSED ? REFUSED : OK, e);
}

/* A refusal is printed like any answer; the exit status tells it. */
static enum status print_answer(const struct text *out, const struct estimate_options *estimate_options,
                                enum status answer, struct err *e)
{
    if (estimate_share_prints(estimate_options))
        TRY(file_write("-", text_str(out), 0, e));
    if (answer == REFUSED)
        e->what[0] = '\0'; /* the reason has been printed */
    return answer;
}

/* *out stays NULL when no sweep is asked for, or none could be told because the lists are too many. */
static enum status run_sweep(const struct call *call, const struct counts *counts,
                             const struct estimate_options *estimate_options,
                             const struct linkage_sweep **out, struct err *e)
{
    struct linkage_rates rates = {0};
    struct linkage_sweep *sweep = arena_new(call->arena, 1, struct linkage_sweep);

    TRY(call_f64(call, "--missed-links", 0.0, 0.9, &rates.missed, e));
    TRY(call_f64(call, "--false-links", 0.0, 0.9, &rates.untrue, e));
    if (!call_has(call, "--missed-links") && !call_has(call, "--false-links"))
        return OK;
    if (counts->lists > ESTIMATE_MAX_LISTS)
        return OK;
    TRY(linkage_sweep_run(counts, rates, estimate_options, call->arena, sweep, e));
    *out = sweep;
    return OK;
}

static enum status run_strata(const struct call *call, const struct counts_linkages *linkages,
                              const struct estimate_options *estimate_options, struct err *e)
{
    struct text out = text_open(call->arena);
    struct strata x;

    if (call_has(call, "--missed-links") || call_has(call, "--false-links"))
        return err_set(e, USAGE,
                       "lykta estimate: --by and --missed-links or --false-links: give one of them");
    TRY(strata_estimate(linkages, str_of(call_option(call, "--by")), estimate_options, call->arena, &x, e));
    if (call_has(call, "--json"))
        strata_json(&out, &x, estimate_options, LYKTA_VERSION);
    else
        strata_text(&out, &x);
    return print_answer(&out, estimate_options, x.refused == x.n ? REFUSED : OK, e);
}

static enum status run_models(const struct call *call, const struct counts *counts,
                              const struct estimate_options *estimate_options, struct err *e)
{
    enum models_form form = call_has(call, "--json") ? MODELS_JSON : MODELS_CSV;
    struct file_out *out = NULL;
    int64_t n = 0;

    TRY(call_i64(call, "--models", 1, BIC_MAX_MODELS, &n, e));
    TRY(file_begin(&out, "-", 0, call->arena, e));
    struct sink to = file_sink(out);
    enum status s = models_put(counts, (size_t)n, estimate_options, form, call->arena, &to, e);
    if (s == OK)
        s = file_commit(out, e);
    file_abandon(out);
    return s;
}

static enum status run_tables(const struct call *call, const struct estimate_options *estimate_options,
                              struct err *e)
{
    const char *path = call_option(call, "--tables");
    const char *name = str_is(str_of(path), "-") ? "standard input" : path;
    struct text out = text_open(call->arena);
    struct str bytes = {NULL, 0};

    TRY(file_read(path, COUNTS_MAX_BYTES, call->arena, &bytes, e));
    TRY(tables_estimate(name, bytes, estimate_options, call->arena, &out, e));
    return file_write("-", text_str(&out), 0, e);
}

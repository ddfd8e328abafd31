/* lykta pool: releases of many cities together. */
#include "command/command.h"

#include "base/arena.h"
#include "base/file.h"
#include "base/json.h"
#include "base/str.h"
#include "programme/arrival.h"
#include "programme/pooled.h"
#include "programme/population.h"
#include "programme/trust.h"

#include <stdio.h>
#include <time.h>

static enum status run(const struct call *call, struct err *e);
static enum status check_arrivals(const struct call *call, const struct arrivals *all, struct err *e);
static enum status write_pooled(const struct call *call, const struct pooled *x, struct err *e);

static const struct option options[] = {
    {"-o", "POOLED.json", "Where to write the pooled figures (needed)"},
    {"--trust", "KEYS.csv",
     "The cities that take part: municipality, key (public key or its fingerprint), withdrawn (may be left out)"},
    {"--population", "FILE.csv", "Inhabitants, for rates: municipality, year, population"},
    {"--leave-out", NULL, "Pool what can be pooled when some releases are refused, and say which"},
    {"--seed", "N", "Seed of the draws that estimates are added with (1)"},
    {"--json", NULL, "Print the pooled figures as JSON too"},
    {NULL, NULL, NULL},
};

const struct command command_pool = {
    .name = "pool",
    .arguments = "RELEASE ...",
    .summary = "Pool releases of several cities",
    .about =
        "Verifies each release: its signature, every file's hash, its form, and with --trust that the city's own\n"
        "key has signed it. One that is changed, cut short, forged, of another form, from the future or there "
        "twice is\n"
        "refused with the reason; then nothing is written, unless --leave-out is given. A city that has withdrawn\n"
        "is left out. Two releases of one city that count the same people are attacked together first: when a\n"
        "figure can be worked out, nothing is pooled.\n\n"
        "Cities of the same period are pooled. What differs between them is said, and only what matches is added. "
        "Estimates\n"
        "are added draw by draw, never by their middles or limits; a range or a refusal is no estimate and counts "
        "in the\n"
        "lower bound alone. Cities are compared by rates, where inhabitants are given, and never ranked.\n\n"
        "Exit status 1 when a figure could be worked out or no release is left; 3 when a release is refused.",
    .examples = "  lykta pool lund/files/releases/1281-2025 malmo/files/releases/1280-2025 -o pooled.json\n"
                "  lykta pool releases/* --trust keys.csv --population inhabitants.csv -o pooled.json --json",
    .least = 1,
    .most = COMMAND_MAX_ARGUMENTS,
    .options = options,
    .run = run,
};

static enum status read_trust(const struct call *call, const struct trust **out, struct err *e)
{
    const char *path = call_option(call, "--trust");
    struct trust *t = arena_new(call->arena, 1, struct trust);
    struct str bytes;

    if (!path)
        return OK;
    TRY(file_read(path, TRUST_MAX_BYTES, call->arena, &bytes, e));
    TRY(trust_read(path, bytes, call->arena, t, e));
    *out = t;
    return OK;
}

static enum status read_population(const struct call *call, const struct population **out, struct err *e)
{
    const char *path = call_option(call, "--population");
    struct population *p = arena_new(call->arena, 1, struct population);
    struct str bytes;

    if (!path)
        return OK;
    TRY(file_read(path, POPULATION_MAX_BYTES, call->arena, &bytes, e));
    TRY(population_read(path, bytes, call->arena, p, e));
    *out = p;
    return OK;
}

static enum status run(const struct call *call, struct err *e)
{
    struct arrival_rules rules = {.now_at = (int64_t)time(NULL)};
    struct pooled_options how = {0};
    struct arrivals all;
    struct pooled pooled;
    int64_t seed = 1;

    if (!call_has(call, "-o"))
        return err_set(e, USAGE, "lykta pool: -o is needed: where to write the pooled figures");
    TRY(call_i64(call, "--seed", 0, INT64_MAX, &seed, e));
    TRY(read_trust(call, &rules.trust, e));
    TRY(read_population(call, &how.population, e));
    TRY(arrivals_read(call->arguments, call->n, &rules, call->arena, &all, e));
    how.seed = (uint64_t)seed;
    how.is_trusted = rules.trust != NULL;
    enum status s = check_arrivals(call, &all, e);
    if (s == OK)
        s = pool(&all, &how, call->arena, &pooled, e);
    if (s == OK)
        return write_pooled(call, &pooled, e);
    if (call_has(call, "--json") && s == REFUSED) {
        struct text out = text_open(call->arena);
        struct json j = json_open(&out);

        json_object_begin(&j, NULL);
        json_str(&j, "status", S("refused"));
        json_str(&j, "reason", str_of(e->what));
        json_object_end(&j);
        struct err printing;
        TRY(file_write("-", text_str(&out), 0, &printing));
    }
    return s;
}

/* Every refused release is named, so that all can be mended at once. */
static enum status check_arrivals(const struct call *call, const struct arrivals *all, struct err *e)
{
    const struct arrival *first = NULL;
    size_t refused = 0;

    for (size_t i = all->accepted; i < all->n; i++) {
        const struct arrival *x = &all->arrival[i];

        if (x->fault == ARRIVAL_REVEALS)
            return err_set(e, REFUSED, "%s: %.*s. Nothing is pooled", x->path, STR(x->reason));
        if (x->state != ARRIVAL_REFUSED)
            continue;
        if (!first)
            first = x;
        refused++;
        if (!call_has(call, "--leave-out"))
            fprintf(stderr, "%s: %.*s\n", x->path, STR(x->reason));
    }
    if (refused == 0 || call_has(call, "--leave-out"))
        return OK;
    return err_set(e, BAD_INPUT,
                   "%zu of %zu releases refused, the first %s; nothing is pooled. --leave-out pools the rest",
                   refused, all->n, first->path);
}

static enum status write_pooled(const struct call *call, const struct pooled *x, struct err *e)
{
    const char *path = call_option(call, "-o");
    struct text json = text_open(call->arena);
    struct text told = text_open(call->arena);

    pooled_json(&json, x);
    TRY(file_write(path, text_str(&json), 0644, e));
    if (call_has(call, "--json") && !str_is(str_of(path), "-"))
        return file_write("-", text_str(&json), 0, e);
    pooled_text(&told, x);
    if (!str_is(str_of(path), "-"))
        return file_write("-", text_str(&told), 0, e);
    return OK;
}

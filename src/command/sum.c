/* lykta sum: cities add their figures, and nobody sees any city's own. By files, over any channel. */
#include "command/command.h"

#include "base/arena.h"
#include "base/file.h"
#include "command/guard.h"
#include "command/sum_run.h"
#include "command/verb.h"

#include <sodium.h>

static enum status run(const struct call *call, struct err *e);

static const struct option options[] = {
    {"-o", "FILE", "Where the step's file goes; gather: a new folder"},
    {"--key", "OWN.key", "The own key, of lykta keys make: of whoever adds, or of the city"},
    {"--name", "NAME", "open: the round's name in plain words"},
    {"--cells", "CELLS.csv", "open: the cells that are added (column cell)"},
    {"--noise", "EPSILON",
     "open: each city adds noise for differential privacy of this budget, 0.001 to 10 (no noise)"},
    {"--cells-a-person", "N", "open, with --noise: how many cells a person is counted in at most (1)"},
    {"--digits", "\"12345 ..\"", "join: the round's thirty digits, as another city read them by telephone"},
    {"--part", "FILE", "join writes the city's secret part in the round here; figures and reveal use it"},
    {NULL, NULL, NULL},
};

const struct command command_sum = {
    .name = "sum",
    .arguments = "open|digits|join|gather|figures|ask|reveal|add [FILE..]",
    .summary = "Add cities' figures without seeing any city's own",
    .about =
        "Whoever adds learns the sums over all cities, and in how many cities each cell has anybody. No city's own\n"
        "figures can be told by whoever adds together with fewer than a third of the cities. At least 5 cities.\n\n"
        "open     whoever adds: names the cities by their public keys, and the cells\n"
        "digits   shows the round's thirty digits: the cities read them to each other by telephone\n"
        "join     a city: ROUND; writes the file to send, and the city's secret part, which stays\n"
        "gather   whoever adds: ROUND JOIN..; a folder with a roster for each city that has joined\n"
        "figures  a city: ROUND ROSTER COUNTS.csv (columns cell, count, in the order of the round); sent masked\n"
        "ask      whoever adds: ROUND county.roster FIGURES..; asks the cities for what takes away the masks\n"
        "reveal   a city: ROUND ROSTER ASKING\n"
        "add      whoever adds: ROUND county.roster ASKING FIGURES.. REVEAL..; the sums\n\n"
        "A city that drops out is left out; the others need not begin again while more than two thirds are left.\n"
        "Without --noise the sums are exact: they are protected (lykta protect) before anything of them is published.\n"
        "With it every sum has noise from each city, and which cities have anybody is not told; digits shows the budget.\n"
        "Budgets of several rounds with the same people add up.",
    .examples =
        "  lykta sum open --key county.key --name 2026 --cells cells.csv lund.pub ystad.pub .. -o 2026.round\n"
        "  lykta sum join --key lund.key --digits \"12345 ..\" --part lund.part 2026.round -o lund.join\n"
        "  lykta sum gather --key county.key 2026.round lund.join ystad.join .. -o rosters\n"
        "  lykta sum figures --key lund.key --part lund.part 2026.round 001.roster counts.csv -o lund.figures\n"
        "  lykta sum ask --key county.key 2026.round rosters/county.roster lund.figures .. -o 2026.asking\n"
        "  lykta sum reveal --key lund.key --part lund.part 2026.round 001.roster 2026.asking -o lund.reveal\n"
        "  lykta sum add 2026.round rosters/county.roster 2026.asking lund.figures .. lund.reveal .. -o sums.csv",
    .least = 2,
    .most = COMMAND_MAX_ARGUMENTS,
    .options = options,
    .run = run,
};

static enum status digits(void *context, struct err *e)
{
    struct adding_up *x = context;
    char out[VOICE_DIGITS + 1];

    TRY(sum_need_files(x->call, 1, 1, e));
    TRY(sum_read_round(x, e));
    round_digits(&x->round, out);
    sum_tell_noise(x, x->round.n);
    return file_write("-", str_of(arena_printf(x->call->arena, "%s\n", out)), 0, e);
}

static const struct verb verbs[] = {
    {"open", "-o --key --name --cells --noise --cells-a-person", sum_verb_open},
    {"digits", "", digits},
    {"join", "-o --key --digits --part", sum_verb_join},
    {"gather", "-o --key", sum_verb_gather},
    {"figures", "-o --key --part", sum_verb_figures},
    {"ask", "-o --key", sum_verb_ask},
    {"reveal", "-o --key --part", sum_verb_reveal},
    {"add", "-o", sum_verb_add},
    {NULL, NULL, NULL}};

static enum status run(const struct call *call, struct err *e)
{
    struct adding_up x = {.call = call};
    enum status s = verb_run_guarded(call, verbs, &x, &x.secret, e);

    sodium_memzero(&x.own, sizeof x.own);
    sodium_memzero(&x.part, sizeof x.part);
    guard_wipe_stack();
    return s;
}

/* lykta init: a new city. */
#include "command/command.h"

#include "base/str.h"
#include "store/city.h"

#include <stdio.h>
#include <time.h>

static enum status run(const struct call *call, struct err *e);

static const struct option options[] = {
    {"--municipality", "CODE", "The municipality's code of four digits, as 1281 for Lund (needed)"},
    {"--name", "NAME", "The name that pages show (the municipality's, where the program knows it)"},
    {NULL, NULL, NULL},
};

const struct command command_init = {
    .name = "init",
    .arguments = "DIR",
    .summary = "Make a new city",
    .about = "Makes the folder DIR with an empty database, the city's keys and its settings. The keys in "
             "DIR/keys\n"
             "sign what the city publishes and protect its figures: keep a copy of them in a safe place, and "
             "give\n"
             "them to nobody.",
    .examples = "  lykta init lund --municipality 1281\n"
                "  lykta init kiruna --municipality 2584 --name Kiruna",
    .least = 1,
    .most = 1,
    .options = options,
    .run = run,
};

static enum status run(const struct call *call, struct err *e)
{
    const char *code = call_option(call, "--municipality");
    const struct city_make make = {.municipality = str_of(code),
                                   .name = str_of(call_option(call, "--name")),
                                   .who = {.name = "command line", .now_at = (int64_t)time(NULL)}};

    if (!code)
        return err_set(e, USAGE, "lykta init: --municipality is needed, as --municipality 1281 for Lund");
    TRY(city_init(call->arguments[0], &make, e));
    printf("%s is a city now. Its settings are in %s/lykta.conf; keep a copy of %s/keys in a safe place.\n",
           call->arguments[0], call->arguments[0], call->arguments[0]);
    return OK;
}

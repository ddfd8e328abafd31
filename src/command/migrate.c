/* lykta migrate: brings an older city's tables forward. */
#include "command/command.h"

#include "keyring/keyring.h"

#include <stdio.h>
#include <time.h>

static enum status run(const struct call *call, struct err *e);

const struct command command_migrate = {
    .name = "migrate",
    .arguments = "DIR",
    .summary = "Bring a city made by an older version forward to this one",
    .about =
        "Brings the tables of the city in DIR and of its key file forward, block by block. Take a copy of\n"
        "the folder first: there is no way back. A city that is up to date is left as it is.",
    .examples = "  lykta migrate lund",
    .least = 1,
    .most = 1,
    .run = run,
};

static enum status run(const struct call *call, struct err *e)
{
    size_t applied = 0;

    TRY(keyring_migrate(call->arguments[0], (int64_t)time(NULL), &applied, e));
    if (applied == 0)
        printf("%s: is up to date\n", call->arguments[0]);
    else
        printf("%s: brought forward by %zu block%s\n", call->arguments[0], applied, applied == 1 ? "" : "s");
    return OK;
}

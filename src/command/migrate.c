/* lykta migrate: brings an older city's tables forward. */
#include "command/command.h"

#include "keyring/keyring.h"
#include "store/city.h"

#include <stdio.h>
#include <time.h>

static enum status run(const struct call *call, struct err *e);

const struct command command_migrate = {
    .name = "migrate",
    .arguments = "DIR",
    .summary = "Bring a city made by an older version forward to this one",
    .about =
        "Brings the tables of the city in DIR, and of its key file, forward, block by block. Take a copy of the folder first: "
        "there is\n"
        "no way back. A city that is up to date is left as it is.",
    .examples = "  lykta migrate lund",
    .least = 1,
    .most = 1,
    .run = run,
};

/* Opened when its own tables are this program's. */
static enum status migrate_key_file(const char *path, int64_t now_at, size_t *applied, struct err *e)
{
    struct city *city = NULL;

    TRY(city_open(path, DB_WRITE, &city, e));
    enum status s = keyring_migrate(city, now_at, applied, e);
    city_close(city);
    return s;
}

static enum status run(const struct call *call, struct err *e)
{
    const char *path = call->arguments[0];
    const int64_t now_at = (int64_t)time(NULL);
    size_t tables = 0;
    size_t keys = 0;

    TRY(city_migrate(path, now_at, &tables, e));
    TRY(migrate_key_file(path, now_at, &keys, e));
    size_t applied = tables + keys;
    if (applied == 0)
        printf("%s: is up to date\n", path);
    else
        printf("%s: brought forward by %zu block%s\n", path, applied, applied == 1 ? "" : "s");
    return OK;
}

/* lykta copy: a city's database, from one engine to the other. */
#include "command/command.h"

#include "store/city.h"
#include "store/city_copy.h"

#include <inttypes.h>
#include <stdio.h>
#include <time.h>

#include <sodium.h>

static enum status run(const struct call *call, struct err *e);
static enum status copy(const struct call *call, struct city *city, struct err *e);

static const struct option options[] = {
    {"--db", "ADDRESS", "To a PostgreSQL server: postgresql://USER@HOST/DATABASE#SCHEMA"},
    {"--file", NULL, "To the file lykta.db in DIR"},
    {NULL, NULL, NULL},
};

const struct command command_copy = {
    .name = "copy",
    .arguments = "DIR",
    .summary = "Move a city's database to a PostgreSQL server, or back to a file",
    .about =
        "Copies every row of the city's database, reads the copy again, compares it by count and hash, and then lets\n"
        "DIR/lykta.conf name the copy: from then on it is the city's. Nothing is changed when it is not the same.\n"
        "Stop the server first.\n\n"
        "What it was copied from stays as it is: take it away when the city has run well for a while, for it holds\n"
        "what the city held then. The sealed keys (sealed.db), the keys and the files stay in DIR.\n\n"
        "The schema is lykta_CODE, unless the address names another after #. A password is never part of the\n"
        "address: PostgreSQL's password file has it.",
    .examples = "  lykta copy lund --db postgresql://lykta@db.example/lykta\n"
                "  lykta copy lund --file",
    .least = 1,
    .most = 1,
    .options = options,
    .run = run,
};

static enum status run(const struct call *call, struct err *e)
{
    struct city *city = NULL;

    if (!call_option(call, "--db") == !call_has(call, "--file"))
        return err_set(e, USAGE, "lykta copy: where to: --db ADDRESS, or --file");
    TRY(city_open(call->arguments[0], DB_WRITE, &city, e));
    enum status s = city_lock(city, e);
    if (s == OK)
        s = copy(call, city, e);
    city_close(city);
    return s;
}

static enum status copy(const struct call *call, struct city *city, struct err *e)
{
    const struct who who = {.name = "command line", .now_at = (int64_t)time(NULL)};
    char hash[2 * CONTENT_HASH_BYTES + 1];
    struct db_content content;

    TRY(city_copy(city, str_of(call_option(call, "--db")), &who, call->progress, &content, e));
    sodium_bin2hex(hash, sizeof hash, content.hash, sizeof content.hash);
    printf("%" PRId64 " rows in %" PRId64 " tables were copied, read again and found the same.\n"
           "Hash of what they hold: %s\n"
           "%s/lykta.conf names the copy now; what it was copied from is as it was.\n",
           content.rows, content.tables, hash, call->arguments[0]);
    return OK;
}

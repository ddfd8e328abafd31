/* News in PostgreSQL: notifications, which the server sends by itself and a connection finds without asking.
 */
#include "store/db_postgres.h"

#include <inttypes.h>
#include <stdio.h>

/* "listen" or "notify" on the channel of this city, which the database has beside those of others. */
static bool on_channel(struct db *db, const char *command)
{
    char sql[60];

    snprintf(sql, sizeof sql, "%s lykta_%" PRId64, command, db->handle.server->schema);
    return postgres_run(db, sql);
}

enum status postgres_tell(struct db *db, struct err *e)
{
    return on_channel(db, "notify") ? OK : db_fault(db, e);
}

/* A connection that does not listen yet has missed what was told before. One that is lost is found out by who
 * asks next, and listens anew then. */
bool postgres_has_news(struct db *db)
{
    struct server *server = db->handle.server;
    PGnotify *one = NULL;
    bool is_news = false;

    if (server->listening != server->made) {
        if (on_channel(db, "listen"))
            server->listening = server->made;
        return true;
    }
    if (PQconsumeInput(server->connection) != 1)
        return true;
    while ((one = PQnotifies(server->connection))) {
        is_news = true;
        PQfreemem(one);
    }
    return is_news;
}

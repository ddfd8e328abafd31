/* Statements whose outcome nobody waits for, one after the other on their way to the server: many ways there
 * and back become one. */
#include "store/db_postgres.h"

enum { MOST_SENT = 200 }; /* before the server is heard: its answers are in memory until then */

/* What the server says of one statement, or of the end of all; of several faults the first is kept. */
static bool hear_one(struct db *db, bool is_well)
{
    PGresult *answer = NULL;

    while ((answer = PQgetResult(db->handle.server->connection))) {
        const ExecStatusType outcome = PQresultStatus(answer);

        if (outcome != PGRES_COMMAND_OK && outcome != PGRES_TUPLES_OK && outcome != PGRES_PIPELINE_SYNC)
            is_well = is_well && postgres_fault(db, answer);
        PQclear(answer);
    }
    return is_well;
}

bool postgres_hear(struct db *db)
{
    struct server *server = db->handle.server;
    const int answers = server->sent + 1;
    bool is_well = true;

    if (server->sent == 0)
        return true;
    server->sent = 0;
    if (PQpipelineSync(server->connection) != 1)
        return postgres_fault(db, NULL);
    for (int i = 0; i < answers; i++)
        is_well = hear_one(db, is_well);
    if (PQexitPipelineMode(server->connection) != 1 && is_well)
        return postgres_fault(db, NULL);
    return is_well;
}

bool postgres_send(struct db *db, struct statement *s)
{
    struct server *server = db->handle.server;
    struct asking asking;

    if (db->depth == 0)
        return postgres_step(db, s) != STEP_FAULT;
    if (!postgres_is_prepared(db, s) && !(postgres_hear(db) && postgres_prepare_there(db, s)))
        return false;
    if (server->sent == 0 && PQenterPipelineMode(server->connection) != 1)
        return postgres_fault(db, NULL);
    postgres_asking(s, &asking);
    if (PQsendQueryPrepared(server->connection, s->prepared.server->name, asking.n, asking.value,
                            asking.length, asking.is_binary, 0) != 1)
        return postgres_fault(db, NULL);
    return ++server->sent < MOST_SENT || postgres_hear(db);
}

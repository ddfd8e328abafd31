/* Changes in PostgreSQL: one writes to a city at a time, from whichever process, as with a file. What a
 * change has read is then still so when it is kept, and the audit log stays one chain. */
#include "store/db_postgres.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

/* The transaction's own turn, and then, for who must have the claim: it is looked at under the lock, so that
 * nobody takes it before the change is kept. */
static bool begin_locked(struct db *db)
{
    char sql[100];

    snprintf(sql, sizeof sql, "begin; select pg_catalog.pg_advisory_xact_lock(%" PRId64 ")",
             db->handle.server->schema);
    return postgres_run(db, sql) && (!db->fence || postgres_finds_claim(db, db->fence));
}

/* The lock is the city's own and is given back by the end of the transaction, however that ends. */
static bool take_lock(struct db *db)
{
    const struct server *server = db->handle.server;

    if (server->is_reading)
        return postgres_run(db, "begin");
    if (begin_locked(db))
        return true;
    const struct err why = server->fault;
    if (!postgres_is_lost(db))
        (void)postgres_run(db, "rollback");
    db->handle.server->fault = why;
    return false;
}

/* A connection that was lost while nobody used it is made anew: nothing has begun yet. */
bool postgres_begin_outer(struct db *db)
{
    return take_lock(db) || (postgres_is_lost(db) && postgres_reconnect(db) && take_lock(db));
}

/* What has failed is undone by "commit" without a word of it: only its tag tells. */
bool postgres_commit(struct db *db)
{
    if (!postgres_hear(db))
        return false;
    PGresult *answer = PQexec(db->handle.server->connection, "commit");
    const bool is_answered = PQresultStatus(answer) == PGRES_COMMAND_OK;
    const bool is_kept = is_answered && strcmp(PQcmdStatus(answer), "COMMIT") == 0;

    if (!is_answered)
        postgres_fault(db, answer);
    else if (!is_kept)
        err_set(&db->handle.server->fault, SYSTEM, "%s: a part of the change failed; nothing was changed",
                db->path);
    PQclear(answer);
    return is_kept;
}

enum status postgres_begin(struct db *db, bool is_part, struct err *e)
{
    bool has_begun = is_part ? postgres_run(db, "savepoint part") : postgres_begin_outer(db);

    return has_begun ? OK : db_fault(db, e);
}

enum status postgres_keep(struct db *db, bool is_part, struct err *e)
{
    bool is_kept = is_part ? postgres_run(db, "release savepoint part") : postgres_commit(db);

    return is_kept ? OK : db_fault(db, e);
}

/* The server undoes what it has lost the connection of, and a commit that failed. */
enum status postgres_undo(struct db *db, bool is_part, struct err *e)
{
    static const char part[] = "rollback to savepoint part; release savepoint part";

    (void)postgres_hear(db); /* a fault of what is undone matters no more */
    if (postgres_is_lost(db) || PQtransactionStatus(db->handle.server->connection) == PQTRANS_IDLE)
        return OK;
    if (postgres_run(db, is_part ? part : "rollback") || postgres_is_lost(db))
        return OK;
    return db_fault(db, e);
}

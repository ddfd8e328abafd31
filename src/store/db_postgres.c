/* PostgreSQL: the database is a schema in a server. What a connection is, and what its faults mean. */
#include "store/db_postgres.h"

#include "base/arena.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

enum { OLDEST = 150000 /* PostgreSQL 15 */ };

static bool connect_anew(struct db *db);
static enum status check_server(const struct db *db, struct err *e);
static enum status make_schema(struct db *db, struct err *e);
static enum status find_schema(struct db *db, struct err *e);
static bool set_up(struct db *db);

static enum status open_database(struct db *db, enum db_mode mode, struct err *e)
{
    struct server *server = arena_new(db->arena, 1, struct server);

    db->handle.server = server;
    server->is_reading = mode == DB_READ;
    TRY(db_address_read(db->path, db->arena, &server->address, e));
    if (server->address.schema[0] == '\0')
        return err_set(e, BAD_INPUT, "%s: names no schema: it stands last, after #", db->path);
    if (!connect_anew(db))
        return db_fault(db, e);
    TRY(check_server(db, e));
    if (mode == DB_CREATE)
        TRY(make_schema(db, e));
    db->is_made = mode == DB_CREATE;
    TRY(find_schema(db, e));
    return set_up(db) ? OK : db_fault(db, e);
}

/* The pages are the server's. */
static enum status bound_cache(struct db *db, struct err *e)
{
    (void)db;
    (void)e;
    return OK;
}

static void close_database(struct db *db)
{
    for (size_t i = 0; i < STATEMENTS; i++)
        if (db->statements[i].sql)
            PQclear(db->statements[i].prepared.server->answer);
    PQfinish(db->handle.server->connection);
}

/* A warning is for nobody: what matters is a fault, and comes with the answer. */
static void say_nothing(void *context, const PGresult *notice)
{
    (void)context;
    (void)notice;
}

/* What comes before the address can be chosen otherwise in it. */
static bool connect_anew(struct db *db)
{
    struct server *server = db->handle.server;
    const char *const keywords[] = {"connect_timeout", "tcp_user_timeout", "sslmode", "dbname",
                                    "client_encoding", "application_name", NULL};
    const char *const values[] = {"5", "10000", "require", server->address.server, "UTF8", "lykta", NULL};

    PQfinish(server->connection);
    server->connection = PQconnectdbParams(keywords, values, 1);
    server->made++;
    server->sent = 0;
    if (PQstatus(server->connection) != CONNECTION_OK)
        return postgres_fault(db, NULL);
    PQsetNoticeReceiver(server->connection, say_nothing, NULL);
    return true;
}

static enum status check_server(const struct db *db, struct err *e)
{
    const PGconn *connection = db->handle.server->connection;
    const char *encoding = PQparameterStatus(connection, "server_encoding");

    if (PQserverVersion(connection) < OLDEST)
        return err_set(e, SYSTEM, "%s: the server is older than PostgreSQL %d", db->path, OLDEST / 10000);
    if (!encoding || strcmp(encoding, "UTF8") != 0)
        return err_set(e, SYSTEM, "%s: the database keeps no UTF-8: make it with encoding UTF8", db->path);
    return OK;
}

/* The schema says whose it is, as a file's header does; and it has the two things that PostgreSQL lacks and
 * the tables need: `instr`, and a way to refuse a change. */
static enum status make_schema(struct db *db, struct err *e)
{
    const char *schema = db->handle.server->address.schema;
    struct arena *a = arena_open();
    const char *sql =
        arena_printf(a,
                     "begin; create schema \"%s\"; comment on schema \"%s\" is 'Lykta'; "
                     "create function \"%s\".instr(text, text) returns bigint language sql immutable "
                     "return pg_catalog.strpos($1, $2); "
                     "create function \"%s\".refuse() returns trigger language plpgsql as "
                     "$$ begin raise exception '%%', tg_argv[0]; end $$; commit",
                     schema, schema, schema, schema);
    enum status s = OK;

    if (!postgres_run(db, sql)) {
        db_fault(db, e);
        s = e->status;
    }
    arena_close(a);
    return s;
}

static enum status find_schema(struct db *db, struct err *e)
{
    static const char sql[] = "select oid::bigint from pg_catalog.pg_namespace where nspname = $1 "
                              "and pg_catalog.obj_description(oid, 'pg_namespace') = 'Lykta'";
    struct query q = db_query(db, sql);

    bind_str(&q, 1, str_of(db->handle.server->address.schema));
    db->handle.server->schema = query_next(&q) ? query_int(&q, 0) : 0;
    TRY(query_end(&q, e));
    if (db->handle.server->schema == 0)
        return err_set(e, BAD_INPUT, "%s: there is no schema of that name that Lykta made", db->path);
    return OK;
}

/* What every connection has. */
static bool set_up(struct db *db)
{
    const struct server *server = db->handle.server;
    char sql[300];

    snprintf(
        sql, sizeof sql,
        "set search_path to \"%s\", pg_temp; set lock_timeout to %d; set default_transaction_read_only to %s",
        server->address.schema, (int)WAIT_MS, server->is_reading ? "on" : "off");
    return postgres_run(db, sql);
}

bool postgres_is_lost(const struct db *db)
{
    return PQstatus(db->handle.server->connection) != CONNECTION_OK;
}

bool postgres_reconnect(struct db *db)
{
    if (db->depth > 0 || db->handle.server->is_held)
        return false;
    return connect_anew(db) && set_up(db);
}

/* How many rows `answer`, which it frees, has; -1 after a fault. */
static int rows_of(struct db *db, PGresult *answer)
{
    const ExecStatusType outcome = PQresultStatus(answer);
    const bool is_done = outcome == PGRES_COMMAND_OK || outcome == PGRES_TUPLES_OK;
    const int rows = is_done ? PQntuples(answer) : -1;

    if (!is_done)
        postgres_fault(db, answer);
    PQclear(answer);
    return rows;
}

bool postgres_run(struct db *db, const char *sql)
{
    return postgres_hear(db) && rows_of(db, PQexec(db->handle.server->connection, sql)) >= 0;
}

bool postgres_finds_claim(struct db *db, const char *holder)
{
    static const char sql[] = "select 1 from work_claim where holder = $1";
    const char *values[] = {holder};

    const int rows =
        rows_of(db, PQexecParams(db->handle.server->connection, sql, 1, NULL, values, NULL, NULL, 0));
    if (rows == 0)
        err_set(&db->handle.server->fault, SYSTEM,
                "%s: another process has taken over what the city does by itself; nothing was changed",
                db->path);
    return rows > 0;
}

struct reason {
    const char *state; /* SQLSTATE, or its first two characters */
    enum status status;
    const char *sentence;
};

static const struct reason *reason_of(const char *state)
{
    static const struct reason reasons[] = {
        {"55P03", SYSTEM, "is being written by another process; try again in a moment"},
        {"40", SYSTEM, "is being written by another process; try again in a moment"},
        {"53100", SYSTEM, "the server's disk is full; nothing was changed"},
        {"53300", SYSTEM, "the server takes no more connections; raise its max_connections"},
        {"58", SYSTEM, "the server's disk could not be read or written; nothing was changed"},
        {"25006", SYSTEM, "is read-only; nothing was changed"},
        {"28", SYSTEM, "the server does not let this user in"},
        {"42501", SYSTEM, "the server does not allow this user that"},
        {"3D000", BAD_INPUT, "the server has no such database"},
        {"42P06", BAD_INPUT, "there is a schema of that name already; name another after #"},
        {"57", SYSTEM, "the server is stopping or starting; try again in a moment"},
        {"08", SYSTEM, "the database cannot be reached; try again in a moment"},
        {"XX001", BAD_INPUT, "is damaged; restore it from a backup"},
        {"XX002", BAD_INPUT, "is damaged; restore it from a backup"},
    };

    for (size_t i = 0; i < sizeof reasons / sizeof *reasons; i++)
        if (strncmp(state, reasons[i].state, strlen(reasons[i].state)) == 0)
            return &reasons[i];
    return NULL;
}

/* Of what the server or its library says, the first line: the next may quote a row. */
static struct str first_line(const char *text)
{
    return (struct str){text, strcspn(text, "\n")};
}

bool postgres_fault(struct db *db, const PGresult *answer)
{
    struct server *server = db->handle.server;
    const char *state = PQresultErrorField(answer, PG_DIAG_SQLSTATE);
    const struct reason *reason = reason_of(state ? state : "08");
    const char *said = PQresultErrorField(answer, PG_DIAG_MESSAGE_PRIMARY);
    const struct str why = first_line(said ? said : PQerrorMessage(server->connection));

    if (!state)
        err_set(&server->fault, SYSTEM, "%s: the database cannot be reached; try again in a moment (%.*s)",
                db->path, STR(why));
    else if (reason)
        err_set(&server->fault, reason->status, "%s: %s", db->path, reason->sentence);
    else
        err_set(&server->fault, SYSTEM, "%s: %.*s", db->path, STR(why));
    return false;
}

static enum status fault(const struct db *db, struct err *e)
{
    *e = db->handle.server->fault;
    return e->status;
}

static enum status script(struct db *db, const char *sql, struct err *e)
{
    return postgres_run(db, sql) ? OK : fault(db, e);
}

/* Text is compared and ordered by its bytes, as in SQLite: a server's own order is another on each. The forms
 * of a trigger that refuses are the last two. */
static const struct spelling spellings[] = {
    SPELLED("{id}", "bigint generated by default as identity primary key"),
    SPELLED("{int}", "bigint"),
    SPELLED("{real}", "double precision"),
    SPELLED("{text}", "text collate \"C\""),
    SPELLED("{blob}", "bytea"),
    SPELLED("{strict}", ""),
    SPELLED("\nbegin\n    select raise(abort, ", " for each row execute function refuse("),
    SPELLED(";\nend;", ";"),
    {{NULL, 0}, {NULL, 0}},
};

const struct engine engine_postgres = {
    .open = open_database,
    .bound_cache = bound_cache,
    .close = close_database,
    .discard = postgres_discard,
    .prepare = postgres_prepare,
    .bind_int = postgres_bind_int,
    .bind_real = postgres_bind_real,
    .bind_str = postgres_bind_str,
    .bind_blob = postgres_bind_blob,
    .bind_null = postgres_bind_null,
    .bind_day = postgres_bind_day,
    .step = postgres_step,
    .send = postgres_send,
    .reset = postgres_reset,
    .is_null = postgres_is_null,
    .get_int = postgres_int,
    .get_real = postgres_real,
    .get_str = postgres_str,
    .get_blob = postgres_blob,
    .begin = postgres_begin,
    .keep = postgres_keep,
    .undo = postgres_undo,
    .script = script,
    .checkpoint = postgres_checkpoint,
    .scrub = postgres_scrub,
    .analyze = postgres_analyze,
    .hold = postgres_hold,
    .tell = postgres_tell,
    .has_news = postgres_has_news,
    .copy = postgres_copy,
    .check = postgres_check,
    .fault = fault,
    .spellings = spellings,
    .columns =
        "select table_name::text collate \"C\", column_name::text collate \"C\", case data_type when "
        "'bigint' then 'integer' when 'double precision' then 'real' when 'bytea' then 'blob' else "
        "'text' end from information_schema.columns where table_schema = current_schema() order by 1, 2",
    .references = "select distinct t.relname::text, r.relname::text from pg_constraint k join pg_class t on "
                  "t.oid = k.conrelid join pg_class r on r.oid = k.confrelid where k.contype = 'f' and "
                  "t.relnamespace = current_schema()::regnamespace",
    .clock = "select floor(extract(epoch from clock_timestamp()))::bigint",
    .settle = postgres_settle,
};

/* A city's schema in PostgreSQL: emptied of what was deleted, read at one moment, and checked. */
#include "store/db_postgres.h"

#include "base/arena.h"

#include <stdio.h>

/* The write-ahead log is the whole server's, and when it is reused is for who looks after the server. */
enum status postgres_checkpoint(struct db *db, struct err *e)
{
    (void)db;
    (void)e;
    return OK;
}

/* Does `sql`, in which %s is a table, with each table of the city. */
static enum status each_table(struct db *db, const char *before, const char *after, struct err *e)
{
    static const char tables[] = "select c.relname from pg_catalog.pg_class c where c.relkind = 'r' and "
                                 "c.relnamespace = $1::oid order by 1";
    struct arena *a = arena_open();
    struct query q = db_query(db, tables);
    enum status s = OK;

    bind_int(&q, 1, db->handle.server->schema);
    while (s == OK && query_next(&q))
        if (!postgres_run(db, arena_printf(a, "%s\"%.*s\"%s", before, STR(query_str(&q, 0, a)), after))) {
            db_fault(db, e);
            s = e->status;
        }
    struct err ending;
    if (query_end(&q, &ending) != OK && s == OK) {
        *e = ending;
        s = e->status;
    }
    arena_close(a);
    return s;
}

enum status postgres_scrub(struct db *db, struct err *e)
{
    return each_table(db, "vacuum full ", "", e);
}

/* Rows of the change under way are counted too. */
enum status postgres_analyze(struct db *db, const char *table, struct err *e)
{
    char sql[100];

    snprintf(sql, sizeof sql, "analyze \"%s\"", table);
    return postgres_run(db, sql) ? OK : db_fault(db, e);
}

enum status postgres_hold(struct db *db, struct err *e)
{
    static const char sql[] = "begin isolation level repeatable read read only; select 1";

    if (!postgres_run(db, sql))
        return db_fault(db, e);
    db->handle.server->is_held = true;
    return OK;
}

/* Every row is read; references are the server's own to keep. */
enum status postgres_check(struct db *db, struct err *e)
{
    return each_table(db, "select sum(length(t::text)) from ", " t", e);
}

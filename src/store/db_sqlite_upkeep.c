/* A SQLite database's files: emptied of what was deleted, and checked. */
#include "base/arena.h"
#include "store/db_sqlite.h"

/* *is_empty: the log is. */
static enum status empty_log(struct db *db, bool *is_empty, struct err *e)
{
    static const char sql[] = "pragma wal_checkpoint(truncate)";
    struct query q = db_query(db, sql);

    *is_empty = query_next(&q) && query_int(&q, 0) == 0;
    return query_end(&q, e);
}

enum status sqlite_checkpoint(struct db *db, struct err *e)
{
    bool is_empty = false;

    return empty_log(db, &is_empty, e);
}

enum status sqlite_scrub(struct db *db, struct err *e)
{
    static const char sql[] = "vacuum";
    struct query q = db_query(db, sql);

    bool is_empty = false;

    TRY(query_run(&q, e));
    TRY(empty_log(db, &is_empty, e));
    if (!is_empty)
        return err_set(e, SYSTEM, "%s: is being read by another process; try again in a moment", db_path(db));
    return OK;
}

enum status sqlite_check(struct db *db, struct err *e)
{
    static const char pages[] = "pragma integrity_check(1)";
    static const char references[] = "pragma foreign_key_check";
    struct arena *a = arena_open();
    struct query q = db_query(db, pages);
    struct str found = query_next(&q) ? query_str(&q, 0, a) : S("no answer");
    enum status s = query_end(&q, e);

    if (s == OK && !str_is(found, "ok"))
        s = err_set(e, BAD_INPUT, "%s: damaged: %.*s", db_path(db), STR(found));
    if (s == OK) {
        q = db_query(db, references);
        bool is_broken = query_next(&q);
        found = query_str(&q, 0, a);
        s = query_end(&q, e);
        if (s == OK && is_broken)
            s = err_set(e, BAD_INPUT, "%s: damaged: a row of %.*s refers to one that is gone", db_path(db),
                        STR(found));
    }
    arena_close(a);
    return s;
}

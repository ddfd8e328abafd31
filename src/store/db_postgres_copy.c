/* A city's schema in PostgreSQL, copied to a file, filled from elsewhere, and removed. */
#include "store/db_postgres.h"

#include "base/arena.h"
#include "store/db_transfer.h"
#include "store/migrate.h"

/* The file is a database of SQLite: it can be opened, kept and restored where no server is. */
enum status postgres_copy(struct db *db, const char *path, const struct progress *progress, struct err *e)
{
    struct db_content content;
    struct db *to = NULL;
    size_t applied = 0;
    enum status s = db_open(path, DB_CREATE, &to, e);

    if (s == OK)
        s = migrate(to, migrations, 0, &applied, e);
    if (s == OK)
        s = db_transfer(db, to, progress, &content, e);
    db_close(to);
    return s;
}

enum status postgres_settle(struct db *db, struct err *e)
{
    static const char sql[] =
        "do $$ declare one record; begin for one in select table_name as t, column_name as c from "
        "information_schema.columns where table_schema = current_schema() and is_identity = 'YES' loop "
        "execute format('select setval(pg_get_serial_sequence(%L, %L), coalesce(max(%I), 0) + 1, false) from "
        "%I', quote_ident(one.t), one.c, one.c, one.t); end loop; end $$";

    return db_script_plain(db, sql, e);
}

void postgres_discard(const char *path)
{
    struct db *db = NULL;
    struct err ignored;

    if (db_open(path, DB_WRITE, &db, &ignored) != OK)
        return;
    const char *sql =
        arena_printf(db->arena, "drop schema \"%s\" cascade", db->handle.server->address.schema);
    (void)postgres_run(db, sql);
    db_close(db);
}

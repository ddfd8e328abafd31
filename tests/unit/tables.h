/* A test's database with the program's tables. To make these takes longer than most tests: in a file they are
 * made once for the program, and each test has a copy. */
#ifndef LYKTA_TESTS_TABLES_H
#define LYKTA_TESTS_TABLES_H

#include "database.h"

#include "store/db.h"
#include "store/migrate.h"

static inline enum status tables_made(const char *path, int64_t now_at, struct db **db, struct err *e)
{
    size_t applied = 0;

    TRY(db_open(path, DB_CREATE, db, e));
    return migrate(*db, migrations, now_at, &applied, e);
}

/* As they are in the file `path`, to be kept as long as the program runs. */
static inline enum status tables_read(const char *path, int64_t now_at, struct str *tables, struct err *e)
{
    enum { MOST_BYTES = 1 << 24 };
    static struct arena *kept;
    struct db *db = NULL;

    enum status s = tables_made(path, now_at, &db, e);
    db_close(db);
    if (s != OK)
        return s;
    kept = arena_open();
    return file_read(path, MOST_BYTES, kept, tables, e);
}

/* Opens the database `name` (small letters) of the test for writing, with all tables made at `now_at` by the
 * first test, and empty. The caller closes it, also after a failure. */
static inline enum status scratch_tables(const struct scratch *scratch, const char *name, int64_t now_at,
                                         struct db **db, struct err *e)
{
    static struct str tables;
    const char *path = scratch_database(scratch, name);

    *db = NULL;
    if (database_server())
        return tables_made(path, now_at, db, e);
    if (tables.n == 0)
        TRY(tables_read(path, now_at, &tables, e));
    TRY(file_write(path, tables, 0600, e));
    return db_open(path, DB_WRITE, db, e);
}

#endif

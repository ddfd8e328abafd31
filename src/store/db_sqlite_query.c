/* Statements of SQLite: bound, stepped and read. */
#include "store/db_sqlite.h"

#include <assert.h>
#include <stdio.h>

bool sqlite_prepare(struct db *db, struct statement *s)
{
    if (sqlite3_prepare_v3(db->handle.lite, s->sql, -1, SQLITE_PREPARE_PERSISTENT, &s->prepared.lite, NULL) !=
        SQLITE_OK)
        return false;
    s->is_writing = sqlite3_stmt_readonly(s->prepared.lite) == 0;
    return true;
}

/* SQLite takes "$1" as a name, so the number's place in the statement is looked up. */
static int place(const struct statement *s, int parameter)
{
    char name[16];

    snprintf(name, sizeof name, "$%d", parameter);
    int i = sqlite3_bind_parameter_index(s->prepared.lite, name);
    assert(i > 0);
    return i;
}

bool sqlite_bind_int(struct statement *s, int parameter, int64_t value)
{
    return sqlite3_bind_int64(s->prepared.lite, place(s, parameter), value) == SQLITE_OK;
}

bool sqlite_bind_real(struct statement *s, int parameter, double value)
{
    return sqlite3_bind_double(s->prepared.lite, place(s, parameter), value) == SQLITE_OK;
}

bool sqlite_bind_str(struct statement *s, int parameter, struct str value)
{
    return sqlite3_bind_text64(s->prepared.lite, place(s, parameter), value.p ? value.p : "", value.n,
                               SQLITE_STATIC, SQLITE_UTF8) == SQLITE_OK;
}

bool sqlite_bind_blob(struct statement *s, int parameter, struct str value)
{
    return sqlite3_bind_blob64(s->prepared.lite, place(s, parameter), value.p ? value.p : "", value.n,
                               SQLITE_STATIC) == SQLITE_OK;
}

bool sqlite_bind_null(struct statement *s, int parameter)
{
    return sqlite3_bind_null(s->prepared.lite, place(s, parameter)) == SQLITE_OK;
}

bool sqlite_bind_day(struct statement *s, int parameter, const char *day)
{
    if (!day)
        return sqlite_bind_null(s, parameter);
    return sqlite3_bind_text(s->prepared.lite, place(s, parameter), day, -1, SQLITE_TRANSIENT) == SQLITE_OK;
}

enum step sqlite_step(struct db *db, struct statement *s)
{
    int outcome = sqlite3_step(s->prepared.lite);

    (void)db;
    if (outcome == SQLITE_ROW)
        return STEP_ROW;
    return outcome == SQLITE_DONE ? STEP_END : STEP_FAULT;
}

bool sqlite_send(struct db *db, struct statement *s)
{
    enum step outcome = STEP_ROW;

    while (outcome == STEP_ROW)
        outcome = sqlite_step(db, s);
    return outcome == STEP_END;
}

bool sqlite_reset(struct statement *s)
{
    bool is_whole = sqlite3_reset(s->prepared.lite) == SQLITE_OK;

    sqlite3_clear_bindings(s->prepared.lite);
    return is_whole;
}

bool sqlite_is_null(const struct statement *s, int column)
{
    return sqlite3_column_type(s->prepared.lite, column) == SQLITE_NULL;
}

int64_t sqlite_int(const struct statement *s, int column)
{
    return sqlite3_column_int64(s->prepared.lite, column);
}

double sqlite_real(const struct statement *s, int column)
{
    return sqlite3_column_double(s->prepared.lite, column);
}

struct str sqlite_str(const struct statement *s, int column)
{
    const char *text = (const char *)sqlite3_column_text(s->prepared.lite, column);
    size_t n = (size_t)sqlite3_column_bytes(s->prepared.lite, column);

    return (struct str){text ? text : "", n};
}

struct str sqlite_blob(const struct statement *s, int column, struct arena *a)
{
    const char *bytes = sqlite3_column_blob(s->prepared.lite, column);
    size_t n = (size_t)sqlite3_column_bytes(s->prepared.lite, column);

    return str_copy((struct str){bytes ? bytes : "", n}, a);
}

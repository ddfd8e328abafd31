/* One connection's queries. */
#include "base/arena.h"
#include "store/db_own.h"

#include <assert.h>
#include <inttypes.h>
#include <stdio.h>

/* The free statement of the literal `sql`, prepared the first time. Slots are found by the literal's address.
 */
static struct statement *statement_take(struct db *db, const char *sql, struct err *e)
{
    size_t start = ((uintptr_t)sql >> 3) & (STATEMENTS - 1);

    for (size_t i = 0; i < STATEMENTS; i++) {
        struct statement *s = &db->statements[(start + i) & (STATEMENTS - 1)];

        if (s->prepared && (s->sql != sql || s->is_busy))
            continue;
        if (!s->prepared &&
            sqlite3_prepare_v3(db->handle, sql, -1, SQLITE_PREPARE_PERSISTENT, &s->prepared, NULL) != 0) {
            db_fault(db, e);
            return NULL;
        }
        s->sql = sql;
        s->is_busy = true;
        return s;
    }
    die("%s: more than %d statements in use at once", db->path, (int)STATEMENTS);
}

struct query db_query(struct db *db, const char *sql)
{
    struct query q = {.db = db};

    q.statement = statement_take(db, sql, &q.fault);
    q.has_turn = q.statement && sqlite3_stmt_readonly(q.statement->prepared) == 0;
    if (q.has_turn)
        db_turn_take(db);
    return q;
}

/* Gives the statement back. */
static void query_leave(struct query *q)
{
    q->statement->is_busy = false;
    q->statement = NULL;
    if (q->has_turn)
        db_turn_give(q->db);
    q->has_turn = false;
}

static void query_give_up(struct query *q)
{
    db_fault(q->db, &q->fault);
    sqlite3_reset(q->statement->prepared);
    query_leave(q);
}

/* SQLite takes "$1" as a name, so the number's place in the statement is looked up. */
static int place(const struct query *q, int parameter)
{
    char name[16];

    snprintf(name, sizeof name, "$%d", parameter);
    int i = sqlite3_bind_parameter_index(q->statement->prepared, name);
    assert(i > 0);
    return i;
}

void bind_int(struct query *q, int parameter, int64_t value)
{
    if (q->statement && sqlite3_bind_int64(q->statement->prepared, place(q, parameter), value) != SQLITE_OK)
        query_give_up(q);
}

void bind_real(struct query *q, int parameter, double value)
{
    if (q->statement && sqlite3_bind_double(q->statement->prepared, place(q, parameter), value) != SQLITE_OK)
        query_give_up(q);
}

void bind_str(struct query *q, int parameter, struct str value)
{
    if (q->statement &&
        sqlite3_bind_text64(q->statement->prepared, place(q, parameter), value.p ? value.p : "", value.n,
                            SQLITE_STATIC, SQLITE_UTF8) != SQLITE_OK)
        query_give_up(q);
}

void bind_blob(struct query *q, int parameter, struct str value)
{
    if (q->statement && sqlite3_bind_blob64(q->statement->prepared, place(q, parameter),
                                            value.p ? value.p : "", value.n, SQLITE_STATIC) != SQLITE_OK)
        query_give_up(q);
}

/* Dates are stored as ISO text, which sorts as it should and which both engines read. */
void bind_date(struct query *q, int parameter, struct date value)
{
    char day[11];

    if (!q->statement)
        return;
    if (value.year == 0) {
        sqlite3_bind_null(q->statement->prepared, place(q, parameter));
        return;
    }
    date_to_text(value, day);
    if (sqlite3_bind_text(q->statement->prepared, place(q, parameter), day, -1, SQLITE_TRANSIENT) !=
        SQLITE_OK)
        query_give_up(q);
}

bool query_next(struct query *q)
{
    if (!q->statement)
        return false;
    int outcome = sqlite3_step(q->statement->prepared);
    if (outcome != SQLITE_ROW && outcome != SQLITE_DONE)
        query_give_up(q);
    return outcome == SQLITE_ROW;
}

int64_t query_int(const struct query *q, int column)
{
    return q->statement ? sqlite3_column_int64(q->statement->prepared, column) : 0;
}

double query_real(const struct query *q, int column)
{
    return q->statement ? sqlite3_column_double(q->statement->prepared, column) : 0;
}

struct str query_str(const struct query *q, int column, struct arena *a)
{
    if (!q->statement)
        return S("");
    const char *text = (const char *)sqlite3_column_text(q->statement->prepared, column);
    size_t n = (size_t)sqlite3_column_bytes(q->statement->prepared, column);
    return str_copy((struct str){text ? text : "", n}, a);
}

struct str query_blob(const struct query *q, int column, struct arena *a)
{
    if (!q->statement)
        return S("");
    const char *bytes = sqlite3_column_blob(q->statement->prepared, column);
    size_t n = (size_t)sqlite3_column_bytes(q->statement->prepared, column);
    return str_copy((struct str){bytes ? bytes : "", n}, a);
}

struct date query_date(const struct query *q, int column)
{
    struct date d = {0};

    if (q->statement)
        date_from_str(str_of((const char *)sqlite3_column_text(q->statement->prepared, column)), &d);
    return d;
}

enum status query_end(struct query *q, struct err *e)
{
    if (!q->statement) {
        *e = q->fault;
        return e->status;
    }
    /* A value that there was no memory for was read as empty: that is told here. */
    bool is_whole = sqlite3_reset(q->statement->prepared) == SQLITE_OK;
    sqlite3_clear_bindings(q->statement->prepared);
    if (!is_whole)
        db_fault(q->db, e);
    query_leave(q);
    return is_whole ? OK : e->status;
}

enum status query_run(struct query *q, struct err *e)
{
    while (query_next(q))
        continue;
    return query_end(q, e);
}

/* One connection's queries. */
#include "base/arena.h"
#include "store/db_own.h"

/* The free statement of the literal `sql`, prepared the first time. Slots are found by the literal's address.
 */
static struct statement *statement_take(struct db *db, const char *sql, struct err *e)
{
    size_t start = ((uintptr_t)sql >> 3) & (STATEMENTS - 1);

    for (size_t i = 0; i < STATEMENTS; i++) {
        struct statement *s = &db->statements[(start + i) & (STATEMENTS - 1)];

        if (s->sql && (s->sql != sql || s->is_busy))
            continue;
        if (!s->sql) {
            s->sql = sql;
            if (!db->engine->prepare(db, s)) {
                db_fault(db, e);
                s->sql = NULL;
                return NULL;
            }
        }
        s->is_busy = true;
        return s;
    }
    die("%s: more than %d statements in use at once", db->path, (int)STATEMENTS);
}

struct query db_query(struct db *db, const char *sql)
{
    struct query q = {.db = db};

    q.statement = statement_take(db, sql, &q.fault);
    q.has_turn = q.statement && q.statement->is_writing;
    if (q.has_turn)
        db_turn_take(db);
    return q;
}

/* Gives the statement back. */
static void query_leave(struct query *q)
{
    q->db->engine->reset(q->statement);
    q->statement->is_busy = false;
    q->statement = NULL;
    if (q->has_turn)
        db_turn_give(q->db);
    q->has_turn = false;
}

static void query_give_up(struct query *q)
{
    db_fault(q->db, &q->fault);
    query_leave(q);
}

void bind_int(struct query *q, int parameter, int64_t value)
{
    if (q->statement && !q->db->engine->bind_int(q->statement, parameter, value))
        query_give_up(q);
}

void bind_real(struct query *q, int parameter, double value)
{
    if (q->statement && !q->db->engine->bind_real(q->statement, parameter, value))
        query_give_up(q);
}

void bind_str(struct query *q, int parameter, struct str value)
{
    if (q->statement && !q->db->engine->bind_str(q->statement, parameter, value))
        query_give_up(q);
}

void bind_blob(struct query *q, int parameter, struct str value)
{
    if (q->statement && !q->db->engine->bind_blob(q->statement, parameter, value))
        query_give_up(q);
}

void bind_null(struct query *q, int parameter)
{
    if (q->statement && !q->db->engine->bind_null(q->statement, parameter))
        query_give_up(q);
}

/* Dates are stored as ISO text, which sorts as it should and which both engines read. */
void bind_date(struct query *q, int parameter, struct date value)
{
    char day[11];

    if (!q->statement)
        return;
    if (value.year != 0)
        date_to_text(value, day);
    if (!q->db->engine->bind_day(q->statement, parameter, value.year != 0 ? day : NULL))
        query_give_up(q);
}

bool query_next(struct query *q)
{
    if (!q->statement || q->is_over)
        return false;
    enum step outcome = q->db->engine->step(q->db, q->statement);
    q->is_over = outcome == STEP_END; /* SQLite would run it again */
    if (outcome == STEP_FAULT)
        query_give_up(q);
    return outcome == STEP_ROW;
}

bool query_is_null(const struct query *q, int column)
{
    return !q->statement || q->db->engine->is_null(q->statement, column);
}

int64_t query_int(const struct query *q, int column)
{
    return q->statement ? q->db->engine->get_int(q->statement, column) : 0;
}

double query_real(const struct query *q, int column)
{
    return q->statement ? q->db->engine->get_real(q->statement, column) : 0;
}

struct str query_str(const struct query *q, int column, struct arena *a)
{
    return q->statement ? str_copy(q->db->engine->get_str(q->statement, column), a) : S("");
}

struct str query_blob(const struct query *q, int column, struct arena *a)
{
    return q->statement ? q->db->engine->get_blob(q->statement, column, a) : S("");
}

struct date query_date(const struct query *q, int column)
{
    struct date d = {0};

    if (q->statement)
        date_from_str(q->db->engine->get_str(q->statement, column), &d);
    return d;
}

enum status query_end(struct query *q, struct err *e)
{
    if (!q->statement) {
        *e = q->fault;
        return e->status;
    }
    /* A value that there was no memory for was read as empty: that is told here. */
    bool is_whole = q->db->engine->reset(q->statement);
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

enum status query_send(struct query *q, struct err *e)
{
    if (q->statement && !q->db->engine->send(q->db, q->statement))
        query_give_up(q);
    return query_end(q, e);
}

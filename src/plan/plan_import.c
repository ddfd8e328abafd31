/* A plan from a file. */
#include "plan/plan_import.h"

#include "base/arena.h"
#include "plan/measure_ties.h"
#include "store/db.h"

static enum status insert(struct db *db, struct str name, struct str bytes, const struct who *who,
                          int64_t *id, struct err *e)
{
    static const char sql[] =
        "insert into plan_import (name, read_at, read_by, bytes) values ($1, $2, $3, $4) returning id";
    struct query q = db_query(db, sql);

    bind_str(&q, 1, str_part(name, 0, PLAN_IMPORT_NAME_BYTES));
    bind_int(&q, 2, who->now_at);
    bind_str(&q, 3, str_of(who->name));
    bind_blob(&q, 4, bytes);
    while (query_next(&q))
        *id = query_int(&q, 0);
    return query_end(&q, e);
}

static enum status check(struct db *db, struct str bytes, struct err *e)
{
    struct arena *a = arena_open();
    struct plan_rows rows;
    enum status s = OK;

    if (bytes.n > PLAN_IMPORT_BYTES)
        s = err_set(e, BAD_INPUT, "the file is larger than %d bytes", (int)PLAN_IMPORT_BYTES);
    if (s == OK)
        s = plan_list_read(db, NULL, "the file", bytes, a, &rows, e);
    if (s == OK && rows.n == 0)
        s = err_set(e, BAD_INPUT, "the file has no rows below its header");
    arena_close(a);
    return s;
}

enum status plan_import_keep(struct db *db, struct str name, struct str bytes, const struct who *who,
                             int64_t *id, struct err *e)
{
    struct audit_line line = {.who = *who, .action = "plan.import_read"};

    TRY(check(db, bytes, e));
    TRY(db_change(db, e));
    enum status s = insert(db, name, bytes, who, id, e);
    line.subject = s == OK ? *id : 0;
    return db_change_end(db, s, &line, e);
}

enum status plan_import_find(struct db *db, const struct plan_offers *offers, int64_t id, struct arena *a,
                             struct plan_import *out, struct err *e)
{
    static const char sql[] = "select name, bytes from plan_import where id = $1";
    struct plan_import found = {.id = id};
    struct str bytes = S("");
    struct query q = db_query(db, sql);

    bind_int(&q, 1, id);
    bool is_there = query_next(&q);
    if (is_there) {
        found.name = query_str(&q, 0, a);
        bytes = query_blob(&q, 1, a);
    }
    TRY(query_end(&q, e));
    if (!is_there)
        return err_set(e, REFUSED, "no plan from a file waits with that number");
    TRY(plan_list_read(db, offers, "the file", bytes, a, &found.rows, e));
    *out = found;
    return OK;
}

static enum status forget(struct db *db, int64_t id, struct err *e)
{
    static const char sql[] = "delete from plan_import where id = $1";
    struct query q = db_query(db, sql);

    bind_int(&q, 1, id);
    return query_run(&q, e);
}

/* All rows first, then which of them waits for which: a row may wait for one below it. */
static enum status add_measures(struct db *db, struct plan_rows *rows, const struct who *who, struct err *e)
{
    for (size_t i = 0; i < rows->n; i++)
        if (rows->row[i].fault == PLAN_RIGHT)
            TRY(measure_add(db, &rows->row[i].measure, who, &rows->row[i].measure.id, e));
    for (size_t i = 0; i < rows->n; i++) {
        struct plan_row *row = &rows->row[i];
        struct measure *m = &row->measure;

        for (size_t w = 0; w < row->waits; w++)
            m->wait[m->waits++].id = rows->row[row->wait[w]].measure.id;
        if (row->fault == PLAN_RIGHT && row->waits > 0)
            TRY(ties_write(db, m->id, m, e));
    }
    return OK;
}

/* Inside the change. */
static enum status add_rows(struct db *db, const struct plan_offers *offers, int64_t id, size_t expected,
                            const struct who *who, struct arena *a, struct err *e)
{
    struct plan_import import;

    TRY(plan_import_find(db, offers, id, a, &import, e));
    if (import.rows.n - import.rows.faults != expected)
        return err_set(e, REFUSED, "the plan or the network has changed since the file was shown");
    TRY(add_measures(db, &import.rows, who, e));
    return forget(db, id, e);
}

enum status plan_import_take(struct db *db, const struct plan_offers *offers, int64_t id, size_t expected,
                             const struct who *who, struct err *e)
{
    const struct audit_line line = {.who = *who, .action = "plan.import", .subject = id};
    struct arena *a = arena_open();
    enum status s = db_change(db, e);

    if (s == OK)
        s = db_change_end(db, add_rows(db, offers, id, expected, who, a, e), &line, e);
    arena_close(a);
    return s;
}

enum status plan_import_drop(struct db *db, int64_t id, const struct who *who, struct err *e)
{
    const struct audit_line line = {.who = *who, .action = "plan.import_drop", .subject = id};

    TRY(db_change(db, e));
    return db_change_end(db, forget(db, id, e), &line, e);
}

/* Bringing a contact list into the network in two steps. */
#include "network/import.h"

#include "base/arena.h"
#include "base/text.h"
#include "network/fold.h"
#include "network/import_row.h"
#include "network/organisation.h"
#include "store/db.h"
#include "web/address.h"

#include <inttypes.h>

static const char *const outcomes[IMPORT_OUTCOMES] = {[IMPORT_ORGANISATION] = "organisation",
                                                      [IMPORT_CONTACT] = "contact",
                                                      [IMPORT_KNOWN] = "known",
                                                      [IMPORT_TWICE] = "twice",
                                                      [IMPORT_FAULT] = "fault"};
static const char *const states[] = {
    [IMPORT_READ] = "read", [IMPORT_DONE] = "imported", [IMPORT_DROPPED] = "dropped"};

static enum status keep(struct db *db, const char *name, struct str note, const struct contact_rows *rows,
                        const struct who *who, int64_t *id, struct err *e);
static enum status keep_row(struct db *db, int64_t import, const struct contact_row *row, struct err *e);
static enum status work_out(struct db *db, int64_t id, struct err *e);

enum status import_keep(struct db *db, const char *name, struct str note, const struct contact_rows *rows,
                        const struct who *who, int64_t *id, struct err *e)
{
    struct audit_line line = {.who = *who, .action = "network.import.read"};

    TRY(db_change(db, e));
    enum status s = keep(db, name, note, rows, who, id, e);
    line.subject = *id;
    return db_change_end(db, s, &line, e);
}

static enum status keep(struct db *db, const char *name, struct str note, const struct contact_rows *rows,
                        const struct who *who, int64_t *id, struct err *e)
{
    static const char sql[] = "insert into import (name, read_at, read_by, note, state) "
                              "values ($1, $2, $3, $4, 'read') returning id";
    struct query q = db_query(db, sql);

    bind_str(&q, 1, str_of(name));
    bind_int(&q, 2, who->now_at);
    bind_str(&q, 3, str_of(who->name));
    bind_str(&q, 4, note);
    *id = query_next(&q) ? query_int(&q, 0) : 0;
    TRY(query_end(&q, e));
    for (size_t i = 0; i < rows->n; i++)
        TRY(keep_row(db, *id, &rows->row[i], e));
    TRY(db_analyze(db, "import_row", e)); /* of a list that is new to it, a server expects one row */
    return work_out(db, *id, e);
}

static enum status keep_row(struct db *db, int64_t import, const struct contact_row *row, struct err *e)
{
    static const char sql[] =
        "insert into import_row (import, line, organisation, folded, number, actor, name, role, email, phone, "
        "fault, column_n, outcome) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)";
    struct arena *a = arena_open();
    struct query q = db_query(db, sql);
    bool is_right = row->fault == CONTACT_RIGHT;

    bind_int(&q, 1, import);
    bind_int(&q, 2, row->line);
    bind_str(&q, 3, row->cell[CONTACT_COLUMN_ORGANISATION]);
    bind_str(&q, 4, fold(row->cell[CONTACT_COLUMN_ORGANISATION], a));
    bind_str(&q, 5, row->cell[CONTACT_COLUMN_NUMBER]);
    bind_str(&q, 6, is_right ? str_of(actor_code(row->actor)) : row->cell[CONTACT_COLUMN_ACTOR]);
    bind_str(&q, 7, row->cell[CONTACT_COLUMN_NAME]);
    bind_str(&q, 8, row->cell[CONTACT_COLUMN_ROLE]);
    bind_str(&q, 9,
             is_right ? address_normal(row->cell[CONTACT_COLUMN_EMAIL], a) : row->cell[CONTACT_COLUMN_EMAIL]);
    bind_str(&q, 10, row->cell[CONTACT_COLUMN_PHONE]);
    bind_int(&q, 11, row->fault);
    bind_int(&q, 12, row->column);
    bind_str(&q, 13, is_right ? S("organisation") : S("fault"));
    enum status s = query_send(&q, e);
    arena_close(a);
    return s;
}

/* Questions of every row without a fault, each for all rows at once: is the person there already, do they
 * stand earlier in the list, is their organisation there or earlier in the list? None of them joins the list
 * with itself, which a server that knows little of it may do row by row. */
/* clang-format off */
#define MARK(outcome)                                                                                        \
    "update import_row as r set outcome = '" outcome "' where r.import = $1 and r.outcome = 'organisation' and "
#define IS_LATER(who)                                                                                        \
    "r.line in (select line from (select line, number, " IMPORT_FIRST_LINES(who)                             \
    "from import_row where import = $1 and outcome <> 'fault') as sorted where " IMPORT_IS_LATER ")"

static enum status work_out(struct db *db, int64_t id, struct err *e)
{
    static const char known[] = MARK("known")
        "exists (select 1 from contact c join organisation o on o.id = c.organisation where c.email = r.email "
        "and c.left_at is null and ((r.number <> '' and o.number = r.number) or "
        "(o.folded = r.folded and (o.number is null or r.number = ''))))";
    static const char twice[] = MARK("twice") IS_LATER("email, ");
    static const char numbered[] = MARK("contact")
        "r.number <> '' and exists (select 1 from organisation o where o.number = r.number)";
    static const char named[] = MARK("contact")
        "exists (select 1 from organisation o where o.folded = r.folded and (o.number is null or r.number = ''))";
    static const char earlier[] = MARK("contact") IS_LATER("");
    /* clang-format on */
    static const char *const questions[] = {known, twice, numbered, named, earlier};

    for (size_t i = 0; i < sizeof questions / sizeof *questions; i++) {
        struct query q = db_query(db, questions[i]);

        bind_int(&q, 1, id);
        TRY(query_run(&q, e));
    }
    return OK;
}

enum status import_find(struct db *db, int64_t id, struct arena *a, struct import *out, struct err *e)
{
    static const char sql[] = "select name, read_at, read_by, note, state, version from import where id = $1";
    static const char count[] = "select count(*) from import_row where import = $1 and outcome = $2";
    struct import found = {.id = id};
    struct query q = db_query(db, sql);

    bind_int(&q, 1, id);
    bool is_found = query_next(&q);
    if (is_found) {
        struct str state = query_str(&q, 4, a);
        found.name = query_str(&q, 0, a);
        found.read_at = query_int(&q, 1);
        found.read_by = query_str(&q, 2, a);
        found.note = query_str(&q, 3, a);
        found.version = query_int(&q, 5);
        for (size_t i = 0; i < sizeof states / sizeof *states; i++)
            if (str_is(state, states[i]))
                found.state = (enum import_state)i;
    }
    TRY(query_end(&q, e));
    if (!is_found)
        return err_set(e, REFUSED, "there is no such list");
    for (int i = 0; i < IMPORT_OUTCOMES; i++) {
        q = db_query(db, count);
        bind_int(&q, 1, id);
        bind_str(&q, 2, str_of(outcomes[i]));
        found.rows[i] = query_next(&q) ? query_int(&q, 0) : 0;
        TRY(query_end(&q, e));
    }
    *out = found;
    return OK;
}

enum status import_rows(struct db *db, int64_t id, enum import_outcome outcome, int64_t first, int64_t most,
                        struct arena *a, struct import_row **out, size_t *n, struct err *e)
{
    static const char sql[] =
        "select line, organisation, number, actor, name, role, email, phone, fault, column_n from import_row "
        "where import = $1 and outcome = $2 order by line limit $3 offset $4";
    struct query q = db_query(db, sql);
    size_t room = 0;

    *out = NULL;
    *n = 0;
    bind_int(&q, 1, id);
    bind_str(&q, 2, str_of(outcomes[outcome]));
    bind_int(&q, 3, most);
    bind_int(&q, 4, first);
    while (query_next(&q)) {
        *out = arena_grow(a, *out, *n + 1, &room, sizeof **out);
        struct import_row *row = &(*out)[(*n)++];
        *row = (struct import_row){.outcome = outcome};
        row->row.line = query_int(&q, 0);
        for (int c = 0; c < CONTACT_COLUMNS; c++)
            row->row.cell[c] = query_str(&q, 1 + c, a);
        row->row.actor = ACTORS;
        (void)actor_from_str(row->row.cell[CONTACT_COLUMN_ACTOR], &row->row.actor);
        row->row.fault = (enum contact_fault)query_int(&q, 8);
        row->row.column = (enum contact_column)query_int(&q, 9);
    }
    return query_end(&q, e);
}

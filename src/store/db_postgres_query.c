/* Statements of PostgreSQL: bound, asked and read. A statement is prepared when it is first asked: what is
 * bound to it says the types of its parameters. */
#include "store/db_postgres.h"

#include "base/arena.h"

#include <assert.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Numbers of types that never change (catalog/pg_type.dat of PostgreSQL). */
enum { TYPE_BOOL = 16, TYPE_BYTEA = 17, TYPE_INT8 = 20, TYPE_TEXT = 25, TYPE_FLOAT8 = 701 };

bool postgres_prepare(struct db *db, struct statement *s)
{
    struct server_statement *asked = arena_new(db->arena, 1, struct server_statement);

    s->prepared.server = asked;
    s->is_writing = !str_starts(str_of(s->sql), S("select ")) && !str_starts(str_of(s->sql), S("with "));
    return true;
}

/* The place of $`number`, of type `type`; a type that changed would need another statement. */
static struct parameter *parameter_of(struct statement *s, int number, Oid type)
{
    struct server_statement *asked = s->prepared.server;

    assert(number >= 1 && number <= PARAMETERS);
    struct parameter *p = &asked->parameter[number - 1];
    if (p->type != type)
        asked->made = 0;
    if (number > asked->n)
        asked->n = number;
    *p = (struct parameter){.type = type};
    return p;
}

bool postgres_bind_int(struct statement *s, int parameter, int64_t value)
{
    struct parameter *p = parameter_of(s, parameter, TYPE_INT8);

    snprintf(p->number, sizeof p->number, "%" PRId64, value);
    p->value = p->number;
    return true;
}

bool postgres_bind_real(struct statement *s, int parameter, double value)
{
    struct parameter *p = parameter_of(s, parameter, TYPE_FLOAT8);

    snprintf(p->number, sizeof p->number, "%.17g", value);
    p->value = p->number;
    return true;
}

static bool bind_bytes(struct statement *s, int parameter, Oid type, struct str value)
{
    struct parameter *p = parameter_of(s, parameter, type);

    assert(value.n <= INT32_MAX);
    p->value = value.p ? value.p : "";
    p->n = (int)value.n;
    p->is_binary = true;
    return true;
}

bool postgres_bind_str(struct statement *s, int parameter, struct str value)
{
    return bind_bytes(s, parameter, TYPE_TEXT, value);
}

bool postgres_bind_blob(struct statement *s, int parameter, struct str value)
{
    return bind_bytes(s, parameter, TYPE_BYTEA, value);
}

/* A null is of the type that was bound before, or else of the one that the server finds for it. */
bool postgres_bind_null(struct statement *s, int parameter)
{
    const struct server_statement *asked = s->prepared.server;

    (void)parameter_of(s, parameter, asked->parameter[parameter - 1].type);
    return true;
}

bool postgres_bind_day(struct statement *s, int parameter, const char *day)
{
    if (!day)
        return postgres_bind_null(s, parameter);
    struct parameter *p = parameter_of(s, parameter, TYPE_TEXT);
    snprintf(p->number, sizeof p->number, "%s", day);
    p->value = p->number;
    return true;
}

bool postgres_is_prepared(const struct db *db, const struct statement *s)
{
    return s->prepared.server->made == db->handle.server->made;
}

bool postgres_prepare_there(struct db *db, struct statement *s)
{
    struct server *server = db->handle.server;
    struct server_statement *asked = s->prepared.server;
    Oid types[PARAMETERS];

    for (int i = 0; i < asked->n; i++)
        types[i] = asked->parameter[i].type;
    snprintf(asked->name, sizeof asked->name, "s%zu_%u", (size_t)(s - db->statements), ++asked->edition);
    PGresult *answer = PQprepare(server->connection, asked->name, s->sql, asked->n, types);
    const bool is_prepared = PQresultStatus(answer) == PGRES_COMMAND_OK;
    if (is_prepared)
        asked->made = server->made;
    else
        postgres_fault(db, answer);
    PQclear(answer);
    return is_prepared;
}

void postgres_asking(const struct statement *s, struct asking *out)
{
    const struct server_statement *asked = s->prepared.server;

    out->n = asked->n;
    for (int i = 0; i < asked->n; i++) {
        out->value[i] = asked->parameter[i].value;
        out->length[i] = asked->parameter[i].n;
        out->is_binary[i] = asked->parameter[i].is_binary;
    }
}

static bool ask_once(struct db *db, struct statement *s)
{
    struct server_statement *asked = s->prepared.server;
    struct asking asking;

    if (!postgres_hear(db) || (!postgres_is_prepared(db, s) && !postgres_prepare_there(db, s)))
        return false;
    postgres_asking(s, &asking);
    PGresult *answer = PQexecPrepared(db->handle.server->connection, asked->name, asking.n, asking.value,
                                      asking.length, asking.is_binary, 0);
    const ExecStatusType outcome = PQresultStatus(answer);
    if (outcome != PGRES_TUPLES_OK && outcome != PGRES_COMMAND_OK) {
        postgres_fault(db, answer);
        PQclear(answer);
        return false;
    }
    asked->answer = answer;
    asked->row = -1;
    return true;
}

/* A change outside any transaction is one by itself, in its turn among the city's writers. */
static bool write_alone(struct db *db, struct statement *s)
{
    struct err ignored;

    if (!postgres_begin_outer(db))
        return false;
    if (ask_once(db, s))
        return postgres_commit(db);
    const struct err why = db->handle.server->fault;
    if (postgres_undo(db, false, &ignored) != OK)
        give_up("%s: a change could not be undone: %s", db->path, ignored.what);
    db->handle.server->fault = why;
    return false;
}

static bool ask(struct db *db, struct statement *s)
{
    if (s->is_writing && db->depth == 0)
        return write_alone(db, s);
    return ask_once(db, s) || (postgres_is_lost(db) && postgres_reconnect(db) && ask_once(db, s));
}

enum step postgres_step(struct db *db, struct statement *s)
{
    struct server_statement *asked = s->prepared.server;

    if (!asked->answer && !ask(db, s))
        return STEP_FAULT;
    if (asked->row < PQntuples(asked->answer))
        asked->row++;
    return asked->row < PQntuples(asked->answer) ? STEP_ROW : STEP_END;
}

bool postgres_reset(struct statement *s)
{
    struct server_statement *asked = s->prepared.server;

    PQclear(asked->answer);
    asked->answer = NULL;
    for (int i = 0; i < asked->n; i++)
        asked->parameter[i].value = NULL;
    return true;
}

static bool has_value(const struct server_statement *asked, int column)
{
    return asked->answer && asked->row >= 0 && asked->row < PQntuples(asked->answer) &&
           !PQgetisnull(asked->answer, asked->row, column);
}

bool postgres_is_null(const struct statement *s, int column)
{
    return !has_value(s->prepared.server, column);
}

struct str postgres_str(const struct statement *s, int column)
{
    const struct server_statement *asked = s->prepared.server;

    if (!has_value(asked, column))
        return S("");
    return (struct str){PQgetvalue(asked->answer, asked->row, column),
                        (size_t)PQgetlength(asked->answer, asked->row, column)};
}

int64_t postgres_int(const struct statement *s, int column)
{
    const char *text = postgres_str(s, column).p;

    if (has_value(s->prepared.server, column) && PQftype(s->prepared.server->answer, column) == TYPE_BOOL)
        return text[0] == 't';
    return strtoll(text, NULL, 10);
}

double postgres_real(const struct statement *s, int column)
{
    return strtod(postgres_str(s, column).p, NULL);
}

static unsigned hex_digit(char c)
{
    return (unsigned)(c <= '9' ? c - '0' : c - 'a' + 10);
}

/* Bytes come as "\x" and two hexadecimal digits each. */
struct str postgres_blob(const struct statement *s, int column, struct arena *a)
{
    struct str hex = postgres_str(s, column);

    if (hex.n < 2 || PQftype(s->prepared.server->answer, column) != TYPE_BYTEA)
        return str_copy(hex, a);
    char *bytes = arena_new(a, hex.n / 2, char);
    const size_t n = hex.n / 2 - 1;
    for (size_t i = 0; i < n; i++)
        bytes[i] = (char)(hex_digit(hex.p[2 + 2 * i]) << 4 | hex_digit(hex.p[3 + 2 * i]));
    return (struct str){bytes, n};
}

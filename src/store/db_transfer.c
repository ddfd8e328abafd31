/* Everything that one database holds, in another. */
#include "store/db_transfer.h"

#include "base/arena.h"
#include "base/progress.h"
#include "base/text.h"
#include "store/db_own.h"
#include "store/db_table.h"

#include <inttypes.h>
#include <string.h>

#include <sodium.h>

/* Statements made of the names in an engine's catalogue, which are ours: they live as long as the connection
 * that keeps them prepared. */
static const char *select_of(const struct table *t, struct db *db)
{
    struct text sql = text_open(db->arena);

    text_add(&sql, S("select "));
    for (size_t i = 0; i < t->columns; i++)
        text_format(&sql, "%s\"%.*s\"", i > 0 ? ", " : "", STR(t->column[i].name));
    text_format(&sql, " from \"%.*s\"", STR(t->name));
    return text_str(&sql).p;
}

static const char *insert_of(const struct table *t, struct db *db)
{
    struct text sql = text_open(db->arena);

    text_format(&sql, "insert into \"%.*s\" (", STR(t->name));
    for (size_t i = 0; i < t->columns; i++)
        text_format(&sql, "%s\"%.*s\"", i > 0 ? ", " : "", STR(t->column[i].name));
    text_add(&sql, S(") values ("));
    for (size_t i = 0; i < t->columns; i++)
        text_format(&sql, "%s$%zu", i > 0 ? ", " : "", i + 1);
    text_add(&sql, S(")"));
    return text_str(&sql).p;
}

static void bind_column(struct query *to, int column, enum column_kind kind, const struct query *from,
                        struct arena *a)
{
    if (query_is_null(from, column)) {
        bind_null(to, column + 1);
        return;
    }
    switch (kind) {
    case COLUMN_INT:
        bind_int(to, column + 1, query_int(from, column));
        return;
    case COLUMN_REAL:
        bind_real(to, column + 1, query_real(from, column));
        return;
    case COLUMN_TEXT:
        bind_str(to, column + 1, query_str(from, column, a));
        return;
    case COLUMN_BLOB:
        bind_blob(to, column + 1, query_blob(from, column, a));
        return;
    }
}

static enum status copy_row(const struct query *row, const struct table *t, struct db *to, const char *insert,
                            struct arena *a, struct err *e)
{
    struct query q = db_query(to, insert);

    for (size_t i = 0; i < t->columns; i++)
        bind_column(&q, (int)i, t->column[i].kind, row, a);
    return query_send(&q, e);
}

static enum status copy_table(struct db *from, const struct table *t, struct db *to, struct err *e)
{
    const char *insert = insert_of(t, to);
    struct query q = db_query(from, select_of(t, from));
    struct arena *a = arena_open();
    struct err ending = {0};
    enum status s = OK;

    while (s == OK && query_next(&q)) {
        s = copy_row(&q, t, to, insert, a, e);
        arena_reset(a);
    }
    if (query_end(&q, &ending) != OK && s == OK) {
        *e = ending;
        s = e->status;
    }
    arena_close(a);
    return s;
}

/* The record of blocks comes over too, so that the new database knows when each was applied. */
static enum status copy_all(struct db *from, struct db *to, const struct tables *tables,
                            const struct progress *progress, struct err *e)
{
    static const char forget[] = "delete from migration";
    struct query q = db_query(to, forget);

    TRY(query_run(&q, e));
    for (size_t i = 0; i < tables->n; i++) {
        if (progress_should_stop(progress))
            return err_set(e, SYSTEM, "stopped; nothing was written");
        TRY(copy_table(from, &tables->table[i], to, e));
    }
    return to->engine->settle(to, e);
}

static void add_bytes(crypto_generichash_state *state, char kind, const void *bytes, size_t n)
{
    const uint64_t length = n;

    crypto_generichash_update(state, (const unsigned char *)&kind, 1);
    crypto_generichash_update(state, (const unsigned char *)&length, sizeof length);
    crypto_generichash_update(state, bytes, n);
}

static void add_column(crypto_generichash_state *state, const struct query *row, int column,
                       enum column_kind kind, struct arena *a)
{
    if (query_is_null(row, column)) {
        add_bytes(state, 'n', "", 0);
        return;
    }
    const int64_t whole = kind == COLUMN_INT ? query_int(row, column) : 0;
    const double real = kind == COLUMN_REAL ? query_real(row, column) : 0;
    const struct str bytes = kind == COLUMN_BLOB ? query_blob(row, column, a) : query_str(row, column, a);
    switch (kind) {
    case COLUMN_INT:
        add_bytes(state, 'i', &whole, sizeof whole);
        return;
    case COLUMN_REAL:
        add_bytes(state, 'r', &real, sizeof real);
        return;
    case COLUMN_TEXT:
        add_bytes(state, 't', bytes.p, bytes.n);
        return;
    case COLUMN_BLOB:
        add_bytes(state, 'b', bytes.p, bytes.n);
        return;
    }
}

static void add_row(const struct table *t, const struct query *row, struct arena *a,
                    uint64_t sum[CONTENT_HASH_BYTES / 8])
{
    crypto_generichash_state state;
    uint64_t words[CONTENT_HASH_BYTES / 8];

    crypto_generichash_init(&state, NULL, 0, sizeof words);
    add_bytes(&state, 'T', t->name.p, t->name.n);
    for (size_t i = 0; i < t->columns; i++)
        add_column(&state, row, (int)i, t->column[i].kind, a);
    crypto_generichash_final(&state, (unsigned char *)words, sizeof words);
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        sum[i] += words[i];
}

static enum status content_of(struct db *db, const struct tables *tables, struct db_content *out,
                              struct err *e)
{
    uint64_t sum[CONTENT_HASH_BYTES / 8] = {0};
    struct arena *a = arena_open();
    enum status s = OK;

    *out = (struct db_content){.tables = (int64_t)tables->n};
    for (size_t i = 0; s == OK && i < tables->n; i++) {
        struct query q = db_query(db, select_of(&tables->table[i], db));

        for (; query_next(&q); out->rows++) {
            add_row(&tables->table[i], &q, a, sum);
            arena_reset(a);
        }
        s = query_end(&q, e);
    }
    memcpy(out->hash, sum, sizeof out->hash);
    arena_close(a);
    return s;
}

enum status db_content_read(struct db *db, struct db_content *out, struct err *e)
{
    struct arena *a = arena_open();
    struct tables tables;
    enum status s = db_tables(db, a, &tables, e);

    if (s == OK)
        s = content_of(db, &tables, out, e);
    arena_close(a);
    return s;
}

static enum status compare(struct db *to, const struct db_content *before, struct err *e)
{
    struct db_content after;

    TRY(db_content_read(to, &after, e));
    if (after.tables == before->tables && after.rows == before->rows &&
        memcmp(after.hash, before->hash, sizeof after.hash) == 0)
        return OK;
    return err_set(e, BAD_INPUT,
                   "%s: holds something else than what was copied: %" PRId64 " rows instead of %" PRId64
                   ", or another hash; nothing was kept",
                   db_path(to), after.rows, before->rows);
}

enum status db_transfer(struct db *from, struct db *to, const struct progress *progress,
                        struct db_content *out, struct err *e)
{
    struct arena *a = arena_open();
    struct db_content content = {0};
    struct tables tables;
    enum status s = db_tables(from, a, &tables, e);

    if (s == OK)
        s = content_of(from, &tables, &content, e);
    if (s == OK)
        s = db_begin(to, e);
    if (s == OK) {
        s = copy_all(from, to, &tables, progress, e);
        if (s == OK)
            s = compare(to, &content, e);
        s = db_end(to, s, e);
    }
    arena_close(a);
    if (s == OK)
        *out = content;
    return s;
}

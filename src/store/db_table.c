/* The tables of a database, in an order in which they can be filled. */
#include "store/db_table.h"

#include "base/arena.h"
#include "store/db_own.h"

struct reference {
    struct str from, to;
};

struct references {
    struct reference *one;
    size_t n;
};

static enum column_kind kind_of(struct str word)
{
    if (str_is(word, "integer"))
        return COLUMN_INT;
    if (str_is(word, "real"))
        return COLUMN_REAL;
    return str_is(word, "blob") ? COLUMN_BLOB : COLUMN_TEXT;
}

static enum status read_columns(struct db *db, struct arena *a, struct tables *out, struct err *e)
{
    struct query q = db_query(db, db->engine->columns);
    size_t room = 0, column_room = 0;
    struct table *t = NULL;

    while (query_next(&q)) {
        struct str name = query_str(&q, 0, a);

        if (!t || !str_equal(t->name, name)) {
            out->table = arena_grow(a, out->table, out->n + 1, &room, sizeof *out->table);
            t = &out->table[out->n++];
            *t = (struct table){.name = name};
            column_room = 0;
        }
        t->column = arena_grow(a, t->column, t->columns + 1, &column_room, sizeof *t->column);
        t->column[t->columns++] =
            (struct column){.name = query_str(&q, 1, a), .kind = kind_of(query_str(&q, 2, a))};
    }
    return query_end(&q, e);
}

static enum status read_references(struct db *db, struct arena *a, struct references *out, struct err *e)
{
    struct query q = db_query(db, db->engine->references);
    size_t room = 0;

    while (query_next(&q)) {
        out->one = arena_grow(a, out->one, out->n + 1, &room, sizeof *out->one);
        out->one[out->n++] = (struct reference){query_str(&q, 0, a), query_str(&q, 1, a)};
    }
    return query_end(&q, e);
}

/* Does it refer to another table among tables[from...]? */
static bool must_wait(const struct tables *tables, size_t from, struct str name, const struct references *r)
{
    for (size_t i = 0; i < r->n; i++) {
        if (!str_equal(r->one[i].from, name) || str_equal(r->one[i].to, name))
            continue;
        for (size_t k = from; k < tables->n; k++)
            if (str_equal(tables->table[k].name, r->one[i].to))
                return true;
    }
    return false;
}

static enum status put_in_order(struct db *db, struct tables *tables, const struct references *r,
                                struct err *e)
{
    for (size_t done = 0; done < tables->n; done++) {
        size_t next = done;

        while (next < tables->n && must_wait(tables, done, tables->table[next].name, r))
            next++;
        if (next == tables->n)
            return err_set(e, SYSTEM, "%s: tables refer to each other in a circle", db_path(db));
        struct table first = tables->table[next];
        tables->table[next] = tables->table[done];
        tables->table[done] = first;
    }
    return OK;
}

enum status db_tables(struct db *db, struct arena *a, struct tables *out, struct err *e)
{
    struct tables found = {0};
    struct references references = {0};

    TRY(read_columns(db, a, &found, e));
    TRY(read_references(db, a, &references, e));
    TRY(put_in_order(db, &found, &references, e));
    *out = found;
    return OK;
}

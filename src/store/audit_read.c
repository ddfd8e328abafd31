/* The audit log: reading it. */
#include "base/arena.h"
#include "store/audit.h"
#include "store/db.h"

#include <string.h>

/* A row of audit, in the order of the columns below. */
static struct audit_entry entry_row(const struct query *q, struct arena *a)
{
    return (struct audit_entry){.id = query_int(q, 0),
                                .at = query_int(q, 1),
                                .who = query_str(q, 2, a),
                                .action = query_str(q, 3, a),
                                .subject = query_int(q, 4),
                                .detail = query_str(q, 5, a),
                                .role = query_str(q, 6, a),
                                .why = query_str(q, 7, a),
                                .hash = query_blob(q, 8, a)};
}

static void head_of(struct str hash, int64_t last, struct audit_head *out)
{
    *out = (struct audit_head){.last = last};
    if (hash.n == sizeof out->hash)
        memcpy(out->hash, hash.p, hash.n);
}

enum status audit_head_read(struct db *db, struct audit_head *out, struct err *e)
{
    static const char sql[] = "select last, hash from audit_head where id = 1";
    struct arena *a = arena_open();
    struct query q = db_query(db, sql);

    *out = (struct audit_head){0};
    if (query_next(&q))
        head_of(query_blob(&q, 1, a), query_int(&q, 0), out);
    arena_close(a);
    return query_end(&q, e);
}

/* Rows and head come from one statement, and so from one moment: a served city goes on writing. */
enum status audit_walk(struct db *db, audit_reader *each, void *context, struct audit_head *head,
                       struct err *e)
{
    static const char sql[] = "select id, at, who, action, subject, detail, role, why, hash, "
                              "(select last from audit_head where id = 1), "
                              "(select hash from audit_head where id = 1) from audit order by id";
    struct arena *a = arena_open();
    enum status s = OK;
    bool has_rows = false;
    struct query q = db_query(db, sql);

    while (s == OK && query_next(&q)) {
        arena_reset(a);
        const struct audit_entry entry = entry_row(&q, a);
        if (!has_rows)
            head_of(query_blob(&q, 10, a), query_int(&q, 9), head);
        has_rows = true;
        s = each(context, &entry, e);
    }
    struct err ending;
    enum status ended = query_end(&q, &ending);
    arena_close(a);
    if (s != OK)
        return s;
    if (ended != OK)
        return err_set(e, ended, "%s", ending.what);
    return has_rows ? OK : audit_head_read(db, head, e);
}

/* $1 to $4 of both statements below. */
static void bind_search(struct query *q, const struct audit_search *search)
{
    bind_str(q, 1, search->who);
    bind_str(q, 2, search->action);
    bind_int(q, 3, search->from_at);
    bind_int(q, 4, search->before_at);
}

enum status audit_find(struct db *db, const struct audit_search *search, size_t most, struct arena *a,
                       struct audit_entries *out, struct err *e)
{
    static const char sql[] =
        "select id, at, who, action, subject, detail, role, why, hash from audit "
        "where ($1 = '' or who = $1) and ($2 = '' or action = $2) and ($3 = 0 or at >= $3) "
        "and ($4 = 0 or at < $4) and ($5 = 0 or id <= $5) order by id desc limit $6";
    struct audit_entries found = {0, arena_new(a, most + 1, struct audit_entry)};
    struct query q = db_query(db, sql);

    bind_search(&q, search);
    bind_int(&q, 5, search->up_to);
    bind_int(&q, 6, (int64_t)most);
    while (query_next(&q))
        found.entry[found.n++] = entry_row(&q, a);
    TRY(query_end(&q, e));
    *out = found;
    return OK;
}

enum status audit_count(struct db *db, const struct audit_search *search, int64_t *n, struct err *e)
{
    static const char sql[] = "select count(*) from audit where ($1 = '' or who = $1) and "
                              "($2 = '' or action = $2) and ($3 = 0 or at >= $3) and ($4 = 0 or at < $4)";
    struct query q = db_query(db, sql);
    int64_t found = 0;

    bind_search(&q, search);
    if (query_next(&q))
        found = query_int(&q, 0);
    TRY(query_end(&q, e));
    *n = found;
    return OK;
}

/* Those with a number in the order of their numbers: "person 2" before "person 10". */
enum status audit_names_read(struct db *db, struct arena *a, struct audit_names *out, struct err *e)
{
    static const char sql[] = "select who from audit group by who order by length(who), who";
    struct audit_names found = {0, NULL};
    struct query q = db_query(db, sql);
    size_t room = 0;

    while (query_next(&q)) {
        found.name = arena_grow(a, found.name, found.n + 1, &room, sizeof *found.name);
        found.name[found.n++] = query_str(&q, 0, a);
    }
    TRY(query_end(&q, e));
    *out = found;
    return OK;
}

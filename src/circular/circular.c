/* Circulars as they are kept. */
#include "circular/circular.h"

#include "base/arena.h"
#include "store/db.h"

static void bind_draft(struct query *q, int first, const struct circular *c)
{
    bind_str(q, first, c->subject);
    bind_str(q, first + 1, c->words);
    bind_str(q, first + 2, language_code(c->language));
    bind_int(q, first + 3, c->actors);
    bind_int(q, first + 4, c->is_warning);
}

static enum status insert(struct db *db, const struct circular *draft, int64_t now_at, int64_t *id,
                          struct err *e)
{
    static const char sql[] = "insert into circular (subject, words, language, actors, is_warning, version, "
                              "made_at) values ($1, $2, $3, $4, $5, 1, $6) returning id";
    struct query q = db_query(db, sql);

    bind_draft(&q, 1, draft);
    bind_int(&q, 6, now_at);
    *id = query_next(&q) ? query_int(&q, 0) : 0;
    return query_run(&q, e);
}

enum status circular_add(struct db *db, const struct circular *draft, const struct who *who, int64_t *id,
                         struct err *e)
{
    struct audit_line line = {.who = *who, .action = "circular.add"};

    TRY(db_change(db, e));
    enum status s = insert(db, draft, who->now_at, id, e);
    line.subject = *id;
    return db_change_end(db, s, &line, e);
}

static enum status update(struct db *db, const struct circular *draft, struct err *e)
{
    static const char sql[] =
        "update circular set subject = $1, words = $2, language = $3, actors = $4, is_warning = $5, "
        "version = version + 1 where id = $6 and version = $7 and sent_at is null returning id";
    struct query q = db_query(db, sql);

    bind_draft(&q, 1, draft);
    bind_int(&q, 6, draft->id);
    bind_int(&q, 7, draft->version);
    bool is_done = query_next(&q);
    TRY(query_run(&q, e));
    return is_done ? OK
                   : err_set(e, REFUSED, "circular %lld: has been changed or sent meanwhile",
                             (long long)draft->id);
}

enum status circular_change(struct db *db, const struct circular *draft, const struct who *who, struct err *e)
{
    const struct audit_line line = {.who = *who, .action = "circular.change", .subject = draft->id};

    TRY(db_change(db, e));
    return db_change_end(db, update(db, draft, e), &line, e);
}

static enum status delete_draft(struct db *db, int64_t id, int64_t version, struct err *e)
{
    static const char sql[] =
        "delete from circular where id = $1 and version = $2 and sent_at is null returning id";
    struct query q = db_query(db, sql);

    bind_int(&q, 1, id);
    bind_int(&q, 2, version);
    bool is_done = query_next(&q);
    TRY(query_run(&q, e));
    return is_done ? OK
                   : err_set(e, REFUSED, "circular %lld: has been changed, sent or thrown away meanwhile",
                             (long long)id);
}

enum status circular_remove(struct db *db, int64_t id, int64_t version, const struct who *who, struct err *e)
{
    const struct audit_line line = {.who = *who, .action = "circular.remove", .subject = id};

    TRY(db_change(db, e));
    return db_change_end(db, delete_draft(db, id, version, e), &line, e);
}

#define CIRCULAR_COLUMNS                                                                                     \
    "id, subject, words, language, actors, version, coalesce(sent_at, 0), letters, is_warning "              \
    "from circular "

static struct circular circular_row(const struct query *q, struct arena *a)
{
    return (struct circular){.id = query_int(q, 0),
                             .subject = query_str(q, 1, a),
                             .words = query_str(q, 2, a),
                             .language = str_is(query_str(q, 3, a), "en") ? LANGUAGE_EN : LANGUAGE_SV,
                             .actors = (uint32_t)query_int(q, 4),
                             .version = query_int(q, 5),
                             .sent_at = query_int(q, 6),
                             .letters = query_int(q, 7),
                             .is_warning = query_int(q, 8) != 0};
}

enum status circular_find(struct db *db, int64_t id, struct arena *a, struct circular *out, struct err *e)
{
    static const char sql[] = "select " CIRCULAR_COLUMNS "where id = $1";
    struct query q = db_query(db, sql);

    bind_int(&q, 1, id);
    bool is_there = query_next(&q);
    if (is_there)
        *out = circular_row(&q, a);
    TRY(query_end(&q, e));
    return is_there ? OK : err_set(e, REFUSED, "there is no circular %lld", (long long)id);
}

enum status circular_list(struct db *db, struct arena *a, struct circulars *out, struct err *e)
{
    static const char sql[] =
        "select " CIRCULAR_COLUMNS "order by sent_at is not null, sent_at desc, id desc";
    struct query q = db_query(db, sql);
    size_t room = 0;

    *out = (struct circulars){0};
    while (query_next(&q)) {
        out->circular = arena_grow(a, out->circular, out->n + 1, &room, sizeof *out->circular);
        out->circular[out->n++] = circular_row(&q, a);
    }
    return query_end(&q, e);
}

/* From when readers see what. */
#include "article/article_show.h"

#include "article/article_row.h"
#include "base/arena.h"
#include "calendar/stockholm.h"
#include "store/db.h"

static enum status forget_plan(struct db *db, int64_t id, int64_t now_at, struct err *e)
{
    static const char sql[] = "delete from article_showing where article = $1 and from_at > $2";
    struct query q = db_query(db, sql);

    bind_int(&q, 1, id);
    bind_int(&q, 2, now_at);
    return query_run(&q, e);
}

static enum status insert(struct db *db, int64_t id, int64_t version, int64_t from_at, struct date on_day,
                          bool is_update, struct err *e)
{
    static const char sql[] = "insert into article_showing (article, version, from_at, on_day, is_update) "
                              "values ($1, nullif($2, 0), $3, $4, $5)";
    struct query q = db_query(db, sql);

    bind_int(&q, 1, id);
    bind_int(&q, 2, version);
    bind_int(&q, 3, from_at);
    bind_date(&q, 4, on_day);
    bind_int(&q, 5, is_update);
    return query_run(&q, e);
}

static enum status is_version(struct db *db, int64_t id, int64_t version, bool *is_first, struct err *e)
{
    static const char sql[] =
        "select not exists (select 1 from article_showing s where s.article = v.article and "
        "s.version is not null) from article_version v where v.article = $1 and v.number = $2";
    struct query q = db_query(db, sql);

    bind_int(&q, 1, id);
    bind_int(&q, 2, version);
    bool is_there = query_next(&q);
    if (is_there)
        *is_first = query_int(&q, 0) != 0;
    TRY(query_end(&q, e));
    return is_there
               ? OK
               : err_set(e, REFUSED, "article %lld has no version %lld", (long long)id, (long long)version);
}

static enum status show_from(struct db *db, const struct article_author *by, int64_t id, int64_t version,
                             int64_t from_at, bool is_update, struct err *e)
{
    bool is_first = false;

    if (from_at < by->who.now_at)
        return err_set(e, REFUSED, "article %lld: the moment has passed", (long long)id);
    TRY(forget_plan(db, id, by->who.now_at, e));
    TRY(is_version(db, id, version, &is_first, e));
    return insert(db, id, version, from_at, stockholm_day(from_at, NULL), is_update || is_first, e);
}

enum status article_show_from(struct db *db, const struct article_author *by, int64_t id, int64_t version,
                              int64_t from_at, bool is_update, struct err *e)
{
    const struct audit_line line = {.who = by->who,
                                    .action = from_at > by->who.now_at ? "article.plan" : "article.publish",
                                    .subject = id};

    TRY(db_change(db, e));
    return db_change_end(db, show_from(db, by, id, version, from_at, is_update, e), &line, e);
}

enum status article_cancel_plan(struct db *db, const struct article_author *by, int64_t id, struct err *e)
{
    const struct audit_line line = {.who = by->who, .action = "article.cancel_plan", .subject = id};

    TRY(db_change(db, e));
    return db_change_end(db, forget_plan(db, id, by->who.now_at, e), &line, e);
}

static enum status take_back(struct db *db, const struct article_author *by, int64_t id, struct err *e)
{
    struct arena *a = arena_open();
    struct article x = {0};

    enum status s = article_find(db, id, by->who.now_at, a, &x, e);
    if (s == OK && x.kind == ARTICLE_KIND_PAGE)
        s = err_set(e, REFUSED, "page %lld: menus lead to it, so it is not taken away", (long long)id);
    arena_close(a);
    TRY(s);
    TRY(forget_plan(db, id, by->who.now_at, e));
    return insert(db, id, 0, by->who.now_at, stockholm_day(by->who.now_at, NULL), false, e);
}

enum status article_take_back(struct db *db, const struct article_author *by, int64_t id, struct err *e)
{
    const struct audit_line line = {.who = by->who, .action = "article.take_back", .subject = id};

    TRY(db_change(db, e));
    return db_change_end(db, take_back(db, by, id, e), &line, e);
}

static enum status set_reviewed(struct db *db, int64_t id, struct date on, struct err *e)
{
    static const char sql[] = "update article set reviewed_on = $2 where id = $1";
    struct query q = db_query(db, sql);

    bind_int(&q, 1, id);
    bind_date(&q, 2, on);
    return query_run(&q, e);
}

enum status article_reviewed(struct db *db, const struct article_author *by, int64_t id, struct err *e)
{
    const struct audit_line line = {.who = by->who, .action = "article.reviewed", .subject = id};

    TRY(db_change(db, e));
    return db_change_end(db, set_reviewed(db, id, stockholm_day(by->who.now_at, NULL), e), &line, e);
}

enum status article_backdate(struct db *db, int64_t id, struct date from, struct date updated,
                             struct date reviewed, struct err *e)
{
    TRY(insert(db, id, 1, stockholm_at(from, 0), from, true, e));
    if (date_days(updated) > date_days(from))
        TRY(insert(db, id, 1, stockholm_at(updated, 0), updated, true, e));
    return set_reviewed(db, id, reviewed, e);
}

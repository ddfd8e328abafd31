/* An article's versions. */
#include "article/article_version.h"

#include "article/article_row.h"
#include "base/arena.h"
#include "store/db.h"

enum { TEXT_FROM = 3 };

#define VERSION_COLUMNS                                                                                      \
    "v.number, v.at, coalesce((select p.name from person p where p.id = v.person), 'Lykta'), "

static struct article_version version_row(const struct query *q, struct arena *a)
{
    return (struct article_version){.number = query_int(q, 0),
                                    .at = query_int(q, 1),
                                    .person_name = query_str(q, 2, a),
                                    .text = article_text_row(q, TEXT_FROM, a)};
}

enum status article_version_find(struct db *db, int64_t id, int64_t number, struct arena *a,
                                 struct article_version *out, struct err *e)
{
    static const char sql[] = "select " VERSION_COLUMNS ARTICLE_TEXT_COLUMNS
                              "from article_version v where v.article = $1 and v.number = $2";
    struct query q = db_query(db, sql);

    bind_int(&q, 1, id);
    bind_int(&q, 2, number);
    bool is_there = query_next(&q);
    if (is_there)
        *out = version_row(&q, a);
    TRY(query_end(&q, e));
    return is_there
               ? OK
               : err_set(e, REFUSED, "article %lld has no version %lld", (long long)id, (long long)number);
}

enum status article_version_list(struct db *db, int64_t id, struct arena *a, struct article_versions *out,
                                 struct err *e)
{
    static const char sql[] = "select " VERSION_COLUMNS ARTICLE_HEAD_COLUMNS
                              "from article_version v where v.article = $1 order by v.number desc";
    struct article_versions found = {0, NULL};
    struct query q = db_query(db, sql);
    size_t room = 0;

    bind_int(&q, 1, id);
    while (query_next(&q)) {
        found.version = arena_grow(a, found.version, found.n + 1, &room, sizeof *found.version);
        found.version[found.n++] = version_row(&q, a);
    }
    TRY(query_end(&q, e));
    *out = found;
    return OK;
}

enum status article_restore(struct db *db, const struct article_author *by, int64_t id, int64_t version,
                            int64_t number, struct arena *a, struct err *e)
{
    struct article_version old = {0};
    struct article now = {0};

    TRY(article_version_find(db, id, number, a, &old, e));
    TRY(article_find(db, id, by->who.now_at, a, &now, e));
    return article_save(db, by, id, version, now.key, &old.text, e);
}

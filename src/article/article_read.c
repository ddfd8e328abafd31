/* Reading articles: as they stand for who writes them, and as readers see them. */
#include "article/article.h"

#include "article/article_row.h"
#include "base/arena.h"
#include "store/db.h"

static const char *const kind_codes[] = {
    [ARTICLE_KIND_PAGE] = "page",
    [ARTICLE_KIND_ARTICLE] = "article",
};

const char *article_kind_code(enum article_kind kind)
{
    return kind_codes[kind];
}

static struct article_words words_row(const struct query *q, int first, struct arena *a)
{
    return (struct article_words){.title = query_str(q, first, a),
                                  .ingress = query_str(q, first + 1, a),
                                  .body = query_str(q, first + 2, a),
                                  .picture_text = query_str(q, first + 3, a)};
}

struct article_text article_text_row(const struct query *q, int first, struct arena *a)
{
    return (struct article_text){
        .in = {[LANGUAGE_SV] = words_row(q, first, a), [LANGUAGE_EN] = words_row(q, first + 4, a)},
        .contact = query_str(q, first + 8, a),
        .picture = query_str(q, first + 9, a),
        .is_on_start = query_int(q, first + 10) != 0};
}

/* What readers see at the moment $1: the last row whose moment has come. */
#define SHOWN                                                                                                \
    "(select s.version from article_showing s where s.article = a.id and s.from_at <= $1 "                   \
    "order by s.from_at desc, s.id desc limit 1)"

/* Of article a at the moment $1: since when it is shown, and when readers last got something new. */
#define SHOWN_DAYS                                                                                           \
    "(select min(s.on_day) from article_showing s where s.article = a.id and s.version is not null and "     \
    "s.from_at <= $1), "                                                                                     \
    "(select max(s.on_day) from article_showing s where s.article = a.id and s.is_update = 1 and "           \
    "s.from_at <= $1), "
/* For who writes it, and for readers, who see version v and nothing of what is planned. */
#define ARTICLE_COLUMNS                                                                                      \
    "a.id, a.kind, a.key, a.version, " SHOWN_DAYS "a.reviewed_on, coalesce(" SHOWN ", 0), "                  \
    "coalesce((select s.version from article_showing s where s.article = a.id and s.from_at > $1), 0), "     \
    "coalesce((select s.from_at from article_showing s where s.article = a.id and s.from_at > $1), 0), "
#define READER_COLUMNS "a.id, a.kind, a.key, a.version, " SHOWN_DAYS "a.reviewed_on, v.number, 0, 0, "

enum { TEXT_FROM = 10 };

static struct article article_row(const struct query *q, struct arena *a)
{
    struct article x = {.id = query_int(q, 0),
                        .kind =
                            str_is(query_str(q, 1, a), "article") ? ARTICLE_KIND_ARTICLE : ARTICLE_KIND_PAGE,
                        .key = query_str(q, 2, a),
                        .version = query_int(q, 3),
                        .text = article_text_row(q, TEXT_FROM, a),
                        .published_on = query_date(q, 4),
                        .updated_on = query_date(q, 5),
                        .reviewed_on = query_date(q, 6),
                        .shown = query_int(q, 7),
                        .planned = query_int(q, 8),
                        .planned_at = query_int(q, 9)};

    /* Who gives readers something new has read what is there. */
    if (x.updated_on.year != 0 && date_days(x.updated_on) > date_days(x.reviewed_on))
        x.reviewed_on = x.updated_on;
    return x;
}

static enum status find_one(struct query *q, struct arena *a, struct article *out, struct err *e)
{
    bool is_there = query_next(q);

    if (is_there)
        *out = article_row(q, a);
    TRY(query_end(q, e));
    return is_there ? OK : err_set(e, REFUSED, "there is no such article");
}

static enum status find_all(struct query *q, struct arena *a, struct articles *out, struct err *e)
{
    struct articles found = {0, NULL};
    size_t room = 0;

    while (query_next(q)) {
        found.article = arena_grow(a, found.article, found.n + 1, &room, sizeof *found.article);
        found.article[found.n++] = article_row(q, a);
    }
    TRY(query_end(q, e));
    *out = found;
    return OK;
}

enum status article_find(struct db *db, int64_t id, int64_t now_at, struct arena *a, struct article *out,
                         struct err *e)
{
    static const char sql[] =
        "select " ARTICLE_COLUMNS ARTICLE_TEXT_COLUMNS
        "from article a join article_version v on v.article = a.id and v.number = a.version "
        "where a.id = $2";
    struct query q = db_query(db, sql);

    bind_int(&q, 1, now_at);
    bind_int(&q, 2, id);
    return find_one(&q, a, out, e);
}

enum status article_list(struct db *db, int64_t now_at, struct arena *a, struct articles *out, struct err *e)
{
    static const char sql[] =
        "select " ARTICLE_COLUMNS ARTICLE_HEAD_COLUMNS
        "from article a join article_version v on v.article = a.id and v.number = a.version "
        "order by a.kind desc, a.id desc";
    struct query q = db_query(db, sql);

    bind_int(&q, 1, now_at);
    return find_all(&q, a, out, e);
}

enum status article_shown(struct db *db, struct str key, int64_t now_at, struct arena *a, struct article *out,
                          struct err *e)
{
    static const char sql[] =
        "select " READER_COLUMNS ARTICLE_TEXT_COLUMNS
        "from article a join article_version v on v.article = a.id and v.number = " SHOWN " where a.key = $2";
    struct query q = db_query(db, sql);

    bind_int(&q, 1, now_at);
    bind_str(&q, 2, key);
    return find_one(&q, a, out, e);
}

enum status article_shown_list(struct db *db, int64_t now_at, struct arena *a, struct articles *out,
                               struct err *e)
{
    static const char sql[] =
        "select " READER_COLUMNS ARTICLE_HEAD_COLUMNS
        "from article a join article_version v on v.article = a.id and v.number = " SHOWN
        " where a.kind = 'article' order by 5 desc, a.id desc";
    struct query q = db_query(db, sql);

    bind_int(&q, 1, now_at);
    return find_all(&q, a, out, e);
}

/* The page alone has its bodies. */
#define START_COLUMNS                                                                                        \
    "v.title_sv, v.ingress_sv, case when a.key = $2 then v.body_sv else '' end, v.picture_text_sv, "         \
    "v.title_en, v.ingress_en, case when a.key = $2 then v.body_en else '' end, v.picture_text_en, "         \
    "v.contact, v.picture, v.on_start "

enum status article_shown_start(struct db *db, struct str key, int64_t now_at, struct arena *a,
                                struct article *page, struct articles *around, struct err *e)
{
    static const char sql[] =
        "select " READER_COLUMNS START_COLUMNS
        "from article a join article_version v on v.article = a.id and v.number = " SHOWN
        " where (a.key = $2 or a.kind = 'article') and (a.key = $2 or v.on_start = 1) "
        "order by case when a.key = $2 then 0 else 1 end, 5 desc, a.id desc";
    struct query q = db_query(db, sql);
    struct articles found = {0, NULL};

    bind_int(&q, 1, now_at);
    bind_str(&q, 2, key);
    TRY(find_all(&q, a, &found, e));
    if (found.n == 0 || !str_equal(found.article[0].key, key) || found.article[0].kind != ARTICLE_KIND_PAGE)
        return err_set(e, REFUSED, "there is no such article");
    *page = found.article[0];
    *around = (struct articles){found.n - 1, found.article + 1};
    return OK;
}

enum status article_moved(struct db *db, struct str key, struct arena *a, struct str *now, struct err *e)
{
    static const char sql[] =
        "select a.key from article_address o join article a on a.id = o.article where o.key = $1";
    struct query q = db_query(db, sql);

    bind_str(&q, 1, key);
    bool is_there = query_next(&q);
    if (is_there)
        *now = query_str(&q, 0, a);
    TRY(query_end(&q, e));
    return is_there ? OK : err_set(e, REFUSED, "no article has had this address");
}

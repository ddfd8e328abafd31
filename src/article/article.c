/* Writing articles: a save adds a version. */
#include "article/article.h"

#include "article/article_row.h"
#include "base/arena.h"
#include "store/db.h"

enum article_state article_state(const struct article *article)
{
    if (article->shown != 0)
        return ARTICLE_PUBLISHED;
    return article->planned != 0 ? ARTICLE_PLANNED : ARTICLE_DRAFT;
}

bool article_is_in(const struct article_text *text, enum language language)
{
    return text->in[language].title.n > 0;
}

static bool words_equal(const struct article_words *x, const struct article_words *y)
{
    return str_equal(x->title, y->title) && str_equal(x->ingress, y->ingress) &&
           str_equal(x->body, y->body) && str_equal(x->picture_text, y->picture_text);
}

static bool text_equal(const struct article_text *x, const struct article_text *y)
{
    return words_equal(&x->in[LANGUAGE_SV], &y->in[LANGUAGE_SV]) &&
           words_equal(&x->in[LANGUAGE_EN], &y->in[LANGUAGE_EN]) && str_equal(x->contact, y->contact) &&
           str_equal(x->picture, y->picture) && x->is_on_start == y->is_on_start;
}

static void bind_words(struct query *q, int first, const struct article_words *words)
{
    bind_str(q, first, words->title);
    bind_str(q, first + 1, words->ingress);
    bind_str(q, first + 2, words->body);
    bind_str(q, first + 3, words->picture_text);
}

static enum status insert_version(struct db *db, const struct article_author *by, int64_t id, int64_t number,
                                  const struct article_text *text, struct err *e)
{
    static const char sql[] =
        "insert into article_version (article, number, at, person, title_sv, ingress_sv, body_sv, "
        "picture_text_sv, title_en, ingress_en, body_en, picture_text_en, contact, picture, on_start) "
        "values ($1, $2, $3, nullif($4, 0), $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)";
    struct query q = db_query(db, sql);

    bind_int(&q, 1, id);
    bind_int(&q, 2, number);
    bind_int(&q, 3, by->who.now_at);
    bind_int(&q, 4, by->person);
    bind_words(&q, 5, &text->in[LANGUAGE_SV]);
    bind_words(&q, 9, &text->in[LANGUAGE_EN]);
    bind_str(&q, 13, text->contact);
    bind_str(&q, 14, text->picture);
    bind_int(&q, 15, text->is_on_start);
    return query_run(&q, e);
}

/* The address leads to the article from now on, also when another takes its place. */
static enum status remember_address(struct db *db, struct str key, int64_t id, struct err *e)
{
    static const char sql[] =
        "insert into article_address (key, article) values ($1, $2) on conflict (key) do nothing";
    bool is_free = false;

    TRY(article_key_is_free(db, key, id, &is_free, e));
    if (!is_free)
        return err_set(e, BAD_INPUT, "another article has, or has had, the address \"%.*s\"", STR(key));
    struct query q = db_query(db, sql);
    bind_str(&q, 1, key);
    bind_int(&q, 2, id);
    return query_run(&q, e);
}

static enum status insert(struct db *db, const struct article_author *by, enum article_kind kind,
                          struct str key, const struct article_text *text, int64_t *id, struct err *e)
{
    static const char sql[] =
        "insert into article (kind, key, version, reviewed_on) values ($1, $2, 1, $3) returning id";
    struct query q = db_query(db, sql);

    bind_str(&q, 1, str_of(article_kind_code(kind)));
    bind_str(&q, 2, key);
    bind_date(&q, 3, date_of(by->who.now_at));
    while (query_next(&q))
        *id = query_int(&q, 0);
    TRY(query_end(&q, e));
    TRY(remember_address(db, key, *id, e));
    return insert_version(db, by, *id, 1, text, e);
}

enum status article_add(struct db *db, const struct article_author *by, enum article_kind kind,
                        struct str key, const struct article_text *text, int64_t *id, struct err *e)
{
    struct audit_line line = {.who = by->who, .action = "article.add"};

    TRY(db_change(db, e));
    enum status s = insert(db, by, kind, key, text, id, e);
    line.subject = s == OK ? *id : 0;
    return db_change_end(db, s, &line, e);
}

static enum status update(struct db *db, int64_t id, int64_t version, struct str key, struct err *e)
{
    static const char sql[] = "update article set version = $3, key = $4 where id = $1 and version = $2";
    struct query q = db_query(db, sql);

    bind_int(&q, 1, id);
    bind_int(&q, 2, version);
    bind_int(&q, 3, version + 1);
    bind_str(&q, 4, key);
    return query_run(&q, e);
}

enum status article_save(struct db *db, const struct article_author *by, int64_t id, int64_t version,
                         struct str key, const struct article_text *text, struct err *e)
{
    const struct audit_line line = {.who = by->who, .action = "article.save", .subject = id, .detail = key};
    struct arena *a = arena_open();
    struct article latest = {0};

    enum status s = db_change(db, e);
    if (s == OK) {
        s = article_find(db, id, by->who.now_at, a, &latest, e);
        if (s == OK && latest.version != version)
            s = err_set(e, REFUSED, "article %lld: somebody else has saved it", (long long)id);
        if (s == OK && text_equal(&latest.text, text) && str_equal(latest.key, key))
            version = 0; /* nothing new: nothing is added */
        if (s == OK && version > 0)
            s = remember_address(db, key, id, e);
        if (s == OK && version > 0)
            s = update(db, id, version, key, e);
        if (s == OK && version > 0)
            s = insert_version(db, by, id, version + 1, text, e);
        s = db_change_end(db, s, &line, e);
    }
    arena_close(a);
    return s;
}

enum status article_key_is_free(struct db *db, struct str key, int64_t id, bool *is_free, struct err *e)
{
    static const char sql[] = "select 1 from article_address where key = $1 and article <> $2";
    struct query q = db_query(db, sql);

    bind_str(&q, 1, key);
    bind_int(&q, 2, id);
    *is_free = !query_next(&q);
    return query_end(&q, e);
}

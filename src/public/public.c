/* Articles, pages and numbers to call: the tables of public.sql. */
#include "public/public.h"

#include "base/arena.h"
#include "public/content.h"
#include "store/db.h"

bool public_page_is_old(const struct public_page *page, struct date today)
{
    return date_days(today) - date_days(page->reviewed_on) >= PUBLIC_OLD_DAYS;
}

/* A row of public_page: key to reviewed_on, in the order of the table. */
static struct public_page page_row(const struct query *q, struct arena *a)
{
    return (struct public_page){.key = query_str(q, 0, a),
                                .language = query_str(q, 1, a),
                                .kind = str_is(query_str(q, 2, a), "article") ? PUBLIC_ARTICLE : PUBLIC_PAGE,
                                .title = query_str(q, 3, a),
                                .ingress = query_str(q, 4, a),
                                .picture = query_str(q, 5, a),
                                .picture_text = query_str(q, 6, a),
                                .contact = query_str(q, 7, a),
                                .body = query_str(q, 8, a),
                                .published_on = query_date(q, 9),
                                .updated_on = query_date(q, 10),
                                .reviewed_on = query_date(q, 11)};
}

enum status public_page_find(struct db *db, struct str key, struct str language, struct arena *a,
                             struct public_page *out, struct err *e)
{
    static const char sql[] =
        "select key, language, kind, title, ingress, picture, picture_text, contact, body, "
        "published_on, updated_on, reviewed_on "
        "from public_page where key = $1 and language = $2";
    struct query q = db_query(db, sql);
    bool has_row = false;

    bind_str(&q, 1, key);
    bind_str(&q, 2, language);
    while (query_next(&q)) {
        *out = page_row(&q, a);
        has_row = true;
    }
    TRY(query_end(&q, e));
    if (!has_row)
        return err_set(e, REFUSED, "there is no page \"%.*s\"", STR(key));
    return OK;
}

enum status public_articles(struct db *db, struct str language, struct arena *a, struct public_pages *out,
                            struct err *e)
{
    static const char sql[] =
        "select key, language, kind, title, ingress, picture, picture_text, contact, '', "
        "published_on, updated_on, reviewed_on "
        "from public_page where kind = 'article' and language = $1 "
        "order by published_on desc, key";
    struct query q = db_query(db, sql);
    struct public_pages found = {0, NULL};
    size_t room = 0;

    bind_str(&q, 1, language);
    while (query_next(&q)) {
        found.page = arena_grow(a, found.page, found.n + 1, &room, sizeof *found.page);
        found.page[found.n++] = page_row(&q, a);
    }
    TRY(query_end(&q, e));
    *out = found;
    return OK;
}

enum status public_helplines(struct db *db, struct str language, struct arena *a,
                             struct public_helplines *out, struct err *e)
{
    static const char sql[] =
        "select number, tel, about_sv, about_en, hours_sv, hours_en, circles, checked_on, status "
        "from public_helpline order by place";
    struct query q = db_query(db, sql);
    struct public_helplines found = {0, NULL};
    int other = str_is(language, "en");
    size_t room = 0;

    while (query_next(&q)) {
        found.line = arena_grow(a, found.line, found.n + 1, &room, sizeof *found.line);
        found.line[found.n++] =
            (struct public_helpline){.number = query_str(&q, 0, a),
                                     .tel = query_str(&q, 1, a),
                                     .about = query_str(&q, 2 + other, a),
                                     .hours = query_str(&q, 4 + other, a),
                                     .circles = (unsigned)query_int(&q, 6),
                                     .checked_on = query_date(&q, 7),
                                     .is_verified = str_is(query_str(&q, 8, a), "verified")};
    }
    TRY(query_end(&q, e));
    *out = found;
    return OK;
}

static enum status add_page(struct db *db, const struct public_page *page, struct err *e)
{
    static const char sql[] =
        "insert into public_page (key, language, kind, title, ingress, picture, picture_text, contact, body, "
        "published_on, updated_on, reviewed_on) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)";
    struct query q = db_query(db, sql);

    bind_str(&q, 1, page->key);
    bind_str(&q, 2, page->language);
    bind_str(&q, 3, page->kind == PUBLIC_ARTICLE ? S("article") : S("page"));
    bind_str(&q, 4, page->title);
    bind_str(&q, 5, page->ingress);
    bind_str(&q, 6, page->picture);
    bind_str(&q, 7, page->picture_text);
    bind_str(&q, 8, page->contact);
    bind_str(&q, 9, page->body);
    bind_date(&q, 10, page->published_on);
    bind_date(&q, 11, page->updated_on);
    bind_date(&q, 12, page->reviewed_on);
    return query_run(&q, e);
}

static enum status add_helpline(struct db *db, int64_t place, const struct public_helpline *sv,
                                const struct public_helpline *en, struct err *e)
{
    static const char sql[] =
        "insert into public_helpline (place, number, tel, about_sv, about_en, hours_sv, hours_en, circles, "
        "checked_on, status) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
    struct query q = db_query(db, sql);

    bind_int(&q, 1, place);
    bind_str(&q, 2, sv->number);
    bind_str(&q, 3, sv->tel);
    bind_str(&q, 4, sv->about);
    bind_str(&q, 5, en->about);
    bind_str(&q, 6, sv->hours);
    bind_str(&q, 7, en->hours);
    bind_int(&q, 8, (int64_t)sv->circles);
    bind_date(&q, 9, sv->checked_on);
    bind_str(&q, 10, sv->is_verified ? S("verified") : S("granskas"));
    return query_run(&q, e);
}

static enum status add_contents(struct db *db, struct date today, struct arena *a, struct err *e)
{
    struct public_helplines sv;
    struct public_helplines en;

    for (size_t i = 0; i < contents_n; i++) {
        struct public_page page = content_page(&contents[i], today);
        TRY(add_page(db, &page, e));
    }
    TRY(public_helplines_read("helplines.csv", content_helplines, S("sv"), a, &sv, e));
    TRY(public_helplines_read("helplines.csv", content_helplines, S("en"), a, &en, e));
    for (size_t i = 0; i < sv.n; i++)
        TRY(add_helpline(db, (int64_t)i + 1, &sv.line[i], &en.line[i], e));
    return OK;
}

enum status public_seed(struct db *db, const struct who *who, struct arena *a, struct err *e)
{
    const struct audit_line line = {.who = *who, .action = "public.seed"};

    TRY(db_change(db, e));
    return db_change_end(db, add_contents(db, date_of(who->now_at), a, e), &line, e);
}

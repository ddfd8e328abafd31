/* Articles and pages as readers see them, and numbers to call. */
#include "public/public.h"
#include "help/helpline.h"

#include "article/article_picture.h"
#include "article/article_show.h"
#include "base/arena.h"
#include "public/content.h"
#include "store/db.h"

bool public_page_is_old(const struct public_page *page, struct date today)
{
    return date_days(today) - date_days(page->reviewed_on) >= PUBLIC_OLD_DAYS;
}

struct public_page public_page_of(const struct article *x, const struct article_text *text,
                                  enum language language)
{
    enum language own = article_is_in(text, language) ? language : LANGUAGE_SV;
    const struct article_words *words = &text->in[own];

    return (struct public_page){.key = x->key,
                                .language = language_code(own),
                                .kind = x->kind,
                                .title = words->title,
                                .ingress = words->ingress,
                                .picture = text->picture,
                                .picture_text = words->picture_text,
                                .contact = text->contact,
                                .body = words->body,
                                .published_on = x->published_on,
                                .updated_on = x->updated_on,
                                .reviewed_on = x->reviewed_on};
}

enum status public_page_find(struct db *db, struct str key, enum language language, int64_t now_at,
                             struct arena *a, struct public_page *out, struct err *e)
{
    struct article x = {0};

    TRY(article_shown(db, key, now_at, a, &x, e));
    *out = public_page_of(&x, &x.text, language);
    return public_page_measure(db, out, e);
}

enum status public_page_measure(struct db *db, struct public_page *page, struct err *e)
{
    return page->picture.n == 0
               ? OK
               : article_picture_size(db, page->picture, &page->picture_width, &page->picture_height, e);
}

static struct public_pages pages_of(const struct articles *shown, enum language language,
                                    enum public_place place, struct arena *a)
{
    struct public_pages pages = {0, arena_new(a, shown->n + 1, struct public_page)};

    for (size_t i = 0; i < shown->n; i++) {
        const struct article *x = &shown->article[i];

        if (article_is_in(&x->text, language) && (place == PUBLIC_EVERYWHERE || x->text.is_on_start))
            pages.page[pages.n++] = public_page_of(x, &x->text, language);
    }
    return pages;
}

enum status public_articles(struct db *db, enum language language, enum public_place place, int64_t now_at,
                            struct arena *a, struct public_pages *out, struct err *e)
{
    struct articles shown = {0, NULL};

    TRY(article_shown_list(db, now_at, a, &shown, e));
    *out = pages_of(&shown, language, place, a);
    return OK;
}

enum status public_start_find(struct db *db, enum language language, int64_t now_at, struct arena *a,
                              struct public_page *page, struct public_pages *articles, struct err *e)
{
    struct articles around = {0, NULL};
    struct article start = {0};

    TRY(article_shown_start(db, S("start"), now_at, a, &start, &around, e));
    *page = public_page_of(&start, &start.text, language);
    *articles = pages_of(&around, language, PUBLIC_ON_START, a);
    return public_page_measure(db, page, e);
}

static struct article_words words_of(const struct public_page *page)
{
    return (struct article_words){.title = page->title,
                                  .ingress = page->ingress,
                                  .body = page->body,
                                  .picture_text = page->picture_text};
}

/* A Swedish text of content/ with its English one, as a draft. */
static enum status add_draft(struct db *db, const struct article_author *by, const struct public_page *page,
                             int64_t *id, struct err *e)
{
    struct article_text text = {.contact = page->contact,
                                .picture = page->picture,
                                .is_on_start = page->kind == ARTICLE_KIND_ARTICLE};

    for (size_t i = 0; i < contents_n; i++)
        if (str_equal(contents[i].page.key, page->key))
            text.in[str_is(contents[i].page.language, "en") ? LANGUAGE_EN : LANGUAGE_SV] =
                words_of(&contents[i].page);
    return article_add(db, by, page->kind, page->key, &text, id, e);
}

/* The text, shown since the day it says. */
static enum status add_page(struct db *db, const struct article_author *by, const struct public_page *page,
                            struct err *e)
{
    int64_t id = 0;

    TRY(add_draft(db, by, page, &id, e));
    return article_backdate(db, id, page->published_on, page->updated_on, page->reviewed_on, e);
}

static enum status add_helplines(struct db *db, struct arena *a, struct err *e)
{
    struct helplines sv;
    struct helplines en;

    TRY(helplines_read("helplines.csv", content_helplines, S("sv"), a, &sv, e));
    TRY(helplines_read("helplines.csv", content_helplines, S("en"), a, &en, e));
    for (size_t i = 0; i < sv.n; i++)
        TRY(helpline_add(db, (int64_t)i + 1, &sv.line[i], &en.line[i], e));
    return OK;
}

static enum status add_contents(struct db *db, const struct who *who, struct arena *a, struct err *e)
{
    const struct article_author by = {.who = *who};

    for (size_t i = 0; i < contents_n; i++) {
        struct public_page page = content_page(&contents[i], date_of(who->now_at));
        if (str_is(page.language, "sv"))
            TRY(add_page(db, &by, &page, e));
    }
    return add_helplines(db, a, e);
}

enum status public_seed(struct db *db, const struct who *who, struct arena *a, struct err *e)
{
    const struct audit_line line = {.who = *who, .action = "public.seed"};

    TRY(db_change(db, e));
    return db_change_end(db, add_contents(db, who, a, e), &line, e);
}

static enum status begin_page(struct db *db, const struct who *who, const struct content *content,
                              struct err *e)
{
    const struct article_author by = {.who = *who};
    const struct content today = {.page = content->page};
    struct public_page page = content_page(&today, date_of(who->now_at));
    bool is_free = false;
    int64_t id = 0;

    TRY(article_key_is_free(db, page.key, 0, &is_free, e));
    if (!is_free)
        return OK;
    return content->is_citys_own ? add_draft(db, &by, &page, &id, e) : add_page(db, &by, &page, e);
}

static enum status begin_all(struct db *db, const struct who *who, struct arena *a, struct err *e)
{
    for (size_t i = 0; i < contents_n; i++)
        if (contents[i].page.kind == ARTICLE_KIND_PAGE && str_is(contents[i].page.language, "sv"))
            TRY(begin_page(db, who, &contents[i], e));
    return add_helplines(db, a, e);
}

enum status public_begin(struct db *db, const struct who *who, struct arena *a, struct err *e)
{
    const struct audit_line line = {.who = *who, .action = "public.seed"};

    TRY(db_change(db, e));
    return db_change_end(db, begin_all(db, who, a, e), &line, e);
}

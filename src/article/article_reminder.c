/* Letters about texts that wait for a review. */
#include "article/article_reminder.h"

#include "base/arena.h"
#include "calendar/stockholm.h"
#include "mail/letter.h"
#include "mail/mail.h"
#include "portal/permission.h"
#include "portal/person.h"
#include "store/city.h"
#include "store/db.h"

#include <time.h>

enum { FIRST_MINUTE = 8 * 60, EVERY_MS = 30 * 60 * 1000 }; /* nobody is reminded at night */

bool article_is_due(const struct article *article, struct date today)
{
    return article->shown != 0 && date_days(today) - date_days(article->reviewed_on) >= ARTICLE_REVIEW_DAYS;
}

/* Was a letter sent about the article as it was reviewed last? */
static enum status is_told(struct db *db, const struct article *x, bool *is_told, struct err *e)
{
    static const char sql[] = "select 1 from article where id = $1 and reminded_on = $2";
    struct query q = db_query(db, sql);

    bind_int(&q, 1, x->id);
    bind_date(&q, 2, x->reviewed_on);
    *is_told = query_next(&q);
    return query_end(&q, e);
}

static enum status note(struct db *db, const struct article *x, struct err *e)
{
    static const char sql[] = "update article set reminded_on = $2 where id = $1";
    struct query q = db_query(db, sql);

    bind_int(&q, 1, x->id);
    bind_date(&q, 2, x->reviewed_on);
    return query_run(&q, e);
}

static enum status find_due(struct db *db, int64_t now_at, struct arena *a, struct articles *out,
                            struct err *e)
{
    struct date today = stockholm_day(now_at, NULL);
    struct articles all = {0, NULL};

    TRY(article_list(db, now_at, a, &all, e));
    *out = (struct articles){0, arena_new(a, all.n + 1, struct article)};
    for (size_t i = 0; i < all.n; i++) {
        bool told = true;

        if (article_is_due(&all.article[i], today))
            TRY(is_told(db, &all.article[i], &told, e));
        if (!told)
            out->article[out->n++] = all.article[i];
    }
    return OK;
}

/* The letter about `due` to one coordinator. */
static enum status write_to(const struct article_office *o, const struct person *p,
                            const struct articles *due, int64_t now_at, struct arena *a, struct err *e)
{
    struct letter l = letter_open(p->language, p->name, o->city, a);
    const char *prefix = p->language == LANGUAGE_EN ? "/en" : "";
    const struct insertion values[] = {insertion("n", due->n)};
    int64_t id = 0;

    letter_subject(&l, TEXT_ARTICLE_LETTER_SUBJECT, values, 1);
    letter_paragraph(&l, TEXT_ARTICLE_LETTER_ABOUT, NULL, 0);
    for (size_t i = 0; i < due->n; i++) {
        const struct article *x = &due->article[i];

        letter_fact(&l, TEXT_ARTICLE_TITLE, x->text.in[LANGUAGE_SV].title);
        letter_link(&l, TEXT_ARTICLE_LETTER_LINK,
                    str_of(arena_printf(a, "%.*s%s/arbete/artiklar/%lld", STR(o->address), prefix,
                                        (long long)x->id)));
    }
    const struct mail_letter letter = letter_to(&l, p->email);
    return mail_queue(o->db, &letter, now_at, &id, e);
}

/* Every coordinator gets the letter; *n stays 0 when there is none. */
static enum status tell(const struct article_office *o, const struct articles *due, int64_t now_at,
                        struct arena *a, int64_t *n, struct err *e)
{
    struct people all = {0, NULL};
    size_t letters = 0;

    TRY(people_list(o->db, a, &all, e));
    for (size_t i = 0; i < all.n; i++) {
        const struct person *p = &all.person[i];

        if (p->is_closed || !permission_has(PERMISSION_SITE_WRITE, p->roles))
            continue;
        TRY(write_to(o, p, due, now_at, a, e));
        letters++;
    }
    if (letters == 0)
        return err_set(e, REFUSED, "there is no coordinator to tell");
    for (size_t i = 0; i < due->n; i++)
        TRY(note(o->db, &due->article[i], e));
    *n = (int64_t)due->n;
    return OK;
}

static enum status remind(const struct article_office *o, const struct who *who, struct arena *a, int64_t *n,
                          struct err *e)
{
    const struct audit_line line = {.who = *who, .action = "article.reminded"};
    struct articles due = {0, NULL};

    TRY(find_due(o->db, who->now_at, a, &due, e));
    if (due.n == 0)
        return OK;
    TRY(db_change(o->db, e));
    enum status s = db_change_end(o->db, tell(o, &due, who->now_at, a, n, e), &line, e);
    return s == REFUSED ? OK : s;
}

enum status article_remind(const struct article_office *o, const struct who *who, int64_t *n, struct err *e)
{
    struct arena *a = arena_open();
    int minute = 0;
    enum status s = OK;

    *n = 0;
    stockholm_day(who->now_at, &minute);
    if (minute >= FIRST_MINUTE)
        s = remind(o, who, a, n, e);
    arena_close(a);
    return s;
}

static enum status take_care(const struct errand_round *r, struct err *e)
{
    const struct who who = {.name = "lykta serve", .now_at = (int64_t)time(NULL)};
    const struct article_office office = {
        .db = r->db, .city = city_settings(r->city)->name, .address = city_site(r->city, r->arena)};
    int64_t n = 0;

    return article_remind(&office, &who, &n, e);
}

const struct errand article_errand = {.name = "articles", .every_ms = EVERY_MS, .run = take_care};

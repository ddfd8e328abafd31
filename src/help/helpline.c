/* Numbers to call, in the database. */
#include "help/helpline.h"

#include "base/arena.h"
#include "store/audit.h"
#include "store/db.h"

struct str helpline_href(struct str tel, struct arena *a)
{
    return str_of(arena_printf(a, "tel:%.*s", STR(tel)));
}

enum status helplines_all(struct db *db, struct str language, struct arena *a, struct helplines *out,
                          struct err *e)
{
    static const char sql[] =
        "select number, tel, about_sv, about_en, hours_sv, hours_en, circles, checked_on, status, place "
        "from public_helpline order by place";
    struct query q = db_query(db, sql);
    struct helplines found = {0, NULL};
    int other = str_is(language, "en");
    size_t room = 0;

    while (query_next(&q)) {
        struct str tel = query_str(&q, 1, a);

        found.line = arena_grow(a, found.line, found.n + 1, &room, sizeof *found.line);
        found.line[found.n++] = (struct helpline){.number = query_str(&q, 0, a),
                                                  .tel = tel,
                                                  .href = helpline_href(tel, a),
                                                  .about = query_str(&q, 2 + other, a),
                                                  .hours = query_str(&q, 4 + other, a),
                                                  .circles = (unsigned)query_int(&q, 6),
                                                  .checked_on = query_date(&q, 7),
                                                  .is_verified = str_is(query_str(&q, 8, a), "verified"),
                                                  .place = query_int(&q, 9)};
    }
    TRY(query_end(&q, e));
    *out = found;
    return OK;
}

static enum status set_checked(struct db *db, int64_t place, struct str number, struct date today,
                               struct err *e)
{
    static const char sql[] = "update public_helpline set status = 'verified', checked_on = $1 "
                              "where place = $2 and number = $3 returning place";
    struct query q = db_query(db, sql);

    bind_date(&q, 1, today);
    bind_int(&q, 2, place);
    bind_str(&q, 3, number);
    bool is_there = query_next(&q);
    TRY(query_end(&q, e));
    return is_there ? OK : err_set(e, REFUSED, "the number is no longer there");
}

enum status helpline_check(struct db *db, int64_t place, struct str number, const struct who *who,
                           struct err *e)
{
    const struct audit_line line = {
        .who = *who, .action = "public.helpline_check", .subject = place, .detail = number};

    TRY(db_change(db, e));
    return db_change_end(db, set_checked(db, place, number, date_of(who->now_at), e), &line, e);
}

enum status helpline_add(struct db *db, int64_t place, const struct helpline *sv, const struct helpline *en,
                         struct err *e)
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

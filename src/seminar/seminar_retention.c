/* What is deleted when. */
#include "seminar/seminar_retention.h"

#include "base/date.h"
#include "calendar/stockholm.h"
#include "mail/mail.h"
#include "store/db.h"

#include <inttypes.h>
#include <stdio.h>

/* Runs `sql`, which takes the last day as $1 and gives a row for each row it changed. */
static enum status run(struct db *db, const char *sql, struct date last, int64_t *n, struct err *e)
{
    struct query q = db_query(db, sql);

    bind_date(&q, 1, last);
    while (query_next(&q))
        ++*n;
    return query_end(&q, e);
}

static struct date days_before(int64_t now_at, int days)
{
    return date_from_days(date_days(stockholm_day(now_at, NULL)) - days);
}

/* Counts by kind of actor, written once, before the lists go. */
static enum status count_lists(struct db *db, struct date last, struct err *e)
{
    static const char sql[] =
        "insert into seminar_count (seminar, actor, invited, signed_up, came) "
        "select seminar, actor, sum(invited), sum(signed_up), sum(came) from ("
        "select seminar, actor, 1 as invited, 0 as signed_up, 0 as came from seminar_invitation union all "
        "select seminar, actor, 0, case when state = 'confirmed' then 1 else 0 end, "
        "case when came_at is null then 0 else 1 end from seminar_signup) as everyone "
        "where seminar in (select id from seminar where held_on <= $1) group by seminar, actor "
        "on conflict (seminar, actor) do update set invited = seminar_count.invited + excluded.invited, "
        "signed_up = seminar_count.signed_up + excluded.signed_up, came = seminar_count.came + excluded.came";
    struct query q = db_query(db, sql);

    bind_date(&q, 1, last);
    return query_run(&q, e);
}

/* An invitation that goes early is counted too. */
static enum status count_unanswered(struct db *db, struct date last, struct err *e)
{
    static const char sql[] =
        "insert into seminar_count (seminar, actor, invited, signed_up, came) "
        "select seminar, actor, count(*), 0, 0 from seminar_invitation where answer = 'none' "
        "and seminar in (select id from seminar where held_on <= $1) group by seminar, actor "
        "on conflict (seminar, actor) do update set invited = seminar_count.invited + excluded.invited";
    struct query q = db_query(db, sql);

    bind_date(&q, 1, last);
    return query_run(&q, e);
}

static enum status delete_due(struct db *db, int64_t now_at, struct seminar_retained *out, struct err *e)
{
    static const char needs[] = "update seminar_signup set needs = '' where needs <> '' and seminar in "
                                "(select id from seminar where held_on <= $1) returning id";
    static const char unanswered[] = "delete from seminar_invitation where answer = 'none' and seminar in "
                                     "(select id from seminar where held_on <= $1) returning id";
    static const char signups[] = "delete from seminar_signup where seminar in "
                                  "(select id from seminar where held_on <= $1) returning id";
    static const char invitations[] = "delete from seminar_invitation where seminar in "
                                      "(select id from seminar where held_on <= $1) returning id";
    struct date list_day = days_before(now_at, SEMINAR_LIST_DAYS);
    struct date unanswered_day = days_before(now_at, SEMINAR_UNANSWERED_DAYS);

    TRY(run(db, needs, days_before(now_at, SEMINAR_NEEDS_DAYS), &out->needs, e));
    TRY(count_lists(db, list_day, e));
    TRY(run(db, signups, list_day, &out->signups, e));
    TRY(run(db, invitations, list_day, &out->invitations, e));
    TRY(count_unanswered(db, unanswered_day, e));
    TRY(run(db, unanswered, unanswered_day, &out->invitations, e));
    return mail_forget(db, now_at, &out->letters, e);
}

enum status seminar_retention(struct db *db, const struct who *who, struct seminar_retained *out,
                              struct err *e)
{
    struct audit_line line = {.who = *who, .action = "seminar.retention"};
    char detail[160];

    *out = (struct seminar_retained){0};
    TRY(db_begin(db, e));
    enum status s = delete_due(db, who->now_at, out, e);
    if (s != OK || out->needs + out->invitations + out->signups + out->letters == 0)
        return db_end(db, s, e);
    snprintf(detail, sizeof detail,
             "deleted: needs %" PRId64 ", invitations %" PRId64 ", sign-ups %" PRId64 ", letters %" PRId64,
             out->needs, out->invitations, out->signups, out->letters);
    line.detail = str_of(detail);
    return db_change_end(db, s, &line, e);
}

/* Notices that an access ends. */
#include "research/study_notice.h"

#include "base/arena.h"
#include "calendar/stockholm.h"
#include "research/study.h"
#include "research/study_letter.h"
#include "store/db.h"

enum { DAY_SECONDS = 86400, FIRST_NOTICE_DAYS = 60 };

static const int64_t notices[] = {7, 30, FIRST_NOTICE_DAYS};

static int64_t days_left(int64_t ends_at, int64_t now_at)
{
    return date_days(stockholm_day(ends_at - 1, NULL)) - date_days(stockholm_day(now_at, NULL));
}

/* The closest notice whose day has come; 0: none has. */
int64_t study_notice_begin(int64_t ends_at, int64_t now_at)
{
    int64_t left = days_left(ends_at, now_at);

    for (size_t i = 0; i < sizeof notices / sizeof *notices; i++)
        if (left <= notices[i])
            return notices[i];
    return 0;
}

struct due {
    struct study study;
    int64_t given; /* the notice before: 60, 30, 7; 0: none */
};

/* The first of those that end soon, or have ended, with something to tell. */
static enum status find(struct db *db, int64_t now_at, struct arena *a, struct due *out, struct err *e)
{
    static const char sql[] =
        "select " STUDY_COLUMNS ", noticed_days from research_study where state = 'granted' and ended_at = 0 "
        "and end_told_at = 0 and ends_at <= $1 order by ends_at, id";
    struct query q = db_query(db, sql);

    *out = (struct due){.given = 0};
    bind_int(&q, 1, now_at + (int64_t)(FIRST_NOTICE_DAYS + 2) * DAY_SECONDS);
    while (out->study.id == 0 && query_next(&q)) {
        struct due x = {study_row(&q, a), query_int(&q, 29)};
        int64_t notice = study_notice_begin(x.study.ends_at, now_at);

        if (x.study.ends_at <= now_at || (notice > 0 && (x.given == 0 || notice < x.given)))
            *out = x;
    }
    return query_end(&q, e);
}

static enum status note(struct db *db, const struct study *x, int64_t now_at, struct err *e)
{
    static const char sql[] = "update research_study set noticed_days = $2, end_told_at = $3 where id = $1";
    struct query q = db_query(db, sql);

    bind_int(&q, 1, x->id);
    bind_int(&q, 2, study_notice_begin(x->ends_at, now_at));
    bind_int(&q, 3, x->ends_at <= now_at ? now_at : 0);
    return query_run(&q, e);
}

static enum status tell(const struct city *city, struct db *db, const struct study *x, int64_t now_at,
                        struct arena *a, struct err *e)
{
    TRY(note(db, x, now_at, e));
    if (x->ends_at <= now_at)
        return study_letter_over(city, db, x, now_at, a, e);
    return study_letter_notice(city, db, x, days_left(x->ends_at, now_at), now_at, a, e);
}

enum status study_notice_next(const struct city *city, struct db *db, const struct who *who, bool *has_told,
                              struct err *e)
{
    struct audit_line line = {.who = *who, .action = "research.notice"};
    struct arena *a = arena_open();
    struct due due;
    enum status s = find(db, who->now_at, a, &due, e);

    *has_told = s == OK && due.study.id != 0;
    if (*has_told)
        s = db_change(db, e);
    if (*has_told && s == OK) {
        line.subject = due.study.id;
        s = db_change_end(db, tell(city, db, &due.study, who->now_at, a, e), &line, e);
    }
    arena_close(a);
    return s;
}

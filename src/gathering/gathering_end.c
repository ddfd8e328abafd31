/* Gatherings: begun anew, and ended. */
#include "gathering/gathering.h"

#include "base/arena.h"
#include "gathering/gathering_asking.h"
#include "gathering/gathering_keys.h"
#include "gathering/gathering_ring.h"
#include "store/db.h"

#include <inttypes.h>

static enum status run_for(struct db *db, const char *sql, int64_t round, struct err *e)
{
    struct query q = db_query(db, sql);

    bind_int(&q, 1, round);
    return query_run(&q, e);
}

/* What agencies have handed in beside their keys. */
static enum status forget_lists(struct db *db, int64_t round, struct err *e)
{
    static const char told[] =
        "delete from gathering_field where list in (select id from gathering_list where round = $1)";
    static const char lists[] = "update gathering_list set digits = '', encodings = null, bytes = 0, "
                                "people = 0, handed_in_at = 0 where round = $1";
    struct gathering_forgotten asked;

    TRY(gathering_forget_asking(db, round, FORGET_ACCURACY, &asked, e));
    TRY(run_for(db, told, round, e));
    return run_for(db, lists, round, e);
}

static enum status begin_anew(struct db *db, int64_t round, struct arena *a, struct err *e)
{
    static const char sql[] =
        "update gathering set is_whole = 0, secret = null, short_at = 0 where round = $1";
    static const char ring[] = "delete from gathering_list where round = $1";
    struct gathering g;

    TRY(gathering_in(db, round, ~GATHERING_BIT(GATHERING_ENDED), a, &g, e));
    TRY(forget_lists(db, round, e));
    if (gathering_is_ring(&g))
        TRY(run_for(db, ring, round, e));
    return run_for(db, sql, round, e);
}

enum status gathering_begin_anew(struct db *db, int64_t round, const struct who *who, struct err *e)
{
    const struct audit_line line = {.who = *who, .action = "gathering.anew", .subject = round};
    struct arena *a = arena_open();
    enum status s = OK;

    if (!who->why || str_trim(str_of(who->why)).n == 0)
        s = err_set(e, BAD_INPUT, "gathering.anew: needs a reason");
    if (s == OK)
        s = db_change(db, e);
    if (s == OK)
        s = db_change_end(db, begin_anew(db, round, a, e), &line, e);
    arena_close(a);
    return s;
}

/* How many people and how much was missing stays with the lists' rows, and what the answers told of the
 * linkage: it is what the mapping rests on. How many questions and answers are deleted is told. */
static enum status end_in_change(struct db *db, int64_t round, int64_t at, struct arena *a,
                                 struct str *detail, struct err *e)
{
    static const char lists[] =
        "update gathering_list set encodings = null, started = null, open_key = $2 where round = $1";
    static const char sql[] =
        "update gathering set secret = null, reader = null, ended_at = $2, questions_deleted = $3, "
        "answers_deleted = $4 where round = $1";
    struct gathering_forgotten asked;
    struct gathering g;

    TRY(gathering_in(db, round, ~GATHERING_BIT(GATHERING_ENDED), a, &g, e));
    TRY(gathering_forget_asking(db, round, KEEP_ACCURACY, &asked, e));
    if (asked.questions > 0)
        *detail = str_of(
            arena_printf(a, "questions %" PRId64 ", answers %" PRId64, asked.questions, asked.answers));
    struct query q = db_query(db, lists);
    bind_int(&q, 1, round);
    bind_blob(&q, 2, S(""));
    TRY(query_run(&q, e));
    q = db_query(db, sql);
    bind_int(&q, 1, round);
    bind_int(&q, 2, at);
    bind_int(&q, 3, asked.questions);
    bind_int(&q, 4, asked.answers);
    return query_run(&q, e);
}

enum status gathering_end(struct db *db, int64_t round, const struct who *who, struct err *e)
{
    struct audit_line line = {.who = *who, .action = "gathering.end", .subject = round};
    struct arena *a = arena_open();
    enum status s = db_change(db, e);

    if (s == OK) {
        enum status done = end_in_change(db, round, who->now_at, a, &line.detail, e);

        s = db_change_end(db, done, &line, e);
    }
    arena_close(a);
    return s;
}

enum status gathering_end_next(struct db *db, const struct who *who, bool *has_ended, struct err *e)
{
    static const char sql[] =
        "select g.round from gathering g join mapping_round r on r.id = g.round "
        "where g.ended_at = 0 and (g.ends_on < $1 or r.state in ('published', 'closed')) "
        "order by g.round limit 1";
    struct query q = db_query(db, sql);

    bind_date(&q, 1, date_of(who->now_at));
    *has_ended = query_next(&q);
    int64_t round = *has_ended ? query_int(&q, 0) : 0;
    TRY(query_end(&q, e));
    return *has_ended ? gathering_end(db, round, who, e) : OK;
}

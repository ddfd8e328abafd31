/* Advising, granting, refusing, ending. */
#include "research/study_decide.h"

#include "base/arena.h"
#include "calendar/stockholm.h"
#include "portal/link_token.h"
#include "portal/outside.h"
#include "research/study.h"
#include "research/study_letter.h"
#include "research/study_notice.h"
#include "store/db.h"

#include <inttypes.h>

enum { LAST_MINUTE = 24 * 60 };

static enum status check_words(struct str words, struct err *e)
{
    if (str_trim(words).n == 0 || str_letters(words) > STUDY_WORDS_LETTERS)
        return err_set(e, BAD_INPUT, "say why, in at most %d letters", STUDY_WORDS_LETTERS);
    return OK;
}

/* The application as whoever decides has read it. */
static enum status find_same(struct db *db, int64_t id, int64_t version, struct arena *a, struct study *out,
                             struct err *e)
{
    TRY(study_find(db, id, a, out, e));
    if (out->id == 0)
        return err_set(e, REFUSED, "there is no application %" PRId64, id);
    if (out->version != version)
        return err_set(e, REFUSED,
                       "somebody else has changed application %" PRId64 " meanwhile: read it again", id);
    return OK;
}

static enum status find_undecided(struct db *db, int64_t id, int64_t version, struct arena *a,
                                  struct study *out, struct err *e)
{
    TRY(find_same(db, id, version, a, out, e));
    return out->state == STUDY_NEW
               ? OK
               : err_set(e, REFUSED, "application %" PRId64 " has been decided already", id);
}

static enum status set_advice(struct db *db, const struct study_advice *x, int64_t now_at, struct err *e)
{
    static const char sql[] =
        "update research_study set advised_at = $2, advised_by = $3, is_advised_to = $4, "
        "advice = $5, version = version + 1 where id = $1";
    struct query q = db_query(db, sql);

    bind_int(&q, 1, x->study);
    bind_int(&q, 2, now_at);
    bind_int(&q, 3, x->by);
    bind_int(&q, 4, x->is_to_grant);
    bind_str(&q, 5, x->words);
    return query_run(&q, e);
}

static enum status advise(const struct city *city, struct db *db, const struct study_advice *x,
                          int64_t now_at, struct arena *a, struct err *e)
{
    struct study study;

    TRY(find_undecided(db, x->study, x->version, a, &study, e));
    TRY(set_advice(db, x, now_at, e));
    return study_letter_advised(city, db, &study, x->by, now_at, a, e);
}

enum status study_advise(const struct city *city, struct db *db, const struct study_advice *advice,
                         const struct who *who, struct err *e)
{
    const struct audit_line line = {.who = *who,
                                    .action = "research.advise",
                                    .subject = advice->study,
                                    .detail = advice->is_to_grant ? S("grant") : S("refuse")};

    TRY(check_words(advice->words, e));
    struct arena *a = arena_open();
    enum status s = db_change(db, e);
    if (s == OK)
        s = db_change_end(db, advise(city, db, advice, who->now_at, a, e), &line, e);
    arena_close(a);
    return s;
}

/* Two persons decide: the officer says that it may be, another one that it is. */
static enum status check_grant(const struct study *study, const struct study_decision *x, int64_t now_at,
                               struct err *e)
{
    int64_t today = date_days(stockholm_day(now_at, NULL));

    if (study->advised_at == 0 || !study->is_advised_to)
        return err_set(e, REFUSED,
                       "application %" PRId64
                       " cannot be granted: the data protection officer has not said yes",
                       study->id);
    if (study->advised_by == x->by)
        return err_set(e, REFUSED, "whoever advised on application %" PRId64 " does not decide it",
                       study->id);
    if (x->granted.n == 0)
        return err_set(e, BAD_INPUT, "say which releases are granted");
    if (x->until.year == 0 || date_days(x->until) < today)
        return err_set(e, BAD_INPUT, "an access ends on a day to come");
    if (date_days(x->until) > date_days(study->ethics_until))
        return err_set(e, REFUSED, "the ethics decision ends before that day");
    return OK;
}

static enum status set_decision(struct db *db, const struct study_decision *x, const char *state,
                                int64_t now_at, struct err *e)
{
    static const char sql[] = "update research_study set state = $2, reason = $3, decided_at = $4, "
                              "decided_by = $5, version = version + 1 where id = $1";
    struct query q = db_query(db, sql);

    bind_int(&q, 1, x->study);
    bind_str(&q, 2, str_of(state));
    bind_str(&q, 3, x->words);
    bind_int(&q, 4, now_at);
    bind_int(&q, 5, x->by);
    return query_run(&q, e);
}

static enum status set_access(struct db *db, const struct study *study, struct str token, int64_t now_at,
                              struct err *e)
{
    static const char sql[] =
        "update research_study set access_hash = $2, ends_at = $3, noticed_days = $4 where id = $1";
    unsigned char hash[LINK_TOKEN_HASH_BYTES];
    struct query q = db_query(db, sql);

    bind_int(&q, 1, study->id);
    bind_blob(&q, 2, link_token_hash(token, hash));
    bind_int(&q, 3, study->ends_at);
    bind_int(&q, 4, study_notice_begin(study->ends_at, now_at));
    return query_run(&q, e);
}

static enum status insert_granted(struct db *db, int64_t study, const struct study_grants *granted,
                                  struct err *e)
{
    static const char sql[] = "insert into research_grant (study, manifest_hash, release, city, first_year, "
                              "last_year) values ($1, $2, $3, $4, $5, $6)";

    for (size_t i = 0; i < granted->n; i++) {
        const struct study_release *x = &granted->release[i];
        struct query q = db_query(db, sql);

        bind_int(&q, 1, study);
        bind_str(&q, 2, x->manifest_hash);
        bind_str(&q, 3, x->release);
        bind_str(&q, 4, x->city);
        bind_int(&q, 5, x->first_year);
        bind_int(&q, 6, x->last_year);
        TRY(query_run(&q, e));
    }
    return OK;
}

static enum status grant(const struct city *city, struct db *db, const struct study_decision *x,
                         struct str token, int64_t now_at, struct arena *a, struct err *e)
{
    struct study study;

    TRY(find_undecided(db, x->study, x->version, a, &study, e));
    TRY(check_grant(&study, x, now_at, e));
    study.ends_at = stockholm_at(x->until, LAST_MINUTE);
    study.reason = x->words;
    TRY(set_access(db, &study, token, now_at, e));
    TRY(set_decision(db, x, "granted", now_at, e));
    TRY(insert_granted(db, study.id, &x->granted, e));
    return study_letter_granted(city, db, &study, token, now_at, a, e);
}

enum status study_grant(const struct city *city, struct db *db, const struct outside *outside,
                        const struct study_decision *decision, const struct who *who, struct err *e)
{
    struct audit_line line = {.who = *who, .action = "research.grant", .subject = decision->study};

    TRY(check_words(decision->words, e));
    struct arena *a = arena_open_secret();
    struct str token = link_token_make(outside, a);
    line.detail = str_of(arena_printf(a, "%zu releases until %d-%02d-%02d", decision->granted.n,
                                      decision->until.year, decision->until.month, decision->until.day));
    enum status s = db_change(db, e);
    if (s == OK)
        s = db_change_end(db, grant(city, db, decision, token, who->now_at, a, e), &line, e);
    arena_wipe(a);
    arena_close(a);
    return s;
}

static enum status refuse(const struct city *city, struct db *db, const struct study_decision *x,
                          int64_t now_at, struct arena *a, struct err *e)
{
    struct study study;

    TRY(find_undecided(db, x->study, x->version, a, &study, e));
    TRY(set_decision(db, x, "refused", now_at, e));
    study.reason = x->words;
    return study_letter_refused(city, db, &study, now_at, a, e);
}

typedef enum status decision_maker(const struct city *city, struct db *db, const struct study_decision *x,
                                   int64_t now_at, struct arena *a, struct err *e);

/* One change, with its line in the log. */
static enum status take(decision_maker *made, const char *action, const struct city *city, struct db *db,
                        const struct study_decision *x, const struct who *who, struct err *e)
{
    const struct audit_line line = {.who = *who, .action = action, .subject = x->study};

    TRY(check_words(x->words, e));
    struct arena *a = arena_open();
    enum status s = db_change(db, e);
    if (s == OK)
        s = db_change_end(db, made(city, db, x, who->now_at, a, e), &line, e);
    arena_close(a);
    return s;
}

enum status study_refuse(const struct city *city, struct db *db, const struct study_decision *decision,
                         const struct who *who, struct err *e)
{
    return take(refuse, "research.refuse", city, db, decision, who, e);
}

static enum status set_ended(struct db *db, const struct study_decision *x, int64_t now_at, struct err *e)
{
    static const char sql[] = "update research_study set ended_at = $2, end_reason = $3, end_told_at = $2, "
                              "version = version + 1 where id = $1";
    struct query q = db_query(db, sql);

    bind_int(&q, 1, x->study);
    bind_int(&q, 2, now_at);
    bind_str(&q, 3, x->words);
    return query_run(&q, e);
}

static enum status end(const struct city *city, struct db *db, const struct study_decision *x, int64_t now_at,
                       struct arena *a, struct err *e)
{
    struct study study;

    TRY(find_same(db, x->study, x->version, a, &study, e));
    if (!study_is_open(&study, now_at))
        return err_set(e, REFUSED, "application %" PRId64 " has no access to end", x->study);
    TRY(set_ended(db, x, now_at, e));
    study.end_reason = x->words;
    return study_letter_ended(city, db, &study, now_at, a, e);
}

enum status study_end(const struct city *city, struct db *db, const struct study_decision *decision,
                      const struct who *who, struct err *e)
{
    return take(end, "research.end", city, db, decision, who, e);
}

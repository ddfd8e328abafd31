/* What a city decides about its rules: other times, by two people, and stopping all disposal for a while. */
#include "store/retention.h"

#include "base/arena.h"
#include "store/db.h"

static enum status check_proposal(const struct retention_proposal *proposal, struct err *e)
{
    bool is_long = proposal->kept.months > RETENTION_MAX_MONTHS || proposal->kept.days > RETENTION_MAX_DAYS;
    bool is_negative = proposal->kept.months < 0 || proposal->kept.days < 0;

    if (is_long || is_negative || (proposal->kept.months == 0 && proposal->kept.days == 0))
        return err_set(e, BAD_INPUT, "the time must be at least a day and at most %d months or %d days",
                       (int)RETENTION_MAX_MONTHS, (int)RETENTION_MAX_DAYS);
    if (proposal->decided_on.year == 0 || str_trim(proposal->decision).n == 0)
        return err_set(e, BAD_INPUT, "another time needs the day and the number of the city's decision");
    return OK;
}

static enum status insert_proposal(struct db *db, const struct retention_proposal *p, const struct who *who,
                                   int64_t *id, struct err *e)
{
    static const char sql[] =
        "insert into retention_time (class, months, days, decided_on, decision, proposed_by, proposed_at) "
        "values ($1, $2, $3, $4, $5, $6, $7) returning id";
    struct query q = db_query(db, sql);

    bind_str(&q, 1, p->class);
    bind_int(&q, 2, p->kept.months);
    bind_int(&q, 3, p->kept.days);
    bind_date(&q, 4, p->decided_on);
    bind_str(&q, 5, p->decision);
    bind_str(&q, 6, str_of(who->name));
    bind_int(&q, 7, who->now_at);
    *id = query_next(&q) ? query_int(&q, 0) : 0;
    return query_end(&q, e);
}

enum status retention_propose(struct db *db, const struct retention_proposal *proposal, const struct who *who,
                              int64_t *id, struct err *e)
{
    struct audit_line line = {.who = *who, .action = "retention.propose", .detail = proposal->class};

    TRY(check_proposal(proposal, e));
    TRY(db_change(db, e));
    enum status s = insert_proposal(db, proposal, who, id, e);
    line.subject = *id;
    return db_change_end(db, s, &line, e);
}

static enum status confirm(struct db *db, int64_t id, const struct who *who, struct err *e)
{
    static const char sql[] = "update retention_time set confirmed_by = $1, confirmed_at = $2 "
                              "where id = $3 and confirmed_at is null and proposed_by <> $1 returning id";
    struct query q = db_query(db, sql);

    bind_str(&q, 1, str_of(who->name));
    bind_int(&q, 2, who->now_at);
    bind_int(&q, 3, id);
    bool is_changed = query_next(&q);
    TRY(query_end(&q, e));
    if (!is_changed)
        return err_set(e, REFUSED,
                       "another time takes two people: the one who proposed it cannot confirm it");
    return OK;
}

enum status retention_confirm(struct db *db, int64_t id, const struct who *who, struct err *e)
{
    const struct audit_line line = {.who = *who, .action = "retention.confirm", .subject = id};

    TRY(db_change(db, e));
    return db_change_end(db, confirm(db, id, who, e), &line, e);
}

enum status retention_proposals(struct db *db, struct arena *a, struct retention_proposal **out, size_t *n,
                                struct err *e)
{
    static const char sql[] =
        "select id, class, months, days, decided_on, decision, proposed_by, proposed_at "
        "from retention_time where confirmed_at is null order by proposed_at, id";
    struct query q = db_query(db, sql);
    size_t room = 0;

    *out = NULL;
    *n = 0;
    while (query_next(&q)) {
        *out = arena_grow(a, *out, *n + 1, &room, sizeof **out);
        (*out)[(*n)++] = (struct retention_proposal){.id = query_int(&q, 0),
                                                     .class = query_str(&q, 1, a),
                                                     .kept = {(int)query_int(&q, 2), (int)query_int(&q, 3)},
                                                     .decided_on = query_date(&q, 4),
                                                     .decision = query_str(&q, 5, a),
                                                     .proposed_by = query_str(&q, 6, a),
                                                     .proposed_at = query_int(&q, 7)};
    }
    return query_end(&q, e);
}

enum status retention_frozen(struct db *db, struct arena *a, struct str *reason, int64_t *since_at,
                             struct err *e)
{
    static const char sql[] = "select reason, since_at from retention_freeze where until_at is null";
    struct query q = db_query(db, sql);

    *reason = S("");
    *since_at = 0;
    if (query_next(&q)) {
        *reason = query_str(&q, 0, a);
        *since_at = query_int(&q, 1);
    }
    return query_end(&q, e);
}

static enum status freeze(struct db *db, struct str reason, const struct who *who, struct err *e)
{
    static const char sql[] = "insert into retention_freeze (reason, since_at, frozen_by) "
                              "select $1, $2, $3 where not exists "
                              "(select 1 from retention_freeze where until_at is null) returning id";
    struct query q = db_query(db, sql);

    bind_str(&q, 1, reason);
    bind_int(&q, 2, who->now_at);
    bind_str(&q, 3, str_of(who->name));
    bool is_changed = query_next(&q);
    TRY(query_end(&q, e));
    return is_changed ? OK : err_set(e, REFUSED, "disposal is frozen already");
}

enum status retention_freeze(struct db *db, struct str reason, const struct who *who, struct err *e)
{
    const struct audit_line line = {.who = *who, .action = "retention.freeze"};

    if (str_trim(reason).n == 0)
        return err_set(e, BAD_INPUT, "say why disposal is to stop");
    TRY(db_change(db, e));
    return db_change_end(db, freeze(db, str_trim(reason), who, e), &line, e);
}

static enum status thaw(struct db *db, const struct who *who, struct err *e)
{
    static const char sql[] = "update retention_freeze set until_at = $1, thawed_by = $2 "
                              "where until_at is null returning id";
    struct query q = db_query(db, sql);

    bind_int(&q, 1, who->now_at);
    bind_str(&q, 2, str_of(who->name));
    bool is_changed = query_next(&q);
    TRY(query_end(&q, e));
    return is_changed ? OK : err_set(e, REFUSED, "disposal is not frozen");
}

enum status retention_thaw(struct db *db, const struct who *who, struct err *e)
{
    const struct audit_line line = {.who = *who, .action = "retention.thaw"};

    TRY(db_change(db, e));
    return db_change_end(db, thaw(db, who, e), &line, e);
}

/* Holding a report back from disposal. */
#include "observation/hold.h"

#include "base/arena.h"
#include "store/db.h"
#include "words/scanner.h"

static enum status check_reason(struct str reason, struct err *e)
{
    struct arena *a = arena_open();
    struct scan scan = scan_text(reason, a);
    size_t refused = scan_refused(&scan);

    arena_close(a);
    if (reason.n == 0 || reason.n > HOLD_REASON_BYTES || !str_is_utf8(reason))
        return err_set(e, BAD_INPUT, "a hold has a reason of at most %d bytes", (int)HOLD_REASON_BYTES);
    if (refused > 0)
        return err_set(e, BAD_INPUT, "the reason points at a person in %zu places", refused);
    return OK;
}

/* Runs an update that gives a row when it may happen. */
static enum status take(struct query *q, const char *why_not, struct err *e)
{
    bool is_taken = query_next(q);

    TRY(query_run(q, e));
    return is_taken ? OK : err_set(e, REFUSED, "%s", why_not);
}

static enum status place(struct db *db, int64_t id, struct str reason, const struct who *who, struct err *e)
{
    static const char sql[] = "update observation set held_reason = $2, held_by = $3, held_on = $4, "
                              "release_asked_by = '' where id = $1 and held_reason is null returning id";
    struct query q = db_query(db, sql);

    bind_int(&q, 1, id);
    bind_str(&q, 2, reason);
    bind_str(&q, 3, str_of(who->name));
    bind_date(&q, 4, date_of(who->now_at));
    return take(&q, "the report is held already, or is not there", e);
}

enum status hold_place(struct db *db, int64_t id, struct str reason, const struct who *who, struct err *e)
{
    const struct audit_line line = {.who = *who, .action = "observation.hold", .subject = id};

    TRY(check_reason(str_trim(reason), e));
    TRY(db_change(db, e));
    return db_change_end(db, place(db, id, str_trim(reason), who, e), &line, e);
}

static enum status ask_release(struct db *db, int64_t id, const struct who *who, struct err *e)
{
    static const char sql[] = "update observation set release_asked_by = $2 where id = $1 and "
                              "held_reason is not null and release_asked_by = '' returning id";
    struct query q = db_query(db, sql);

    bind_int(&q, 1, id);
    bind_str(&q, 2, str_of(who->name));
    return take(&q, "the report is not held, or somebody has asked already", e);
}

enum status hold_ask_release(struct db *db, int64_t id, const struct who *who, struct err *e)
{
    const struct audit_line line = {.who = *who, .action = "observation.hold_ask_release", .subject = id};

    TRY(db_change(db, e));
    return db_change_end(db, ask_release(db, id, who, e), &line, e);
}

static enum status let_go(struct db *db, int64_t id, const struct who *who, struct err *e)
{
    static const char sql[] = "update observation set held_reason = null, held_by = '', held_on = null, "
                              "release_asked_by = '' where id = $1 and held_reason is not null and "
                              "release_asked_by not in ('', $2) returning id";
    struct query q = db_query(db, sql);

    bind_int(&q, 1, id);
    bind_str(&q, 2, str_of(who->name));
    return take(&q, "letting a held report go takes two people: who asked cannot confirm it", e);
}

enum status hold_release(struct db *db, int64_t id, const struct who *who, struct err *e)
{
    const struct audit_line line = {.who = *who, .action = "observation.hold_release", .subject = id};

    TRY(db_change(db, e));
    return db_change_end(db, let_go(db, id, who, e), &line, e);
}

#define HOLD_COLUMNS                                                                                         \
    "r.year, r.number, o.closed_on, coalesce(o.held_reason, ''), o.held_by, o.held_on, o.release_asked_by "  \
    "from observation o join register_entry r on r.observation = o.id "

static struct hold hold_row(const struct query *q, struct arena *a)
{
    return (struct hold){.year = query_int(q, 0),
                         .number = query_int(q, 1),
                         .closed_on = query_date(q, 2),
                         .reason = query_str(q, 3, a),
                         .held_by = query_str(q, 4, a),
                         .held_on = query_date(q, 5),
                         .release_asked_by = query_str(q, 6, a)};
}

enum status hold_find(struct db *db, int64_t id, struct arena *a, struct hold *out, struct err *e)
{
    static const char sql[] = "select " HOLD_COLUMNS "where o.id = $1";
    struct query q = db_query(db, sql);

    bind_int(&q, 1, id);
    bool is_there = query_next(&q);
    if (is_there)
        *out = hold_row(&q, a);
    TRY(query_end(&q, e));
    return is_there ? OK : err_set(e, REFUSED, "there is no such report");
}

enum status holds_list(struct db *db, struct arena *a, struct holds *out, struct err *e)
{
    static const char sql[] =
        "select " HOLD_COLUMNS "where o.held_reason is not null order by r.year, r.number";
    struct query q = db_query(db, sql);
    size_t room = 0;

    *out = (struct holds){0, NULL};
    while (query_next(&q)) {
        out->hold = arena_grow(a, out->hold, out->n + 1, &room, sizeof *out->hold);
        out->hold[out->n++] = hold_row(&q, a);
    }
    return query_end(&q, e);
}

/* The city's doors. */
#include "portal/doors.h"

#include "base/arena.h"
#include "portal/permission.h"
#include "store/db.h"
#include "web/route.h"

static const char *const names[DOORS_STATES] = {
    [DOORS_OPEN] = "open", [DOORS_ACCOUNTS] = "accounts", [DOORS_REPORTS] = "reports", [DOORS_HELP] = "help"};

struct str doors_name(enum doors_state state)
{
    return str_of(names[state]);
}

/* A number, so that the row is read without memory: it is read for every request. */
enum status doors_read(struct db *db, struct doors *out, struct err *e)
{
    static const char sql[] = "select state, since_at from doors where id = 1";
    struct query q = db_query(db, sql);

    *out = (struct doors){.state = DOORS_OPEN};
    while (query_next(&q))
        *out = (struct doors){.state = (enum doors_state)query_int(&q, 0), .since_at = query_int(&q, 1)};
    return query_end(&q, e);
}

enum status doors_watch(struct db *db, int64_t now_at, struct doors_watch *watch, struct err *e)
{
    const bool is_news = db_has_news(db);
    const bool is_fresh = now_at >= watch->read_at && now_at - watch->read_at < DOORS_WATCHED_SECONDS;

    if (watch->is_known && is_fresh && !is_news)
        return OK;
    watch->is_known = false; /* if it cannot be read now, the news are not forgotten */
    TRY(doors_read(db, &watch->doors, e));
    watch->read_at = now_at;
    watch->is_known = true;
    return OK;
}

static enum status end_sessions(struct db *db, int64_t kept, struct err *e)
{
    static const char sql[] = "delete from session where id <> $1";
    struct query q = db_query(db, sql);

    bind_int(&q, 1, kept);
    return query_run(&q, e);
}

enum status doors_set(struct db *db, enum doors_state state, int64_t kept, int64_t now_at, struct err *e)
{
    static const char sql[] =
        "insert into doors (id, state, since_at) values (1, $1, $2) "
        "on conflict (id) do update set state = excluded.state, since_at = excluded.since_at";
    struct query q = db_query(db, sql);

    bind_int(&q, 1, (int64_t)state);
    bind_int(&q, 2, now_at);
    TRY(query_run(&q, e));
    TRY(db_tell(db, e));
    return state == DOORS_OPEN ? OK : end_sessions(db, kept, e);
}

bool doors_let_in(enum doors_state state, uint32_t roles)
{
    return state == DOORS_OPEN || permission_has(PERMISSION_INCIDENT_NOTE, roles);
}

bool doors_answer(enum doors_state state, const struct route *route)
{
    switch (route->shut) {
    case ROUTE_NEVER_SHUT:
        return true;
    case ROUTE_SHUT_WITH_REPORTS:
        return state < DOORS_REPORTS;
    case ROUTE_SHUT_LAST:
        break;
    }
    return state < DOORS_HELP;
}

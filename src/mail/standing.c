/* How the outbox and its addresses stand: the tables of mail.sql, read for pages and by letters. */
#include "base/arena.h"
#include "mail/mail.h"
#include "store/db.h"

static enum status server_state(struct db *db, struct arena *a, struct mail_standing *out, struct err *e)
{
    static const char sql[] = "select down_since, reason from mail_server where id = 1";
    struct query q = db_query(db, sql);

    if (query_next(&q)) {
        out->down_since = query_int(&q, 0);
        out->reason = query_str(&q, 1, a);
    }
    return query_end(&q, e);
}

enum status mail_standing(struct db *db, struct arena *a, struct mail_standing *out, struct err *e)
{
    static const char sql[] = "select count(*) filter (where state in ('queued', 'handing')), "
                              "count(*) filter (where state = 'unsure'), "
                              "count(*) filter (where state = 'failed') from mail_letter";
    struct query q = db_query(db, sql);

    *out = (struct mail_standing){0};
    if (query_next(&q)) {
        out->queued = query_int(&q, 0);
        out->unsure = query_int(&q, 1);
        out->failed = query_int(&q, 2);
    }
    TRY(query_end(&q, e));
    return server_state(db, a, out, e);
}

enum status mail_server_answers(struct db *db, struct str reason, int64_t now_at, struct err *e)
{
    static const char answers[] = "update mail_server set down_since = null, reason = '' "
                                  "where id = 1 and down_since is not null";
    static const char is_down[] =
        "insert into mail_server (id, down_since, reason) values (1, $1, $2) on conflict (id) do update set "
        "down_since = coalesce(mail_server.down_since, excluded.down_since), reason = excluded.reason";

    if (reason.n == 0) {
        struct query q = db_query(db, answers);
        return query_run(&q, e);
    }
    struct query q = db_query(db, is_down);
    bind_int(&q, 1, now_at);
    bind_str(&q, 2, reason);
    return query_run(&q, e);
}

enum status mail_address_find(struct db *db, struct str address, struct arena *a, struct mail_address *out,
                              struct err *e)
{
    static const char sql[] =
        "select unsubscribed_at, failed_at, reason from mail_address where address = $1";
    struct query q = db_query(db, sql);

    *out = (struct mail_address){0};
    bind_str(&q, 1, address);
    if (query_next(&q))
        *out = (struct mail_address){.unsubscribed_at = query_int(&q, 0),
                                     .failed_at = query_int(&q, 1),
                                     .reason = query_str(&q, 2, a)};
    return query_end(&q, e);
}

enum status mail_unsubscribe(struct db *db, struct str address, int64_t now_at, struct err *e)
{
    static const char sql[] =
        "insert into mail_address (address, unsubscribed_at, reason) values ($1, $2, '') on conflict (address) "
        "do update set unsubscribed_at = coalesce(mail_address.unsubscribed_at, excluded.unsubscribed_at)";
    struct query q = db_query(db, sql);

    bind_str(&q, 1, address);
    bind_int(&q, 2, now_at);
    return query_run(&q, e);
}

enum status mail_subscribe(struct db *db, struct str address, struct err *e)
{
    static const char sql[] = "update mail_address set unsubscribed_at = null where address = $1";
    struct query q = db_query(db, sql);

    bind_str(&q, 1, address);
    return query_run(&q, e);
}

/* By their names in the database, in the order of enum mail_state. */
static enum mail_state state_named(struct str name)
{
    static const char *const names[] = {"queued", "handing", "sent", "failed", "unsure"};
    int i = MAIL_QUEUED;

    while (i < MAIL_UNSURE && !str_is(name, names[i]))
        i++;
    return (enum mail_state)i;
}

enum status mail_find(struct db *db, int64_t id, struct arena *a, struct mail_letter *out, struct err *e)
{
    static const char sql[] = "select id, address, name, state, tries, queued_at, next_at, state_at, reason "
                              "from mail_letter where id = $1";
    struct query q = db_query(db, sql);
    bool is_found = false;

    bind_int(&q, 1, id);
    while (query_next(&q)) {
        *out = (struct mail_letter){.id = query_int(&q, 0),
                                    .address = query_str(&q, 1, a),
                                    .name = query_str(&q, 2, a),
                                    .state = state_named(query_str(&q, 3, a)),
                                    .tries = query_int(&q, 4),
                                    .queued_at = query_int(&q, 5),
                                    .next_at = query_int(&q, 6),
                                    .state_at = query_int(&q, 7),
                                    .reason = query_str(&q, 8, a)};
        is_found = true;
    }
    TRY(query_end(&q, e));
    return is_found ? OK : err_set(e, REFUSED, "there is no such letter");
}

/* Disposal of reports and of requests to see them: on time, for good, with the register's line left. */
#include "observation/observation_retention.h"

#include "base/arena.h"
#include "keyring/keyring.h"
#include "keyring/sealing.h"
#include "store/db.h"

#include <string.h>

static enum status dispose_closed(struct keyring *k, const struct retention_class *class,
                                  const struct who *who, struct err *e);
static enum status dispose_acted(struct keyring *k, const struct retention_class *class,
                                 const struct who *who, struct err *e);

/* A report that was referred or counted has been acted on. A message after closing moves the day; what is
 * held stays (hold.h), and so does what was never closed. */
#define ACTED "(o.is_counted = 1 or exists (select 1 from referral f where f.observation = o.id))"
#define CLOSED_BEFORE                                                                                           \
    "from observation o where o.held_reason is null and o.closed_on <= $1 and coalesce((select max(m.sent_on) " \
    "from observation_message m where m.observation = o.id), '') <= $1 and "

const struct retention_rule observation_retention[] = {
    {.class = "observation.closed",
     .what = "reports that led to nothing, after they were closed",
     .ground = "GDPR 5.1 e: what was ordinary is not to be kept against anybody",
     .stays = "number, days and decision, in the register",
     .kept = {.months = 6},
     .clock = RETENTION_DAY,
     .count = "select count(*) " CLOSED_BEFORE "not " ACTED,
     .dispose = dispose_closed},
    {.class = "observation.acted",
     .what = "reports that were referred or counted, after they were closed",
     .ground = "the picture of the city needs two years; older tells little and risks much",
     .stays = "number, days and decision, in the register",
     .kept = {.months = 24},
     .clock = RETENTION_DAY,
     .count = "select count(*) " CLOSED_BEFORE ACTED,
     .dispose = dispose_acted},
    {.class = "observation.disclosure",
     .what = "requests to see reports, after they were decided",
     .ground = "legal control: what was given out, and on what ground",
     .kept = {.months = 60},
     .clock = RETENTION_DAY,
     .count = "select count(*) from disclosure where decided_on <= $1",
     .erase = {"delete from disclosure where decided_on <= $1"}},
    {.class = NULL},
};

struct due {
    int64_t id;
    struct seal_id name;
};

static enum status find_due(struct db *db, const char *sql, struct date last_day, struct arena *a,
                            struct due **out, size_t *n, struct err *e)
{
    struct query q = db_query(db, sql);
    size_t room = 0;

    *n = 0;
    bind_date(&q, 1, last_day);
    while (query_next(&q)) {
        struct str name = query_blob(&q, 1, a);

        *out = arena_grow(a, *out, *n + 1, &room, sizeof **out);
        (*out)[*n].id = query_int(&q, 0);
        if (name.n == SEAL_ID_BYTES)
            memcpy((*out)[(*n)++].name.bytes, name.p, SEAL_ID_BYTES);
    }
    return query_end(&q, e);
}

static enum status run_on(struct db *db, const char *sql, int64_t id, struct err *e)
{
    struct query q = db_query(db, sql);

    bind_int(&q, 1, id);
    return query_run(&q, e);
}

/* Keys first: a crash after that leaves texts that nobody can open, which the next run takes, never keys to
 * texts that were said to be gone. */
static enum status dispose_one(struct keyring *k, const struct due *due, struct date today, struct err *e)
{
    static const char entry[] =
        "update register_entry set observation = null, disposed_on = $2 where observation = $1";
    static const char messages[] = "delete from observation_message where observation = $1";
    static const char referrals[] = "delete from referral where observation = $1";
    static const char observation[] = "delete from observation where id = $1";

    TRY(sealing_forget(k, &due->name, e));
    struct query q = db_query(keyring_city(k), entry);
    bind_int(&q, 1, due->id);
    bind_date(&q, 2, today);
    TRY(query_run(&q, e));
    TRY(run_on(keyring_city(k), messages, due->id, e));
    TRY(run_on(keyring_city(k), referrals, due->id, e));
    return run_on(keyring_city(k), observation, due->id, e);
}

/* Each report has its line in the log: which, and on what decision. */
static enum status dispose(struct keyring *k, const char *sql, const struct retention_class *class,
                           const struct who *who, struct err *e)
{
    struct db *db = keyring_city(k);
    struct arena *a = arena_open();
    struct due *due = NULL;
    size_t n = 0;
    enum status s = find_due(db, sql, retention_last_day(class->kept, who->now_at), a, &due, &n, e);

    for (size_t i = 0; s == OK && i < n; i++) {
        const struct audit_line line = {.who = *who,
                                        .action = "observation.dispose",
                                        .subject = due[i].id,
                                        .detail = class->decision.n > 0 ? class->decision
                                                                        : str_of(class->rule->class)};

        s = db_change(db, e);
        if (s == OK)
            s = db_change_end(db, dispose_one(k, &due[i], date_of(who->now_at), e), &line, e);
    }
    arena_close(a);
    return s;
}

static enum status dispose_closed(struct keyring *k, const struct retention_class *class,
                                  const struct who *who, struct err *e)
{
    static const char sql[] = "select o.id, o.seal " CLOSED_BEFORE "not " ACTED " order by o.id";

    return dispose(k, sql, class, who, e);
}

static enum status dispose_acted(struct keyring *k, const struct retention_class *class,
                                 const struct who *who, struct err *e)
{
    static const char sql[] = "select o.id, o.seal " CLOSED_BEFORE ACTED " order by o.id";

    return dispose(k, sql, class, who, e);
}

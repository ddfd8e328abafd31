/* Disposal of reports: on time, for good, with the register's line left. */
#include "observation/triage.h"

#include "base/arena.h"
#include "keyring/keyring.h"
#include "keyring/sealing.h"
#include "store/db.h"

#include <string.h>

/* The day `months` before `d`; a day that the month does not have becomes its last. */
static struct date months_before(struct date d, int months)
{
    int index = d.year * 12 + d.month - 1 - months;
    struct date first = {index / 12, index % 12 + 1, 1};
    int next = index + 1;
    int64_t days = date_days((struct date){next / 12, next % 12 + 1, 1}) - date_days(first);

    first.day = d.day < days ? d.day : (int)days;
    return first;
}

struct due {
    int64_t id;
    struct seal_id name;
};

static enum status find_due(struct db *db, struct date today, size_t most, struct arena *a, struct due **out,
                            size_t *n, struct err *e)
{
    static const char sql[] = "select o.id, o.seal from observation o where o.held_reason is null and "
                              "o.closed_on is not null and o.closed_on <= "
                              "(case when o.is_counted = 1 or exists (select 1 from referral f where "
                              "f.observation = o.id) then $2 else $1 end) order by o.id limit $3";
    struct query q = db_query(db, sql);
    size_t room = 0;

    *n = 0;
    bind_date(&q, 1, months_before(today, KEEP_MONTHS));
    bind_date(&q, 2, months_before(today, KEEP_ACTED_MONTHS));
    bind_int(&q, 3, (int64_t)most);
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

/* Inside a change. Keys first: a crash after that leaves texts that nobody can open, never keys to texts that
 * were said to be gone. */
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

enum status triage_dispose(struct keyring *k, struct date today, struct str decision, size_t most,
                           const struct who *who, size_t *n, struct err *e)
{
    struct arena *a = arena_open();
    struct due *due = NULL;
    size_t found = 0;
    enum status s = find_due(keyring_city(k), today, most, a, &due, &found, e);

    for (*n = 0; s == OK && *n < found; ++*n) {
        const struct audit_line line = {
            .who = *who, .action = "observation.dispose", .subject = due[*n].id, .detail = decision};

        s = db_change(keyring_city(k), e);
        if (s == OK)
            s = db_change_end(keyring_city(k), dispose_one(k, &due[*n], today, e), &line, e);
    }
    arena_close(a);
    return s == OK && *n > 0 ? keyring_erase(k, e) : s;
}

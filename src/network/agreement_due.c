/* Whom to remind that an agreement ends, or that a year has passed since the promise of confidentiality. */
#include "network/agreement.h"

#include "base/arena.h"
#include "store/db.h"
#include "store/retention.h"

enum { SECONDS_PER_DAY = 86400 };

/* $1: agreements that end before this; $2: promises older than this; $3: reminders older than this. An
 * organisation that is to sign again is not asked to promise at the same time: signing is a promise. */
static const char due_sql[] =
    "with standing as (select o.id, o.name, "
    "(select max(valid_until_at) from agreement g where g.organisation = o.id and g.ended_at is null) "
    "as until_at, "
    "(select max(coalesce(reminded_at, 0)) from agreement g where g.organisation = o.id and "
    "g.ended_at is null) as sign_reminded_at, "
    "(select coalesce(max(at), 0) from (select at from attestation t where t.organisation = o.id "
    "union all select signed_at from agreement g where g.organisation = o.id) as promised) as attested_at, "
    "coalesce((select reminded_at from attestation_reminder r where r.organisation = o.id), 0) "
    "as attest_reminded_at from organisation o where o.state = 'member') "
    "select s.id, s.name, c.name, c.email, c.language, s.until_at, s.attested_at, "
    "s.until_at is null or s.until_at < $1 from standing s join contact c on c.organisation = s.id and "
    "c.place = 'first' and c.left_at is null "
    "where (s.until_at < $1 and s.sign_reminded_at < $3) or "
    "(s.until_at >= $1 and s.attested_at < $2 and s.attest_reminded_at < $3) "
    "order by s.name collate \"sv-x-icu\", s.id";

enum status agreement_reminders(struct db *db, int64_t now_at, struct arena *a, struct agreement_due **out,
                                size_t *n, struct err *e)
{
    struct query q = db_query(db, due_sql);
    size_t room = 0;

    *out = NULL;
    *n = 0;
    bind_int(&q, 1, now_at + (int64_t)AGREEMENT_REMIND_DAYS * SECONDS_PER_DAY);
    bind_int(&q, 2, retention_cutoff((struct retention_period){.months = ATTESTATION_MONTHS}, now_at));
    bind_int(&q, 3, now_at - (int64_t)AGREEMENT_REMIND_AGAIN_DAYS * SECONDS_PER_DAY);
    while (query_next(&q)) {
        *out = arena_grow(a, *out, *n + 1, &room, sizeof **out);
        (*out)[(*n)++] =
            (struct agreement_due){.organisation = query_int(&q, 0),
                                   .name = query_str(&q, 1, a),
                                   .contact_name = query_str(&q, 2, a),
                                   .contact_email = query_str(&q, 3, a),
                                   .contact_language = query_str(&q, 4, a),
                                   .valid_until_at = query_int(&q, 5),
                                   .attested_at = query_int(&q, 6),
                                   .what = query_int(&q, 7) != 0 ? AGREEMENT_DUE_SIGN : AGREEMENT_DUE_ATTEST};
    }
    return query_end(&q, e);
}

enum status agreement_reminded(struct db *db, const struct agreement_due *due, int64_t now_at, struct err *e)
{
    static const char signing[] =
        "update agreement set reminded_at = $2 where organisation = $1 and ended_at is null";
    static const char attesting[] =
        "insert into attestation_reminder (organisation, reminded_at) values ($1, $2) "
        "on conflict (organisation) do update set reminded_at = excluded.reminded_at";
    struct query q = db_query(db, due->what == AGREEMENT_DUE_SIGN ? signing : attesting);

    bind_int(&q, 1, due->organisation);
    bind_int(&q, 2, now_at);
    return query_run(&q, e);
}

/* Which of the processes that serve one city does what the city does by itself. */
#include "store/claim.h"

#include "base/arena.h"
#include "store/db.h"

#include <ctype.h>
#include <inttypes.h>
#include <unistd.h>

#include <sodium.h>

enum {
    HOST_BYTES = 65,
    /* A claim that ends later than this was written before the clock was set back. */
    FAR_SECONDS = 10 * CLAIM_SECONDS
};

const char *claim_holder(struct arena *a)
{
    char host[HOST_BYTES] = "";
    uint64_t number = 0;

    if (gethostname(host, sizeof host - 1) != 0)
        host[0] = '\0';
    for (char *p = host; *p; p++)
        if (!isalnum((unsigned char)*p) && *p != '.')
            *p = '-';
    randombytes_buf(&number, sizeof number);
    return arena_printf(a, "%s-%016" PRIx64, host, number);
}

/* Asked before anything is written, so that who waits for the claim keeps nobody from writing. */
static enum status is_held_by_other(struct db *db, const char *holder, int64_t now_at, bool *is_held,
                                    struct err *e)
{
    static const char sql[] =
        "select 1 from work_claim where id = 1 and holder <> $1 and until_at >= $2 and until_at < $3";
    struct query q = db_query(db, sql);

    bind_str(&q, 1, str_of(holder));
    bind_int(&q, 2, now_at);
    bind_int(&q, 3, now_at + FAR_SECONDS);
    *is_held = query_next(&q);
    return query_end(&q, e);
}

enum status claim_take(struct db *db, const char *holder, bool *is_ours, struct err *e)
{
    static const char sql[] =
        "insert into work_claim (id, holder, until_at) values (1, $1, $2) "
        "on conflict (id) do update set holder = excluded.holder, until_at = excluded.until_at "
        "where work_claim.holder = excluded.holder or work_claim.until_at < $3 "
        "or work_claim.until_at >= $4 returning id";
    int64_t now_at = 0;
    bool is_held = false;

    *is_ours = false;
    TRY(db_clock(db, &now_at, e));
    TRY(is_held_by_other(db, holder, now_at, &is_held, e));
    if (is_held)
        return OK;
    struct query q = db_query(db, sql);

    bind_str(&q, 1, str_of(holder));
    bind_int(&q, 2, now_at + CLAIM_SECONDS);
    bind_int(&q, 3, now_at);
    bind_int(&q, 4, now_at + FAR_SECONDS);
    const bool has_it = query_next(&q);
    TRY(query_end(&q, e));
    *is_ours = has_it;
    return OK;
}

enum status claim_give_back(struct db *db, const char *holder, struct err *e)
{
    static const char sql[] = "delete from work_claim where holder = $1";
    struct query q = db_query(db, sql);

    bind_str(&q, 1, str_of(holder));
    return query_run(&q, e);
}

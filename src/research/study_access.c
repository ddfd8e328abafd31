/* Reading what was granted. */
#include "research/study_access.h"

#include "base/arena.h"
#include "portal/link_token.h"
#include "store/db.h"

#include <inttypes.h>

static enum status read_one(struct query *q, struct arena *a, struct study *out, struct err *e)
{
    *out = (struct study){.id = 0};
    if (query_next(q))
        *out = study_row(q, a);
    return query_end(q, e);
}

enum status study_by_link(struct db *db, struct str token, int64_t now_at, struct arena *a, struct study *out,
                          struct err *e)
{
    static const char sql[] = "select " STUDY_COLUMNS "from research_study where access_hash = $1 "
                              "and state = 'granted' and ended_at = 0 and ends_at > $2";
    unsigned char hash[LINK_TOKEN_HASH_BYTES];
    struct query q = db_query(db, sql);

    bind_blob(&q, 1, link_token_hash(token, hash));
    bind_int(&q, 2, now_at);
    return read_one(&q, a, out, e);
}

enum status study_by_link_for_results(struct db *db, struct str token, struct arena *a, struct study *out,
                                      struct err *e)
{
    static const char sql[] = "select " STUDY_COLUMNS "from research_study where access_hash = $1 "
                              "and state = 'granted' and ended_at = 0 and agreed_at > 0";
    unsigned char hash[LINK_TOKEN_HASH_BYTES];
    struct query q = db_query(db, sql);

    bind_blob(&q, 1, link_token_hash(token, hash));
    return read_one(&q, a, out, e);
}

/* The access as it is inside the change: it may have been ended since it was found. */
static enum status need_open(struct query *q, int64_t id, struct err *e)
{
    bool is_open = query_next(q);

    TRY(query_end(q, e));
    return is_open ? OK : err_set(e, REFUSED, "study %" PRId64 ": its access is not open", id);
}

static enum status set_agreed(struct db *db, int64_t id, int64_t now_at, struct err *e)
{
    static const char sql[] =
        "update research_study set agreed_at = case when agreed_at = 0 then $2 else agreed_at end "
        "where id = $1 and state = 'granted' and ended_at = 0 and ends_at > $2 returning id";
    struct query q = db_query(db, sql);

    bind_int(&q, 1, id);
    bind_int(&q, 2, now_at);
    return need_open(&q, id, e);
}

enum status study_agree(struct db *db, const struct study *study, const struct who *who, struct err *e)
{
    const struct audit_line line = {.who = *who, .action = "research.agree", .subject = study->id};

    TRY(db_change(db, e));
    return db_change_end(db, set_agreed(db, study->id, who->now_at, e), &line, e);
}

static enum status count_reading(struct db *db, int64_t id, int64_t now_at, struct err *e)
{
    static const char sql[] =
        "update research_study set readings = readings + 1, read_at = $2 where id = $1 "
        "and state = 'granted' and agreed_at > 0 and ended_at = 0 and ends_at > $2 returning id";
    struct query q = db_query(db, sql);

    bind_int(&q, 1, id);
    bind_int(&q, 2, now_at);
    return need_open(&q, id, e);
}

enum status study_note_read(struct db *db, const struct study *study, const char *what, const struct who *who,
                            struct err *e)
{
    const struct audit_line line = {
        .who = *who, .action = "research.read", .subject = study->id, .detail = str_of(what)};

    TRY(db_change(db, e));
    return db_change_end(db, count_reading(db, study->id, who->now_at, e), &line, e);
}

static struct study_release row_of(const struct query *q, struct arena *a)
{
    struct study_release x = {.manifest_hash = query_str(q, 0, a),
                              .release = query_str(q, 1, a),
                              .city = query_str(q, 2, a),
                              .first_year = (int)query_int(q, 3),
                              .last_year = (int)query_int(q, 4)};

    x.period = study_period(x.first_year, x.last_year, a);
    return x;
}

enum status study_granted(struct db *db, int64_t study, struct arena *a, struct study_grants *out,
                          struct err *e)
{
    static const char sql[] =
        "select manifest_hash, release, city, first_year, last_year from research_grant "
        "where study = $1 order by city, first_year, release";
    struct query q = db_query(db, sql);
    size_t room = 0;

    *out = (struct study_grants){0};
    bind_int(&q, 1, study);
    while (query_next(&q)) {
        out->release = arena_grow(a, out->release, out->n + 1, &room, sizeof *out->release);
        out->release[out->n++] = row_of(&q, a);
    }
    return query_end(&q, e);
}

struct str study_period(int first_year, int last_year, struct arena *a)
{
    return str_of(first_year == last_year ? arena_printf(a, "%d", last_year)
                                          : arena_printf(a, "%d–%d", first_year, last_year));
}

static bool is_granted(const struct study_grants *granted, struct str manifest_hash)
{
    for (size_t i = 0; i < granted->n; i++)
        if (str_equal(granted->release[i].manifest_hash, manifest_hash))
            return true;
    return false;
}

struct arrivals study_arrivals(const struct arrivals *all, const struct study_grants *granted,
                               struct arena *a)
{
    struct arrivals out = {.arrival = arena_new(a, all->accepted, struct arrival)};

    for (size_t i = 0; i < all->accepted; i++)
        if (is_granted(granted, all->arrival[i].release.manifest_hash))
            out.arrival[out.n++] = all->arrival[i];
    out.accepted = out.n;
    return out;
}

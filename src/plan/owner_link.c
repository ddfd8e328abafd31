/* The link of a reminder. */
#include "plan/owner_link.h"

#include "base/arena.h"
#include "mail/reader_link.h"
#include "network/organisation.h"
#include "store/db.h"

enum { DAY_SECONDS = 24 * 60 * 60 };

static const char folder[] = "plan/svar";

enum status owner_link_make(struct db *db, const struct plan_office *o, int64_t owner,
                            const struct contact *to, int64_t now_at, struct arena *a, struct str *address,
                            struct err *e)
{
    static const char sql[] =
        "insert into plan_owner_link (owner, contact, nonce, sent_at, followed_at) values ($1, $2, $3, $4, 0) "
        "on conflict (owner) do update set contact = excluded.contact, nonce = excluded.nonce, "
        "sent_at = excluded.sent_at, followed_at = 0";
    const struct reader_links links = {.address = o->address, .key = o->link_key};
    struct str nonce = reader_link_nonce(a);
    struct query q = db_query(db, sql);

    bind_int(&q, 1, owner);
    bind_int(&q, 2, to->id);
    bind_str(&q, 3, nonce);
    bind_int(&q, 4, now_at);
    TRY(query_run(&q, e));
    *address =
        reader_link(&links, str_is(to->language, "en") ? LANGUAGE_EN : LANGUAGE_SV, folder, owner, nonce, a);
    return OK;
}

/* The nonce of an owner's link that has not ended; empty: there is none. */
static enum status nonce_of(struct db *db, int64_t owner, int64_t now_at, struct arena *a, struct str *out,
                            struct err *e)
{
    static const char sql[] =
        "select l.nonce from plan_owner_link l join contact c on c.id = l.contact and "
        "c.organisation = l.owner and c.left_at is null where l.owner = $1 and l.sent_at > $2";
    struct query q = db_query(db, sql);

    bind_int(&q, 1, owner);
    bind_int(&q, 2, now_at - (int64_t)PLAN_LINK_DAYS * DAY_SECONDS);
    *out = query_next(&q) ? query_str(&q, 0, a) : S("");
    return query_end(&q, e);
}

enum status owner_link_read(struct db *db, const unsigned char *key, struct str part, int64_t now_at,
                            struct arena *a, int64_t *owner, struct err *e)
{
    const struct reader_links links = {.key = key};
    int64_t id = reader_link_id(part);
    struct str nonce = S("");

    TRY(nonce_of(db, id, now_at, a, &nonce, e));
    if (nonce.n == 0 || !reader_link_holds(&links, folder, id, nonce, part, a))
        return err_set(e, REFUSED, "the link is not one of ours, has ended or been replaced by a newer one");
    *owner = id;
    return OK;
}

enum status owner_link_followed(struct db *db, int64_t owner, int64_t now_at, struct err *e)
{
    static const char sql[] =
        "update plan_owner_link set followed_at = $2 where owner = $1 and followed_at = 0";
    struct query q = db_query(db, sql);

    bind_int(&q, 1, owner);
    bind_int(&q, 2, now_at);
    return query_run(&q, e);
}

enum status owner_reminded(struct db *db, int64_t owner, struct owner_reminded *out, struct err *e)
{
    static const char sql[] = "select sent_at, followed_at from plan_owner_link where owner = $1";
    struct query q = db_query(db, sql);

    *out = (struct owner_reminded){0};
    bind_int(&q, 1, owner);
    if (query_next(&q))
        *out = (struct owner_reminded){query_int(&q, 0), query_int(&q, 1)};
    return query_end(&q, e);
}

enum status owners_reminded(struct db *db, struct arena *a, struct owner_letters **out, size_t *n,
                            struct err *e)
{
    static const char sql[] =
        "select o.name, count(*), coalesce(max(l.sent_at), 0), coalesce(max(l.followed_at), 0), "
        "(select count(*) from contact c where c.organisation = o.id and c.left_at is null) "
        "from plan_measure m join organisation o on o.id = m.owner "
        "left join plan_owner_link l on l.owner = m.owner "
        "where m.removed_at is null and m.state in ('waiting', 'under_way') "
        "group by o.id, o.name order by o.name, o.id";
    struct query q = db_query(db, sql);
    struct owner_letters *found = NULL;
    size_t count = 0;
    size_t room = 0;

    while (query_next(&q)) {
        found = arena_grow(a, found, count + 1, &room, sizeof *found);
        found[count++] = (struct owner_letters){.name = query_str(&q, 0, a),
                                                .open = query_int(&q, 1),
                                                .at = {query_int(&q, 2), query_int(&q, 3)},
                                                .has_contact = query_int(&q, 4) > 0};
    }
    TRY(query_end(&q, e));
    *out = found;
    *n = count;
    return OK;
}

enum status owner_measures(struct db *db, int64_t owner, struct arena *a, struct measures *out, struct err *e)
{
    static const char sql[] = "select 1 from plan_decided where measure = $1";
    struct measures all;

    TRY(measure_list(db, &(struct measure_filter){.owner = owner}, a, &all, e));
    *out = (struct measures){.measure = arena_new(a, all.n + 1, struct measure)};
    for (size_t i = 0; i < all.n; i++) {
        struct query q = db_query(db, sql);
        struct measure m = all.measure[i];

        bind_int(&q, 1, m.id);
        bool is_decided = query_next(&q);
        TRY(query_end(&q, e));
        m.note = S("");
        m.waits = m.links = 0;
        if (is_decided)
            out->measure[out->n++] = m;
    }
    return OK;
}

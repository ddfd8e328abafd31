/* The passkeys of people. */
#include "passkey/passkey.h"

#include "base/arena.h"
#include "store/db.h"

/* A row, in the order of the columns below. */
static struct passkey row(const struct query *q, struct arena *a)
{
    return (struct passkey){.id = query_int(q, 0),
                            .person = query_int(q, 1),
                            .key = {.credential = query_blob(q, 2, a),
                                    .spki = query_blob(q, 3, a),
                                    .algorithm = query_int(q, 4),
                                    .counter = query_int(q, 5)},
                            .name = query_str(q, 6, a),
                            .made_at = query_int(q, 7),
                            .used_at = query_int(q, 8)};
}

enum status passkeys_of(struct db *db, int64_t person, struct arena *a, struct passkeys *out, struct err *e)
{
    static const char sql[] =
        "select id, person, credential, public_key, algorithm, counter, name, made_at, used_at "
        "from passkey where person = $1 order by id";
    struct passkeys found = {0, NULL};
    struct query q = db_query(db, sql);
    size_t room = 0;

    bind_int(&q, 1, person);
    while (query_next(&q)) {
        found.passkey = arena_grow(a, found.passkey, found.n + 1, &room, sizeof *found.passkey);
        found.passkey[found.n++] = row(&q, a);
    }
    TRY(query_end(&q, e));
    *out = found;
    return OK;
}

enum status passkey_find(struct db *db, struct str credential, struct arena *a, struct passkey *out,
                         struct err *e)
{
    static const char sql[] =
        "select id, person, credential, public_key, algorithm, counter, name, made_at, used_at "
        "from passkey where credential = $1";
    struct query q = db_query(db, sql);

    *out = (struct passkey){.id = 0};
    bind_blob(&q, 1, credential);
    while (query_next(&q))
        *out = row(&q, a);
    return query_end(&q, e);
}

static enum status check_room(struct db *db, const struct passkey *passkey, struct err *e)
{
    static const char sql[] =
        "select count(*) filter (where person = $1), count(*) filter (where credential = $2) "
        "from passkey";
    struct query q = db_query(db, sql);
    int64_t own = 0;
    int64_t same = 0;

    bind_int(&q, 1, passkey->person);
    bind_blob(&q, 2, passkey->key.credential);
    while (query_next(&q)) {
        own = query_int(&q, 0);
        same = query_int(&q, 1);
    }
    TRY(query_end(&q, e));
    if (same > 0)
        return err_set(e, REFUSED, "the passkey is kept already");
    return own < PASSKEYS_MOST
               ? OK
               : err_set(e, REFUSED, "the account has %d passkeys already", (int)PASSKEYS_MOST);
}

enum status passkey_add(struct db *db, const struct passkey *passkey, struct err *e)
{
    static const char sql[] =
        "insert into passkey (person, credential, public_key, algorithm, counter, name, "
        "made_at, used_at) values ($1, $2, $3, $4, $5, $6, $7, 0)";

    TRY(check_room(db, passkey, e));
    struct query q = db_query(db, sql);
    bind_int(&q, 1, passkey->person);
    bind_blob(&q, 2, passkey->key.credential);
    bind_blob(&q, 3, passkey->key.spki);
    bind_int(&q, 4, passkey->key.algorithm);
    bind_int(&q, 5, passkey->key.counter);
    bind_str(&q, 6, passkey->name);
    bind_int(&q, 7, passkey->made_at);
    return query_run(&q, e);
}

enum status passkey_used(struct db *db, const struct passkey *passkey, int64_t now_at, struct err *e)
{
    static const char sql[] = "update passkey set counter = $1, used_at = $2 where id = $3";
    struct query q = db_query(db, sql);

    bind_int(&q, 1, passkey->key.counter);
    bind_int(&q, 2, now_at);
    bind_int(&q, 3, passkey->id);
    return query_run(&q, e);
}

enum status passkey_remove(struct db *db, int64_t person, int64_t id, bool *was_there, struct err *e)
{
    static const char sql[] = "delete from passkey where person = $1 and id = $2 returning id";
    struct query q = db_query(db, sql);

    *was_there = false;
    bind_int(&q, 1, person);
    bind_int(&q, 2, id);
    while (query_next(&q))
        *was_there = true;
    return query_end(&q, e);
}

enum status passkeys_remove(struct db *db, int64_t person, struct err *e)
{
    static const char sql[] = "delete from passkey where person = $1";
    struct query q = db_query(db, sql);

    bind_int(&q, 1, person);
    return query_run(&q, e);
}

/* Links that let a person choose a password. */
#include "people/welcome.h"

#include "base/arena.h"
#include "portal/link_token.h"
#include "portal/outside.h"
#include "store/db.h"

enum status welcome_make(struct db *db, const struct outside *outside, int64_t person,
                         enum welcome_reason reason, struct arena *a, struct str *token, struct err *e)
{
    static const char sql[] =
        "insert into welcome (person, hash, reason, made_at, ends_at) values ($1, $2, $3, $4, $5) "
        "on conflict (person) do update set hash = excluded.hash, reason = excluded.reason, "
        "made_at = excluded.made_at, ends_at = excluded.ends_at";
    bool is_invitation = reason == WELCOME_INVITATION;
    int64_t now_at = outside->now_at(outside);
    unsigned char hash[LINK_TOKEN_HASH_BYTES];
    struct query q = db_query(db, sql);

    *token = link_token_make(outside, a);
    bind_int(&q, 1, person);
    bind_blob(&q, 2, link_token_hash(*token, hash));
    bind_str(&q, 3, is_invitation ? S("invitation") : S("reset"));
    bind_int(&q, 4, now_at);
    bind_int(&q, 5, now_at + (is_invitation ? WELCOME_INVITATION_SECONDS : WELCOME_RESET_SECONDS));
    return query_run(&q, e);
}

/* The one row of `q`, whose columns are person, is it an invitation, ends_at. */
static enum status read_one(struct query *q, struct welcome *out, struct err *e)
{
    *out = (struct welcome){.person = 0};
    while (query_next(q))
        *out = (struct welcome){.person = query_int(q, 0),
                                .reason = query_int(q, 1) ? WELCOME_INVITATION : WELCOME_RESET,
                                .ends_at = query_int(q, 2)};
    return query_end(q, e);
}

enum status welcome_find(struct db *db, struct str token, int64_t now_at, struct welcome *out, struct err *e)
{
    static const char sql[] = "select person, reason = 'invitation', ends_at from welcome "
                              "where hash = $1 and ends_at > $2";
    unsigned char hash[LINK_TOKEN_HASH_BYTES];
    struct query q = db_query(db, sql);

    bind_blob(&q, 1, link_token_hash(token, hash));
    bind_int(&q, 2, now_at);
    return read_one(&q, out, e);
}

enum status welcome_of(struct db *db, int64_t person, struct welcome *out, struct err *e)
{
    static const char sql[] = "select person, reason = 'invitation', ends_at from welcome where person = $1";
    struct query q = db_query(db, sql);

    bind_int(&q, 1, person);
    return read_one(&q, out, e);
}

enum status welcome_end(struct db *db, int64_t person, struct err *e)
{
    static const char sql[] = "delete from welcome where person = $1";
    struct query q = db_query(db, sql);

    bind_int(&q, 1, person);
    return query_run(&q, e);
}

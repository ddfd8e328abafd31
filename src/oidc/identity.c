/* Who people are at the municipality's own provider. */
#include "oidc/identity.h"

#include "store/db.h"

enum status identity_owner(struct db *db, const struct identity *x, int64_t *person, struct err *e)
{
    static const char sql[] = "select person from person_identity where issuer = $1 and subject = $2";
    struct query q = db_query(db, sql);

    bind_str(&q, 1, x->issuer);
    bind_str(&q, 2, x->subject);
    *person = query_next(&q) ? query_int(&q, 0) : 0;
    return query_end(&q, e);
}

enum status identity_linked_at(struct db *db, int64_t person, struct str issuer, int64_t *linked_at,
                               struct err *e)
{
    static const char sql[] = "select linked_at from person_identity where person = $1 and issuer = $2";
    struct query q = db_query(db, sql);

    bind_int(&q, 1, person);
    bind_str(&q, 2, issuer);
    *linked_at = query_next(&q) ? query_int(&q, 0) : 0;
    return query_end(&q, e);
}

enum status identity_link(struct db *db, int64_t person, const struct identity *x, int64_t now_at,
                          struct err *e)
{
    static const char sql[] =
        "insert into person_identity (person, issuer, subject, linked_at) values ($1, $2, $3, $4) "
        "on conflict (person) do update set issuer = $2, subject = $3, linked_at = $4";
    int64_t owner = 0;

    TRY(identity_owner(db, x, &owner, e));
    if (owner != 0 && owner != person)
        return err_set(e, REFUSED, "another account is linked to this sign-in");
    struct query q = db_query(db, sql);
    bind_int(&q, 1, person);
    bind_str(&q, 2, x->issuer);
    bind_str(&q, 3, x->subject);
    bind_int(&q, 4, now_at);
    return query_run(&q, e);
}

enum status identity_unlink(struct db *db, int64_t person, bool *was_linked, struct err *e)
{
    static const char sql[] = "delete from person_identity where person = $1 returning person";
    struct query q = db_query(db, sql);

    *was_linked = false;
    bind_int(&q, 1, person);
    while (query_next(&q))
        *was_linked = true;
    return query_end(&q, e);
}

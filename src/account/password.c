/* Passwords. */
#include "account/password.h"

#include "account/spoken_code.h"
#include "base/arena.h"
#include "store/db.h"

#include <sodium.h>

enum status password_hash(struct str password, struct arena *a, struct str *hash, struct err *e)
{
    char out[crypto_pwhash_STRBYTES];

    if (crypto_pwhash_str_alg(out, password.p, password.n, PASSWORD_PASSES, PASSWORD_MEMORY_BYTES,
                              crypto_pwhash_ALG_ARGON2ID13) != 0)
        return err_set(e, SYSTEM, "a password cannot be hashed: no memory for it");
    *hash = str_copy(str_of(out), a);
    return OK;
}

/* Of no password: what an account without one is compared with. Parameters as above. */
static const char nobodys[] = "$argon2id$v=19$m=65536,t=3,p=1$c29tZXNhbHRzb21lc2FsdA$"
                              "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

enum status password_check(struct db *db, int64_t person, struct str password, bool *is_right, struct err *e)
{
    static const char sql[] = "select hash from password where person = $1";
    struct arena *a = arena_open();
    struct str hash = str_of(nobodys);
    struct query q = db_query(db, sql);

    bind_int(&q, 1, person);
    while (query_next(&q))
        hash = query_str(&q, 0, a);
    enum status s = query_end(&q, e);
    if (s == OK)
        *is_right = password.n <= PASSWORD_MOST_BYTES &&
                    crypto_pwhash_str_verify(hash.p, password.p ? password.p : "", password.n) == 0;
    arena_close(a);
    return s;
}

enum status password_set(struct db *db, int64_t person, struct str hash, int64_t now_at, struct err *e)
{
    static const char sql[] =
        "insert into password (person, hash, set_at) values ($1, $2, $3) "
        "on conflict (person) do update set hash = excluded.hash, set_at = excluded.set_at";
    struct query q = db_query(db, sql);

    bind_int(&q, 1, person);
    bind_str(&q, 2, hash);
    bind_int(&q, 3, now_at);
    return query_run(&q, e);
}

struct str password_make(const struct outside *outside, struct arena *a)
{
    return spoken_code(outside, 4, 5, a);
}

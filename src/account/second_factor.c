/* What a person shows beside the password. */
#include "account/second_factor.h"

#include "account/spoken_code.h"
#include "base/arena.h"
#include "base/text.h"
#include "portal/outside.h"
#include "store/city.h"
#include "store/db.h"
#include "store/keys.h"

#include <sodium.h>

#include <string.h>

enum {
    NONCE_BYTES = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES,
    SEALED_BYTES = NONCE_BYTES + TOTP_SECRET_BYTES + crypto_aead_xchacha20poly1305_ietf_ABYTES,
    BOUND_BYTES = 16,
    HASH_BYTES = 32,
    CODE_GROUPS = 3,
    CODE_GROUP = 5
};

/* What a sealed secret is bound to: it opens for no other person, and for no other use of the key. */
static void bound_to(int64_t person, unsigned char out[BOUND_BYTES])
{
    memcpy(out, "totp   1", 8);
    for (int i = 0; i < 8; i++)
        out[8 + i] = (unsigned char)((uint64_t)person >> (8 * i));
}

static enum status seal(const struct city *city, const struct outside *outside, int64_t person,
                        const struct totp_secret *secret, unsigned char out[SEALED_BYTES], struct err *e)
{
    unsigned char bound[BOUND_BYTES];
    struct key key;

    TRY(key_read(city->path, KEY_ACCOUNT, &key, e));
    bound_to(person, bound);
    outside->random(outside, out, NONCE_BYTES);
    crypto_aead_xchacha20poly1305_ietf_encrypt(out + NONCE_BYTES, NULL, secret->bytes, sizeof secret->bytes,
                                               bound, sizeof bound, NULL, out, key.bytes);
    key_wipe(&key);
    return OK;
}

static enum status open_sealed(const struct city *city, int64_t person, struct str sealed,
                               struct totp_secret *out, struct err *e)
{
    const unsigned char *bytes = (const unsigned char *)sealed.p;
    unsigned char bound[BOUND_BYTES];
    struct key key;

    TRY(key_read(city->path, KEY_ACCOUNT, &key, e));
    bound_to(person, bound);
    bool is_whole = sealed.n == SEALED_BYTES &&
                    crypto_aead_xchacha20poly1305_ietf_decrypt(out->bytes, NULL, NULL, bytes + NONCE_BYTES,
                                                               SEALED_BYTES - NONCE_BYTES, bound,
                                                               sizeof bound, bytes, key.bytes) == 0;
    key_wipe(&key);
    return is_whole ? OK
                    : err_set(e, BAD_INPUT,
                              "%s: keys/account.key does not open the codes of person %lld; restore it from "
                              "a backup, or reset the person's device",
                              city->path, (long long)person);
}

static enum status count_recovery(struct db *db, int64_t person, size_t *n, struct err *e)
{
    static const char sql[] = "select count(*) from recovery_code where person = $1";
    struct query q = db_query(db, sql);

    bind_int(&q, 1, person);
    while (query_next(&q))
        *n = (size_t)query_int(&q, 0);
    return query_end(&q, e);
}

enum status second_factor_read(const struct city *city, struct db *db, int64_t person,
                               struct second_factor *out, struct err *e)
{
    static const char sql[] =
        "select secret, set_at, last_step, is_example from second_factor where person = $1";
    struct arena *a = arena_open();
    struct query q = db_query(db, sql);
    struct str sealed = {NULL, 0};

    *out = (struct second_factor){0};
    bind_int(&q, 1, person);
    while (query_next(&q)) {
        out->is_set = true;
        sealed = query_blob(&q, 0, a);
        out->set_at = query_int(&q, 1);
        out->last_step = query_int(&q, 2);
        out->is_example = query_int(&q, 3) != 0;
    }
    enum status s = query_end(&q, e);
    if (s == OK && out->is_set)
        s = open_sealed(city, person, sealed, &out->secret, e);
    if (s == OK && out->is_set)
        s = count_recovery(db, person, &out->recovery_left, e);
    arena_close(a);
    return s;
}

void second_factor_wipe(struct second_factor *x)
{
    sodium_memzero(x, sizeof *x);
}

enum status second_factor_set(const struct city *city, struct db *db, const struct outside *outside,
                              int64_t person, const struct second_factor *x, struct err *e)
{
    static const char sql[] =
        "insert into second_factor (person, secret, set_at, last_step, is_example) values ($1, $2, $3, $4, $5) "
        "on conflict (person) do update set secret = excluded.secret, set_at = excluded.set_at, "
        "last_step = excluded.last_step, is_example = excluded.is_example";
    unsigned char sealed[SEALED_BYTES];

    TRY(seal(city, outside, person, &x->secret, sealed, e));
    struct query q = db_query(db, sql);
    bind_int(&q, 1, person);
    bind_blob(&q, 2, (struct str){(const char *)sealed, sizeof sealed});
    bind_int(&q, 3, x->set_at);
    bind_int(&q, 4, x->last_step);
    bind_int(&q, 5, x->is_example);
    return query_run(&q, e);
}

enum status second_factor_use(struct db *db, int64_t person, int64_t step, bool *is_fresh, struct err *e)
{
    static const char sql[] =
        "update second_factor set last_step = $1 where person = $2 and last_step < $1 returning person";
    struct query q = db_query(db, sql);

    bind_int(&q, 1, step);
    bind_int(&q, 2, person);
    *is_fresh = false;
    while (query_next(&q))
        *is_fresh = true;
    return query_end(&q, e);
}

static enum status forget_recovery(struct db *db, int64_t person, struct err *e)
{
    static const char sql[] = "delete from recovery_code where person = $1";
    struct query q = db_query(db, sql);

    bind_int(&q, 1, person);
    return query_run(&q, e);
}

enum status second_factor_forget(struct db *db, int64_t person, struct err *e)
{
    static const char sql[] = "delete from second_factor where person = $1";
    struct query q = db_query(db, sql);

    bind_int(&q, 1, person);
    TRY(query_run(&q, e));
    return forget_recovery(db, person, e);
}

/* Small letters and digits alone, as codes are made of. */
static struct str plain_code(struct str typed, struct arena *a)
{
    struct text out = text_open(a);

    for (size_t i = 0; i < typed.n; i++) {
        char c = typed.p[i];

        if (c >= 'A' && c <= 'Z')
            c = (char)(c + 32);
        if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'))
            text_byte(&out, c);
    }
    return text_str(&out);
}

/* A code has 74 bits by chance: nobody finds it from its hash, however fast the hash is. */
static struct str hash_of(struct str plain, int64_t person, unsigned char hash[HASH_BYTES])
{
    unsigned char bound[BOUND_BYTES];

    bound_to(person, bound);
    crypto_generichash(hash, HASH_BYTES, (const unsigned char *)plain.p, plain.n, bound, sizeof bound);
    return (struct str){(const char *)hash, HASH_BYTES};
}

static enum status add_code(struct db *db, int64_t person, struct str code, struct arena *a, struct err *e)
{
    static const char sql[] = "insert into recovery_code (person, hash) values ($1, $2)";
    unsigned char hash[HASH_BYTES];
    struct query q = db_query(db, sql);

    bind_int(&q, 1, person);
    bind_blob(&q, 2, hash_of(plain_code(code, a), person, hash));
    return query_run(&q, e);
}

enum status recovery_codes_make(struct db *db, const struct outside *outside, int64_t person, struct arena *a,
                                struct str codes[RECOVERY_CODES], struct err *e)
{
    TRY(forget_recovery(db, person, e));
    for (size_t i = 0; i < RECOVERY_CODES; i++) {
        codes[i] = spoken_code(outside, CODE_GROUPS, CODE_GROUP, a);
        TRY(add_code(db, person, codes[i], a, e));
    }
    return OK;
}

enum status recovery_code_use(struct db *db, int64_t person, struct str typed, bool *is_right, struct err *e)
{
    static const char sql[] = "delete from recovery_code where person = $1 and hash = $2 returning person";
    struct arena *a = arena_open();
    unsigned char hash[HASH_BYTES];
    struct query q = db_query(db, sql);

    bind_int(&q, 1, person);
    bind_blob(&q, 2, hash_of(plain_code(typed, a), person, hash));
    *is_right = false;
    while (query_next(&q))
        *is_right = true;
    arena_close(a);
    return query_end(&q, e);
}

/* A recipient's secret key, wrapped by passkeys. */
#include "keyring/passkey_wrap.h"

#include "base/arena.h"
#include "keyring/keyring.h"
#include "keyring/recipient.h"
#include "keyring/unlock.h"
#include "seal/wrap.h"
#include "store/db.h"

#include <stdbool.h>

enum status passkey_wraps_of(struct keyring *k, int64_t recipient, struct arena *a, struct passkey_wraps *out,
                             struct err *e)
{
    static const char sql[] =
        "select credential from passkey_wrap where recipient = $1 order by made_on, credential";
    struct query q = db_query(keyring_file(k), sql);
    size_t room = 0;

    *out = (struct passkey_wraps){0};
    bind_int(&q, 1, recipient);
    while (query_next(&q)) {
        out->credential = arena_grow(a, out->credential, out->n + 1, &room, sizeof *out->credential);
        out->credential[out->n++] = query_blob(&q, 0, a);
    }
    return query_end(&q, e);
}

enum status passkey_wrap_find(struct keyring *k, int64_t recipient, struct str credential, struct arena *a,
                              struct str *out, struct err *e)
{
    static const char sql[] = "select wrap from passkey_wrap where recipient = $1 and credential = $2";
    struct query q = db_query(keyring_file(k), sql);

    *out = S("");
    bind_int(&q, 1, recipient);
    bind_blob(&q, 2, credential);
    if (query_next(&q))
        *out = query_blob(&q, 0, a);
    return query_end(&q, e);
}

static enum status check(struct keyring *k, int64_t recipient, const struct passkey_answer *answer,
                         struct err *e)
{
    struct arena *a = arena_open();
    struct passkey_wraps all;
    bool is_known = false;
    enum status s = passkey_wraps_of(k, recipient, a, &all, e);

    for (size_t i = 0; s == OK && i < all.n; i++)
        is_known = is_known || str_equal(all.credential[i], answer->credential);
    arena_close(a);
    TRY(s);
    if (answer->secret.n != PASSKEY_SECRET_BYTES || answer->credential.n == 0 ||
        answer->credential.n > PASSKEY_ID_MOST_BYTES)
        return err_set(e, BAD_INPUT, "the device did not give what opens a key");
    if (!is_known && all.n >= PASSKEY_WRAPS_MOST)
        return err_set(e, REFUSED, "%d passkeys open this key already", (int)PASSKEY_WRAPS_MOST);
    return OK;
}

enum status passkey_wrap_add(struct keyring *k, const struct opener *opener,
                             const struct passkey_answer *answer, const struct who *who, struct err *e)
{
    static const char sql[] =
        "insert into passkey_wrap (recipient, credential, wrap, made_on) values ($1, $2, $3, $4) "
        "on conflict (recipient, credential) do update set wrap = excluded.wrap, made_on = excluded.made_on";
    const struct audit_line line = {.who = *who, .action = "recipient.passkey", .subject = opener->recipient};
    struct wrap wrap;

    TRY(check(k, opener->recipient, answer, e));
    TRY(opener->secret ? wrap_secret(WRAP_KEY, answer->secret, opener->secret, &wrap, e)
                       : unlock_wrap_passkey(opener->unlocked, answer, &wrap, e));
    TRY(keyring_log(k, &line, e));
    struct query q = db_query(keyring_file(k), sql);
    bind_int(&q, 1, opener->recipient);
    bind_blob(&q, 2, answer->credential);
    bind_blob(&q, 3, (struct str){(const char *)wrap.bytes, WRAP_BYTES});
    bind_date(&q, 4, date_of(who->now_at));
    return query_run(&q, e);
}

enum status passkey_wraps_remove(struct keyring *k, const struct opener *opener, const struct who *who,
                                 struct err *e)
{
    static const char sql[] = "delete from passkey_wrap where recipient = $1";
    const struct audit_line line = {
        .who = *who, .action = "recipient.passkeys_removed", .subject = opener->recipient};

    TRY(keyring_log(k, &line, e));
    struct query q = db_query(keyring_file(k), sql);
    bind_int(&q, 1, opener->recipient);
    TRY(query_run(&q, e));
    keyring_erase(k);
    return OK;
}

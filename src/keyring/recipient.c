/* Triage recipients. */
#include "keyring/recipient.h"

#include "base/arena.h"
#include "keyring/keyring.h"
#include "keyring/sealing.h"
#include "keyring/unlock.h"
#include "seal/passphrase.h"
#include "seal/secret.h"
#include "store/db.h"

#include <string.h>

#define COLUMNS "id, account, state, public_key, wrap, asked_on, removed_on"

static const char *const state_word[] = {
    [RECIPIENT_WAITING] = "waiting", [RECIPIENT_ACTIVE] = "active", [RECIPIENT_REMOVED] = "removed"};

static struct recipient row(const struct query *q, struct arena *a)
{
    struct recipient r = {.id = query_int(q, 0),
                          .account = query_int(q, 1),
                          .state = RECIPIENT_REMOVED,
                          .wrap = query_blob(q, 4, a),
                          .asked_on = query_date(q, 5),
                          .removed_on = query_date(q, 6)};
    struct str state = query_str(q, 2, a);
    struct str key = query_blob(q, 3, a);

    for (enum recipient_state i = RECIPIENT_WAITING; i < RECIPIENT_REMOVED; i++)
        if (str_is(state, state_word[i]))
            r.state = i;
    if (key.n == SEAL_KEY_BYTES)
        memcpy(r.public_key.bytes, key.p, SEAL_KEY_BYTES);
    return r;
}

enum status recipients_all(struct keyring *k, struct arena *a, struct recipients *out, struct err *e)
{
    static const char sql[] = "select " COLUMNS " from recipient where state <> 'removed' order by id";
    struct query q = db_query(keyring_file(k), sql);
    size_t room = 0;

    *out = (struct recipients){0};
    while (query_next(&q)) {
        out->recipient = arena_grow(a, out->recipient, out->n + 1, &room, sizeof *out->recipient);
        out->recipient[out->n++] = row(&q, a);
    }
    return query_end(&q, e);
}

static enum status find(struct keyring *k, const char *sql, int64_t key, struct arena *a,
                        struct recipient *out, struct err *e)
{
    struct query q = db_query(keyring_file(k), sql);

    *out = (struct recipient){0};
    bind_int(&q, 1, key);
    if (query_next(&q))
        *out = row(&q, a);
    return query_end(&q, e);
}

enum status recipient_of(struct keyring *k, int64_t account, struct arena *a, struct recipient *out,
                         struct err *e)
{
    static const char sql[] = "select " COLUMNS " from recipient where account = $1 and state <> 'removed'";

    return find(k, sql, account, a, out, e);
}

static enum status recipient_read(struct keyring *k, int64_t id, struct arena *a, struct recipient *out,
                                  struct err *e)
{
    static const char sql[] = "select " COLUMNS " from recipient where id = $1 and state <> 'removed'";

    TRY(find(k, sql, id, a, out, e));
    if (out->id == 0)
        return err_set(e, BAD_INPUT, "there is no recipient number %lld", (long long)id);
    return OK;
}

enum status recipients_active(struct keyring *k, int64_t *n, struct err *e)
{
    static const char sql[] = "select count(*) from recipient where state = 'active'";
    struct query q = db_query(keyring_file(k), sql);

    *n = query_next(&q) ? query_int(&q, 0) : 0;
    return query_end(&q, e);
}

/* Wraps the opener's key by the passphrase, as it is read from a form. */
static enum status wrap_by(struct str passphrase, const struct opener *opener, struct wrap *wrap,
                           struct err *e)
{
    if (passphrase.n > 4 * PASSPHRASE_MOST)
        return err_set(e, BAD_INPUT, "the passphrase is too long");
    char *text = secret_open(passphrase.n + 1);
    struct str read = passphrase_read(passphrase, text);
    enum status s = OK;

    if (passphrase_check(read) != PASSPHRASE_GOOD)
        s = err_set(e, BAD_INPUT, "the passphrase is too easy to guess");
    if (s == OK && opener->secret)
        s = wrap_secret(WRAP_PASSPHRASE, read, opener->secret, wrap, e);
    else if (s == OK)
        s = unlock_wrap(opener->unlocked, read, wrap, e);
    secret_close(text);
    return s;
}

/* What a new recipient's row needs. */
struct enrolment {
    int64_t account;
    enum recipient_state state;
    struct seal_public public_key;
    struct wrap wrap;
};

enum status recipient_pair(struct str passphrase, struct seal_public *public_key, struct wrap *wrap,
                           struct err *e)
{
    struct seal_key *secret = secret_open(sizeof *secret);

    seal_pair_make(public_key, secret);
    enum status s = wrap_by(passphrase, &(struct opener){.secret = secret}, wrap, e);
    secret_close(secret);
    return s;
}

/* *id is the new row's. */
static enum status insert(struct keyring *k, const struct enrolment *r, const struct who *who, int64_t *id,
                          struct err *e)
{
    static const char sql[] = "insert into recipient (account, state, public_key, wrap, asked_on) "
                              "values ($1, $2, $3, $4, $5) returning id";
    struct query q = db_query(keyring_file(k), sql);

    bind_int(&q, 1, r->account);
    bind_str(&q, 2, str_of(state_word[r->state]));
    bind_blob(&q, 3, (struct str){(const char *)r->public_key.bytes, SEAL_KEY_BYTES});
    bind_blob(&q, 4, (struct str){(const char *)r->wrap.bytes, WRAP_BYTES});
    bind_date(&q, 5, date_of(who->now_at));
    *id = query_next(&q) ? query_int(&q, 0) : 0;
    return query_run(&q, e);
}

static enum status check_account(struct keyring *k, int64_t account, struct err *e)
{
    struct arena *a = arena_open();
    struct recipient there;
    enum status s = recipient_of(k, account, a, &there, e);

    arena_close(a);
    if (s == OK && there.id != 0)
        s = err_set(e, BAD_INPUT, "this account is a recipient already, or waits to be confirmed");
    return s;
}

enum status recipient_ask(struct keyring *k, int64_t account, struct str passphrase, const struct who *who,
                          enum recipient_state *state, struct err *e)
{
    struct enrolment r = {.account = account};
    int64_t active = 0;
    int64_t id = 0;

    TRY(check_account(k, account, e));
    TRY(recipient_pair(passphrase, &r.public_key, &r.wrap, e));
    TRY(keyring_log(k, &(struct audit_line){.who = *who, .action = "recipient.ask", .subject = account}, e));
    TRY(db_begin(keyring_file(k), e));
    enum status s = recipients_active(k, &active, e);
    r.state = active == 0 ? RECIPIENT_ACTIVE : RECIPIENT_WAITING;
    if (s == OK)
        s = insert(k, &r, who, &id, e);
    TRY(db_end(keyring_file(k), s, e));
    *state = r.state;
    return OK;
}

/* Seals the data keys of everything the opener can open to `to` as well, inside a transaction of the key
 * file. Both generations of what is being relocked are copied, each from its own copy. */
static enum status reseal_all(struct keyring *k, const struct opener *opener, int64_t holder,
                              const struct seal_public *to, struct err *e)
{
    struct arena *a = arena_open();
    struct seal_id *id = NULL;
    size_t n = 0;
    enum status s = sealing_all(k, opener->recipient, a, &id, &n, e);

    for (size_t i = 0; s == OK && i < n; i++) {
        struct sealing *sealing = NULL;

        s = sealing_open(k, opener, &id[i], &sealing, e);
        if (s == OK)
            s = sealing_copy_for(k, sealing, holder, to, e);
        sealing_close(sealing);
    }
    arena_close(a);
    return s;
}

static enum status set_active(struct keyring *k, int64_t id, int64_t by, struct err *e)
{
    static const char sql[] = "update recipient set state = 'active', confirmed_by = $2 "
                              "where id = $1 and state = 'waiting'";
    struct query q = db_query(keyring_file(k), sql);

    bind_int(&q, 1, id);
    bind_int(&q, 2, by);
    return query_run(&q, e);
}

enum status recipient_confirm(struct keyring *k, const struct opener *opener, int64_t id,
                              const struct who *who, struct err *e)
{
    struct arena *a = arena_open();
    struct recipient r;
    enum status s = recipient_read(k, id, a, &r, e);

    arena_close(a);
    if (s == OK && r.state != RECIPIENT_WAITING)
        s = err_set(e, BAD_INPUT, "recipient number %lld is confirmed already", (long long)id);
    if (s == OK)
        s = keyring_log(
            k, &(struct audit_line){.who = *who, .action = "recipient.confirm", .subject = r.account}, e);
    TRY(s);
    TRY(db_begin(keyring_file(k), e));
    s = set_active(k, id, opener->recipient, e);
    if (s == OK)
        s = reseal_all(k, opener, id, &r.public_key, e);
    return db_end(keyring_file(k), s, e);
}

static enum status delete_keys(struct keyring *k, int64_t id, struct date on, struct err *e)
{
    static const char copies[] = "delete from key_copy where holder = $1";
    static const char passkeys[] = "delete from passkey_wrap where recipient = $1";
    static const char row_sql[] =
        "update recipient set state = 'removed', removed_on = $2, wrap = $3 where id = $1";
    struct query q = db_query(keyring_file(k), copies);

    bind_int(&q, 1, id);
    TRY(query_run(&q, e));
    q = db_query(keyring_file(k), passkeys);
    bind_int(&q, 1, id);
    TRY(query_run(&q, e));
    q = db_query(keyring_file(k), row_sql);
    bind_int(&q, 1, id);
    bind_date(&q, 2, on);
    bind_blob(&q, 3, S(""));
    return query_run(&q, e);
}

enum status recipient_remove(struct keyring *k, int64_t id, const struct who *who, struct err *e)
{
    struct arena *a = arena_open();
    struct recipient r;
    int64_t active = 0;
    enum status s = recipient_read(k, id, a, &r, e);

    arena_close(a);
    if (s == OK)
        s = recipients_active(k, &active, e);
    if (s == OK && r.state == RECIPIENT_ACTIVE && active == 1)
        s = err_set(e, REFUSED,
                    "the last recipient cannot be removed: nobody could then read what comes in; add another "
                    "first");
    if (s == OK)
        s = keyring_log(
            k, &(struct audit_line){.who = *who, .action = "recipient.remove", .subject = r.account}, e);
    TRY(s);
    TRY(db_begin(keyring_file(k), e));
    TRY(db_end(keyring_file(k), delete_keys(k, id, date_of(who->now_at), e), e));
    keyring_erase(k);
    return OK;
}

enum status recipient_passphrase(struct keyring *k, const struct opener *opener, struct str passphrase,
                                 const struct who *who, struct err *e)
{
    static const char sql[] = "update recipient set wrap = $2 where id = $1";
    struct wrap wrap;

    TRY(wrap_by(passphrase, opener, &wrap, e));
    TRY(keyring_log(
        k, &(struct audit_line){.who = *who, .action = "recipient.passphrase", .subject = opener->recipient},
        e));
    struct query q = db_query(keyring_file(k), sql);
    bind_int(&q, 1, opener->recipient);
    bind_blob(&q, 2, (struct str){(const char *)wrap.bytes, WRAP_BYTES});
    TRY(query_run(&q, e));
    keyring_erase(k);
    return OK;
}

enum status recipient_recover(struct keyring *k, const struct seal_key *secret, int64_t account,
                              struct str passphrase, const struct who *who, struct err *e)
{
    const struct opener recovery = {.recipient = HOLDER_RECOVERY, .secret = secret};
    struct enrolment r = {.account = account, .state = RECIPIENT_ACTIVE};
    int64_t id = 0;

    TRY(recipient_pair(passphrase, &r.public_key, &r.wrap, e));
    TRY(keyring_log(k, &(struct audit_line){.who = *who, .action = "recipient.recover", .subject = account},
                    e));
    TRY(db_begin(keyring_file(k), e));
    struct arena *a = arena_open();
    struct recipient there;
    enum status s = recipient_of(k, account, a, &there, e);
    if (s == OK && there.id != 0)
        s = delete_keys(k, there.id, date_of(who->now_at), e);
    arena_close(a);
    if (s == OK)
        s = insert(k, &r, who, &id, e);
    if (s == OK)
        s = reseal_all(k, &recovery, id, &r.public_key, e);
    return db_end(keyring_file(k), s, e);
}

/* Recovery in the portal. */
#include "keyring/regain.h"

#include "base/arena.h"
#include "keyring/keyring.h"
#include "keyring/recipient.h"
#include "keyring/sealing.h"
#include "keyring/share_holder.h"
#include "seal/passphrase.h"
#include "seal/recovery.h"
#include "seal/secret.h"
#include "store/db.h"

#include <string.h>

/* The recovery as it is stored. */
struct kept {
    struct regain now;
    struct seal_id id;
    struct seal_public public_key;
    struct str wrap;
    int64_t wrong;
};

/* kept->now.account is 0 when there is none. */
static enum status read_kept(struct keyring *k, struct arena *a, struct kept *out, struct err *e)
{
    static const char sql[] = "select account, asked_on, seal, public_key, wrap, wrong, "
                              "(select count(*) from given_share) from regain where id = 1";
    struct query q = db_query(keyring_file(k), sql);

    *out = (struct kept){0};
    if (query_next(&q)) {
        struct str id = query_blob(&q, 2, a);
        struct str key = query_blob(&q, 3, a);

        out->now = (struct regain){
            .account = query_int(&q, 0), .asked_on = query_date(&q, 1), .given = query_int(&q, 6)};
        out->wrap = query_blob(&q, 4, a);
        out->wrong = query_int(&q, 5);
        if (id.n == SEAL_ID_BYTES && key.n == SEAL_KEY_BYTES) {
            memcpy(out->id.bytes, id.p, SEAL_ID_BYTES);
            memcpy(out->public_key.bytes, key.p, SEAL_KEY_BYTES);
        }
    }
    return query_end(&q, e);
}

static enum status run(struct keyring *k, const char *sql, struct err *e)
{
    struct query q = db_query(keyring_file(k), sql);

    return query_run(&q, e);
}

static enum status delete_shares(struct keyring *k, struct err *e)
{
    static const char sql[] = "delete from given_share";

    return run(k, sql, e);
}

/* Pair and shares, so that nothing of them stays in the file or its log. */
static enum status delete_all(struct keyring *k, struct err *e)
{
    static const char sql[] = "delete from regain";

    TRY(db_begin(keyring_file(k), e));
    enum status s = delete_shares(k, e);
    if (s == OK)
        s = run(k, sql, e);
    TRY(db_end(keyring_file(k), s, e));
    keyring_erase(k);
    return OK;
}

static bool is_over(const struct regain *r, struct date today)
{
    return r->account != 0 && date_days(today) - date_days(r->asked_on) > REGAIN_DAYS;
}

/* What is stored, without one whose time is out. */
static enum status read_going_on(struct keyring *k, struct date today, struct arena *a, struct kept *out,
                                 struct err *e)
{
    TRY(read_kept(k, a, out, e));
    if (is_over(&out->now, today))
        *out = (struct kept){0};
    return OK;
}

enum status regain_now(struct keyring *k, struct date today, struct regain *out, struct err *e)
{
    struct arena *a = arena_open();
    struct kept kept;
    enum status s = read_going_on(k, today, a, &kept, e);

    *out = kept.now;
    arena_close(a);
    return s;
}

enum status regain_forget(struct keyring *k, struct date today, struct err *e)
{
    struct arena *a = arena_open();
    struct kept kept;
    enum status s = read_kept(k, a, &kept, e);

    if (s == OK && is_over(&kept.now, today))
        s = delete_all(k, e);
    arena_close(a);
    return s;
}

static enum status insert(struct keyring *k, int64_t account, const struct seal_public *public_key,
                          const struct wrap *wrap, struct date on, struct err *e)
{
    static const char sql[] = "insert into regain (id, seal, account, public_key, wrap, asked_on, wrong) "
                              "values (1, $1, $2, $3, $4, $5, 0)";
    struct query q = db_query(keyring_file(k), sql);
    struct seal_id id;

    seal_id_make(&id);
    bind_blob(&q, 1, (struct str){(const char *)id.bytes, SEAL_ID_BYTES});
    bind_int(&q, 2, account);
    bind_blob(&q, 3, (struct str){(const char *)public_key->bytes, SEAL_KEY_BYTES});
    bind_blob(&q, 4, (struct str){(const char *)wrap->bytes, WRAP_BYTES});
    bind_date(&q, 5, on);
    return query_run(&q, e);
}

enum status regain_begin(struct keyring *k, int64_t account, struct str passphrase, const struct who *who,
                         struct err *e)
{
    const struct date today = date_of(who->now_at);
    struct seal_public public_key;
    struct regain now;
    struct wrap wrap;

    TRY(regain_forget(k, today, e));
    TRY(regain_now(k, today, &now, e));
    if (now.account != 0)
        return err_set(e, REFUSED, "a recovery is under way");
    TRY(recipient_pair(passphrase, &public_key, &wrap, e));
    TRY(keyring_log(k, &(struct audit_line){.who = *who, .action = "recovery.begin", .subject = account}, e));
    return insert(k, account, &public_key, &wrap, today, e);
}

/* `typed` as a share of this city's key with the holder's own number. */
static enum status read_share(struct keyring *k, int64_t number, struct str typed, struct recovery_share *out,
                              struct err *e)
{
    unsigned char mark[RECOVERY_MARK_BYTES];
    struct seal_public public_key;

    TRY(keyring_recovery(k, &public_key, e));
    recovery_mark(&public_key, mark);
    TRY(recovery_share_read(typed, out, e));
    if (memcmp(out->key_mark, mark, sizeof mark) != 0)
        return err_set(e, BAD_INPUT, "the share belongs to another recovery key");
    if (out->share.x != number)
        return err_set(e, BAD_INPUT, "this is share number %d, and yours has number %lld", (int)out->share.x,
                       (long long)number);
    return OK;
}

/* A share is as long as a key, and is sealed as one. */
_Static_assert((int)SHAMIR_BYTES == (int)SEAL_KEY_BYTES, "a share is sealed as a key");

/* Not when the recovery it was sealed for has ended meanwhile: it would be in the way of the next. */
static enum status keep_share(struct keyring *k, const struct kept *kept, const struct shamir_share *share,
                              int64_t account, struct date on, struct err *e)
{
    static const char sql[] = "insert into given_share (number, given_by, given_on, bytes) "
                              "select $1, $2, $3, $4 from regain where seal = $5 "
                              "on conflict (number) do update set given_by = $2, given_on = $3, bytes = $4";
    const struct seal_context where = sealing_context(k, &kept->id, S(""));
    struct query q = db_query(keyring_file(k), sql);
    unsigned char copy[SEAL_COPY_BYTES];
    struct seal_key *bytes = secret_open(sizeof *bytes);

    memcpy(bytes->bytes, share->y, SHAMIR_BYTES);
    seal_key_copy(bytes, &where, &kept->public_key, copy);
    secret_close(bytes);
    bind_int(&q, 1, share->x);
    bind_int(&q, 2, account);
    bind_date(&q, 3, on);
    bind_blob(&q, 4, (struct str){(const char *)copy, sizeof copy});
    bind_blob(&q, 5, (struct str){(const char *)kept->id.bytes, SEAL_ID_BYTES});
    return query_run(&q, e);
}

/* The number of the share that `account` holds; REFUSED when it holds none. */
static enum status number_of(struct keyring *k, int64_t account, int64_t *number, struct err *e)
{
    struct arena *a = arena_open();
    struct share_holders all;
    enum status s = share_holders_list(k, a, &all, e);
    const struct share_holder *holder = s == OK ? share_holder_of(&all, account) : NULL;

    *number = holder ? holder->number : 0;
    if (s == OK && !holder)
        s = err_set(e, REFUSED, "this account holds no share");
    arena_close(a);
    return s;
}

enum status regain_give(struct keyring *k, int64_t account, struct str typed, const struct who *who,
                        struct err *e)
{
    const struct date today = date_of(who->now_at);
    struct recovery_share *share = secret_open(sizeof *share);
    struct arena *a = arena_open();
    struct kept kept;
    int64_t number = 0;
    enum status s = read_going_on(k, today, a, &kept, e);

    if (s == OK && kept.now.account == 0)
        s = err_set(e, REFUSED, "no recovery is under way");
    if (s == OK)
        s = number_of(k, account, &number, e);
    if (s == OK)
        s = read_share(k, number, typed, share, e);
    if (s == OK)
        s = keyring_log(k, &(struct audit_line){.who = *who, .action = "recovery.share", .subject = number},
                        e);
    if (s == OK)
        s = keep_share(k, &kept, &share->share, account, today, e);
    arena_close(a);
    secret_close(share);
    return s;
}

/* What finishing needs, in locked memory together. */
struct finishing {
    struct seal_key pair;
    struct recovery_share share[SHAMIR_MOST];
    size_t n;
    struct seal_key recovery;
    char passphrase[4 * PASSPHRASE_MOST + 1];
};

/* A wrong passphrase is counted; the last that is allowed ends the recovery. */
static enum status count_wrong(struct keyring *k, const struct kept *kept, enum regain_answer *answer,
                               struct err *e)
{
    static const char sql[] = "update regain set wrong = wrong + 1 where id = 1";

    *answer = kept->wrong + 1 < REGAIN_TRIES ? REGAIN_WRONG : REGAIN_OVER;
    return *answer == REGAIN_OVER ? delete_all(k, e) : run(k, sql, e);
}

static enum status open_pair(struct keyring *k, const struct kept *kept, struct str passphrase,
                             struct finishing *work, enum regain_answer *answer, struct err *e)
{
    struct err why = {0};
    enum status s = REFUSED;

    *answer = REGAIN_DONE;
    if (passphrase.n < sizeof work->passphrase)
        s = wrap_open(passphrase_read(passphrase, work->passphrase), &kept->public_key, kept->wrap,
                      &work->pair, &why);
    if (s == REFUSED)
        return count_wrong(k, kept, answer, e);
    return s == OK ? OK : err_set(e, s, "%s", why.what);
}

static enum status open_shares(struct keyring *k, const struct kept *kept, const struct seal_public *recovery,
                               struct finishing *work, struct err *e)
{
    static const char sql[] =
        "select number, bytes, (select needed from recovery) from given_share order by number";
    const struct seal_context where = sealing_context(k, &kept->id, S(""));
    struct query q = db_query(keyring_file(k), sql);
    struct arena *a = arena_open();
    enum status s = OK;

    while (s == OK && work->n < SHAMIR_MOST && query_next(&q)) {
        struct recovery_share *share = &work->share[work->n++];

        s = seal_key_open(&work->pair, &where, query_blob(&q, 1, a), &work->recovery, e);
        share->needed = (uint8_t)query_int(&q, 2);
        share->share.x = (uint8_t)query_int(&q, 0);
        recovery_mark(recovery, share->key_mark);
        memcpy(share->share.y, work->recovery.bytes, SHAMIR_BYTES);
    }
    arena_close(a);
    enum status ended = query_end(&q, e);
    return s == OK ? ended : s;
}

/* The recovery key in work->recovery. Shares that do not give it are deleted: which one is false cannot be
 * told. */
static enum status join(struct keyring *k, const struct kept *kept, struct finishing *work,
                        enum regain_answer *answer, struct err *e)
{
    struct seal_public recovery;
    struct err why = {0};

    TRY(keyring_recovery(k, &recovery, e));
    enum status s = open_shares(k, kept, &recovery, work, &why);
    if (s == OK)
        s = recovery_join(work->share, work->n, &recovery, &work->recovery, &why);
    if (s == REFUSED) {
        *answer = REGAIN_NOT_SHARES;
        return delete_shares(k, e);
    }
    return s == OK ? OK : err_set(e, s, "%s", why.what);
}

static enum status check_finish(struct keyring *k, const struct kept *kept, int64_t account, struct err *e)
{
    int64_t needed = 0;
    int64_t shares = 0;

    TRY(keyring_shares(k, &needed, &shares, e));
    if (kept->now.account == 0 || kept->now.account != account)
        return err_set(e, REFUSED, "this account has no recovery under way");
    if (kept->now.given < needed)
        return err_set(e, REFUSED, "%lld shares are needed, and %lld were given", (long long)needed,
                       (long long)kept->now.given);
    return OK;
}

/* Everything is sealed to a new pair of the recipient, under the passphrase that opened the recovery. */
static enum status finish(struct keyring *k, const struct kept *kept, struct str passphrase,
                          const struct who *who, enum regain_answer *answer, struct err *e)
{
    struct finishing *work = secret_open(sizeof *work);
    enum status s = open_pair(k, kept, passphrase, work, answer, e);

    if (s == OK && *answer == REGAIN_DONE)
        s = join(k, kept, work, answer, e);
    if (s == OK && *answer == REGAIN_DONE)
        s = recipient_recover(k, &work->recovery, kept->now.account, passphrase, who, e);
    secret_close(work);
    if (s == OK && *answer == REGAIN_DONE)
        s = delete_all(k, e);
    return s;
}

/* What ends a recovery or takes its shares away is in the log, as its success is. */
static enum status log_failure(struct keyring *k, enum regain_answer answer, int64_t account,
                               const struct who *who, struct err *e)
{
    const struct audit_line line = {.who = *who,
                                    .action =
                                        answer == REGAIN_OVER ? "recovery.over" : "recovery.false_share",
                                    .subject = account};

    return answer == REGAIN_OVER || answer == REGAIN_NOT_SHARES ? keyring_log(k, &line, e) : OK;
}

enum status regain_finish(struct keyring *k, int64_t account, struct str passphrase, const struct who *who,
                          enum regain_answer *answer, struct err *e)
{
    struct arena *a = arena_open();
    struct kept kept;
    enum status s = read_going_on(k, date_of(who->now_at), a, &kept, e);

    if (s == OK)
        s = check_finish(k, &kept, account, e);
    if (s == OK)
        s = finish(k, &kept, passphrase, who, answer, e);
    if (s == OK)
        s = log_failure(k, *answer, account, who, e);
    arena_close(a);
    return s;
}

enum status regain_stop(struct keyring *k, const struct who *who, struct err *e)
{
    struct regain now;

    TRY(regain_now(k, date_of(who->now_at), &now, e));
    if (now.account == 0)
        return OK;
    TRY(keyring_log(k, &(struct audit_line){.who = *who, .action = "recovery.stop", .subject = now.account},
                    e));
    return delete_all(k, e);
}

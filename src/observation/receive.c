/* Receiving a report. */
#include "observation/receive.h"

#include "base/arena.h"
#include "base/date.h"
#include "keyring/keyring.h"
#include "keyring/sealing.h"
#include "observation/report.h"
#include "seal/secret.h"
#include "store/db.h"

#include <sodium.h>

enum { HASH_BYTES = 32, HOUR = 3600 };

static const char *const channel_word[] = {
    [CHANNEL_MEMBER] = "member", [CHANNEL_ANYONE] = "anyone", [CHANNEL_PAPER] = "paper"};

static void once_hash(const unsigned char once[RECEIVE_ONCE_BYTES], unsigned char out[HASH_BYTES])
{
    crypto_generichash(out, HASH_BYTES, once, RECEIVE_ONCE_BYTES, NULL, 0);
}

/* The code that this form's number leads to: keyed, so that the number alone does not. */
static void code_of(struct keyring *k, const unsigned char once[RECEIVE_ONCE_BYTES], struct receipt_code *out)
{
    static const char purpose[] = "receipt";
    unsigned char seed[SEAL_KEY_BYTES];
    crypto_generichash_state state;

    crypto_generichash_init(&state, keyring_lookup_key(k), SEAL_KEY_BYTES, sizeof seed);
    crypto_generichash_update(&state, (const unsigned char *)purpose, sizeof purpose);
    crypto_generichash_update(&state, once, RECEIVE_ONCE_BYTES);
    crypto_generichash_final(&state, seed, sizeof seed);
    receipt_code_from(seed, out);
    secret_wipe(seed, sizeof seed);
    secret_wipe(&state, sizeof state);
}

static enum status find_earlier(struct keyring *k, const unsigned char hash[HASH_BYTES], struct receipt *out,
                                struct err *e)
{
    static const char sql[] = "select r.year, r.number from observation o "
                              "join register_entry r on r.observation = o.id where o.once = $1";
    struct query q = db_query(keyring_city(k), sql);

    bind_blob(&q, 1, (struct str){(const char *)hash, HASH_BYTES});
    out->is_again = query_next(&q);
    out->year = query_int(&q, 0);
    out->number = query_int(&q, 1);
    return query_end(&q, e);
}

static enum status insert_observation(struct keyring *k, const struct arrival *in, const struct sealing *s,
                                      const unsigned char hash[HASH_BYTES], int64_t *id, struct err *e)
{
    static const char sql[] =
        "insert into observation (seal, once, channel, received_on, lane, state, "
        "is_withdrawn, is_counted) values ($1, $2, $3, $4, $5, 'new', 0, 0) returning id";
    struct query q = db_query(keyring_city(k), sql);

    bind_blob(&q, 1, (struct str){(const char *)s->id.bytes, SEAL_ID_BYTES});
    bind_blob(&q, 2, (struct str){(const char *)hash, HASH_BYTES});
    bind_str(&q, 3, str_of(channel_word[in->channel]));
    bind_date(&q, 4, date_of(in->now_at));
    bind_str(&q, 5, in->lane == LANE_OPEN ? S("open") : S("parked"));
    *id = query_next(&q) ? query_int(&q, 0) : 0;
    return query_run(&q, e);
}

/* The next number of the year. The database has one writer at a time, so that no number is given twice and
 * none is left out. */
static enum status insert_entry(struct keyring *k, const struct arrival *in, int64_t id, struct receipt *out,
                                struct err *e)
{
    static const char sql[] =
        "insert into register_entry (year, number, observation, received_on, sender, decision) "
        "select $1, coalesce(max(number), 0) + 1, $2, $3, $4, '' from register_entry where year = $1 "
        "returning number";
    struct query q = db_query(keyring_city(k), sql);

    out->year = date_of(in->now_at).year;
    bind_int(&q, 1, out->year);
    bind_int(&q, 2, id);
    bind_date(&q, 3, date_of(in->now_at));
    bind_str(&q, 4, str_of(channel_word[in->channel]));
    out->number = query_next(&q) ? query_int(&q, 0) : 0;
    return query_run(&q, e);
}

static enum status insert_all(struct keyring *k, const struct arrival *in, const struct sealing *s,
                              struct str text, struct receipt *out, struct err *e)
{
    unsigned char hash[HASH_BYTES];
    int64_t id = 0;

    once_hash(in->once, hash);
    TRY(find_earlier(k, hash, out, e));
    if (out->is_again)
        return OK;
    TRY(insert_observation(k, in, s, hash, &id, e));
    TRY(insert_entry(k, in, id, out, e));
    return sealing_put(k, s, S("report"), text, e);
}

/* The report's keys: new ones, or those that an attempt which broke has left. The same form sent twice at
 * once may keep them between our look and our own attempt: then we look again. */
static enum status keep_keys(struct keyring *k, const struct receipt_code *code, struct sealing **s,
                             struct err *e)
{
    bool is_kept = false;

    TRY(sealing_begin_code(k, code, s, &is_kept, e));
    if (is_kept)
        return db_await_disk(keyring_file(k), e);
    if (sealing_keep(k, *s, e) == OK)
        return OK;
    struct err why = *e;
    sealing_close(*s);
    *s = NULL;
    TRY(sealing_begin_code(k, code, s, &is_kept, e));
    if (is_kept)
        return db_await_disk(keyring_file(k), e);
    *e = why;
    return why.status;
}

enum status receive(struct keyring *k, const struct arrival *in, struct arena *a, struct receipt *out,
                    struct err *e)
{
    /* The line names no one and no second: a report leaves the same trace whoever sent it. */
    const int64_t day_at = date_days(date_of(in->now_at)) * 24 * HOUR;
    const struct audit_line line = {.who = {.name = "reporter", .now_at = day_at},
                                    .action = "observation.receive"};
    unsigned char hash[HASH_BYTES];

    code_of(k, in->once, &out->code);
    once_hash(in->once, hash);
    TRY(find_earlier(k, hash, out, e));
    if (out->is_again)
        return db_await_disk(keyring_city(k), e);
    struct sealing *s = NULL;
    enum status status = keep_keys(k, &out->code, &s, e);
    if (status == OK)
        status = db_change(keyring_city(k), e);
    if (status == OK)
        status = db_change_end(keyring_city(k), insert_all(k, in, s, report_write(in->report, a), out, e),
                               &line, e);
    sealing_close(s);
    return status;
}

enum status redirect_note(struct keyring *k, const char *kind, struct str actor, int64_t now_at,
                          struct err *e)
{
    static const char sql[] = "insert into redirection (kind, actor, hour) values ($1, $2, $3)";
    struct query q = db_query(keyring_city(k), sql);

    bind_str(&q, 1, str_of(kind));
    bind_str(&q, 2, actor);
    bind_int(&q, 3, now_at / HOUR * HOUR);
    return query_run(&q, e);
}

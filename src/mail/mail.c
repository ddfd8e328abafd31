/* The outbox: the tables of mail.sql. */
#include "mail/mail.h"

#include "base/arena.h"
#include "store/db.h"
#include "web/address.h"

#include <sodium.h>

enum { FIRST_WAIT_SECONDS = 60, LONGEST_WAIT_SECONDS = 3600, MESSAGE_BYTES = 16, REASON_MAX_BYTES = 200 };

static enum status takes_letters(struct db *db, const struct mail_letter *letter, bool *out, struct err *e);
static enum status insert(struct db *db, const struct mail_letter *letter, int64_t now_at, int64_t *id,
                          struct err *e);
static enum status step(struct query *q, int64_t id, int64_t now_at, struct err *e);

enum status mail_queue(struct db *db, const struct mail_letter *letter, int64_t now_at, int64_t *id,
                       struct err *e)
{
    bool takes = true;

    *id = 0;
    if (!address_is_valid(letter->address))
        return err_set(e, BAD_INPUT, "a letter cannot be addressed: expected an address as name@example.org");
    if (letter->unsubscribe.n > 0)
        TRY(takes_letters(db, letter, &takes, e));
    return takes ? insert(db, letter, now_at, id, e) : OK;
}

static enum status takes_letters(struct db *db, const struct mail_letter *letter, bool *out, struct err *e)
{
    static const char sql[] = "select 1 from mail_address where address = $1 and unsubscribed_at is not null";
    struct query q = db_query(db, sql);

    bind_str(&q, 1, letter->address);
    *out = !query_next(&q);
    return query_end(&q, e);
}

static enum status insert(struct db *db, const struct mail_letter *letter, int64_t now_at, int64_t *id,
                          struct err *e)
{
    static const char sql[] =
        "insert into mail_letter (message, address, name, language, subject, plain, html, calendar, "
        "calendar_method, unsubscribe, state, tries, queued_at, next_at, state_at, reason) "
        "values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 'queued', 0, $11, $11, $11, '') returning id";
    unsigned char random[MESSAGE_BYTES];
    char message[2 * MESSAGE_BYTES + 1];
    struct query q = db_query(db, sql);

    randombytes_buf(random, sizeof random);
    sodium_bin2hex(message, sizeof message, random, sizeof random);
    bind_str(&q, 1, str_of(message));
    bind_str(&q, 2, letter->address);
    bind_str(&q, 3, letter->name);
    bind_str(&q, 4, language_code(letter->language));
    bind_str(&q, 5, letter->subject);
    bind_str(&q, 6, letter->plain);
    bind_str(&q, 7, letter->html);
    bind_str(&q, 8, letter->calendar);
    bind_str(&q, 9, letter->calendar_method);
    bind_str(&q, 10, letter->unsubscribe);
    bind_int(&q, 11, now_at);
    if (query_next(&q))
        *id = query_int(&q, 0);
    return query_run(&q, e);
}

enum status mail_next(struct db *db, int64_t now_at, struct arena *a, struct mail_letter *out, bool *has_one,
                      struct err *e)
{
    static const char sql[] =
        "select id, message, address, name, language, subject, plain, html, calendar, calendar_method, "
        "unsubscribe, tries, queued_at, next_at, state_at, reason "
        "from mail_letter where state = 'queued' and (next_at <= $1 or state_at > $1) "
        "order by next_at, id limit 1";
    struct query q = db_query(db, sql);

    bind_int(&q, 1, now_at);
    *has_one = query_next(&q);
    if (*has_one)
        *out = (struct mail_letter){.id = query_int(&q, 0),
                                    .message = query_str(&q, 1, a),
                                    .address = query_str(&q, 2, a),
                                    .name = query_str(&q, 3, a),
                                    .language = str_is(query_str(&q, 4, a), "en") ? LANGUAGE_EN : LANGUAGE_SV,
                                    .subject = query_str(&q, 5, a),
                                    .plain = query_str(&q, 6, a),
                                    .html = query_str(&q, 7, a),
                                    .calendar = query_str(&q, 8, a),
                                    .calendar_method = query_str(&q, 9, a),
                                    .unsubscribe = query_str(&q, 10, a),
                                    .state = MAIL_QUEUED,
                                    .tries = query_int(&q, 11),
                                    .queued_at = query_int(&q, 12),
                                    .next_at = query_int(&q, 13),
                                    .state_at = query_int(&q, 14),
                                    .reason = query_str(&q, 15, a)};
    return query_end(&q, e);
}

enum status mail_is_handing(struct db *db, int64_t id, int64_t now_at, struct err *e)
{
    static const char sql[] = "update mail_letter set state = 'handing', tries = tries + 1, state_at = $2 "
                              "where id = $1 and state = 'queued' returning id";
    struct query q = db_query(db, sql);

    return step(&q, id, now_at, e);
}

/* An address that takes a letter works, whatever it said before. */
static enum status address_works(struct db *db, int64_t id, struct err *e)
{
    static const char sql[] =
        "update mail_address set failed_at = null, reason = '' where failed_at is not null "
        "and address = (select address from mail_letter where id = $1)";
    struct query q = db_query(db, sql);

    bind_int(&q, 1, id);
    return query_run(&q, e);
}

enum status mail_is_sent(struct db *db, int64_t id, int64_t now_at, struct err *e)
{
    static const char sql[] =
        "update mail_letter set state = 'sent', state_at = $2, plain = '', html = '', calendar = '', "
        "unsubscribe = '', reason = '' where id = $1 and state = 'handing' returning id";

    TRY(db_begin(db, e));
    struct query q = db_query(db, sql);
    enum status s = step(&q, id, now_at, e);
    if (s == OK)
        s = address_works(db, id, e);
    return db_end(db, s, e);
}

/* A step is taken from the state before it, once: one worker alone moves letters. */
static enum status step(struct query *q, int64_t id, int64_t now_at, struct err *e)
{
    bool is_taken = false;

    bind_int(q, 1, id);
    bind_int(q, 2, now_at);
    while (query_next(q))
        is_taken = true;
    TRY(query_end(q, e));
    if (!is_taken)
        return err_set(e, SYSTEM, "a letter was moved on by somebody else");
    return OK;
}

/* 1, 2, 4 … minutes, an hour at most. */
static int64_t wait_seconds(int64_t tries)
{
    int64_t wait = FIRST_WAIT_SECONDS;

    for (int64_t i = 0; i < tries && wait < LONGEST_WAIT_SECONDS; i++)
        wait *= 2;
    return wait < LONGEST_WAIT_SECONDS ? wait : LONGEST_WAIT_SECONDS;
}

enum status mail_waits(struct db *db, const struct mail_letter *letter, struct str reason, int64_t now_at,
                       struct err *e)
{
    static const char sql[] = "update mail_letter set state = 'queued', state_at = $2, next_at = $3, "
                              "tries = $4, reason = $5 where id = $1 and state in ('queued', 'handing')";

    if (now_at - letter->queued_at >= MAIL_GIVE_UP_SECONDS)
        return mail_has_failed(db, letter, reason, now_at, e);
    struct query q = db_query(db, sql);
    bind_int(&q, 1, letter->id);
    bind_int(&q, 2, now_at);
    bind_int(&q, 3, now_at + wait_seconds(letter->tries));
    bind_int(&q, 4, letter->tries + 1);
    bind_str(&q, 5, str_part(reason, 0, REASON_MAX_BYTES));
    return query_run(&q, e);
}

static enum status end_letter(struct db *db, int64_t id, struct str state, struct str reason, int64_t now_at,
                              struct err *e)
{
    static const char sql[] = "update mail_letter set state = $3, state_at = $2, reason = $4 "
                              "where id = $1 and state in ('queued', 'handing')";
    struct query q = db_query(db, sql);

    bind_int(&q, 1, id);
    bind_int(&q, 2, now_at);
    bind_str(&q, 3, state);
    bind_str(&q, 4, str_part(reason, 0, REASON_MAX_BYTES));
    return query_run(&q, e);
}

static enum status address_fails(struct db *db, struct str address, struct str reason, int64_t now_at,
                                 struct err *e)
{
    static const char sql[] =
        "insert into mail_address (address, failed_at, reason) values ($1, $2, $3) "
        "on conflict (address) do update set failed_at = excluded.failed_at, reason = excluded.reason";
    struct query q = db_query(db, sql);

    bind_str(&q, 1, address);
    bind_int(&q, 2, now_at);
    bind_str(&q, 3, str_part(reason, 0, REASON_MAX_BYTES));
    return query_run(&q, e);
}

/* What the postman does in his own name. */
static struct audit_line postmans_line(const char *action, int64_t id, int64_t now_at)
{
    return (struct audit_line){.who = {.name = "mail", .now_at = now_at}, .action = action, .subject = id};
}

enum status mail_has_failed(struct db *db, const struct mail_letter *letter, struct str reason,
                            int64_t now_at, struct err *e)
{
    const struct audit_line line = postmans_line("mail.fail", letter->id, now_at);

    TRY(db_change(db, e));
    enum status s = end_letter(db, letter->id, S("failed"), reason, now_at, e);
    if (s == OK)
        s = address_fails(db, letter->address, reason, now_at, e);
    return db_change_end(db, s, &line, e);
}

enum status mail_is_unsure(struct db *db, int64_t id, struct str reason, int64_t now_at, struct err *e)
{
    const struct audit_line line = postmans_line("mail.unsure", id, now_at);

    TRY(db_change(db, e));
    return db_change_end(db, end_letter(db, id, S("unsure"), reason, now_at, e), &line, e);
}

enum status mail_recover(struct db *db, int64_t now_at, int64_t *n, struct err *e)
{
    static const char sql[] = "select id from mail_letter where state = 'handing' order by id limit 1";
    bool has_more = true;

    *n = 0;
    while (has_more) {
        struct query q = db_query(db, sql);

        has_more = query_next(&q);
        int64_t id = has_more ? query_int(&q, 0) : 0;
        TRY(query_end(&q, e));
        if (!has_more)
            break;
        TRY(mail_is_unsure(db, id,
                           S("the program or its database ended while the letter was being handed over"),
                           now_at, e));
        (*n)++;
    }
    return OK;
}

static enum status queue_again(struct db *db, int64_t id, int64_t now_at, struct err *e)
{
    static const char sql[] =
        "update mail_letter set state = 'queued', tries = 0, queued_at = $2, next_at = $2, state_at = $2 "
        "where id = $1 and state in ('unsure', 'failed') and plain <> '' returning id";
    struct query q = db_query(db, sql);
    bool is_queued = false;

    bind_int(&q, 1, id);
    bind_int(&q, 2, now_at);
    while (query_next(&q))
        is_queued = true;
    TRY(query_end(&q, e));
    return is_queued ? OK : err_set(e, REFUSED, "the letter is not one that can be sent again");
}

enum status mail_send_again(struct db *db, int64_t id, const struct who *who, struct err *e)
{
    const struct audit_line line = {.who = *who, .action = "mail.again", .subject = id};

    TRY(db_change(db, e));
    return db_change_end(db, queue_again(db, id, who->now_at, e), &line, e);
}

/* A circular goes out: all its letters in one change. */
#include "base/arena.h"
#include "circular/circular.h"
#include "mail/letter.h"
#include "mail/mail.h"
#include "portal/person.h"
#include "store/db.h"

static const char stop_folder[] = "utskick/sluta";

struct letter circular_letter(const struct circular_office *o, const struct circular *c, struct str name,
                              struct str stop, struct arena *a)
{
    struct letter l = letter_open(c->language, name, o->city, a);

    l.subject = c->subject;
    l.unsubscribe = stop;
    letter_markdown(&l, c->words);
    return l;
}

static enum status queue(const struct circular_office *o, const struct circular *c, struct str name,
                         struct str address, struct str stop, int64_t now_at, struct arena *a,
                         int64_t *letter, struct err *e)
{
    struct letter l = circular_letter(o, c, name, stop, a);
    const struct mail_letter out = letter_to(&l, address);

    return mail_queue(o->db, &out, now_at, letter, e);
}

/* *id is 0 when the address has it already. */
static enum status insert_reader(struct db *db, int64_t circular, struct str address, struct str nonce,
                                 int64_t *id, struct err *e)
{
    static const char sql[] =
        "insert into circular_reader (circular, address, nonce, letter) "
        "values ($1, $2, $3, 0) on conflict (circular, address) do nothing returning id";
    struct query q = db_query(db, sql);

    bind_int(&q, 1, circular);
    bind_str(&q, 2, address);
    bind_str(&q, 3, nonce);
    *id = query_next(&q) ? query_int(&q, 0) : 0;
    return query_run(&q, e);
}

static enum status note_letter(struct db *db, int64_t reader, int64_t letter, struct err *e)
{
    static const char sql[] = "update circular_reader set letter = $2 where id = $1";
    struct query q = db_query(db, sql);

    bind_int(&q, 1, reader);
    bind_int(&q, 2, letter);
    return query_run(&q, e);
}

static enum status send_one(const struct circular_office *o, const struct circular *c,
                            const struct circular_reader *reader, int64_t now_at, struct arena *a, int64_t *n,
                            struct err *e)
{
    struct str nonce = reader_link_nonce(a);
    int64_t id = 0;
    int64_t letter = 0;

    TRY(insert_reader(o->db, c->id, reader->address, nonce, &id, e));
    if (id == 0)
        return OK;
    struct str stop = reader_link(&o->links, c->language, stop_folder, id, nonce, a);
    TRY(queue(o, c, reader->name, reader->address, stop, now_at, a, &letter, e));
    TRY(note_letter(o->db, id, letter, e));
    *n += letter > 0;
    return OK;
}

static enum status mark_sent(struct db *db, int64_t id, int64_t version, int64_t now_at, struct err *e)
{
    static const char sql[] = "update circular set sent_at = $3 where id = $1 and version = $2 and "
                              "sent_at is null returning id";
    struct query q = db_query(db, sql);

    bind_int(&q, 1, id);
    bind_int(&q, 2, version);
    bind_int(&q, 3, now_at);
    bool is_done = query_next(&q);
    TRY(query_run(&q, e));
    return is_done ? OK
                   : err_set(e, REFUSED, "circular %lld: has been changed or sent meanwhile", (long long)id);
}

static enum status note_letters(struct db *db, int64_t id, int64_t n, struct err *e)
{
    static const char sql[] = "update circular set letters = $2 where id = $1";
    struct query q = db_query(db, sql);

    bind_int(&q, 1, id);
    bind_int(&q, 2, n);
    return query_run(&q, e);
}

static enum status send_all(const struct circular_office *o, int64_t id, int64_t version, int64_t now_at,
                            int64_t *n, struct err *e)
{
    struct arena *a = arena_open();
    struct circular c = {0};
    struct circular_readers readers = {0};

    enum status s = mark_sent(o->db, id, version, now_at, e);
    if (s == OK)
        s = circular_find(o->db, id, a, &c, e);
    if (s == OK)
        s = circular_readers_of(o->db, c.actors, a, &readers, e);
    for (size_t i = 0; s == OK && i < readers.n; i++)
        s = send_one(o, &c, &readers.reader[i], now_at, a, n, e);
    if (s == OK && *n == 0)
        s = err_set(e, REFUSED, "circular %lld: there is nobody to send it to", (long long)id);
    if (s == OK)
        s = note_letters(o->db, id, *n, e);
    arena_close(a);
    return s;
}

enum status circular_send(const struct circular_office *o, int64_t id, int64_t version, const struct who *who,
                          int64_t *n, struct err *e)
{
    const struct audit_line line = {.who = *who, .action = "circular.send", .subject = id};

    *n = 0;
    TRY(db_change(o->db, e));
    return db_change_end(o->db, send_all(o, id, version, who->now_at, n, e), &line, e);
}

enum status circular_try(const struct circular_office *o, const struct circular *c,
                         const struct person *person, const struct who *who, struct err *e)
{
    const struct audit_line line = {.who = *who, .action = "circular.try", .subject = c->id};
    struct arena *a = arena_open();
    int64_t letter = 0;

    enum status s = db_change(o->db, e);
    if (s == OK)
        s = db_change_end(o->db, queue(o, c, person->name, person->email, S(""), who->now_at, a, &letter, e),
                          &line, e);
    arena_close(a);
    return s;
}

/* The number of a letter that the outbox has forgotten may be given to another: the address tells them apart,
 * unless it is the same reader's. */
enum status circular_fate(struct db *db, int64_t id, struct circular_fate *out, struct err *e)
{
    static const char sql[] =
        "select count(*) filter (where m.state in ('queued', 'handing')), "
        "count(*) filter (where m.state = 'failed' or (m.id is null and k.failed_at >= c.sent_at)), "
        "count(*) filter (where m.state = 'unsure') "
        "from circular_reader r join circular c on c.id = r.circular "
        "left join mail_letter m on m.id = r.letter and m.address = r.address "
        "left join mail_address k on k.address = r.address "
        "where r.circular = $1";
    struct query q = db_query(db, sql);

    *out = (struct circular_fate){0};
    bind_int(&q, 1, id);
    while (query_next(&q))
        *out = (struct circular_fate){query_int(&q, 0), query_int(&q, 1), query_int(&q, 2)};
    return query_end(&q, e);
}

struct link_row {
    struct str address;
    struct str nonce;
};

static enum status find_link(const struct circular_office *o, struct str part, struct arena *a,
                             struct link_row *out, struct err *e)
{
    static const char sql[] = "select address, nonce from circular_reader where id = $1";
    int64_t id = reader_link_id(part);
    struct query q = db_query(o->db, sql);

    bind_int(&q, 1, id);
    bool is_there = query_next(&q);
    if (is_there)
        *out = (struct link_row){query_str(&q, 0, a), query_str(&q, 1, a)};
    TRY(query_end(&q, e));
    return is_there && reader_link_holds(&o->links, stop_folder, id, out->nonce, part, a)
               ? OK
               : err_set(e, REFUSED, "the link is not one of ours");
}

enum status circular_stop_holds(const struct circular_office *o, struct str part, bool *is_stopped,
                                struct err *e)
{
    struct arena *a = arena_open();
    struct mail_address known = {0};
    struct link_row row = {0};
    enum status s = find_link(o, part, a, &row, e);

    if (s == OK)
        s = mail_address_find(o->db, row.address, a, &known, e);
    *is_stopped = known.unsubscribed_at > 0;
    arena_close(a);
    return s;
}

/* Where the link leads, mailings stop or come again: as `line` says in the log. */
static enum status choose(const struct circular_office *o, struct str part, bool takes,
                          const struct audit_line *line, struct err *e)
{
    struct arena *a = arena_open();
    struct link_row row = {0};
    enum status s = find_link(o, part, a, &row, e);

    if (s == OK)
        s = db_change(o->db, e);
    if (s == OK)
        s = db_change_end(o->db,
                          takes ? mail_subscribe(o->db, row.address, e)
                                : mail_unsubscribe(o->db, row.address, line->who.now_at, e),
                          line, e);
    arena_close(a);
    return s;
}

enum status circular_stop(const struct circular_office *o, struct str part, const struct who *who,
                          struct err *e)
{
    const struct audit_line line = {.who = *who, .action = "circular.stop", .subject = reader_link_id(part)};

    return choose(o, part, false, &line, e);
}

enum status circular_resume(const struct circular_office *o, struct str part, const struct who *who,
                            struct err *e)
{
    const struct audit_line line = {
        .who = *who, .action = "circular.resume", .subject = reader_link_id(part)};

    return choose(o, part, true, &line, e);
}

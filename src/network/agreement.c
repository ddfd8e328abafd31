/* The network's agreement: texts and signatures. */
#include "network/agreement.h"

#include "base/arena.h"
#include "network/organisation.h"
#include "store/db.h"

enum { TITLE_MAX_BYTES = 200, BODY_MAX_BYTES = 100 * 1024, MOST_MONTHS = 120, SECONDS_PER_DAY = 86400 };

static enum status check_text(const struct agreement_text *text, struct err *e);
static enum status insert_text(struct db *db, const struct agreement_text *text, const struct who *who,
                               int64_t *number, struct err *e);
static enum status end_earlier(struct db *db, int64_t organisation, int64_t signed_at, struct err *e);
static int64_t months_later(int64_t at, int months);

#define TEXT_COLUMNS                                                                                         \
    "number, title_sv, title_en, body_sv, body_en, changes_sv, changes_en, valid_months, published_at "

static struct agreement_text text_row(const struct query *q, struct arena *a)
{
    return (struct agreement_text){.number = query_int(q, 0),
                                   .title = {query_str(q, 1, a), query_str(q, 2, a)},
                                   .body = {query_str(q, 3, a), query_str(q, 4, a)},
                                   .changes = {query_str(q, 5, a), query_str(q, 6, a)},
                                   .valid_months = (int)query_int(q, 7),
                                   .published_at = query_int(q, 8)};
}

/* Reads the one row of `q` and ends it. */
static enum status text_read(struct query *q, struct arena *a, struct agreement_text *out, struct err *e)
{
    bool is_found = query_next(q);

    if (is_found)
        *out = text_row(q, a);
    TRY(query_end(q, e));
    return is_found ? OK : err_set(e, REFUSED, "there is no such text of the agreement");
}

enum status agreement_text_latest(struct db *db, struct arena *a, struct agreement_text *out, struct err *e)
{
    static const char sql[] = "select " TEXT_COLUMNS "from agreement_text order by number desc limit 1";
    struct query q = db_query(db, sql);

    return text_read(&q, a, out, e);
}

enum status agreement_text_find(struct db *db, int64_t number, struct arena *a, struct agreement_text *out,
                                struct err *e)
{
    static const char sql[] = "select " TEXT_COLUMNS "from agreement_text where number = $1";
    struct query q = db_query(db, sql);

    bind_int(&q, 1, number);
    return text_read(&q, a, out, e);
}

enum status agreement_text_publish(struct db *db, const struct agreement_text *text, const struct who *who,
                                   int64_t *number, struct err *e)
{
    struct audit_line line = {.who = *who, .action = "network.agreement.publish"};

    TRY(check_text(text, e));
    TRY(db_change(db, e));
    enum status s = insert_text(db, text, who, number, e);
    line.subject = *number;
    return db_change_end(db, s, &line, e);
}

static enum status check_text(const struct agreement_text *text, struct err *e)
{
    for (int i = 0; i < 2; i++) {
        if (str_trim(text->title[i]).n == 0 || text->title[i].n > TITLE_MAX_BYTES)
            return err_set(e, BAD_INPUT, "an agreement needs a title in both languages, at most %d bytes",
                           (int)TITLE_MAX_BYTES);
        if (str_trim(text->body[i]).n == 0 || text->body[i].n > BODY_MAX_BYTES ||
            text->changes[i].n > BODY_MAX_BYTES)
            return err_set(e, BAD_INPUT, "an agreement needs a text in both languages, at most %d bytes",
                           (int)BODY_MAX_BYTES);
    }
    if (text->valid_months < 1 || text->valid_months > MOST_MONTHS)
        return err_set(e, BAD_INPUT, "an agreement holds for 1 to %d months", (int)MOST_MONTHS);
    return OK;
}

static enum status insert_text(struct db *db, const struct agreement_text *text, const struct who *who,
                               int64_t *number, struct err *e)
{
    static const char sql[] =
        "insert into agreement_text (number, title_sv, title_en, body_sv, body_en, changes_sv, changes_en, "
        "valid_months, published_at, published_by) "
        "select coalesce(max(number), 0) + 1, $1, $2, $3, $4, $5, $6, $7, $8, $9 from agreement_text "
        "returning number";
    struct query q = db_query(db, sql);

    bind_str(&q, 1, text->title[0]);
    bind_str(&q, 2, text->title[1]);
    bind_str(&q, 3, text->body[0]);
    bind_str(&q, 4, text->body[1]);
    bind_str(&q, 5, text->changes[0]);
    bind_str(&q, 6, text->changes[1]);
    bind_int(&q, 7, text->valid_months);
    bind_int(&q, 8, who->now_at);
    bind_str(&q, 9, str_of(who->name));
    *number = query_next(&q) ? query_int(&q, 0) : 0;
    return query_end(&q, e);
}

enum status agreement_sign(struct db *db, int64_t organisation, int64_t number, struct str signed_by,
                           const struct who *who, struct err *e)
{
    const struct audit_line line = {.who = *who, .action = "network.agreement.sign", .subject = organisation};

    TRY(db_change(db, e));
    enum status s = organisation_enter(db, organisation, who->now_at, e);
    if (s == OK)
        s = agreement_insert(db, organisation, number, signed_by, who->now_at, e);
    return db_change_end(db, s, &line, e);
}

enum status agreement_insert(struct db *db, int64_t organisation, int64_t number, struct str signed_by,
                             int64_t signed_at, struct err *e)
{
    static const char sql[] = "insert into agreement (organisation, text, signed_by, signed_at, "
                              "valid_until_at) values ($1, $2, $3, $4, $5)";
    struct agreement_text text;
    struct arena *a = arena_open();

    enum status s = agreement_text_find(db, number, a, &text, e);
    arena_close(a);
    if (s == OK && str_trim(signed_by).n == 0)
        s = err_set(e, BAD_INPUT, "an agreement is signed by somebody with a name");
    if (s != OK)
        return s;
    TRY(end_earlier(db, organisation, signed_at, e));
    struct query q = db_query(db, sql);
    bind_int(&q, 1, organisation);
    bind_int(&q, 2, number);
    bind_str(&q, 3, str_trim(signed_by));
    bind_int(&q, 4, signed_at);
    bind_int(&q, 5, months_later(signed_at, text.valid_months));
    return query_run(&q, e);
}

static enum status end_earlier(struct db *db, int64_t organisation, int64_t signed_at, struct err *e)
{
    static const char sql[] =
        "update agreement set ended_at = $1 where organisation = $2 and ended_at is null";
    struct query q = db_query(db, sql);

    bind_int(&q, 1, signed_at);
    bind_int(&q, 2, organisation);
    return query_run(&q, e);
}

static int64_t months_later(int64_t at, int months)
{
    struct date day = date_of(at);

    return at + (date_days(date_add_months(day, months)) - date_days(day)) * SECONDS_PER_DAY;
}

enum status agreement_list(struct db *db, int64_t organisation, struct arena *a, struct agreement **out,
                           size_t *n, struct err *e)
{
    static const char sql[] = "select text, signed_by, signed_at, valid_until_at, ended_at from agreement "
                              "where organisation = $1 order by signed_at desc, id desc";
    struct query q = db_query(db, sql);
    size_t room = 0;

    *out = NULL;
    *n = 0;
    bind_int(&q, 1, organisation);
    while (query_next(&q)) {
        *out = arena_grow(a, *out, *n + 1, &room, sizeof **out);
        (*out)[(*n)++] = (struct agreement){.text = query_int(&q, 0),
                                            .signed_by = query_str(&q, 1, a),
                                            .signed_at = query_int(&q, 2),
                                            .valid_until_at = query_int(&q, 3),
                                            .ended_at = query_int(&q, 4)};
    }
    return query_end(&q, e);
}

static enum status insert_attestation(struct db *db, int64_t organisation, struct str attested_by,
                                      int64_t now_at, struct err *e)
{
    static const char sql[] = "insert into attestation (organisation, attested_by, at) "
                              "select id, $2, $3 from organisation where id = $1 and state = 'member' "
                              "returning id";
    struct query q = db_query(db, sql);

    bind_int(&q, 1, organisation);
    bind_str(&q, 2, str_trim(attested_by));
    bind_int(&q, 3, now_at);
    bool is_there = query_next(&q);
    TRY(query_end(&q, e));
    return is_there ? OK : err_set(e, REFUSED, "only a member promises confidentiality");
}

enum status agreement_attest(struct db *db, int64_t organisation, struct str attested_by,
                             const struct who *who, struct err *e)
{
    const struct audit_line line = {.who = *who, .action = "network.attest", .subject = organisation};

    if (str_trim(attested_by).n == 0)
        return err_set(e, BAD_INPUT, "confidentiality is promised by somebody with a name");
    TRY(db_change(db, e));
    return db_change_end(db, insert_attestation(db, organisation, attested_by, who->now_at, e), &line, e);
}

/* Following up with a receipt code, both ways. */
#include "observation/triage.h"

#include "base/arena.h"
#include "keyring/keyring.h"
#include "keyring/sealing.h"
#include "observation/case_file.h"
#include "seal/receipt_code.h"
#include "store/db.h"
#include "words/scanner.h"

/* The report that a code leads to: *s is NULL when to none. A code whose report has been disposed of is
 * unknown. */
static enum status open_code(struct keyring *k, const struct receipt_code *code, struct arena *a,
                             struct sealing **s, struct case_file *out, struct err *e)
{
    static const char sql[] = "select id from observation where seal = $1";

    TRY(sealing_open_code(k, code, s, e));
    if (!*s)
        return OK;
    struct query q = db_query(keyring_city(k), sql);
    bind_blob(&q, 1, (struct str){(const char *)(*s)->id.bytes, SEAL_ID_BYTES});
    out->observation.id = query_next(&q) ? query_int(&q, 0) : 0;
    enum status status = query_end(&q, e);
    if (status == OK && out->observation.id != 0)
        status = case_read(k, *s, CASE_WITHOUT_REASONS, a, out, e);
    if (status != OK || out->observation.id == 0) {
        sealing_close(*s);
        *s = NULL;
    }
    return status;
}

enum status followup_open(struct keyring *k, const struct receipt_code *code, struct arena *a, bool *is_there,
                          struct case_file *out, struct err *e)
{
    struct sealing *s = NULL;
    struct case_file file = {0};
    enum status status = open_code(k, code, a, &s, &file, e);

    *is_there = s != NULL;
    sealing_close(s);
    if (status == OK)
        *out = file;
    return status;
}

static enum status check_text(struct str text, struct err *e)
{
    struct arena *a = arena_open();
    struct scan scan = scan_text(text, a);
    size_t refused = scan_refused(&scan);

    arena_close(a);
    if (str_trim(text).n == 0 || text.n > REPORT_TEXT_BYTES || !str_is_utf8(text))
        return err_set(e, BAD_INPUT, "a message has 1 to %d bytes of text", (int)REPORT_TEXT_BYTES);
    if (refused > 0)
        return err_set(e, BAD_INPUT, "the message points at a person in %zu places", refused);
    return OK;
}

/* A question that has been answered waits for the recipients again. */
static enum status answered(struct db *db, int64_t id, struct err *e)
{
    static const char sql[] = "update observation set state = 'assessed' where id = $1 and state = 'waiting'";
    struct query q = db_query(db, sql);

    bind_int(&q, 1, id);
    return query_run(&q, e);
}

static enum status withdraw(struct db *db, const struct observation *o, struct date today, struct err *e)
{
    static const char sql[] =
        "update observation set is_withdrawn = 1, state = 'closed', closed_on = $2 where id = $1";

    if (date_days(today) - date_days(o->received_on) > WITHDRAW_DAYS || o->state == STATE_REFERRED)
        return err_set(e, REFUSED, "it is too late to take the report back");
    struct query q = db_query(db, sql);
    bind_int(&q, 1, o->id);
    bind_date(&q, 2, today);
    return query_run(&q, e);
}

/* What a reporter does: a message, or taking it back (`text` empty). In one change, with a line to the day.
 */
static enum status act(struct keyring *k, const struct receipt_code *code, struct str text, int64_t now_at,
                       bool *is_there, struct err *e)
{
    struct date today = date_of(now_at);
    const struct audit_line line = {.who = {.name = "reporter", .now_at = date_days(today) * 86400},
                                    .action = text.n ? "observation.message" : "observation.withdraw"};
    struct arena *a = arena_open();
    struct sealing *s = NULL;
    struct case_file file = {0};
    enum status status = open_code(k, code, a, &s, &file, e);

    *is_there = s != NULL;
    if (status == OK && s)
        status = db_change(keyring_city(k), e);
    if (status != OK || !s)
        goto done;
    status = case_read(k, s, CASE_WITHOUT_REASONS, a, &file, e);
    if (status == OK && text.n)
        status = case_message(k, s, &file, "reporter", text, today, e);
    if (status == OK)
        status = text.n ? answered(keyring_city(k), file.observation.id, e)
                        : withdraw(keyring_city(k), &file.observation, today, e);
    status = db_change_end(keyring_city(k), status, &line, e);
done:
    sealing_close(s);
    arena_wipe(a);
    arena_close(a);
    return status;
}

enum status followup_write(struct keyring *k, const struct receipt_code *code, struct str text,
                           int64_t now_at, bool *is_there, struct err *e)
{
    *is_there = false;
    TRY(check_text(text, e));
    return act(k, code, text, now_at, is_there, e);
}

enum status followup_withdraw(struct keyring *k, const struct receipt_code *code, int64_t now_at,
                              bool *is_there, struct err *e)
{
    *is_there = false;
    return act(k, code, S(""), now_at, is_there, e);
}

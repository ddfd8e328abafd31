/* Triage: the list, and the steps. */
#include "observation/triage.h"

#include "base/arena.h"
#include "keyring/keyring.h"
#include "keyring/recipient.h"
#include "keyring/sealing.h"
#include "observation/case_file.h"
#include "observation/evidence.h"
#include "observation/ground.h"
#include "store/db.h"

#include <string.h>

enum { REASON_BYTES = 400, MESSAGE_BYTES = 2000 };

/* How many are open, and how many of them nobody has assessed. */
static enum status count_open(struct db *db, struct observations *out, struct err *e)
{
    static const char sql[] =
        "select count(*), count(case when state = 'new' then 1 end) from observation where state <> 'closed'";
    struct query q = db_query(db, sql);

    if (query_next(&q)) {
        out->open = (size_t)query_int(&q, 0);
        out->waiting = (size_t)query_int(&q, 1);
    }
    return query_end(&q, e);
}

enum status triage_list(struct db *db, size_t from, size_t most, struct arena *a, struct observations *out,
                        struct err *e)
{
    static const char sql[] =
        "select " CASE_COLUMNS CASE_FROM
        "where o.state <> 'closed' order by o.lane, o.received_on, o.id limit $1 offset $2";
    size_t room = 0;

    *out = (struct observations){0};
    TRY(count_open(db, out, e));
    struct query q = db_query(db, sql);
    bind_int(&q, 1, (int64_t)most);
    bind_int(&q, 2, (int64_t)from);
    while (query_next(&q)) {
        out->observation = arena_grow(a, out->observation, out->n + 1, &room, sizeof *out->observation);
        out->observation[out->n++] = case_row(&q, a);
    }
    return query_end(&q, e);
}

enum status triage_open(struct keyring *k, const struct opener *opener, int64_t id, const struct who *who,
                        struct arena *a, struct case_file *out, struct err *e)
{
    const struct audit_line line = {.who = *who, .action = "observation.open", .subject = id};
    struct seal_id name;
    struct sealing *s = NULL;
    struct case_file file;

    TRY(case_find(k, id, a, &file.observation, &name, e));
    TRY(keyring_log(k, &line, e));
    enum status status = sealing_open(k, opener, &name, &s, e);
    if (status == OK)
        status = case_read(k, s, CASE_WITH_REASONS, a, &file, e);
    sealing_close(s);
    if (status == OK)
        *out = file;
    return status;
}

static bool is_one_line(struct str s, size_t most)
{
    return str_trim(s).n > 0 && s.n <= most && str_is_utf8(s);
}

/* Does the step hold what its decision needs? */
static enum status check_step(const struct triage_step *step, struct err *e)
{
    struct arena *a = arena_open();
    struct grounds grounds;
    size_t form = 0;
    enum status s = grounds_read(a, &grounds, e);

    if (s == OK && !is_one_line(step->reason, REASON_BYTES))
        s = err_set(e, BAD_INPUT, "a decision needs one line of reason");
    if (s == OK && (step->decision == DECISION_ASK || step->message.n > 0) &&
        !is_one_line(step->message, MESSAGE_BYTES))
        s = err_set(e, BAD_INPUT, "a question to the reporter needs its text");
    if (s == OK && step->decision == DECISION_REFER && str_trim(step->receiver).n == 0)
        s = err_set(e, BAD_INPUT, "a referral needs a receiver");
    if (s == OK && step->decision == DECISION_REFER && !ground_named(&grounds, step->ground))
        s = err_set(e, BAD_INPUT, "a referral needs a legal ground from the list");
    if (s == OK && step->decision == DECISION_COUNT && !situation_form_named(step->form, &form))
        s = err_set(e, BAD_INPUT, "a counted situation needs a form of exploitation");
    arena_close(a);
    return s;
}

static enum status set_state(struct db *db, int64_t id, const char *state, struct date closed_on,
                             struct err *e)
{
    static const char sql[] = "update observation set state = $2, closed_on = $3 where id = $1";
    struct query q = db_query(db, sql);

    bind_int(&q, 1, id);
    bind_str(&q, 2, str_of(state));
    bind_date(&q, 3, closed_on);
    return query_run(&q, e);
}

/* The register tells what was decided in a word: why is sealed. */
static enum status set_decision(struct db *db, int64_t id, const char *decision, struct date on,
                                struct err *e)
{
    static const char sql[] =
        "update register_entry set decision = $2, decided_on = $3 where observation = $1";
    struct query q = db_query(db, sql);

    bind_int(&q, 1, id);
    bind_str(&q, 2, str_of(decision));
    bind_date(&q, 3, on);
    return query_run(&q, e);
}

static enum status insert_referral(struct db *db, int64_t id, const struct triage_step *step, struct date on,
                                   struct err *e)
{
    static const char sql[] =
        "insert into referral (observation, receiver, ground, referred_on) values ($1, $2, $3, $4)";
    struct query q = db_query(db, sql);

    bind_int(&q, 1, id);
    bind_str(&q, 2, step->receiver);
    bind_str(&q, 3, step->ground);
    bind_date(&q, 4, on);
    return query_run(&q, e);
}

static enum status set_counted(struct db *db, const struct case_file *file, const struct triage_step *step,
                               struct date on, struct err *e)
{
    static const char sql[] = "update observation set is_counted = 1 where id = $1";

    if (file->observation.is_counted)
        return err_set(e, REFUSED, "this situation is counted already");
    struct query q = db_query(db, sql);
    bind_int(&q, 1, file->observation.id);
    TRY(query_run(&q, e));
    return evidence_count(db, &file->report, step->form, file->observation.received_on, on, e);
}

/* What each decision changes beside its reason and message. */
static enum status apply(struct db *db, const struct case_file *file, const struct triage_step *step,
                         struct date on, struct err *e)
{
    const struct date open = {0};
    int64_t id = file->observation.id;

    switch (step->decision) {
    case DECISION_ASK:
        TRY(set_decision(db, id, "asked", on, e));
        return set_state(db, id, "waiting", open, e);
    case DECISION_CLOSE:
        TRY(evidence_outcome(db, &file->report, OUTCOME_ORDINARY, e));
        TRY(set_decision(db, id, "closed", on, e));
        return set_state(db, id, "closed", on, e);
    case DECISION_REFER:
        TRY(insert_referral(db, id, step, on, e));
        TRY(evidence_outcome(db, &file->report, step->is_confirmed ? OUTCOME_CONFIRMED : OUTCOME_REFERRED,
                             e));
        TRY(set_decision(db, id, "referred", on, e));
        return set_state(db, id, "referred", on, e);
    case DECISION_COUNT:
        TRY(set_counted(db, file, step, on, e));
        TRY(set_decision(db, id, "counted", on, e));
        return set_state(db, id, "assessed", open, e);
    }
    return err_set(e, BAD_INPUT, "there is no such decision");
}

/* Inside the change. */
static enum status take_step(struct keyring *k, const struct sealing *s, const struct case_file *file,
                             const struct triage_step *step, struct date on, struct err *e)
{
    TRY(case_put(k, s, "reason", file->n_reasons + 1, step->reason, e));
    if (step->message.n > 0)
        TRY(case_message(k, s, file, "city", step->message, on, e));
    return apply(keyring_city(k), file, step, on, e);
}

enum status triage_decide(struct keyring *k, const struct opener *opener, int64_t id,
                          const struct triage_step *step, const struct who *who, struct err *e)
{
    const struct audit_line line = {.who = *who, .action = "observation.decide", .subject = id};
    struct arena *a = arena_open();
    struct case_file file = {0};
    struct seal_id name;
    struct sealing *s = NULL;
    enum status status = check_step(step, e);

    if (status == OK)
        status = case_find(k, id, a, &file.observation, &name, e);
    if (status == OK)
        status = sealing_open(k, opener, &name, &s, e);
    if (status == OK)
        status = db_change(keyring_city(k), e);
    if (status != OK)
        goto done;
    status = case_read(k, s, CASE_WITH_REASONS, a, &file, e);
    if (status == OK && (file.observation.state == STATE_CLOSED || file.observation.is_withdrawn))
        status = err_set(e, REFUSED, "the report is closed, or was taken back");
    if (status == OK)
        status = take_step(k, s, &file, step, date_of(who->now_at), e);
    status = db_change_end(keyring_city(k), status, &line, e);
done:
    sealing_close(s);
    arena_wipe(a);
    arena_close(a);
    return status;
}

enum status triage_unpark(struct db *db, int64_t id, const struct who *who, struct err *e)
{
    static const char sql[] = "update observation set lane = 'open' where id = $1";
    const struct audit_line line = {.who = *who, .action = "observation.unpark", .subject = id};

    TRY(db_change(db, e));
    struct query q = db_query(db, sql);
    bind_int(&q, 1, id);
    return db_change_end(db, query_run(&q, e), &line, e);
}

/* A report with its messages and reasons. */
#include "observation/case_file.h"

#include "base/arena.h"
#include "calendar/working_day.h"
#include "keyring/keyring.h"
#include "keyring/sealing.h"
#include "store/db.h"

#include <stdio.h>
#include <string.h>

enum { MESSAGES_MOST = 200 };

static const char *const state_word[] = {[STATE_NEW] = "new",
                                         [STATE_ASSESSED] = "assessed",
                                         [STATE_WAITING] = "waiting",
                                         [STATE_REFERRED] = "referred",
                                         [STATE_CLOSED] = "closed"};

struct observation case_row(const struct query *q, struct arena *a)
{
    struct str state = query_str(q, 4, a);
    struct observation o = {.id = query_int(q, 0),
                            .year = query_int(q, 1),
                            .number = query_int(q, 2),
                            .received_on = query_date(q, 3),
                            .is_parked = str_is(query_str(q, 5, a), "parked"),
                            .is_withdrawn = query_int(q, 6) != 0,
                            .is_counted = query_int(q, 7) != 0,
                            .channel = query_str(q, 8, a),
                            .has_new_message = str_is(query_str(q, 9, a), "reporter")};

    for (enum observation_state i = STATE_NEW; i <= STATE_CLOSED; i++)
        if (str_is(state, state_word[i]))
            o.state = i;
    o.due_on = working_day_after(o.received_on);
    return o;
}

enum status case_find(struct keyring *k, int64_t id, struct arena *a, struct observation *out,
                      struct seal_id *name, struct err *e)
{
    static const char sql[] = "select " CASE_COLUMNS CASE_FROM "where o.id = $1";
    struct query q = db_query(keyring_city(k), sql);

    bind_int(&q, 1, id);
    bool is_there = query_next(&q);
    if (is_there)
        *out = case_row(&q, a);
    struct str seal = query_blob(&q, 10, a);
    TRY(query_end(&q, e));
    if (!is_there || seal.n != SEAL_ID_BYTES)
        return err_set(e, BAD_INPUT, "there is no report %lld, or it has been disposed of", (long long)id);
    memcpy(name->bytes, seal.p, SEAL_ID_BYTES);
    return OK;
}

static struct str field_name(const char *kind, size_t number, struct arena *a)
{
    return str_of(arena_printf(a, "%s %zu", kind, number));
}

static enum status read_messages(struct keyring *k, const struct sealing *s, struct arena *a,
                                 struct case_file *out, struct err *e)
{
    static const char sql[] =
        "select number, sender, sent_on from observation_message where observation = $1 order by number";
    struct query q = db_query(keyring_city(k), sql);
    size_t room = 0;

    bind_int(&q, 1, out->observation.id);
    while (query_next(&q)) {
        out->message = arena_grow(a, out->message, out->n_messages + 1, &room, sizeof *out->message);
        out->message[out->n_messages++] = (struct message){
            .is_from_city = str_is(query_str(&q, 1, a), "city"), .sent_on = query_date(&q, 2)};
    }
    TRY(query_end(&q, e));
    for (size_t i = 0; i < out->n_messages; i++)
        TRY(sealing_get(k, s, field_name("message", i + 1, a), a, &out->message[i].text, e));
    return OK;
}

static enum status read_reasons(struct keyring *k, const struct sealing *s, struct arena *a,
                                struct case_file *out, struct err *e)
{
    static const char sql[] = "select count(*) from sealed_text where seal = $1 and field like 'reason %'";
    struct query q = db_query(keyring_city(k), sql);

    bind_blob(&q, 1, (struct str){(const char *)s->id.bytes, SEAL_ID_BYTES});
    out->n_reasons = query_next(&q) ? (size_t)query_int(&q, 0) : 0;
    TRY(query_end(&q, e));
    out->reason = arena_new(a, out->n_reasons + 1, struct str);
    for (size_t i = 0; i < out->n_reasons; i++)
        TRY(sealing_get(k, s, field_name("reason", i + 1, a), a, &out->reason[i], e));
    return OK;
}

enum status case_read(struct keyring *k, const struct sealing *s, enum case_part part, struct arena *a,
                      struct case_file *out, struct err *e)
{
    struct case_file file = {.observation = out->observation};
    struct seal_id name;
    struct str text;

    /* Again, now that nobody else can change it: the caller may be inside a change. */
    TRY(case_find(k, out->observation.id, a, &file.observation, &name, e));
    TRY(sealing_get(k, s, S("report"), a, &text, e));
    report_read(text, &file.report);
    TRY(read_messages(k, s, a, &file, e));
    if (part == CASE_WITH_REASONS)
        TRY(read_reasons(k, s, a, &file, e));
    *out = file;
    return OK;
}

enum status case_put(struct keyring *k, const struct sealing *s, const char *kind, size_t number,
                     struct str text, struct err *e)
{
    char field[40];

    snprintf(field, sizeof field, "%s %zu", kind, number);
    return sealing_put(k, s, str_of(field), text, e);
}

enum status case_message(struct keyring *k, const struct sealing *s, const struct case_file *file,
                         const char *sender, struct str text, struct date on, struct err *e)
{
    static const char sql[] =
        "insert into observation_message (observation, number, sender, sent_on) values ($1, $2, $3, $4)";

    if (file->n_messages >= MESSAGES_MOST)
        return err_set(e, REFUSED, "there is no room for more messages: call instead");
    struct query q = db_query(keyring_city(k), sql);
    bind_int(&q, 1, file->observation.id);
    bind_int(&q, 2, (int64_t)file->n_messages + 1);
    bind_str(&q, 3, str_of(sender));
    bind_date(&q, 4, on);
    TRY(query_run(&q, e));
    return case_put(k, s, "message", file->n_messages + 1, text, e);
}

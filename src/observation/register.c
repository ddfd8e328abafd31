/* The register of public records. */
#include "observation/register.h"

#include "base/arena.h"
#include "base/csv.h"
#include "store/db.h"

static const char *const outcome_word[] = {[DISCLOSURE_WAITING] = "waiting",
                                           [DISCLOSURE_WHOLE] = "whole",
                                           [DISCLOSURE_MASKED] = "masked",
                                           [DISCLOSURE_REFUSED] = "refused"};

enum status register_read(struct db *db, int64_t year, struct arena *a, struct register_entries *out,
                          struct err *e)
{
    static const char sql[] =
        "select number, observation, received_on, sender, decision, decided_on, disposed_on "
        "from register_entry where year = $1 order by number";
    struct query q = db_query(db, sql);
    size_t room = 0;

    *out = (struct register_entries){0};
    bind_int(&q, 1, year);
    while (query_next(&q)) {
        out->entry = arena_grow(a, out->entry, out->n + 1, &room, sizeof *out->entry);
        out->entry[out->n++] = (struct register_entry){.year = year,
                                                       .number = query_int(&q, 0),
                                                       .observation = query_int(&q, 1),
                                                       .received_on = query_date(&q, 2),
                                                       .sender = query_str(&q, 3, a),
                                                       .decision = query_str(&q, 4, a),
                                                       .decided_on = query_date(&q, 5),
                                                       .disposed_on = query_date(&q, 6)};
    }
    return query_end(&q, e);
}

static void put_date(struct text *out, struct date d)
{
    char day[11] = "";

    if (d.year != 0)
        date_to_text(d, day);
    text_byte(out, ';');
    csv_put(out, str_of(day), ';');
}

void register_csv(const struct register_entries *entries, struct text *out)
{
    text_lit(out, "number;received_on;sender;subject;decision;decided_on;disposed_on\r\n");
    for (size_t i = 0; i < entries->n; i++) {
        const struct register_entry *r = &entries->entry[i];

        text_format(out, "%lld-%03lld", (long long)r->year, (long long)r->number);
        put_date(out, r->received_on);
        text_byte(out, ';');
        csv_put(out, r->sender, ';');
        text_lit(out, ";Iakttagelse;");
        csv_put(out, r->decision, ';');
        put_date(out, r->decided_on);
        put_date(out, r->disposed_on);
        text_lit(out, "\r\n");
    }
}

enum status register_gap(struct db *db, int64_t year, int64_t *gap, struct err *e)
{
    static const char sql[] = "select number from register_entry where year = $1 order by number";
    struct query q = db_query(db, sql);
    int64_t expected = 1;

    *gap = 0;
    bind_int(&q, 1, year);
    while (query_next(&q) && *gap == 0)
        if (query_int(&q, 0) == expected)
            expected++;
        else
            *gap = expected;
    return query_end(&q, e);
}

static enum status insert_request(struct db *db, struct disclosure *request, struct date on, struct err *e)
{
    static const char sql[] =
        "insert into disclosure (year, number, asker, ground, their_reference, asked_on, "
        "is_urgent, outcome) select $1, $2, $3, $4, $5, $6, $7, 'waiting' where exists "
        "(select 1 from register_entry where year = $1 and number = $2 and disposed_on is "
        "null) returning id";
    struct query q = db_query(db, sql);

    bind_int(&q, 1, request->year);
    bind_int(&q, 2, request->number);
    bind_str(&q, 3, request->asker);
    bind_str(&q, 4, request->ground);
    bind_str(&q, 5, request->their_reference);
    bind_date(&q, 6, on);
    bind_int(&q, 7, request->is_urgent);
    request->id = query_next(&q) ? query_int(&q, 0) : 0;
    TRY(query_run(&q, e));
    if (request->id == 0)
        return err_set(e, BAD_INPUT, "there is no record %lld-%03lld, or it has been disposed of",
                       (long long)request->year, (long long)request->number);
    return OK;
}

enum status disclosure_ask(struct db *db, struct disclosure *request, const struct who *who, struct err *e)
{
    const struct audit_line line = {
        .who = *who, .action = "disclosure.ask", .subject = request->number, .detail = request->ground};

    if (!str_is(request->asker, "anyone") && request->ground.n == 0)
        return err_set(e, BAD_INPUT, "an authority that asks gives a legal ground");
    TRY(db_change(db, e));
    return db_change_end(db, insert_request(db, request, date_of(who->now_at), e), &line, e);
}

static enum status update_request(struct db *db, int64_t id, enum disclosure_outcome outcome, struct date on,
                                  struct err *e)
{
    static const char sql[] = "update disclosure set outcome = $2, decided_on = $3 where id = $1 and "
                              "outcome = 'waiting' returning id";
    struct query q = db_query(db, sql);

    bind_int(&q, 1, id);
    bind_str(&q, 2, str_of(outcome_word[outcome]));
    bind_date(&q, 3, on);
    bool is_there = query_next(&q);
    TRY(query_run(&q, e));
    return is_there ? OK : err_set(e, REFUSED, "the request has been decided already, or is not there");
}

enum status disclosure_decide(struct db *db, int64_t id, enum disclosure_outcome outcome,
                              const struct who *who, struct err *e)
{
    const struct audit_line line = {
        .who = *who, .action = "disclosure.decide", .subject = id, .detail = str_of(outcome_word[outcome])};

    if (outcome == DISCLOSURE_WAITING)
        return err_set(e, BAD_INPUT, "a decision is whole, masked or refused");
    TRY(db_change(db, e));
    return db_change_end(db, update_request(db, id, outcome, date_of(who->now_at), e), &line, e);
}

enum status disclosures_list(struct db *db, struct arena *a, struct disclosures *out, struct err *e)
{
    static const char sql[] = "select id, year, number, asker, ground, their_reference, asked_on, is_urgent, "
                              "outcome, decided_on from disclosure order by outcome <> 'waiting', "
                              "is_urgent desc, asked_on, id limit 500";
    struct query q = db_query(db, sql);
    size_t room = 0;

    *out = (struct disclosures){0};
    while (query_next(&q)) {
        struct str outcome = query_str(&q, 8, a);

        out->disclosure = arena_grow(a, out->disclosure, out->n + 1, &room, sizeof *out->disclosure);
        struct disclosure *d = &out->disclosure[out->n++];
        *d = (struct disclosure){.id = query_int(&q, 0),
                                 .year = query_int(&q, 1),
                                 .number = query_int(&q, 2),
                                 .asker = query_str(&q, 3, a),
                                 .ground = query_str(&q, 4, a),
                                 .their_reference = query_str(&q, 5, a),
                                 .asked_on = query_date(&q, 6),
                                 .is_urgent = query_int(&q, 7) != 0,
                                 .decided_on = query_date(&q, 9)};
        for (enum disclosure_outcome i = DISCLOSURE_WAITING; i <= DISCLOSURE_REFUSED; i++)
            if (str_is(outcome, outcome_word[i]))
                d->outcome = i;
    }
    return query_end(&q, e);
}

struct str review_mask(struct str text, const struct scan *marks, struct arena *a)
{
    struct text out = text_open(a);
    size_t at = 0;

    for (size_t i = 0; i < marks->n; i++) {
        text_add(&out, str_part(text, at, marks->span[i].from - at));
        text_lit(&out, "█████");
        at = marks->span[i].from + marks->span[i].n;
    }
    text_add(&out, str_part(text, at, text.n));
    return text_str(&out);
}

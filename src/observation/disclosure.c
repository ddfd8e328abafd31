/* Requests to see a public record. */
#include "observation/disclosure.h"

#include "base/arena.h"
#include "base/text.h"
#include "store/db.h"

static const char *const outcome_word[] = {[DISCLOSURE_WAITING] = "waiting",
                                           [DISCLOSURE_WHOLE] = "whole",
                                           [DISCLOSURE_MASKED] = "masked",
                                           [DISCLOSURE_REFUSED] = "refused"};

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

static enum status update_request(struct db *db, int64_t id, enum disclosure_outcome outcome,
                                  struct str secrecy, struct date on, struct err *e)
{
    static const char sql[] = "update disclosure set outcome = $2, decided_on = $3, secrecy = $4 "
                              "where id = $1 and outcome = 'waiting' returning id";
    struct query q = db_query(db, sql);

    bind_int(&q, 1, id);
    bind_str(&q, 2, str_of(outcome_word[outcome]));
    bind_date(&q, 3, on);
    bind_str(&q, 4, secrecy);
    bool is_there = query_next(&q);
    TRY(query_run(&q, e));
    return is_there ? OK : err_set(e, REFUSED, "the request has been decided already, or is not there");
}

enum status disclosure_decide(struct db *db, int64_t id, enum disclosure_outcome outcome, struct str secrecy,
                              const struct who *who, struct err *e)
{
    const struct audit_line line = {
        .who = *who, .action = "disclosure.decide", .subject = id, .detail = str_of(outcome_word[outcome])};

    if (outcome == DISCLOSURE_WAITING)
        return err_set(e, BAD_INPUT, "a decision is whole, masked or refused");
    if ((outcome == DISCLOSURE_WHOLE) != (secrecy.n == 0))
        return err_set(e, BAD_INPUT, "what is held back has a ground, and nothing else has");
    TRY(db_change(db, e));
    return db_change_end(db, update_request(db, id, outcome, secrecy, date_of(who->now_at), e), &line, e);
}

#define DISCLOSURE_COLUMNS                                                                                   \
    "d.id, d.year, d.number, d.asker, d.ground, d.their_reference, d.asked_on, d.is_urgent, d.outcome, "     \
    "d.decided_on, d.secrecy, coalesce(r.observation, 0) from disclosure d "                                 \
    "join register_entry r on r.year = d.year and r.number = d.number "

static struct disclosure disclosure_row(const struct query *q, struct arena *a)
{
    struct str outcome = query_str(q, 8, a);
    struct disclosure d = {.id = query_int(q, 0),
                           .year = query_int(q, 1),
                           .number = query_int(q, 2),
                           .asker = query_str(q, 3, a),
                           .ground = query_str(q, 4, a),
                           .their_reference = query_str(q, 5, a),
                           .asked_on = query_date(q, 6),
                           .is_urgent = query_int(q, 7) != 0,
                           .decided_on = query_date(q, 9),
                           .secrecy = query_str(q, 10, a),
                           .observation = query_int(q, 11)};

    for (enum disclosure_outcome i = DISCLOSURE_WAITING; i <= DISCLOSURE_REFUSED; i++)
        if (str_is(outcome, outcome_word[i]))
            d.outcome = i;
    return d;
}

enum status disclosure_find(struct db *db, int64_t id, struct arena *a, struct disclosure *out, struct err *e)
{
    static const char sql[] = "select " DISCLOSURE_COLUMNS "where d.id = $1";
    struct query q = db_query(db, sql);

    bind_int(&q, 1, id);
    bool is_there = query_next(&q);
    if (is_there)
        *out = disclosure_row(&q, a);
    TRY(query_end(&q, e));
    return is_there ? OK : err_set(e, REFUSED, "there is no request %lld", (long long)id);
}

enum status disclosures_list(struct db *db, struct arena *a, struct disclosures *out, struct err *e)
{
    static const char sql[] = "select " DISCLOSURE_COLUMNS "order by d.outcome <> 'waiting', "
                              "d.is_urgent desc, d.asked_on, d.id limit 500";
    struct query q = db_query(db, sql);
    size_t room = 0;

    *out = (struct disclosures){0};
    while (query_next(&q)) {
        out->disclosure = arena_grow(a, out->disclosure, out->n + 1, &room, sizeof *out->disclosure);
        out->disclosure[out->n++] = disclosure_row(&q, a);
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

/* The byte at `i` as it is in small letters: A to Z, and those of Latin-1 (Å, Ä, Ö, É), which are two bytes.
 */
static char small(struct str s, size_t i)
{
    unsigned char c = (unsigned char)s.p[i];
    bool is_latin = i > 0 && (unsigned char)s.p[i - 1] == 0xC3 && c >= 0x80 && c <= 0x9E && c != 0x97;

    return (char)(is_latin || (c >= 'A' && c <= 'Z') ? c + 0x20 : c);
}

static bool stands_at(struct str text, size_t at, struct str words)
{
    if (words.n > text.n - at)
        return false;
    for (size_t i = 0; i < words.n; i++)
        if (small(text, at + i) != small(words, i))
            return false;
    return true;
}

/* Does a proposed mark or a line of `more` begin at `at`? How many bytes it takes, the longest of them. */
static size_t mark_at(struct str text, size_t at, const struct scan *chosen, struct str more)
{
    size_t longest = 0;

    for (size_t i = 0; i < chosen->n; i++)
        if (chosen->span[i].from == at && chosen->span[i].n > longest)
            longest = chosen->span[i].n;
    while (more.n > 0) {
        struct str line;

        if (!str_cut(more, '\n', &line, &more))
            more = S("");
        line = str_trim(line);
        if (line.n > longest && stands_at(text, at, line))
            longest = line.n;
    }
    return longest;
}

struct scan review_marks(struct str text, const struct scan *chosen, struct str more, struct arena *a)
{
    struct scan out = {0};
    size_t room = 0;

    for (size_t at = 0; at < text.n; at++) {
        size_t n = mark_at(text, at, chosen, more);
        struct scan_span *last = out.n > 0 ? &out.span[out.n - 1] : NULL;

        if (n == 0)
            continue;
        if (last && at <= last->from + last->n) {
            last->n = at + n > last->from + last->n ? at + n - last->from : last->n;
            continue;
        }
        out.span = arena_grow(a, out.span, out.n + 1, &room, sizeof *out.span);
        out.span[out.n++] = (struct scan_span){.from = at, .n = n};
    }
    return out;
}

/* Studies: applying, confirming, finding. */
#include "research/study.h"

#include "base/arena.h"
#include "calendar/stockholm.h"
#include "calendar/working_day.h"
#include "portal/link_token.h"
#include "portal/outside.h"
#include "research/study_letter.h"
#include "store/db.h"
#include "web/address.h"

enum { DAY_SECONDS = 86400 };

static const char *const states[] = {
    [STUDY_NEW] = "new", [STUDY_GRANTED] = "granted", [STUDY_REFUSED] = "refused"};

static const char *const results[] = {[RESULTS_NONE] = "none",
                                      [RESULTS_WAIT] = "waits",
                                      [RESULTS_RETURNED] = "returned",
                                      [RESULTS_PUBLISHED] = "published",
                                      [RESULTS_WITHDRAWN] = "withdrawn"};

/* The place of `name` among `n` names; the first when it is none of them. */
static size_t place_of(struct str name, const char *const names[], size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (str_is(name, names[i]))
            return i;
    return 0;
}

struct study study_row(const struct query *q, struct arena *a)
{
    struct study x = {.id = query_int(q, 0),
                      .title = query_str(q, 1, a),
                      .institution = query_str(q, 2, a),
                      .name = query_str(q, 3, a),
                      .email = query_str(q, 4, a),
                      .language = str_is(query_str(q, 5, a), "en") ? LANGUAGE_EN : LANGUAGE_SV,
                      .purpose = query_str(q, 6, a),
                      .wanted = query_str(q, 7, a),
                      .wanted_until = query_date(q, 8),
                      .ethics_number = query_str(q, 9, a),
                      .ethics_until = query_date(q, 10),
                      .applied_at = query_int(q, 11),
                      .confirmed_at = query_int(q, 12),
                      .advised_at = query_int(q, 13),
                      .advised_by = query_int(q, 14),
                      .is_advised_to = query_int(q, 15) != 0,
                      .advice = query_str(q, 16, a),
                      .reason = query_str(q, 18, a),
                      .decided_at = query_int(q, 19),
                      .decided_by = query_int(q, 20),
                      .ends_at = query_int(q, 21),
                      .agreed_at = query_int(q, 22),
                      .ended_at = query_int(q, 23),
                      .end_reason = query_str(q, 24, a),
                      .readings = query_int(q, 25),
                      .read_at = query_int(q, 26),
                      .version = query_int(q, 27)};

    x.state = (enum study_state)place_of(query_str(q, 17, a), states, sizeof states / sizeof *states);
    x.results = (enum study_results)place_of(query_str(q, 28, a), results, sizeof results / sizeof *results);
    return x;
}

static bool is_told(struct str s, size_t most_letters)
{
    return str_trim(s).n > 0 && str_is_utf8(s) && str_letters(s) <= most_letters;
}

static enum status check(const struct study *x, int64_t now_at, struct err *e)
{
    int64_t today = date_days(stockholm_day(now_at, NULL));

    if (!is_told(x->title, STUDY_LINE_LETTERS) || !is_told(x->institution, STUDY_LINE_LETTERS))
        return err_set(e, BAD_INPUT, "an application names a study and who does it");
    if (!is_told(x->name, STUDY_LINE_LETTERS) || !address_is_valid(x->email))
        return err_set(e, BAD_INPUT, "an application names a person responsible, with an e-mail address");
    if (!is_told(x->purpose, STUDY_WORDS_LETTERS) || !is_told(x->wanted, STUDY_WORDS_LETTERS))
        return err_set(e, BAD_INPUT, "an application says what for, and which figures");
    if (!is_told(x->ethics_number, STUDY_NUMBER_LETTERS))
        return err_set(e, BAD_INPUT, "an application names its ethics decision");
    if (x->ethics_until.year == 0 || date_days(x->ethics_until) <= today || x->wanted_until.year == 0 ||
        date_days(x->wanted_until) <= today)
        return err_set(e, BAD_INPUT, "an application's ethics decision and time last beyond today");
    return OK;
}

static enum status count_unconfirmed(struct db *db, struct str email, int64_t since_at, int64_t *n,
                                     struct err *e)
{
    static const char sql[] =
        "select count(*) from research_study where email = $1 and confirmed_at = 0 and applied_at > $2";
    struct query q = db_query(db, sql);

    bind_str(&q, 1, email);
    bind_int(&q, 2, since_at);
    *n = query_next(&q) ? query_int(&q, 0) : 0;
    return query_end(&q, e);
}

static enum status insert(struct db *db, struct study *x, struct str token, int64_t now_at, struct err *e)
{
    static const char sql[] =
        "insert into research_study (title, institution, name, email, language, purpose, wanted, wanted_until, "
        "ethics_number, ethics_until, confirm_hash, applied_at) "
        "values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) returning id";
    const struct str texts[] = {x->title, x->institution, x->name, x->email};
    unsigned char hash[LINK_TOKEN_HASH_BYTES];
    struct query q = db_query(db, sql);

    for (int i = 0; i < 4; i++)
        bind_str(&q, 1 + i, texts[i]);
    bind_str(&q, 5, language_code(x->language));
    bind_str(&q, 6, x->purpose);
    bind_str(&q, 7, x->wanted);
    bind_date(&q, 8, x->wanted_until);
    bind_str(&q, 9, x->ethics_number);
    bind_date(&q, 10, x->ethics_until);
    bind_blob(&q, 11, link_token_hash(token, hash));
    bind_int(&q, 12, now_at);
    x->id = query_next(&q) ? query_int(&q, 0) : 0;
    return query_end(&q, e);
}

enum status study_apply(const struct city *city, struct db *db, const struct outside *outside,
                        struct study *study, const struct who *who, struct err *e)
{
    struct audit_line line = {.who = *who, .action = "research.apply"};
    int64_t waiting = 0;

    study->id = 0;
    TRY(check(study, who->now_at, e));
    TRY(count_unconfirmed(db, study->email, who->now_at - DAY_SECONDS, &waiting, e));
    if (waiting >= STUDY_UNCONFIRMED_MOST)
        return OK;
    struct arena *a = arena_open_secret();
    struct str token = link_token_make(outside, a);
    enum status s = db_change(db, e);
    if (s == OK) {
        s = insert(db, study, token, who->now_at, e);
        if (s == OK)
            s = study_letter_confirm(city, db, study, token, who->now_at, a, e);
        line.subject = study->id;
        s = db_change_end(db, s, &line, e);
    }
    arena_wipe(a);
    arena_close(a);
    return s;
}

static enum status read_one(struct query *q, struct arena *a, struct study *out, struct err *e)
{
    *out = (struct study){.id = 0};
    if (query_next(q))
        *out = study_row(q, a);
    return query_end(q, e);
}

enum status study_to_confirm(struct db *db, struct str token, struct arena *a, struct study *out,
                             struct err *e)
{
    static const char sql[] = "select " STUDY_COLUMNS "from research_study where confirm_hash = $1";
    unsigned char hash[LINK_TOKEN_HASH_BYTES];
    struct query q = db_query(db, sql);

    bind_blob(&q, 1, link_token_hash(token, hash));
    return read_one(&q, a, out, e);
}

static enum status set_confirmed(struct db *db, int64_t id, int64_t now_at, bool *is_first, struct err *e)
{
    static const char sql[] =
        "update research_study set confirmed_at = $2 where id = $1 and confirmed_at = 0 returning id";
    struct query q = db_query(db, sql);

    bind_int(&q, 1, id);
    bind_int(&q, 2, now_at);
    *is_first = query_next(&q);
    return query_end(&q, e);
}

enum status study_confirm(const struct city *city, struct db *db, const struct study *study,
                          const struct who *who, struct err *e)
{
    const struct audit_line line = {.who = *who, .action = "research.confirm", .subject = study->id};
    bool is_first = false;

    if (study->confirmed_at > 0)
        return OK;
    struct arena *a = arena_open();
    enum status s = db_change(db, e);
    if (s == OK) {
        s = set_confirmed(db, study->id, who->now_at, &is_first, e);
        if (s == OK && is_first)
            s = study_letter_waiting(city, db, study, who->now_at, a, e);
        s = db_change_end(db, s, &line, e);
    }
    arena_close(a);
    return s;
}

enum status study_find(struct db *db, int64_t id, struct arena *a, struct study *out, struct err *e)
{
    static const char sql[] =
        "select " STUDY_COLUMNS "from research_study where id = $1 and confirmed_at > 0";
    struct query q = db_query(db, sql);

    bind_int(&q, 1, id);
    return read_one(&q, a, out, e);
}

enum status study_list(struct db *db, struct arena *a, struct studies *out, struct err *e)
{
    static const char sql[] = "select " STUDY_COLUMNS "from research_study where confirmed_at > 0 "
                              "order by case state when 'new' then 0 else 1 end, id desc";
    struct query q = db_query(db, sql);
    size_t room = 0;

    *out = (struct studies){0};
    while (query_next(&q)) {
        out->study = arena_grow(a, out->study, out->n + 1, &room, sizeof *out->study);
        out->study[out->n++] = study_row(&q, a);
    }
    return query_end(&q, e);
}

enum status study_set_results(struct db *db, int64_t id, enum study_results to, struct err *e)
{
    struct query q = db_query(db, "update research_study set results = $2 where id = $1");

    bind_int(&q, 1, id);
    bind_str(&q, 2, str_of(results[to]));
    return query_run(&q, e);
}

bool study_is_open(const struct study *study, int64_t now_at)
{
    return study->state == STUDY_GRANTED && study->ended_at == 0 && now_at < study->ends_at;
}

struct date study_decide_by(int64_t confirmed_at)
{
    struct date day = stockholm_day(confirmed_at, NULL);

    for (int i = 0; i < STUDY_DECISION_DAYS; i++)
        day = working_day_after(day);
    return day;
}

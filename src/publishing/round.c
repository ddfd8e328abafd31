/* Rounds of mapping: opened, found, listed. */
#include "publishing/round.h"

#include "base/arena.h"
#include "mapping/mapping.h"
#include "release/standing.h"
#include "store/db.h"

#include <inttypes.h>

static const char *const state_codes[ROUND_STATES] = {"open",     "waiting",  "running",   "refused", "made",
                                                      "proposed", "approved", "published", "closed"};

void round_mapping(const struct round *round, struct mapping *out)
{
    *out = (struct mapping){.first_year = round->first_year,
                            .last_year = round->last_year,
                            .title_sv = round->title_sv,
                            .title_en = round->title_en,
                            .people_sv = round->people_sv,
                            .people_en = round->people_en,
                            .source_sv = round->source_sv,
                            .source_en = round->source_en,
                            .is_example = round->is_example};
}

static enum status check(struct db *db, const struct round *round, struct err *e)
{
    struct arena *a = arena_open();
    struct mapping *m = arena_new(a, 1, struct mapping);
    struct str taken = S("");
    enum status s = OK;

    round_mapping(round, m);
    s = mapping_check(m, e);
    if (s == OK && round->corrects.n == 0)
        s = release_of_years(db, round->first_year, round->last_year, a, &taken, e);
    if (s == OK && taken.n > 0)
        s = err_set(e, REFUSED, "%.*s is published for some of these years: correct it instead", STR(taken));
    arena_close(a);
    return s;
}

static enum status insert(struct db *db, struct round *round, struct err *e)
{
    static const char sql[] =
        "insert into mapping_round (state, first_year, last_year, title_sv, title_en, people_sv, people_en, "
        "source_sv, source_en, is_example, specification, corrects, reason) "
        "values ('open', $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) returning id";
    struct query q = db_query(db, sql);

    bind_int(&q, 1, round->first_year);
    bind_int(&q, 2, round->last_year);
    bind_str(&q, 3, round->title_sv);
    bind_str(&q, 4, round->title_en);
    bind_str(&q, 5, round->people_sv);
    bind_str(&q, 6, round->people_en);
    bind_str(&q, 7, round->source_sv);
    bind_str(&q, 8, round->source_en);
    bind_int(&q, 9, round->is_example);
    bind_str(&q, 10, round->specification);
    bind_str(&q, 11, round->corrects);
    bind_str(&q, 12, round->reason);
    if (query_next(&q))
        round->id = query_int(&q, 0);
    return query_run(&q, e);
}

enum status round_open(struct db *db, struct round *round, int64_t person, const struct who *who,
                       struct err *e)
{
    struct audit_line line = {.who = *who, .action = "mapping.open", .detail = round->corrects};

    TRY(check(db, round, e));
    TRY(db_change(db, e));
    enum status s = insert(db, round, e);
    if (s == OK)
        s = round_step_add(db, round->id, person, who->now_at, "opened", round->reason, e);
    line.subject = round->id;
    return db_change_end(db, s, &line, e);
}

enum status round_step_add(struct db *db, int64_t id, int64_t person, int64_t at, const char *what,
                           struct str reason, struct err *e)
{
    static const char sql[] = "insert into mapping_round_step (round, at, person, what, reason) "
                              "values ($1, $2, nullif($3, 0), $4, $5)";
    struct query q = db_query(db, sql);

    bind_int(&q, 1, id);
    bind_int(&q, 2, at);
    bind_int(&q, 3, person);
    bind_str(&q, 4, str_of(what));
    bind_str(&q, 5, reason);
    return query_run(&q, e);
}

static enum round_state state_of(struct str code)
{
    enum round_state state = ROUND_OPEN;

    while (state < ROUND_CLOSED && !str_is(code, state_codes[state]))
        state++;
    return state;
}

static struct round row_of(const struct query *q, struct arena *a)
{
    return (struct round){.id = query_int(q, 0),
                          .state = state_of(query_str(q, 1, a)),
                          .first_year = (int)query_int(q, 2),
                          .last_year = (int)query_int(q, 3),
                          .title_sv = query_str(q, 4, a),
                          .title_en = query_str(q, 5, a),
                          .people_sv = query_str(q, 6, a),
                          .people_en = query_str(q, 7, a),
                          .source_sv = query_str(q, 8, a),
                          .source_en = query_str(q, 9, a),
                          .is_example = query_int(q, 10) != 0,
                          .specification = query_str(q, 11, a),
                          .corrects = query_str(q, 12, a),
                          .reason = query_str(q, 13, a),
                          .file_name = query_str(q, 14, a),
                          .uploaded_by = query_int(q, 15),
                          .proposed_by = query_int(q, 16),
                          .percent = query_int(q, 17),
                          .told_sv = query_str(q, 18, a),
                          .told_en = query_str(q, 19, a),
                          .publish_at = query_int(q, 20),
                          .release = query_str(q, 21, a)};
}

enum status round_find(struct db *db, int64_t id, struct arena *a, struct round *out, struct err *e)
{
    static const char sql[] =
        "select id, state, first_year, last_year, title_sv, title_en, people_sv, people_en, source_sv, "
        "source_en, is_example, specification, corrects, reason, file_name, uploaded_by, proposed_by, "
        "percent, told_sv, told_en, publish_at, release from mapping_round where id = $1";
    struct query q = db_query(db, sql);

    bind_int(&q, 1, id);
    bool is_there = query_next(&q);
    struct round found = row_of(&q, a);
    TRY(query_end(&q, e));
    if (!is_there)
        return err_set(e, REFUSED, "mapping under way %" PRId64 ": there is none with this number", id);
    *out = found;
    return OK;
}

enum status round_list(struct db *db, struct arena *a, struct round **out, size_t *n, struct err *e)
{
    static const char sql[] =
        "select id, state, first_year, last_year, title_sv, title_en, people_sv, people_en, source_sv, "
        "source_en, is_example, specification, corrects, reason, file_name, uploaded_by, proposed_by, "
        "percent, told_sv, told_en, publish_at, release from mapping_round order by id desc";
    struct query q = db_query(db, sql);
    struct round *rounds = NULL;
    size_t room = 0;
    size_t found = 0;

    while (query_next(&q)) {
        rounds = arena_grow(a, rounds, found + 1, &room, sizeof *rounds);
        rounds[found++] = row_of(&q, a);
    }
    *out = rounds;
    *n = found;
    return query_end(&q, e);
}

enum status round_steps(struct db *db, int64_t id, struct arena *a, struct round_step **out, size_t *n,
                        struct err *e)
{
    static const char sql[] = "select s.at, p.name, s.what, s.reason from mapping_round_step s "
                              "left join person p on p.id = s.person where s.round = $1 order by s.id";
    struct query q = db_query(db, sql);
    struct round_step *steps = NULL;
    size_t room = 0;
    size_t found = 0;

    bind_int(&q, 1, id);
    while (query_next(&q)) {
        steps = arena_grow(a, steps, found + 1, &room, sizeof *steps);
        steps[found++] = (struct round_step){.at = query_int(&q, 0),
                                             .person = query_str(&q, 1, a),
                                             .what = query_str(&q, 2, a),
                                             .reason = query_str(&q, 3, a)};
    }
    *out = steps;
    *n = found;
    return query_end(&q, e);
}

enum status round_set_state(struct db *db, int64_t id, uint32_t from, enum round_state to, bool *is_moved,
                            struct err *e)
{
    static const char find[] = "select state from mapping_round where id = $1";
    static const char set[] = "update mapping_round set state = $2 where id = $1";
    struct arena *a = arena_open();
    struct query q = db_query(db, find);

    bind_int(&q, 1, id);
    bool is_there = query_next(&q);
    enum round_state state = state_of(query_str(&q, 0, a));
    arena_close(a);
    TRY(query_end(&q, e));
    *is_moved = is_there && (from & ROUND_BIT(state)) != 0;
    if (!*is_moved)
        return OK;
    q = db_query(db, set);
    bind_int(&q, 1, id);
    bind_str(&q, 2, str_of(state_codes[to]));
    return query_run(&q, e);
}

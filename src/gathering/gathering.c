/* Gatherings: opened, found, begun anew, ended. */
#include "gathering/gathering.h"

#include "base/arena.h"
#include "gathering/gathering_keys.h"
#include "link/schema.h"
#include "publishing/round.h"
#include "store/db.h"

#include <inttypes.h>

/* The mappings whose lists may still come. */
enum { TAKES_LISTS = (1 << ROUND_OPEN) | (1 << ROUND_REFUSED) | (1 << ROUND_MADE) };

static enum status check_round(struct db *db, int64_t id, struct arena *a, struct err *e)
{
    struct round round;

    TRY(round_find(db, id, a, &round, e));
    if (!(TAKES_LISTS & ROUND_BIT(round.state)))
        return err_set(e, REFUSED, "mapping under way %" PRId64 ": takes no lists any more", id);
    return OK;
}

static enum status check_names(const struct schema *terms, struct err *e)
{
    if (str_is(terms->project, "name the project") || str_is(terms->round, "name the round"))
        return err_set(e, BAD_INPUT, "the schema names neither its project nor its round yet");
    return OK;
}

static enum status check_new(struct db *db, int64_t round, const struct schema *terms, struct err *e)
{
    static const char sql[] =
        "select count(*) from gathering where round = $1 or (project = $2 and name = $3)";
    struct query q = db_query(db, sql);

    bind_int(&q, 1, round);
    bind_str(&q, 2, terms->project);
    bind_str(&q, 3, terms->round);
    int64_t n = query_next(&q) ? query_int(&q, 0) : 0;
    TRY(query_end(&q, e));
    return n == 0 ? OK
                  : err_set(e, REFUSED,
                            "the mapping has a gathering, or its project and round have been used: name "
                            "another round");
}

static enum status insert(struct db *db, int64_t round, const struct schema *schema, struct str terms,
                          struct date ends_on, struct err *e)
{
    static const char sql[] =
        "insert into gathering (round, project, name, terms, ends_on) values ($1, $2, $3, $4, $5)";
    struct query q = db_query(db, sql);

    bind_int(&q, 1, round);
    bind_str(&q, 2, schema->project);
    bind_str(&q, 3, schema->round);
    bind_blob(&q, 4, terms);
    bind_date(&q, 5, ends_on);
    return query_run(&q, e);
}

static enum status open_in_change(struct db *db, int64_t round, struct str terms, struct date ends_on,
                                  struct arena *a, struct err *e)
{
    struct schema schema;

    TRY(schema_read(&schema, "schema.json", terms, a, e));
    TRY(check_names(&schema, e));
    TRY(check_round(db, round, a, e));
    TRY(check_new(db, round, &schema, e));
    return insert(db, round, &schema, terms, ends_on, e);
}

enum status gathering_open(struct db *db, int64_t round, struct str terms, struct date ends_on,
                           const struct who *who, struct err *e)
{
    const struct audit_line line = {.who = *who, .action = "gathering.open", .subject = round};
    struct arena *a = arena_open();
    enum status s = db_change(db, e);

    if (s == OK)
        s = db_change_end(db, open_in_change(db, round, terms, ends_on, a, e), &line, e);
    arena_close(a);
    return s;
}

static enum gathering_state state_of(const struct gathering *g, bool is_whole)
{
    bool all_same = true;
    bool all_in = true;

    for (size_t i = 0; i < g->lists; i++) {
        all_same = all_same && g->list[i].is_same;
        all_in = all_in && g->list[i].bytes > 0;
    }
    if (g->ended_at)
        return GATHERING_ENDED;
    if (!is_whole)
        return GATHERING_KEYS;
    if (!all_same)
        return GATHERING_DIGITS;
    if (g->secret.n == 0)
        return GATHERING_SECRET;
    return all_in ? GATHERING_WHOLE : GATHERING_HANDING_IN;
}

static enum status add_fields(struct db *db, struct gathering_list *list, struct arena *a, struct err *e)
{
    static const char sql[] = "select name, missing from gathering_field where list = $1 order by name";
    struct query q = db_query(db, sql);

    bind_int(&q, 1, list->id);
    while (list->fields < GATHERING_FIELDS && query_next(&q))
        list->field[list->fields++] =
            (struct gathering_field){.name = query_str(&q, 0, a), .missing = query_int(&q, 1)};
    return query_end(&q, e);
}

static enum status add_lists(struct db *db, struct gathering *g, struct arena *a, struct err *e)
{
    static const char sql[] = "select id, keeper, name, open_key, digits, bytes, people, handed_in_at, "
                              "receipt_at from gathering_list where round = $1 order by id";
    struct query q = db_query(db, sql);

    bind_int(&q, 1, g->round);
    g->list = arena_new(a, GATHERING_LISTS, struct gathering_list);
    while (g->lists < GATHERING_LISTS && query_next(&q)) {
        struct str digits = query_str(&q, 4, a);

        g->list[g->lists++] = (struct gathering_list){.id = query_int(&q, 0),
                                                      .keeper = query_int(&q, 1),
                                                      .name = query_str(&q, 2, a),
                                                      .open_key = query_blob(&q, 3, a),
                                                      .is_compared = digits.n > 0,
                                                      .is_same = str_is(digits, "same"),
                                                      .bytes = query_int(&q, 5),
                                                      .people = query_int(&q, 6),
                                                      .handed_in_at = query_int(&q, 7),
                                                      .receipt_at = query_int(&q, 8)};
    }
    TRY(query_end(&q, e));
    for (size_t i = 0; i < g->lists; i++)
        TRY(add_fields(db, &g->list[i], a, e));
    return OK;
}

enum status gathering_find(struct db *db, int64_t round, struct arena *a, struct gathering *out,
                           bool *is_there, struct err *e)
{
    static const char sql[] = "select project, name, terms, ends_on, reader, reader_by, is_whole, secret, "
                              "ended_at, short_at from gathering where round = $1";
    struct query q = db_query(db, sql);

    bind_int(&q, 1, round);
    *is_there = query_next(&q);
    *out = (struct gathering){.round = round,
                              .project = query_str(&q, 0, a),
                              .name = query_str(&q, 1, a),
                              .terms = query_blob(&q, 2, a),
                              .ends_on = query_date(&q, 3),
                              .reader = query_blob(&q, 4, a),
                              .reader_by = query_int(&q, 5),
                              .secret = query_blob(&q, 7, a),
                              .ended_at = query_int(&q, 8),
                              .short_at = query_int(&q, 9)};
    bool is_whole = query_int(&q, 6) != 0;
    TRY(query_end(&q, e));
    TRY(add_lists(db, out, a, e));
    out->state = state_of(out, is_whole);
    return OK;
}

const struct gathering_list *gathering_list_of(const struct gathering *g, int64_t person)
{
    for (size_t i = 0; i < g->lists; i++)
        if (g->list[i].keeper == person)
            return &g->list[i];
    return NULL;
}

static enum status run_for(struct db *db, const char *sql, int64_t round, struct err *e)
{
    struct query q = db_query(db, sql);

    bind_int(&q, 1, round);
    return query_run(&q, e);
}

/* What agencies have handed in beside their keys. */
static enum status forget_lists(struct db *db, int64_t round, struct err *e)
{
    static const char told[] =
        "delete from gathering_field where list in (select id from gathering_list where round = $1)";
    static const char lists[] = "update gathering_list set digits = '', encodings = null, bytes = 0, "
                                "people = 0, handed_in_at = 0 where round = $1";

    TRY(run_for(db, told, round, e));
    return run_for(db, lists, round, e);
}

static enum status begin_anew(struct db *db, int64_t round, struct arena *a, struct err *e)
{
    static const char sql[] = "update gathering set is_whole = 0, secret = null where round = $1";
    struct gathering g;

    TRY(gathering_in(db, round, ~GATHERING_BIT(GATHERING_ENDED), a, &g, e));
    TRY(forget_lists(db, round, e));
    return run_for(db, sql, round, e);
}

enum status gathering_begin_anew(struct db *db, int64_t round, const struct who *who, struct err *e)
{
    const struct audit_line line = {.who = *who, .action = "gathering.anew", .subject = round};
    struct arena *a = arena_open();
    enum status s = OK;

    if (!who->why || str_trim(str_of(who->why)).n == 0)
        s = err_set(e, BAD_INPUT, "gathering.anew: needs a reason");
    if (s == OK)
        s = db_change(db, e);
    if (s == OK)
        s = db_change_end(db, begin_anew(db, round, a, e), &line, e);
    arena_close(a);
    return s;
}

/* How many people and how much was missing stays with the lists' rows: it is what the mapping rests on. */
static enum status end_in_change(struct db *db, int64_t round, int64_t at, struct arena *a, struct err *e)
{
    static const char lists[] = "update gathering_list set encodings = null, open_key = $2 where round = $1";
    static const char sql[] =
        "update gathering set secret = null, reader = null, ended_at = $2 where round = $1";
    struct gathering g;

    TRY(gathering_in(db, round, ~GATHERING_BIT(GATHERING_ENDED), a, &g, e));
    struct query q = db_query(db, lists);
    bind_int(&q, 1, round);
    bind_blob(&q, 2, S(""));
    TRY(query_run(&q, e));
    q = db_query(db, sql);
    bind_int(&q, 1, round);
    bind_int(&q, 2, at);
    return query_run(&q, e);
}

enum status gathering_end(struct db *db, int64_t round, const struct who *who, struct err *e)
{
    const struct audit_line line = {.who = *who, .action = "gathering.end", .subject = round};
    struct arena *a = arena_open();
    enum status s = db_change(db, e);

    if (s == OK)
        s = db_change_end(db, end_in_change(db, round, who->now_at, a, e), &line, e);
    arena_close(a);
    return s;
}

enum status gathering_end_next(struct db *db, const struct who *who, bool *has_ended, struct err *e)
{
    static const char sql[] =
        "select g.round from gathering g join mapping_round r on r.id = g.round "
        "where g.ended_at = 0 and (g.ends_on < $1 or r.state in ('published', 'closed')) "
        "order by g.round limit 1";
    struct query q = db_query(db, sql);

    bind_date(&q, 1, date_of(who->now_at));
    *has_ended = query_next(&q);
    int64_t round = *has_ended ? query_int(&q, 0) : 0;
    TRY(query_end(&q, e));
    return *has_ended ? gathering_end(db, round, who, e) : OK;
}

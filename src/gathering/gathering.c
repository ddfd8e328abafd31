/* Gatherings: opened and found. */
#include "gathering/gathering.h"

#include "base/arena.h"
#include "gathering/gathering_ring.h"
#include "link/ring.h"
#include "link/schema.h"
#include "publishing/round.h"
#include "store/db.h"

#include <inttypes.h>

/* The mappings whose lists may still come. */
enum { TAKES_LISTS = (1 << ROUND_OPEN) | (1 << ROUND_REFUSED) | (1 << ROUND_MADE) };

/* What a gathering is opened with. */
struct opening {
    int64_t round;
    struct str terms;
    struct date ends_on;
    unsigned match_keys;
};

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

static enum status insert(struct db *db, const struct opening *x, const struct schema *schema, struct err *e)
{
    static const char sql[] = "insert into gathering (round, project, name, terms, ends_on, match_keys) "
                              "values ($1, $2, $3, $4, $5, $6)";
    struct query q = db_query(db, sql);

    bind_int(&q, 1, x->round);
    bind_str(&q, 2, schema->project);
    bind_str(&q, 3, schema->round);
    bind_blob(&q, 4, x->terms);
    bind_date(&q, 5, x->ends_on);
    bind_int(&q, 6, (int64_t)x->match_keys);
    return query_run(&q, e);
}

static enum status open_in_change(struct db *db, const struct opening *x, struct arena *a, struct err *e)
{
    struct schema schema;

    if (x->match_keys >> RING_KEYS)
        return err_set(e, BAD_INPUT, "there are no such kinds of match keys");
    TRY(schema_read(&schema, "schema.json", x->terms, a, e));
    TRY(check_names(&schema, e));
    TRY(check_round(db, x->round, a, e));
    TRY(check_new(db, x->round, &schema, e));
    return insert(db, x, &schema, e);
}

enum status gathering_open(struct db *db, int64_t round, struct str terms, struct date ends_on,
                           unsigned match_keys, const struct who *who, struct err *e)
{
    const struct opening x = {round, terms, ends_on, match_keys};
    const struct audit_line line = {.who = *who, .action = "gathering.open", .subject = round};
    struct arena *a = arena_open();
    enum status s = db_change(db, e);

    if (s == OK)
        s = db_change_end(db, open_in_change(db, &x, a, e), &line, e);
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
    if (gathering_is_ring(g))
        return gathering_ring_state(g, is_whole);
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
    static const char sql[] =
        "select id, keeper, name, open_key, digits, bytes, people, handed_in_at, "
        "receipt_at, passed, turn_told from gathering_list where round = $1 order by id";
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
                                                      .receipt_at = query_int(&q, 8),
                                                      .passed = (size_t)query_int(&q, 9),
                                                      .turn_told = (size_t)query_int(&q, 10)};
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
                              "ended_at, short_at, match_keys from gathering where round = $1";
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
                              .short_at = query_int(&q, 9),
                              .match_keys = (unsigned)query_int(&q, 10)};
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

/* The keys of a gathering: who reads, who takes part, do the digits agree, and the secret that is shared. */
#include "gathering/gathering_keys.h"

#include "base/arena.h"
#include "link/agreement.h"
#include "store/db.h"

#include <inttypes.h>
#include <string.h>

enum status gathering_in(struct db *db, int64_t round, uint32_t states, struct arena *a,
                         struct gathering *out, struct err *e)
{
    bool is_there = false;

    TRY(gathering_find(db, round, a, out, &is_there, e));
    if (!is_there)
        return err_set(e, REFUSED, "mapping under way %" PRId64 ": gathers no lists", round);
    if (!(states & GATHERING_BIT(out->state)))
        return err_set(e, REFUSED, "mapping under way %" PRId64 ": its lists have come further meanwhile",
                       round);
    return OK;
}

enum status gathering_change(struct gathering_taking *x, const char *action, uint32_t states,
                             enum status (*work)(struct gathering_taking *x, struct err *e), struct err *e)
{
    struct audit_line line = {.who = *x->who, .action = action, .subject = x->round};
    enum status s = db_change(x->db, e);

    x->arena = arena_open();
    if (s == OK) {
        enum status done = gathering_in(x->db, x->round, states, x->arena, &x->g, e);

        if (done == OK)
            done = work(x, e);
        line.detail = x->detail;
        s = db_change_end(x->db, done, &line, e);
    }
    arena_close(x->arena);
    return s;
}

static enum status take_reader(struct gathering_taking *x, struct err *e)
{
    static const char sql[] = "update gathering set reader = $2, reader_by = $3 where round = $1";
    struct public_key key;

    if (gathering_list_of(&x->g, x->person))
        return err_set(e, REFUSED, "who links the lists keeps none of them");
    TRY(public_key_read(&key, "the linkage unit's key", x->bytes, x->arena, e));
    struct query q = db_query(x->db, sql);
    bind_int(&q, 1, x->g.round);
    bind_blob(&q, 2, x->bytes);
    bind_int(&q, 3, x->person);
    return query_run(&q, e);
}

enum status gathering_take_reader(struct db *db, int64_t round, struct str key, int64_t person,
                                  const struct who *who, struct err *e)
{
    struct gathering_taking x = {.db = db, .round = round, .bytes = key, .person = person, .who = who};

    return gathering_change(&x, "gathering.reader", GATHERING_BIT(GATHERING_KEYS), take_reader, e);
}

static bool is_same_key(const struct public_key *a, const struct public_key *b)
{
    return memcmp(a->sign, b->sign, sizeof a->sign) == 0 || memcmp(a->box, b->box, sizeof a->box) == 0;
}

/* A key of another list's name would stand for that list; one of another's bytes is that list's. */
static enum status check_others(const struct gathering_taking *x, const struct public_key *key, struct err *e)
{
    struct public_key other;

    for (size_t i = 0; i < x->g.lists; i++) {
        const struct gathering_list *list = &x->g.list[i];

        if (list->keeper == x->person)
            continue;
        TRY(public_key_read(&other, "a key handed in before", list->open_key, x->arena, e));
        if (str_equal(list->name, key->name) || is_same_key(&other, key))
            return err_set(e, BAD_INPUT, "the key has the name of another list, or is another list's key");
    }
    if (x->g.reader.n == 0)
        return OK;
    TRY(public_key_read(&other, "the linkage unit's key", x->g.reader, x->arena, e));
    if (is_same_key(&other, key))
        return err_set(e, BAD_INPUT, "the key is the linkage unit's");
    return OK;
}

static enum status take_key(struct gathering_taking *x, struct err *e)
{
    static const char sql[] =
        "insert into gathering_list (round, keeper, name, open_key) values ($1, $2, $3, $4) "
        "on conflict (round, keeper) do update set name = excluded.name, open_key = excluded.open_key";
    struct public_key key;

    if (x->person == x->g.reader_by)
        return err_set(e, REFUSED, "who links the lists keeps none of them");
    if (x->g.lists == GATHERING_LISTS && !gathering_list_of(&x->g, x->person))
        return err_set(e, REFUSED, "there are %d lists already", (int)GATHERING_LISTS);
    TRY(public_key_read(&key, "the list's key", x->bytes, x->arena, e));
    TRY(check_others(x, &key, e));
    struct query q = db_query(x->db, sql);
    bind_int(&q, 1, x->g.round);
    bind_int(&q, 2, x->person);
    bind_str(&q, 3, key.name);
    bind_blob(&q, 4, x->bytes);
    return query_run(&q, e);
}

enum status gathering_take_key(struct db *db, int64_t round, struct str key, int64_t person,
                               const struct who *who, struct err *e)
{
    struct gathering_taking x = {.db = db, .round = round, .bytes = key, .person = person, .who = who};

    return gathering_change(&x, "gathering.key", GATHERING_BIT(GATHERING_KEYS), take_key, e);
}

static enum status leave(struct gathering_taking *x, struct err *e)
{
    static const char sql[] = "delete from gathering_list where round = $1 and keeper = $2";
    struct query q;

    if (!gathering_list_of(&x->g, x->person))
        return err_set(e, REFUSED, "the person keeps no list here");
    q = db_query(x->db, sql);
    bind_int(&q, 1, x->g.round);
    bind_int(&q, 2, x->person);
    return query_run(&q, e);
}

enum status gathering_leave(struct db *db, int64_t round, int64_t person, const struct who *who,
                            struct err *e)
{
    struct gathering_taking x = {.db = db, .round = round, .person = person, .who = who};

    return gathering_change(&x, "gathering.leave", GATHERING_BIT(GATHERING_KEYS), leave, e);
}

static enum status close_keys(struct gathering_taking *x, struct err *e)
{
    static const char sql[] = "update gathering set is_whole = 1 where round = $1";
    struct query q;

    if (x->g.reader.n == 0 || x->g.lists < 2)
        return err_set(e, REFUSED, "expected the linkage unit's key and those of two lists at least");
    q = db_query(x->db, sql);
    bind_int(&q, 1, x->g.round);
    return query_run(&q, e);
}

enum status gathering_close_keys(struct db *db, int64_t round, const struct who *who, struct err *e)
{
    struct gathering_taking x = {.db = db, .round = round, .who = who};

    return gathering_change(&x, "gathering.keys", GATHERING_BIT(GATHERING_KEYS), close_keys, e);
}

static enum status compare(struct gathering_taking *x, struct err *e)
{
    static const char sql[] = "update gathering_list set digits = $3 where round = $1 and keeper = $2";
    struct query q;

    if (!gathering_list_of(&x->g, x->person))
        return err_set(e, REFUSED, "the person keeps no list here");
    q = db_query(x->db, sql);
    bind_int(&q, 1, x->g.round);
    bind_int(&q, 2, x->person);
    bind_str(&q, 3, x->bytes);
    return query_run(&q, e);
}

enum status gathering_compare(struct db *db, int64_t round, int64_t person, bool is_same,
                              const struct who *who, struct err *e)
{
    struct gathering_taking x = {
        .db = db, .round = round, .bytes = is_same ? S("same") : S("other"), .person = person, .who = who};

    return gathering_change(&x, is_same ? "gathering.same" : "gathering.other",
                            GATHERING_BIT(GATHERING_DIGITS) | GATHERING_BIT(GATHERING_SECRET), compare, e);
}

static enum status read_members(const struct gathering_taking *x, struct schema *schema, struct members *m,
                                struct err *e)
{
    TRY(schema_read(schema, "schema.json", x->g.terms, x->arena, e));
    TRY(public_key_read(&m->reader, "the linkage unit's key", x->g.reader, x->arena, e));
    for (; m->n < x->g.lists; m->n++)
        TRY(public_key_read(&m->member[m->n], "a list's key", x->g.list[m->n].open_key, x->arena, e));
    return OK;
}

static bool has_lists(const struct gathering *g)
{
    for (size_t i = 0; i < g->lists; i++)
        if (g->list[i].bytes > 0)
            return true;
    return false;
}

static enum status take_secret(struct gathering_taking *x, struct err *e)
{
    static const char sql[] = "update gathering set secret = $2 where round = $1";
    struct schema schema;
    struct members m = {0};

    if (!gathering_list_of(&x->g, x->person))
        return err_set(e, REFUSED, "the person keeps no list here");
    if (has_lists(&x->g))
        return err_set(e, REFUSED, "lists have been handed in under another secret");
    TRY(read_members(x, &schema, &m, e));
    TRY(agreement_check(&schema, &m, "the shared secret", x->bytes, x->arena, e));
    struct query q = db_query(x->db, sql);
    bind_int(&q, 1, x->g.round);
    bind_blob(&q, 2, x->bytes);
    return query_run(&q, e);
}

enum status gathering_take_secret(struct db *db, int64_t round, struct str file, int64_t person,
                                  const struct who *who, struct err *e)
{
    struct gathering_taking x = {.db = db, .round = round, .bytes = file, .person = person, .who = who};

    return gathering_change(&x, "gathering.secret",
                            GATHERING_BIT(GATHERING_SECRET) | GATHERING_BIT(GATHERING_HANDING_IN),
                            take_secret, e);
}

/* The keys of a gathering: who reads, who takes part, do the digits agree, and the secret that is shared. */
#include "gathering/gathering_keys.h"

#include "base/arena.h"
#include "link/agreement.h"
#include "store/db.h"

#include <inttypes.h>
#include <string.h>

/* A change under way. */
struct taking {
    struct db *db;
    struct arena *arena;
    struct gathering g;
    int64_t person;
};

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

/* Does `work` with `bytes` in one change with its audit line. */
static enum status change(struct db *db, int64_t round, const char *action, struct str bytes, int64_t person,
                          uint32_t states, const struct who *who,
                          enum status (*work)(struct taking *x, struct str bytes, struct err *e),
                          struct err *e)
{
    const struct audit_line line = {.who = *who, .action = action, .subject = round};
    struct taking x = {.db = db, .arena = arena_open(), .person = person};
    enum status s = db_change(db, e);

    if (s == OK) {
        enum status done = gathering_in(db, round, states, x.arena, &x.g, e);

        if (done == OK)
            done = work(&x, bytes, e);
        s = db_change_end(db, done, &line, e);
    }
    arena_close(x.arena);
    return s;
}

static enum status take_reader(struct taking *x, struct str bytes, struct err *e)
{
    static const char sql[] = "update gathering set reader = $2, reader_by = $3 where round = $1";
    struct public_key key;

    if (gathering_list_of(&x->g, x->person))
        return err_set(e, REFUSED, "who links the lists keeps none of them");
    TRY(public_key_read(&key, "the linkage unit's key", bytes, x->arena, e));
    struct query q = db_query(x->db, sql);
    bind_int(&q, 1, x->g.round);
    bind_blob(&q, 2, bytes);
    bind_int(&q, 3, x->person);
    return query_run(&q, e);
}

enum status gathering_take_reader(struct db *db, int64_t round, struct str key, int64_t person,
                                  const struct who *who, struct err *e)
{
    return change(db, round, "gathering.reader", key, person, GATHERING_BIT(GATHERING_KEYS), who, take_reader,
                  e);
}

static bool is_same_key(const struct public_key *a, const struct public_key *b)
{
    return memcmp(a->sign, b->sign, sizeof a->sign) == 0 || memcmp(a->box, b->box, sizeof a->box) == 0;
}

/* A key of another list's name would stand for that list; one of another's bytes is that list's. */
static enum status check_others(const struct taking *x, const struct public_key *key, struct err *e)
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

static enum status take_key(struct taking *x, struct str bytes, struct err *e)
{
    static const char sql[] =
        "insert into gathering_list (round, keeper, name, open_key) values ($1, $2, $3, $4) "
        "on conflict (round, keeper) do update set name = excluded.name, open_key = excluded.open_key";
    struct public_key key;

    if (x->person == x->g.reader_by)
        return err_set(e, REFUSED, "who links the lists keeps none of them");
    if (x->g.lists == GATHERING_LISTS && !gathering_list_of(&x->g, x->person))
        return err_set(e, REFUSED, "there are %d lists already", (int)GATHERING_LISTS);
    TRY(public_key_read(&key, "the list's key", bytes, x->arena, e));
    TRY(check_others(x, &key, e));
    struct query q = db_query(x->db, sql);
    bind_int(&q, 1, x->g.round);
    bind_int(&q, 2, x->person);
    bind_str(&q, 3, key.name);
    bind_blob(&q, 4, bytes);
    return query_run(&q, e);
}

enum status gathering_take_key(struct db *db, int64_t round, struct str key, int64_t person,
                               const struct who *who, struct err *e)
{
    return change(db, round, "gathering.key", key, person, GATHERING_BIT(GATHERING_KEYS), who, take_key, e);
}

static enum status leave(struct taking *x, struct str bytes, struct err *e)
{
    static const char sql[] = "delete from gathering_list where round = $1 and keeper = $2";
    struct query q;

    (void)bytes;
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
    return change(db, round, "gathering.leave", S(""), person, GATHERING_BIT(GATHERING_KEYS), who, leave, e);
}

static enum status close_keys(struct taking *x, struct str bytes, struct err *e)
{
    static const char sql[] = "update gathering set is_whole = 1 where round = $1";
    struct query q;

    (void)bytes;
    if (x->g.reader.n == 0 || x->g.lists < 2)
        return err_set(e, REFUSED, "expected the linkage unit's key and those of two lists at least");
    q = db_query(x->db, sql);
    bind_int(&q, 1, x->g.round);
    return query_run(&q, e);
}

enum status gathering_close_keys(struct db *db, int64_t round, const struct who *who, struct err *e)
{
    return change(db, round, "gathering.keys", S(""), 0, GATHERING_BIT(GATHERING_KEYS), who, close_keys, e);
}

static enum status compare(struct taking *x, struct str said, struct err *e)
{
    static const char sql[] = "update gathering_list set digits = $3 where round = $1 and keeper = $2";
    struct query q;

    if (!gathering_list_of(&x->g, x->person))
        return err_set(e, REFUSED, "the person keeps no list here");
    q = db_query(x->db, sql);
    bind_int(&q, 1, x->g.round);
    bind_int(&q, 2, x->person);
    bind_str(&q, 3, said);
    return query_run(&q, e);
}

enum status gathering_compare(struct db *db, int64_t round, int64_t person, bool is_same,
                              const struct who *who, struct err *e)
{
    return change(db, round, is_same ? "gathering.same" : "gathering.other", is_same ? S("same") : S("other"),
                  person, GATHERING_BIT(GATHERING_DIGITS) | GATHERING_BIT(GATHERING_SECRET), who, compare, e);
}

static enum status read_members(const struct taking *x, struct schema *schema, struct members *m,
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

static enum status take_secret(struct taking *x, struct str bytes, struct err *e)
{
    static const char sql[] = "update gathering set secret = $2 where round = $1";
    struct schema schema;
    struct members m = {0};

    if (!gathering_list_of(&x->g, x->person))
        return err_set(e, REFUSED, "the person keeps no list here");
    if (has_lists(&x->g))
        return err_set(e, REFUSED, "lists have been handed in under another secret");
    TRY(read_members(x, &schema, &m, e));
    TRY(agreement_check(&schema, &m, "the shared secret", bytes, x->arena, e));
    struct query q = db_query(x->db, sql);
    bind_int(&q, 1, x->g.round);
    bind_blob(&q, 2, bytes);
    return query_run(&q, e);
}

enum status gathering_take_secret(struct db *db, int64_t round, struct str file, int64_t person,
                                  const struct who *who, struct err *e)
{
    return change(db, round, "gathering.secret", file, person,
                  GATHERING_BIT(GATHERING_SECRET) | GATHERING_BIT(GATHERING_HANDING_IN), who, take_secret, e);
}

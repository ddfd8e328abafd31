/* Lists of a ring as agencies hand them in: is each what it should be, and is it the agency's turn? */
#include "gathering/gathering_ring.h"

#include "base/arena.h"
#include "gathering/gathering_keys.h"
#include "link/ring.h"
#include "store/db.h"

#include <string.h>

/* A list that was handed in, and what is wrong with it. */
struct passing {
    struct ring_list file;
    size_t at; /* the list's place in the ring */
    enum gathering_ring_fault fault;
};

static enum status wrong(struct passing *p, enum gathering_ring_fault fault, struct err *e)
{
    static const char *const words[RING_FAULTS] = {
        [RING_FAULT_FORMAT] = "is no list of lykta ring, damaged, or too large",
        [RING_FAULT_ROUND] = "is of another project, round, schema or kinds of match keys",
        [RING_FAULT_NAME] = "has another list's name or exponent",
        [RING_FAULT_STARTED] = "is not just raised by its own agency, or empty",
        [RING_FAULT_LIST] = "is none of this ring",
        [RING_FAULT_OLD] = "is as it was before: nothing is added to it",
        [RING_FAULT_TURN] = "is to be raised by another agency first",
        [RING_FAULT_OTHER] = "is not the one that was fetched here, raised to this agency's exponent",
    };

    p->fault = fault;
    return err_set(e, BAD_INPUT, "the list %s", words[fault]);
}

static enum status read_file(const struct gathering_taking *x, struct passing *p, struct err *e)
{
    struct err fault = {0};
    struct schema schema;

    if (x->bytes.n > GATHERING_RING_BYTES ||
        ring_read(&p->file, "the list", x->bytes, x->arena, &fault) != OK)
        return wrong(p, RING_FAULT_FORMAT, e);
    TRY(schema_read(&schema, "schema.json", x->g.terms, x->arena, e));
    if (!str_equal(p->file.project, x->g.project) || !str_equal(p->file.round, x->g.name) ||
        memcmp(p->file.schema_hash, schema.hash, sizeof schema.hash) != 0 || p->file.kinds != x->g.match_keys)
        return wrong(p, RING_FAULT_ROUND, e);
    return OK;
}

static struct str key_str(const unsigned char key[RING_POINT])
{
    return (struct str){(const char *)key, RING_POINT};
}

static enum status check_others(const struct gathering_taking *x, struct passing *p, struct err *e)
{
    for (size_t i = 0; i < x->g.lists; i++) {
        const struct gathering_list *list = &x->g.list[i];

        if (list->keeper != x->person &&
            (str_equal(list->name, p->file.list) || str_equal(list->open_key, key_str(p->file.by[0]))))
            return wrong(p, RING_FAULT_NAME, e);
    }
    return OK;
}

static enum status keep_start(const struct gathering_taking *x, const struct ring_list *file, struct err *e)
{
    static const char sql[] =
        "insert into gathering_list (round, keeper, name, open_key, started, bytes, people, handed_in_at, passed) "
        "values ($1, $2, $3, $4, $5, $6, $7, $8, 1) on conflict (round, keeper) do update set "
        "name = excluded.name, open_key = excluded.open_key, started = excluded.started, bytes = excluded.bytes, "
        "people = excluded.people, handed_in_at = excluded.handed_in_at";
    struct query q = db_query(x->db, sql);

    bind_int(&q, 1, x->round);
    bind_int(&q, 2, x->person);
    bind_str(&q, 3, file->list);
    bind_blob(&q, 4, key_str(file->by[0]));
    bind_blob(&q, 5, x->bytes);
    bind_int(&q, 6, (int64_t)x->bytes.n);
    bind_int(&q, 7, (int64_t)file->n);
    bind_int(&q, 8, x->who->now_at);
    return query_run(&q, e);
}

static enum status join(struct gathering_taking *x, struct err *e)
{
    struct passing *p = x->own;

    if (x->g.lists == GATHERING_LISTS && !gathering_list_of(&x->g, x->person))
        return err_set(e, REFUSED, "there are %d lists already", (int)GATHERING_LISTS);
    TRY(read_file(x, p, e));
    if (p->file.passed != 1 || p->file.n == 0)
        return wrong(p, RING_FAULT_STARTED, e);
    TRY(check_others(x, p, e));
    return keep_start(x, &p->file, e);
}

/* Does `work` with the list of `file`; what is wrong with it goes to *fault. */
static enum status hand_in(struct gathering_taking *x, const char *action, enum gathering_state state,
                           enum status (*work)(struct gathering_taking *x, struct err *e),
                           enum gathering_ring_fault *fault, struct err *e)
{
    struct passing p = {.fault = RING_FAULT_NONE};

    x->own = &p;
    enum status s = gathering_change(x, action, GATHERING_BIT(state), work, e);
    *fault = p.fault;
    return s;
}

enum status gathering_ring_join(struct db *db, int64_t round, struct str file, int64_t person,
                                const struct who *who, enum gathering_ring_fault *fault, struct err *e)
{
    struct gathering_taking x = {.db = db, .round = round, .bytes = file, .person = person, .who = who};

    return hand_in(&x, "gathering.join", GATHERING_JOINING, join, fault, e);
}

static enum status find_list(const struct gathering_taking *x, struct passing *p, struct err *e)
{
    for (p->at = 0; p->at < x->g.lists; p->at++)
        if (str_equal(x->g.list[p->at].name, p->file.list))
            return OK;
    return wrong(p, RING_FAULT_LIST, e);
}

/* Who has raised a list is known from its place and how far it has come; the last is who hands it in. */
static bool is_raised_by_turns(const struct gathering *g, const struct passing *p)
{
    if (p->file.passed != g->list[p->at].passed + 1)
        return false;
    for (size_t k = 0; k < p->file.passed; k++)
        if (!str_equal(g->list[(p->at + k) % g->lists].open_key, key_str(p->file.by[k])))
            return false;
    return true;
}

static enum status keep_pass(const struct gathering_taking *x, int64_t list, size_t passed, struct err *e)
{
    static const char sql[] =
        "update gathering_list set encodings = $2, bytes = $3, passed = $4 where id = $1";
    struct query q = db_query(x->db, sql);

    bind_int(&q, 1, list);
    bind_blob(&q, 2, x->bytes);
    bind_int(&q, 3, (int64_t)x->bytes.n);
    bind_int(&q, 4, (int64_t)passed);
    return query_run(&q, e);
}

static enum status pass(struct gathering_taking *x, struct err *e)
{
    const struct gathering_list *own = gathering_list_of(&x->g, x->person);
    struct passing *p = x->own;

    if (!own)
        return err_set(e, REFUSED, "the person keeps no list here");
    TRY(read_file(x, p, e));
    TRY(find_list(x, p, e));
    const struct gathering_list *list = &x->g.list[p->at];
    if (p->file.passed <= list->passed)
        return wrong(p, RING_FAULT_OLD, e);
    if (gathering_turn(&x->g, list) != own)
        return wrong(p, RING_FAULT_TURN, e);
    if ((int64_t)p->file.n != list->people || !is_raised_by_turns(&x->g, p))
        return wrong(p, RING_FAULT_OTHER, e);
    return keep_pass(x, list->id, p->file.passed, e);
}

enum status gathering_ring_pass(struct db *db, int64_t round, struct str file, int64_t person,
                                const struct who *who, enum gathering_ring_fault *fault, struct err *e)
{
    struct gathering_taking x = {.db = db, .round = round, .bytes = file, .person = person, .who = who};

    return hand_in(&x, "gathering.pass", GATHERING_GOING_ROUND, pass, fault, e);
}

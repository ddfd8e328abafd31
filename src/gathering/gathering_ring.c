/* Lists that go round: joined, whose turn it is, an agency taken out. What an agency has raised:
 * gathering_pass.c. */
#include "gathering/gathering_ring.h"

#include "base/arena.h"
#include "base/text.h"
#include "gathering/gathering_keys.h"
#include "link/ring.h"
#include "store/db.h"

bool gathering_is_ring(const struct gathering *g)
{
    return g->match_keys != 0;
}

_Static_assert((int)GATHERING_RING_KINDS == (int)RING_KEYS, "as many kinds as a ring can have");

const char *gathering_ring_kind(size_t kind)
{
    return ring_key_name((enum ring_key)kind);
}

struct str gathering_ring_kinds(const struct gathering *g, struct arena *a)
{
    struct text out = text_open(a);

    for (size_t k = 0; k < GATHERING_RING_KINDS; k++)
        if (g->match_keys >> k & 1U)
            text_format(&out, "%s%s", out.n ? "," : "", gathering_ring_kind(k));
    return text_str(&out);
}

enum gathering_state gathering_ring_state(const struct gathering *g, bool is_whole)
{
    if (!is_whole)
        return GATHERING_JOINING;
    for (size_t i = 0; i < g->lists; i++)
        if (g->list[i].passed < g->lists)
            return GATHERING_GOING_ROUND;
    return GATHERING_WHOLE;
}

const struct gathering_list *gathering_turn(const struct gathering *g, const struct gathering_list *list)
{
    size_t own = (size_t)(list - g->list);

    if (g->state != GATHERING_GOING_ROUND || list->passed >= g->lists)
        return NULL;
    return &g->list[(own + list->passed) % g->lists];
}

const struct gathering_list *gathering_last(const struct gathering *g, const struct gathering_list *list)
{
    size_t own = (size_t)(list - g->list);

    return list->passed == 0 ? list : &g->list[(own + list->passed - 1) % g->lists];
}

bool gathering_is_waited_for(const struct gathering *g, const struct gathering_list *own)
{
    for (size_t i = 0; own && i < g->lists; i++)
        if (gathering_turn(g, &g->list[i]) == own)
            return true;
    return false;
}

static enum status leave(struct gathering_taking *x, struct err *e)
{
    static const char sql[] = "delete from gathering_list where round = $1 and keeper = $2";
    struct query q;

    if (!gathering_list_of(&x->g, x->person))
        return err_set(e, REFUSED, "the person keeps no list here");
    q = db_query(x->db, sql);
    bind_int(&q, 1, x->round);
    bind_int(&q, 2, x->person);
    return query_run(&q, e);
}

enum status gathering_ring_leave(struct db *db, int64_t round, int64_t person, const struct who *who,
                                 struct err *e)
{
    struct gathering_taking x = {.db = db, .round = round, .person = person, .who = who};

    return gathering_change(&x, "gathering.leave", GATHERING_BIT(GATHERING_JOINING), leave, e);
}

static enum status close_ring(struct gathering_taking *x, struct err *e)
{
    static const char sql[] = "update gathering set is_whole = 1 where round = $1";
    struct query q;

    if (x->g.lists < 2)
        return err_set(e, REFUSED, "expected two lists at least");
    q = db_query(x->db, sql);
    bind_int(&q, 1, x->round);
    return query_run(&q, e);
}

enum status gathering_ring_close(struct db *db, int64_t round, const struct who *who, struct err *e)
{
    struct gathering_taking x = {.db = db, .round = round, .who = who};

    return gathering_change(&x, "gathering.whole", GATHERING_BIT(GATHERING_JOINING), close_ring, e);
}

/* Back to what its own agency handed in. */
static enum status begin_list_again(struct db *db, int64_t list, struct err *e)
{
    static const char sql[] =
        "update gathering_list set encodings = null, bytes = length(started), passed = 1 where id = $1";
    struct query q = db_query(db, sql);

    bind_int(&q, 1, list);
    return query_run(&q, e);
}

/* Whose turn it is changes for lists that begin again, and for those that were on their way to who leaves. */
static enum status tell_turns_anew(struct db *db, int64_t round, struct err *e)
{
    static const char sql[] = "update gathering_list set turn_told = 0 where round = $1";
    struct query q = db_query(db, sql);

    bind_int(&q, 1, round);
    return query_run(&q, e);
}

static enum status remove_list(struct db *db, int64_t list, struct err *e)
{
    static const char sql[] = "delete from gathering_list where id = $1";
    struct query q = db_query(db, sql);

    bind_int(&q, 1, list);
    return query_run(&q, e);
}

static enum status take_out(struct gathering_taking *x, struct err *e)
{
    const struct gathering *g = &x->g;
    size_t out = 0;

    while (out < g->lists && g->list[out].id != x->list)
        out++;
    if (!gathering_is_ring(g) || out == g->lists)
        return err_set(e, REFUSED, "there is no such list in the ring");
    if (g->state != GATHERING_JOINING && g->lists < 3)
        return err_set(e, REFUSED, "two lists must be left: end the gathering instead");
    for (size_t i = 0; i < g->lists; i++)
        if ((out + g->lists - i) % g->lists < g->list[i].passed && i != out)
            TRY(begin_list_again(x->db, g->list[i].id, e));
    TRY(tell_turns_anew(x->db, x->round, e));
    return remove_list(x->db, x->list, e);
}

enum status gathering_ring_take_out(struct db *db, int64_t round, int64_t list, const struct who *who,
                                    struct err *e)
{
    struct gathering_taking x = {.db = db, .round = round, .list = list, .who = who};

    if (!who->why || str_trim(str_of(who->why)).n == 0)
        return err_set(e, BAD_INPUT, "gathering.out: needs a reason");
    return gathering_change(&x, "gathering.out",
                            GATHERING_BIT(GATHERING_JOINING) | GATHERING_BIT(GATHERING_GOING_ROUND) |
                                GATHERING_BIT(GATHERING_WHOLE),
                            take_out, e);
}

enum status gathering_ring_file(struct db *db, int64_t round, int64_t list, struct arena *a, struct str *out,
                                struct err *e)
{
    static const char sql[] = "select coalesce(encodings, started) from gathering_list where round = $1 and "
                              "id = $2 and started is not null";
    struct query q = db_query(db, sql);

    bind_int(&q, 1, round);
    bind_int(&q, 2, list);
    bool is_there = query_next(&q);
    *out = query_blob(&q, 0, a);
    TRY(query_end(&q, e));
    return is_there ? OK : err_set(e, REFUSED, "the list is not here, or has been deleted");
}

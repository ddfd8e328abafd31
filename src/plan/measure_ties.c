/* What ties a measure to others and to what is known. */
#include "plan/measure_ties.h"

#include "base/arena.h"
#include "store/db.h"

static const char *const kind_codes[LINK_KINDS] = {"release", "situations", "seminar"};

const char *link_kind_code(enum link_kind kind)
{
    return kind_codes[kind];
}

static enum link_kind kind_of(struct str code)
{
    for (int i = 0; i < LINK_KINDS; i++)
        if (str_is(code, kind_codes[i]))
            return (enum link_kind)i;
    return LINK_RELEASE;
}

/* Does `from` wait for `to`, or for something that does? */
static enum status is_waiting(struct db *db, int64_t from, int64_t to, bool *out, struct err *e)
{
    static const char sql[] =
        "with recursive ahead (id) as (select waits_for from plan_wait where measure = $1 "
        "union select w.waits_for from plan_wait w join ahead a on w.measure = a.id) "
        "select count(*) from ahead where id = $2";
    struct query q = db_query(db, sql);

    bind_int(&q, 1, from);
    bind_int(&q, 2, to);
    *out = query_next(&q) && query_int(&q, 0) > 0;
    return query_end(&q, e);
}

enum status waits_are_a_circle(struct db *db, int64_t id, const struct measure_wait *wait, size_t n,
                               bool *out, struct err *e)
{
    *out = false;
    for (size_t i = 0; i < n && !*out; i++) {
        TRY(is_waiting(db, wait[i].id, id, out, e));
        *out = *out || wait[i].id == id;
    }
    return OK;
}

/* Runs the statement, whose $1 is `id`. */
static enum status run(struct db *db, const char *sql, int64_t id, struct err *e)
{
    struct query q = db_query(db, sql);

    bind_int(&q, 1, id);
    return query_run(&q, e);
}

static enum status write_wait(struct db *db, int64_t id, int64_t waits_for, struct err *e)
{
    static const char sql[] = "insert into plan_wait (measure, waits_for) "
                              "select $1, id from plan_measure where id = $2 and removed_at is null "
                              "returning waits_for";
    struct query q = db_query(db, sql);
    bool is_there = false;

    bind_int(&q, 1, id);
    bind_int(&q, 2, waits_for);
    while (query_next(&q))
        is_there = true;
    TRY(query_end(&q, e));
    return is_there
               ? OK
               : err_set(e, BAD_INPUT, "measure %lld waits for one that is not in the plan", (long long)id);
}

static enum status write_link(struct db *db, int64_t id, const struct measure_link *link, struct err *e)
{
    static const char sql[] = "insert into plan_link (measure, kind, path, title) values ($1, $2, $3, $4) "
                              "on conflict (measure, path) do nothing";
    struct query q = db_query(db, sql);

    bind_int(&q, 1, id);
    bind_str(&q, 2, str_of(link_kind_code(link->kind)));
    bind_str(&q, 3, link->path);
    bind_str(&q, 4, link->title);
    return query_run(&q, e);
}

static bool is_named_before(const struct measure *m, size_t i)
{
    for (size_t j = 0; j < i; j++)
        if (m->wait[j].id == m->wait[i].id)
            return true;
    return false;
}

enum status ties_write(struct db *db, int64_t id, const struct measure *m, struct err *e)
{
    static const char no_waits[] = "delete from plan_wait where measure = $1";
    static const char no_links[] = "delete from plan_link where measure = $1";
    bool is_circle = false;

    if (m->waits > MEASURE_WAITS || m->links > MEASURE_LINKS)
        return err_set(e, BAD_INPUT, "a measure waits for at most %d others and has at most %d links",
                       (int)MEASURE_WAITS, (int)MEASURE_LINKS);
    TRY(waits_are_a_circle(db, id, m->wait, m->waits, &is_circle, e));
    if (is_circle)
        return err_set(e, REFUSED, "measure %lld would wait for itself", (long long)id);
    TRY(run(db, no_waits, id, e));
    TRY(run(db, no_links, id, e));
    for (size_t i = 0; i < m->waits; i++)
        if (!is_named_before(m, i))
            TRY(write_wait(db, id, m->wait[i].id, e));
    for (size_t i = 0; i < m->links; i++)
        TRY(write_link(db, id, &m->link[i], e));
    return OK;
}

enum status ties_drop(struct db *db, int64_t id, struct err *e)
{
    static const char sql[] = "delete from plan_wait where measure = $1 or waits_for = $1";

    return run(db, sql, id, e);
}

static struct measure *find(const struct measures *all, int64_t id)
{
    for (size_t i = 0; i < all->n; i++)
        if (all->measure[i].id == id)
            return &all->measure[i];
    return NULL;
}

static void add_wait(struct measure *m, const struct query *q, struct arena *a)
{
    if (m->waits == MEASURE_WAITS)
        return;
    struct measure_wait *wait = &m->wait[m->waits++];
    *wait = (struct measure_wait){.id = query_int(q, 2), .title = query_str(q, 3, a)};
    measure_state_from_str(query_str(q, 4, a), &wait->state);
}

static void add_link(struct measure *m, const struct query *q, struct str kind, struct arena *a)
{
    if (m->links < MEASURE_LINKS)
        m->link[m->links++] = (struct measure_link){
            .kind = kind_of(kind), .path = query_str(q, 4, a), .title = query_str(q, 3, a)};
}

/* Both kinds of ties in one question: a link's row has a kind, and waits for nothing. A decided plan tells
 * what waits for what; how far that has come is for the plan as it is now. */
enum status ties_read(struct db *db, int64_t decision, struct measures *all, struct arena *a, struct err *e)
{
    static const char now[] = "select w.measure, '', w.waits_for, m.title, m.state from plan_wait w "
                              "join plan_measure m on m.id = w.waits_for "
                              "union all select measure, kind, 0, title, path from plan_link "
                              "order by 1, 3, 5";
    static const char then[] =
        "select w.measure, '', w.waits_for, m.title, 'waiting' from plan_decided_wait w "
        "join plan_decided m on m.decision = w.decision and m.measure = w.waits_for "
        "where w.decision = $1 union all "
        "select measure, kind, 0, title, path from plan_decided_link "
        "where decision = $1 order by 1, 3, 5";
    struct query q = db_query(db, decision ? then : now);

    for (size_t i = 0; i < all->n; i++)
        all->measure[i].waits = all->measure[i].links = 0;
    if (decision)
        bind_int(&q, 1, decision);
    while (query_next(&q)) {
        struct measure *m = find(all, query_int(&q, 0));
        struct str kind = query_str(&q, 1, a);

        if (m && kind.n == 0)
            add_wait(m, &q, a);
        else if (m)
            add_link(m, &q, kind, a);
    }
    return query_end(&q, e);
}

enum status ties_decide(struct db *db, int64_t decision, struct err *e)
{
    static const char waits[] = "insert into plan_decided_wait (decision, measure, waits_for) "
                                "select $1, measure, waits_for from plan_wait";
    static const char links[] = "insert into plan_decided_link (decision, measure, kind, path, title) "
                                "select $1, l.measure, l.kind, l.path, l.title from plan_link l "
                                "join plan_measure m on m.id = l.measure where m.removed_at is null";

    TRY(run(db, waits, decision, e));
    return run(db, links, decision, e);
}

bool ties_are_same(const struct measure *a, const struct measure *b)
{
    if (a->waits != b->waits || a->links != b->links)
        return false;
    for (size_t i = 0; i < a->waits; i++)
        if (a->wait[i].id != b->wait[i].id)
            return false;
    for (size_t i = 0; i < a->links; i++)
        if (!str_equal(a->link[i].path, b->link[i].path))
            return false;
    return true;
}

/* The plan as it was decided. */
#include "plan/plan.h"

#include "base/arena.h"
#include "plan/measure_ties.h"
#include "store/db.h"

static enum status check(const struct plan_decision *d, const struct measures *all, struct err *e)
{
    if (d->decided_on.year == 0 || str_trim(d->number).n == 0 || str_trim(d->body).n == 0)
        return err_set(e, BAD_INPUT, "a decision has a date, a number and a deciding body");
    if (all->n == 0)
        return err_set(e, REFUSED, "the plan has no measures to decide");
    for (size_t i = 0; i < all->n; i++)
        if (all->measure[i].owner == 0)
            return err_set(e, REFUSED, "nobody owns \"%.*s\" yet",
                           STR(str_part(all->measure[i].title, 0, 120)));
    return OK;
}

static enum status insert(struct db *db, const struct plan_decision *d, int64_t now_at, int64_t *id,
                          struct err *e)
{
    static const char sql[] = "insert into plan_decision (decided_on, number, body, made_at) "
                              "values ($1, $2, $3, $4) returning id";
    static const char copy[] =
        "insert into plan_decided (decision, measure, goal, title, owner, done_when, deadline, legal, evidence) "
        "select $1, m.id, m.goal, m.title, o.name, m.done_when, m.deadline, m.legal, m.evidence "
        "from plan_measure m join organisation o on o.id = m.owner where m.removed_at is null";
    struct query q = db_query(db, sql);

    bind_date(&q, 1, d->decided_on);
    bind_str(&q, 2, str_trim(d->number));
    bind_str(&q, 3, str_trim(d->body));
    bind_int(&q, 4, now_at);
    while (query_next(&q))
        *id = query_int(&q, 0);
    TRY(query_end(&q, e));
    q = db_query(db, copy);
    bind_int(&q, 1, *id);
    TRY(query_run(&q, e));
    return ties_decide(db, *id, e);
}

enum status plan_decide(struct db *db, const struct plan_decision *decision, const struct who *who,
                        int64_t *id, struct err *e)
{
    struct audit_line line = {.who = *who, .action = "plan.decide", .detail = str_trim(decision->number)};
    struct arena *a = arena_open();
    struct measures all = {0, NULL};
    enum status s = db_change(db, e);

    if (s == OK) {
        s = measure_list(db, &(struct measure_filter){0}, a, &all, e);
        if (s == OK)
            s = check(decision, &all, e);
        if (s == OK)
            s = insert(db, decision, who->now_at, id, e);
        line.subject = s == OK ? *id : 0;
        s = db_change_end(db, s, &line, e);
    }
    arena_close(a);
    return s;
}

static struct plan_decision decision_row(const struct query *q, struct arena *a)
{
    return (struct plan_decision){.id = query_int(q, 0),
                                  .decided_on = query_date(q, 1),
                                  .number = query_str(q, 2, a),
                                  .body = query_str(q, 3, a),
                                  .made_at = query_int(q, 4)};
}

enum status plan_decisions(struct db *db, struct arena *a, struct plan_decision **out, size_t *n,
                           struct err *e)
{
    static const char sql[] =
        "select id, decided_on, number, body, made_at from plan_decision order by id desc";
    struct query q = db_query(db, sql);
    struct plan_decision *found = NULL;
    size_t room = 0;

    *n = 0;
    while (query_next(&q)) {
        found = arena_grow(a, found, *n + 1, &room, sizeof *found);
        found[(*n)++] = decision_row(&q, a);
    }
    TRY(query_end(&q, e));
    *out = found;
    return OK;
}

enum status plan_decision_find(struct db *db, int64_t id, struct arena *a, struct plan_decision *out,
                               struct err *e)
{
    static const char sql[] = "select id, decided_on, number, body, made_at from plan_decision "
                              "where id = $1 or $1 = 0 order by id desc limit 1";
    struct query q = db_query(db, sql);

    bind_int(&q, 1, id);
    bool is_there = query_next(&q);
    if (is_there)
        *out = decision_row(&q, a);
    TRY(query_end(&q, e));
    return is_there ? OK : err_set(e, REFUSED, "no plan has been decided with that number");
}

enum status plan_decided(struct db *db, int64_t id, struct arena *a, struct measures *out, struct err *e)
{
    static const char sql[] =
        "select measure, goal, title, owner, done_when, deadline, legal, evidence from plan_decided where "
        "decision = $1 order by case goal when 'detect' then 0 when 'prevent' then 1 when 'counter' then 2 when "
        "'support' then 3 else 4 end, deadline is null, deadline, measure";
    struct measures found = {0, NULL};
    struct query q = db_query(db, sql);
    size_t room = 0;

    bind_int(&q, 1, id);
    while (query_next(&q)) {
        struct measure m = {.id = query_int(&q, 0),
                            .title = query_str(&q, 2, a),
                            .owner_name = query_str(&q, 3, a),
                            .done_when = query_str(&q, 4, a),
                            .deadline = query_date(&q, 5),
                            .legal = query_str(&q, 6, a),
                            .evidence = query_str(&q, 7, a)};

        plan_goal_from_str(query_str(&q, 1, a), &m.goal);
        found.measure = arena_grow(a, found.measure, found.n + 1, &room, sizeof *found.measure);
        found.measure[found.n++] = m;
    }
    TRY(query_end(&q, e));
    TRY(ties_read(db, id, &found, a, e));
    *out = found;
    return OK;
}

static const struct measure *find(const struct measures *in, int64_t id)
{
    for (size_t i = 0; i < in->n; i++)
        if (in->measure[i].id == id)
            return &in->measure[i];
    return NULL;
}

static bool is_same(const struct measure *a, const struct measure *b)
{
    return a->goal == b->goal && str_equal(a->title, b->title) && str_equal(a->owner_name, b->owner_name) &&
           str_equal(a->done_when, b->done_when) && date_equal(a->deadline, b->deadline) &&
           str_equal(a->legal, b->legal) && str_equal(a->evidence, b->evidence) && ties_are_same(a, b);
}

enum plan_change *plan_changes(const struct measures *decided, const struct measures *now, struct arena *a,
                               size_t *removed)
{
    enum plan_change *changes = arena_new(a, now->n, enum plan_change);
    size_t kept = 0;

    for (size_t i = 0; i < now->n; i++) {
        const struct measure *before = find(decided, now->measure[i].id);

        kept += before != NULL;
        changes[i] = !before ? PLAN_NEW : is_same(before, &now->measure[i]) ? PLAN_SAME : PLAN_CHANGED;
    }
    *removed = decided->n - kept;
    return changes;
}

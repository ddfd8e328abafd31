/* Measures of the action plan. */
#include "plan/measure.h"

#include "base/arena.h"
#include "plan/measure_ties.h"
#include "store/db.h"

#include <stdlib.h>

static const char *const goal_codes[PLAN_GOALS] = {"detect", "prevent", "counter", "support", "coordinate"};
static const char *const state_codes[MEASURE_STATES] = {"waiting", "under_way", "done", "paused"};

const char *plan_goal_code(enum plan_goal goal)
{
    return goal_codes[goal];
}

const char *measure_state_code(enum measure_state state)
{
    return state_codes[state];
}

static bool code_find(const char *const *codes, int n, struct str code, int *out)
{
    for (int i = 0; i < n; i++)
        if (str_is(code, codes[i])) {
            *out = i;
            return true;
        }
    return false;
}

bool plan_goal_from_str(struct str code, enum plan_goal *out)
{
    int found = 0;

    if (!code_find(goal_codes, PLAN_GOALS, code, &found))
        return false;
    *out = (enum plan_goal)found;
    return true;
}

bool measure_state_from_str(struct str code, enum measure_state *out)
{
    int found = 0;

    if (!code_find(state_codes, MEASURE_STATES, code, &found))
        return false;
    *out = (enum measure_state)found;
    return true;
}

bool measure_is_overdue(const struct measure *m, struct date today)
{
    return m->deadline.year != 0 && date_days(m->deadline) < date_days(today) && m->state != MEASURE_DONE &&
           m->state != MEASURE_PAUSED;
}

bool measure_is_held(const struct measure *m)
{
    for (size_t i = 0; i < m->waits; i++)
        if (m->wait[i].state != MEASURE_DONE)
            return true;
    return false;
}

static enum status check(const struct measure *m, struct err *e)
{
    const struct str texts[] = {m->done_when, m->legal, m->evidence, m->note};

    if (str_trim(m->title).n == 0 || str_letters(m->title) > MEASURE_TITLE_LETTERS)
        return err_set(e, BAD_INPUT, "a measure has a title of at most %d letters",
                       (int)MEASURE_TITLE_LETTERS);
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
        if (str_letters(texts[i]) > MEASURE_TEXT_LETTERS)
            return err_set(e, BAD_INPUT, "a text of a measure has at most %d letters",
                           (int)MEASURE_TEXT_LETTERS);
    return OK;
}

/* $1 to $8: what both inserting and changing write. No owner is null. */
static void bind_measure(struct query *q, const struct measure *m)
{
    bind_str(q, 1, str_of(plan_goal_code(m->goal)));
    bind_str(q, 2, str_trim(m->title));
    bind_int(q, 3, m->owner);
    bind_str(q, 4, m->done_when);
    bind_date(q, 5, m->deadline);
    bind_str(q, 6, m->legal);
    bind_str(q, 7, m->evidence);
    bind_str(q, 8, m->note);
}

static enum status insert(struct db *db, const struct measure *m, int64_t *id, struct err *e)
{
    static const char sql[] =
        "insert into plan_measure (goal, title, owner, done_when, deadline, legal, evidence, note, template, "
        "state, reminded, version) values ($1, $2, nullif($3, 0), $4, $5, $6, $7, $8, $9, 'waiting', 0, 1) "
        "returning id";
    struct query q = db_query(db, sql);

    bind_measure(&q, m);
    bind_str(&q, 9, m->template);
    while (query_next(&q))
        *id = query_int(&q, 0);
    return query_end(&q, e);
}

enum status measure_add(struct db *db, const struct measure *m, const struct who *who, int64_t *id,
                        struct err *e)
{
    struct audit_line line = {.who = *who, .action = "plan.measure_add"};

    TRY(check(m, e));
    TRY(db_change(db, e));
    enum status s = insert(db, m, id, e);
    if (s == OK)
        s = ties_write(db, *id, m, e);
    line.subject = s == OK ? *id : 0;
    return db_change_end(db, s, &line, e);
}

/* A new deadline or owner is reminded of anew. */
static enum status update(struct db *db, const struct measure *m, struct err *e)
{
    static const char sql[] =
        "update plan_measure set goal = $1, title = $2, owner = nullif($3, 0), done_when = $4, "
        "reminded = case when deadline is not distinct from $5 and "
        "owner is not distinct from nullif($3, 0) then reminded else 0 end, deadline = $5, legal = $6, evidence = $7, "
        "note = $8, version = version + 1 where id = $9 and version = $10 and removed_at is null returning id";
    struct query q = db_query(db, sql);
    bool is_there = false;

    bind_measure(&q, m);
    bind_int(&q, 9, m->id);
    bind_int(&q, 10, m->version);
    while (query_next(&q))
        is_there = true;
    TRY(query_end(&q, e));
    return is_there ? OK
                    : err_set(e, REFUSED, "measure %lld: somebody else has changed it", (long long)m->id);
}

enum status measure_change(struct db *db, const struct measure *m, const struct who *who, struct err *e)
{
    const struct audit_line line = {.who = *who, .action = "plan.measure_change", .subject = m->id};

    TRY(check(m, e));
    TRY(db_change(db, e));
    enum status s = update(db, m, e);
    if (s == OK)
        s = ties_write(db, m->id, m, e);
    return db_change_end(db, s, &line, e);
}

enum status measure_remove(struct db *db, int64_t id, const struct who *who, struct err *e)
{
    static const char sql[] =
        "update plan_measure set removed_at = $1, version = version + 1 where id = $2 and "
        "removed_at is null";
    const struct audit_line line = {.who = *who, .action = "plan.measure_remove", .subject = id};

    TRY(db_change(db, e));
    struct query q = db_query(db, sql);
    bind_int(&q, 1, who->now_at);
    bind_int(&q, 2, id);
    enum status s = query_run(&q, e);
    if (s == OK)
        s = ties_drop(db, id, e);
    return db_change_end(db, s, &line, e);
}

#define MEASURE_COLUMNS                                                                                        \
    "m.id, m.template, m.goal, m.title, coalesce(m.owner, 0), coalesce(o.name, ''), m.done_when, m.deadline, " \
    "m.legal, m.evidence, m.note, m.state, m.version "                                                         \
    "from plan_measure m left join organisation o on o.id = m.owner "

/* A row of MEASURE_COLUMNS. */
static struct measure measure_row(const struct query *q, struct arena *a)
{
    struct measure m = {.id = query_int(q, 0),
                        .template = query_str(q, 1, a),
                        .title = query_str(q, 3, a),
                        .owner = query_int(q, 4),
                        .owner_name = query_str(q, 5, a),
                        .done_when = query_str(q, 6, a),
                        .deadline = query_date(q, 7),
                        .legal = query_str(q, 8, a),
                        .evidence = query_str(q, 9, a),
                        .note = query_str(q, 10, a),
                        .version = query_int(q, 12)};

    plan_goal_from_str(query_str(q, 2, a), &m.goal);
    measure_state_from_str(query_str(q, 11, a), &m.state);
    return m;
}

enum status measure_find(struct db *db, int64_t id, struct arena *a, struct measure *out, struct err *e)
{
    static const char sql[] = "select " MEASURE_COLUMNS "where m.id = $1 and m.removed_at is null";
    struct query q = db_query(db, sql);

    bind_int(&q, 1, id);
    bool is_there = query_next(&q);
    if (is_there)
        *out = measure_row(&q, a);
    TRY(query_end(&q, e));
    if (!is_there)
        return err_set(e, REFUSED, "the plan has no measure %lld", (long long)id);
    return ties_read(db, 0, &(struct measures){1, out}, a, e);
}

static void add_row(const struct query *q, struct arena *a, struct measures *found, size_t *room)
{
    found->measure = arena_grow(a, found->measure, found->n + 1, room, sizeof *found->measure);
    found->measure[found->n++] = measure_row(q, a);
}

static bool is_wanted(const struct measure *m, const struct measure_filter *f)
{
    return (f->goals == 0 || (f->goals & UINT32_C(1) << m->goal)) &&
           (f->states == 0 || (f->states & UINT32_C(1) << m->state)) &&
           (f->owner == 0 || f->owner == m->owner) &&
           (f->overdue.year == 0 || measure_is_overdue(m, f->overdue));
}

static int by_goal(const void *left, const void *right)
{
    const struct measure *a = left;
    const struct measure *b = right;
    int64_t days_a = a->deadline.year ? date_days(a->deadline) : INT64_MAX;
    int64_t days_b = b->deadline.year ? date_days(b->deadline) : INT64_MAX;

    if (a->goal != b->goal)
        return a->goal < b->goal ? -1 : 1;
    if (days_a != days_b)
        return days_a < days_b ? -1 : 1;
    return (a->id > b->id) - (a->id < b->id);
}

/* A plan has some hundred measures at most: all are read, and those that are wanted kept. */
enum status measure_list(struct db *db, const struct measure_filter *filter, struct arena *a,
                         struct measures *out, struct err *e)
{
    static const char sql[] = "select " MEASURE_COLUMNS "where m.removed_at is null order by m.id";
    struct measures found = {0, NULL};
    struct query q = db_query(db, sql);
    size_t room = 0;

    while (query_next(&q)) {
        add_row(&q, a, &found, &room);
        if (!is_wanted(&found.measure[found.n - 1], filter))
            found.n--;
    }
    TRY(query_end(&q, e));
    if (found.n > 1)
        qsort(found.measure, found.n, sizeof *found.measure, by_goal);
    TRY(ties_read(db, 0, &found, a, e));
    *out = found;
    return OK;
}

static enum status add_step(struct db *db, int64_t id, enum measure_state state, struct str note,
                            int64_t now_at, struct err *e)
{
    static const char step[] = "insert into plan_step (measure, at, state, note) values ($1, $2, $3, $4)";
    static const char current[] = "update plan_measure set state = $1 where id = $2";
    struct query q = db_query(db, step);

    bind_int(&q, 1, id);
    bind_int(&q, 2, now_at);
    bind_str(&q, 3, str_of(measure_state_code(state)));
    bind_str(&q, 4, note);
    TRY(query_run(&q, e));
    q = db_query(db, current);
    bind_str(&q, 1, str_of(measure_state_code(state)));
    bind_int(&q, 2, id);
    return query_run(&q, e);
}

enum status measure_follow_up(struct db *db, int64_t id, enum measure_state state, struct str note,
                              const struct who *who, struct err *e)
{
    const struct audit_line line = {
        .who = *who, .action = "plan.follow_up", .subject = id, .detail = str_of(measure_state_code(state))};

    if (str_letters(note) > MEASURE_TEXT_LETTERS)
        return err_set(e, BAD_INPUT, "what was done is told in at most %d letters",
                       (int)MEASURE_TEXT_LETTERS);
    TRY(db_change(db, e));
    return db_change_end(db, add_step(db, id, state, note, who->now_at, e), &line, e);
}

enum status measure_steps(struct db *db, int64_t id, struct arena *a, struct measure_step **out, size_t *n,
                          struct err *e)
{
    static const char sql[] = "select at, state, note from plan_step where measure = $1 order by id desc";
    struct query q = db_query(db, sql);
    struct measure_step *steps = NULL;
    size_t room = 0;
    size_t found = 0;

    bind_int(&q, 1, id);
    while (query_next(&q)) {
        struct measure_step s = {.at = query_int(&q, 0), .note = query_str(&q, 2, a)};

        measure_state_from_str(query_str(&q, 1, a), &s.state);
        steps = arena_grow(a, steps, found + 1, &room, sizeof *steps);
        steps[found++] = s;
    }
    TRY(query_end(&q, e));
    *out = steps;
    *n = found;
    return OK;
}

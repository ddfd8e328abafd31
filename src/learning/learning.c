/* Lessons. */
#include "learning/learning.h"

#include "base/arena.h"
#include "base/csv.h"
#include "indicator/indicator.h"
#include "store/db.h"

extern const char situations_csv[];
extern const char actions_csv[];

static enum status read_actions(struct arena *a, struct lessons *out, struct err *e)
{
    struct csv in;
    size_t room = 0;
    bool has_row = false;

    TRY(csv_open(&in, "actions.csv", str_of(actions_csv), a, e));
    TRY(csv_next(&in, &has_row, e));
    while (has_row) {
        out->action = arena_grow(a, out->action, out->n_actions + 1, &room, sizeof *out->action);
        out->action[out->n_actions++] = (struct action){in.fields[0], in.fields[1], in.fields[2]};
        TRY(csv_next(&in, &has_row, e));
    }
    return OK;
}

static const struct action *action_named(const struct lessons *all, struct str code)
{
    for (size_t i = 0; i < all->n_actions; i++)
        if (str_equal(all->action[i].code, code))
            return &all->action[i];
    return NULL;
}

/* The file names the best action first; on the page its place differs from situation to situation. */
static enum status take_row(const struct csv *in, const struct indicators *indicators,
                            const struct lessons *all, struct situation *out, struct err *e)
{
    const struct str *f = in->fields;
    size_t shift = (size_t)in->line % SITUATION_ACTIONS;

    *out = (struct situation){.actor = actor_by_code(indicators, f[0]),
                              .is_innocent = str_is(f[1], "1"),
                              .best = shift,
                              .sv = f[5],
                              .why_sv = f[6],
                              .en = f[7],
                              .why_en = f[8]};
    if (!out->actor)
        return csv_fault(e, in, 0, "expected a code of actors.csv");
    for (size_t i = 0; i < SITUATION_ACTIONS; i++) {
        size_t place = (shift + i) % SITUATION_ACTIONS;

        out->action[place] = action_named(all, f[2 + i]);
        if (!out->action[place])
            return csv_fault(e, in, 2 + i, "expected a code of actions.csv");
    }
    return OK;
}

enum status lessons_read(const struct indicators *indicators, struct arena *a, struct lessons *out,
                         struct err *e)
{
    struct lessons all = {0};
    struct csv in;
    size_t room = 0;
    bool has_row = false;

    TRY(read_actions(a, &all, e));
    TRY(csv_open(&in, "situations.csv", str_of(situations_csv), a, e));
    TRY(csv_next(&in, &has_row, e));
    while (has_row) {
        all.situation = arena_grow(a, all.situation, all.n + 1, &room, sizeof *all.situation);
        TRY(take_row(&in, indicators, &all, &all.situation[all.n++], e));
        TRY(csv_next(&in, &has_row, e));
    }
    *out = all;
    return OK;
}

struct lesson lesson_of(const struct lessons *all, const struct actor *actor)
{
    struct lesson lesson = {0};

    for (size_t i = 0; i < all->n && lesson.n < LESSON_SITUATIONS; i++)
        if (all->situation[i].actor == actor)
            lesson.situation[lesson.n++] = &all->situation[i];
    return lesson;
}

enum status learning_progress(struct db *db, int64_t account, struct str actor, struct learning_progress *out,
                              struct err *e)
{
    static const char sql[] =
        "select answered, finished_on from learning_progress where account = $1 and actor = $2";
    struct query q = db_query(db, sql);

    *out = (struct learning_progress){0};
    bind_int(&q, 1, account);
    bind_str(&q, 2, actor);
    if (query_next(&q))
        *out = (struct learning_progress){(size_t)query_int(&q, 0), query_date(&q, 1)};
    return query_end(&q, e);
}

static enum status save(struct db *db, int64_t account, struct str actor, size_t answered,
                        struct date finished, struct err *e)
{
    static const char sql[] = "insert into learning_progress (account, actor, answered, finished_on) "
                              "values ($1, $2, $3, $4) on conflict (account, actor) do update set "
                              "answered = excluded.answered, "
                              "finished_on = coalesce(excluded.finished_on, learning_progress.finished_on)";
    struct query q = db_query(db, sql);

    bind_int(&q, 1, account);
    bind_str(&q, 2, actor);
    bind_int(&q, 3, (int64_t)answered);
    bind_date(&q, 4, finished);
    return query_run(&q, e);
}

enum status learning_answered(struct db *db, int64_t account, struct str actor, size_t index, size_t lesson_n,
                              const struct who *who, struct err *e)
{
    const struct audit_line line = {.who = *who, .action = "learning.answer", .detail = actor};
    struct learning_progress so_far;
    struct date never = {0};

    TRY(db_change(db, e));
    enum status s = learning_progress(db, account, actor, &so_far, e);
    if (s == OK && index == so_far.answered && index < lesson_n)
        s = save(db, account, actor, index + 1, index + 1 == lesson_n ? date_of(who->now_at) : never, e);
    return db_change_end(db, s, &line, e);
}

enum status learning_again(struct db *db, int64_t account, struct str actor, const struct who *who,
                           struct err *e)
{
    const struct audit_line line = {.who = *who, .action = "learning.again", .detail = actor};

    TRY(db_change(db, e));
    return db_change_end(db, save(db, account, actor, 0, (struct date){0}, e), &line, e);
}

enum status learning_counts(struct db *db, struct arena *a, struct learning_counts *out, struct err *e)
{
    static const char sql[] = "select actor, count(*), count(finished_on) from learning_progress "
                              "group by actor order by actor";
    struct query q = db_query(db, sql);
    size_t room = 0;

    *out = (struct learning_counts){0};
    while (query_next(&q)) {
        out->count = arena_grow(a, out->count, out->n + 1, &room, sizeof *out->count);
        out->count[out->n++] =
            (struct learning_count){query_str(&q, 0, a), query_int(&q, 1), query_int(&q, 2)};
    }
    return query_end(&q, e);
}

/* Working out rounds of mapping. */
#include "publishing/round_run.h"

#include "base/arena.h"
#include "base/progress.h"
#include "base/text.h"
#include "mapping/evidence.h"
#include "mapping/mapping.h"
#include "publishing/round.h"
#include "publishing/round_draft.h"
#include "publishing/round_evidence.h"
#include "publishing/round_input.h"
#include "publishing/round_told.h"
#include "publishing/situations_table.h"
#include "release/propose.h"
#include "release/release.h"
#include "release/release_audit.h"
#include "release/standing.h"
#include "store/city.h"
#include "store/db.h"

#include <inttypes.h>
#include <time.h>

/* A round being worked out. */
struct running {
    const struct round_runner *by;
    struct arena *arena;
    struct round round;
    struct progress progress;
    struct release *draft;
    struct mapping_evidence *evidence; /* of the draft */
    struct round_audit *audit;
    size_t audits;
    struct round_told told; /* why it is refused; empty: it is not */
};

static enum status work_out(struct running *x, struct err *e);
static enum status attack_all(struct running *x, struct err *e);
static enum status keep(struct running *x, struct err *e);

enum status round_recover(const struct round_runner *w, struct err *e)
{
    static const char sql[] = "update mapping_round set state = 'waiting' where state = 'running'";
    struct query q;

    TRY(db_begin(w->db, e));
    q = db_query(w->db, sql);
    return db_end(w->db, query_run(&q, e), e);
}

static enum status next_in_state(struct db *db, const char *sql, int64_t now, int64_t *id, struct err *e)
{
    struct query q = db_query(db, sql);

    bind_int(&q, 1, now);
    *id = query_next(&q) ? query_int(&q, 0) : 0;
    return query_end(&q, e);
}

static enum status set_state(struct db *db, int64_t id, enum round_state from, enum round_state to,
                             struct err *e)
{
    bool is_moved = false;

    TRY(db_begin(db, e));
    return db_end(db, round_set_state(db, id, ROUND_BIT(from), to, &is_moved, e), e);
}

/* Called from the threads of the work, one at a time, while this thread waits for them. */
static void note_percent(void *context, const char *what, int percent)
{
    static const char sql[] = "update mapping_round set percent = $2 where id = $1";
    const struct running *x = context;
    struct err unwritten;

    (void)what;
    if (db_begin(x->by->db, &unwritten) != OK)
        return;
    struct query q = db_query(x->by->db, sql);
    bind_int(&q, 1, x->round.id);
    bind_int(&q, 2, percent > 100 ? 100 : percent);
    /* A page that shows an older figure is no reason to stop the work. */
    if (db_end(x->by->db, query_run(&q, &unwritten), &unwritten) != OK)
        return;
}

enum status round_run_next(const struct round_runner *w, bool *has_run, struct err *e)
{
    static const char sql[] =
        "select id from mapping_round where state = 'waiting' and $1 >= 0 order by id limit 1";
    struct arena *a = arena_open_secret();
    struct running *x = arena_new(a, 1, struct running);
    int64_t id = 0;

    x->by = w;
    x->arena = a;
    x->progress = (struct progress){.stop = w->stop, .show = note_percent, .context = x};
    enum status s = next_in_state(w->db, sql, w->now_at(), &id, e);
    if (s == OK && id != 0)
        s = set_state(w->db, id, ROUND_WAITING, ROUND_RUNNING, e);
    if (s == OK && id != 0)
        s = round_find(w->db, id, a, &x->round, e);
    if (s == OK && id != 0)
        s = work_out(x, e);
    *has_run = id != 0;
    arena_wipe(a);
    arena_close(a);
    return s;
}

static enum status propose(struct running *x, struct err *e)
{
    struct mapping *m = arena_new(x->arena, 1, struct mapping);
    struct proposal p = {.estimate = x->by->estimate, .now_at = x->by->now_at()};
    struct round_input input;

    if (x->round.corrects.n)
        TRY(release_rounding(x->by->db, x->round.corrects, x->round.is_example, &p.base, &p.has_example_key,
                             e));
    TRY(round_input_open(x->by->city, x->by->db, x->round.id, x->arena, &input, e));
    round_mapping(&x->round, m);
    p.histories_name = "histories.csv";
    p.names_name = "names.csv";
    p.histories = input.histories;
    p.names = input.names;
    p.estimate.progress = &x->progress;
    p.wanted = x->by->wanted;
    p.wanted.slow = p.wanted.slow && !x->round.is_example;
    x->draft = arena_new(x->arena, 1, struct release);
    x->evidence = p.evidence = arena_new(x->arena, 1, struct mapping_evidence);
    TRY(release_propose(x->by->city, &p, m, x->arena, x->draft, e));
    TRY(situations_add(x->by->city, x->by->db, date_of(p.now_at), x->draft, x->arena, e));
    if (x->round.corrects.n)
        x->draft->name = release_next_name(x->round.corrects, x->arena);
    return OK;
}

static struct round_told told_of(const struct running *x, enum status s, const struct err *why)
{
    const struct release_row *area = x->draft ? release_small_area(x->draft) : NULL;

    if (s == SYSTEM)
        return round_told_fault(x->arena);
    return area ? round_told_area(area, x->arena) : round_told_refused(str_of(why->what), x->arena);
}

/* A stop is no fault of the round's; anything else is told where people see it. */
static enum status work_out(struct running *x, struct err *e)
{
    enum status s = propose(x, e);
    struct err why = *e;

    if (s == OK)
        s = attack_all(x, &why);
    if (s != OK && progress_should_stop(&x->progress)) {
        struct err unwritten;

        if (set_state(x->by->db, x->round.id, ROUND_RUNNING, ROUND_WAITING, &unwritten) != OK)
            return err_set(e, SYSTEM, "%s", unwritten.what);
        *e = why;
        return s;
    }
    if (s != OK)
        x->told = told_of(x, s, &why);
    TRY(keep(x, e));
    *e = why;
    return s == SYSTEM ? s : OK;
}

static bool is_same_years(const struct release_entry *entry, const struct round *round)
{
    return entry->first_year == round->first_year && entry->last_year == round->last_year;
}

static bool is_overlapping(const struct release_entry *entry, const struct round *round)
{
    return entry->first_year <= round->last_year && entry->last_year >= round->first_year;
}

/* What of `entry` is the first reason not to publish? */
static void judge(struct running *x, const struct release_entry *entry, const struct release_audit *found)
{
    bool is_same = is_same_years(entry, &x->round);

    if (x->told.sv.n)
        return;
    if (is_overlapping(entry, &x->round) && (!is_same || x->round.corrects.n == 0))
        x->told = round_told_years(entry->name, x->arena);
    else if (is_same && found->exposed > 0)
        x->told = round_told_pair(entry->name, &found->first, x->arena);
}

/* An attack needs much memory and knows what is to be published alone: it has an arena of its own, and what
 * is kept of it is in x's. */
static enum status attack_beside(struct running *x, const struct release_entry *entry, struct arena *a,
                                 struct err *e)
{
    struct release *earlier = arena_new(a, 1, struct release);
    bool is_same = is_same_years(entry, &x->round);
    struct release_audit found;

    TRY(release_read(release_path(x->by->city, entry->name, a), S(""), a, earlier, e));
    if (is_same)
        TRY(release_audit(x->draft, earlier, NULL, a, &found, e));
    else
        TRY(release_audit(earlier, NULL, NULL, a, &found, e));
    x->audit[x->audits++] = (struct round_audit){.release = entry->name,
                                                 .is_same_people = is_same,
                                                 .figures = (int64_t)found.figures,
                                                 .exposed = (int64_t)found.exposed,
                                                 .narrowest = found.narrowest};
    judge(x, entry, &found);
    return OK;
}

/* All versions of the same years at once, when no two of them have told anything. */
static enum status attack_together(struct running *x, const struct release_entry *entries, size_t n,
                                   struct arena *a, struct err *e)
{
    const struct release **versions = arena_new(a, n + 1, const struct release *);
    struct text names = text_open(a);
    struct release_audit found;
    size_t same = 0;

    for (size_t i = 0; i < n; i++) {
        struct release *version = arena_new(a, 1, struct release);

        if (!is_same_years(&entries[i], &x->round))
            continue;
        TRY(release_read(release_path(x->by->city, entries[i].name, a), S(""), a, version, e));
        text_format(&names, "%s%.*s", same ? ", " : "", STR(entries[i].name));
        versions[same++] = version;
    }
    TRY(release_audit_together(x->draft, versions, same, NULL, a, &found, e));
    if (found.exposed > 0)
        x->told = round_told_pair(text_str(&names), &found.first, x->arena);
    return OK;
}

static enum status attack_all(struct running *x, struct err *e)
{
    struct release_entry *entries = NULL;
    struct release_audit alone;
    enum status s = OK;
    size_t n = 0;

    TRY(release_list(x->by->db, x->arena, &entries, &n, e));
    x->audit = arena_new(x->arena, n + 1, struct round_audit);
    TRY(release_audit(x->draft, NULL, NULL, x->arena, &alone, e));
    x->audit[x->audits++] = (struct round_audit){.release = S(""),
                                                 .is_same_people = true,
                                                 .figures = (int64_t)alone.figures,
                                                 .exposed = (int64_t)alone.exposed,
                                                 .narrowest = alone.narrowest};
    for (size_t i = 0; s == OK && i < n; i++) {
        struct arena *a = arena_open();

        s = attack_beside(x, &entries[i], a, e);
        arena_close(a);
    }
    if (s == OK && x->told.sv.n == 0) {
        struct arena *a = arena_open();

        s = attack_together(x, entries, n, a, e);
        arena_close(a);
    }
    return s;
}

static enum status keep_in_change(struct running *x, struct err *e)
{
    struct db *db = x->by->db;
    bool is_refused = x->told.sv.n > 0;
    bool is_moved = false;

    TRY(round_input_delete(db, x->round.id, e));
    TRY(round_evidence_delete(db, x->round.id, e));
    TRY(round_told_note(db, x->round.id, &x->told, e));
    if (x->draft)
        TRY(round_draft_keep(db, x->round.id, x->draft, x->audit, x->audits, e));
    if (x->draft)
        TRY(round_evidence_keep(x->by->city, db, x->round.id, x->evidence, e));
    TRY(round_set_state(db, x->round.id, ROUND_BIT(ROUND_RUNNING), is_refused ? ROUND_REFUSED : ROUND_MADE,
                        &is_moved, e));
    return round_step_add(db, x->round.id, 0, x->by->now_at(), is_refused ? "refused" : "made", S(""), e);
}

/* The counts go in the same change as what became of them is kept. */
static enum status keep(struct running *x, struct err *e)
{
    struct audit_line line = {.who = {.name = "lykta serve", .now_at = x->by->now_at()},
                              .action = x->told.sv.n ? "mapping.refuse" : "mapping.run",
                              .subject = x->round.id};

    if (x->audits == 0)
        x->draft = NULL;
    TRY(db_change(x->by->db, e));
    return db_change_end(x->by->db, keep_in_change(x, e), &line, e);
}

/* Publishing what is approved, when its time has come; and the errand that works on rounds. */
#include "publishing/round_run.h"

#include "base/arena.h"
#include "mapping/mapping.h"
#include "publishing/round.h"
#include "publishing/round_draft.h"
#include "publishing/round_evidence.h"
#include "publishing/round_letter.h"
#include "publishing/round_told.h"
#include "release/release.h"
#include "release/standing.h"
#include "store/city.h"
#include "store/db.h"

#include <inttypes.h>
#include <time.h>

/* Both persons stand in the ledger: who proposed, and who approved last. */
static enum status who_of(const struct round_runner *w, const struct round *round, struct arena *a,
                          struct who *out, struct err *e)
{
    static const char sql[] = "select person from mapping_round_step where round = $1 and what = 'approved' "
                              "order by id desc limit 1";
    struct query q = db_query(w->db, sql);
    int64_t approver = 0;

    bind_int(&q, 1, round->id);
    if (query_next(&q))
        approver = query_int(&q, 0);
    *out = (struct who){
        .name = arena_printf(a, "person %" PRId64 " + person %" PRId64, round->proposed_by, approver),
        .now_at = w->now_at(),
        .role = "analyst + approver"};
    return query_end(&q, e);
}

static enum status note_published(struct db *db, int64_t id, struct str release, int64_t at, struct err *e)
{
    static const char sql[] = "update mapping_round set release = $2 where id = $1";
    struct query q = db_query(db, sql);
    bool is_moved = false;

    bind_int(&q, 1, id);
    bind_str(&q, 2, release);
    TRY(query_run(&q, e));
    TRY(round_set_state(db, id, ROUND_BIT(ROUND_APPROVED), ROUND_PUBLISHED, &is_moved, e));
    if (!is_moved)
        return err_set(e, REFUSED, "the approval was undone");
    TRY(round_evidence_delete(db, id, e));
    return round_step_add(db, id, 0, at, "published", release, e);
}

static enum status publish_in_change(const struct round_runner *w, const struct round *round, struct arena *a,
                                     struct err *e)
{
    const struct release_correction correction = {round->corrects, round->reason};
    struct release *draft = arena_new(a, 1, struct release);
    struct mapping *m = arena_new(a, 1, struct mapping);
    struct city city = *w->city;
    struct who who;

    city.db = w->db;
    TRY(who_of(w, round, a, &who, e));
    TRY(round_draft_read(w->db, round->id, a, draft, e));
    draft->published_at = who.now_at;
    round_draft_mapping(draft, m);
    if (round->corrects.n)
        TRY(release_correct(&city, m, draft, &correction, &who, a, e));
    else
        TRY(release_publish(&city, m, draft, &who, a, e));
    return note_published(w->db, round->id, draft->name, who.now_at, e);
}

static enum status refuse_in_change(const struct round_runner *w, int64_t id, const struct round_told *told,
                                    struct err *e)
{
    bool is_moved = false;

    TRY(round_told_note(w->db, id, told, e));
    TRY(round_evidence_delete(w->db, id, e));
    TRY(round_set_state(w->db, id, ROUND_BIT(ROUND_APPROVED), ROUND_REFUSED, &is_moved, e));
    return is_moved ? round_step_add(w->db, id, 0, w->now_at(), "refused", S(""), e) : OK;
}

/* What has been published since it was worked out may have made it impossible. */
static enum status refuse(const struct round_runner *w, int64_t id, struct str why, struct arena *a,
                          struct err *e)
{
    const struct round_told told = round_told_refused(why, a);
    const struct audit_line line = {
        .who = {.name = "lykta serve", .now_at = w->now_at()}, .action = "mapping.refuse", .subject = id};

    TRY(db_change(w->db, e));
    return db_change_end(w->db, refuse_in_change(w, id, &told, e), &line, e);
}

static enum status publish(const struct round_runner *w, int64_t id, struct arena *a, struct err *e)
{
    struct round round;
    struct err why = {0};

    TRY(round_find(w->db, id, a, &round, e));
    TRY(db_begin(w->db, e));
    enum status s = db_end(w->db, publish_in_change(w, &round, a, &why), &why);
    if (s == REFUSED)
        return refuse(w, id, str_of(why.what), a, e);
    *e = why;
    return s;
}

enum status round_publish_next(const struct round_runner *w, bool *has_published, struct err *e)
{
    static const char sql[] =
        "select id from mapping_round where state = 'approved' and publish_at <= $1 order by id limit 1";
    struct query q = db_query(w->db, sql);
    struct arena *a = arena_open();

    bind_int(&q, 1, w->now_at());
    int64_t id = query_next(&q) ? query_int(&q, 0) : 0;
    *has_published = id != 0;
    enum status s = query_end(&q, e);
    if (s == OK && id != 0)
        s = publish(w, id, a, e);
    arena_close(a);
    return s;
}

static int64_t now_at(void)
{
    return (int64_t)time(NULL);
}

struct errand_kept {
    struct arena *arena;
    struct round_runner runner;
};

static enum status open_runner(const struct city *city, struct db *db, const atomic_bool *stop, void **kept,
                               struct err *e)
{
    struct arena *a = arena_open();
    struct errand_kept *k = arena_new(a, 1, struct errand_kept);

    *k = (struct errand_kept){.arena = a,
                              .runner = {.city = city,
                                         .db = db,
                                         .now_at = now_at,
                                         .stop = stop,
                                         .estimate = estimate_options_default(),
                                         .wanted = {.methods = true, .slow = true, .changes = true}}};
    /* One thread: the pages are answered meanwhile. */
    k->runner.estimate.threads = 1;
    enum status s = round_recover(&k->runner, e);
    if (s != OK) {
        arena_close(a);
        return s;
    }
    *kept = k;
    return OK;
}

static enum status go_round(const struct errand_round *r, struct err *e)
{
    const struct errand_kept *k = r->kept;
    bool has_more = true;

    while (has_more && !(k->runner.stop && atomic_load(k->runner.stop))) {
        bool has_run = false;
        bool has_told = false;

        TRY(round_publish_next(&k->runner, &has_more, e));
        TRY(round_letter_next(k->runner.city, k->runner.db, now_at(), &has_told, e));
        TRY(round_run_next(&k->runner, &has_run, e));
        has_more = has_more || has_told || has_run;
    }
    return OK;
}

static void close_runner(void *kept)
{
    arena_close(((struct errand_kept *)kept)->arena);
}

const struct errand publishing_errand = {
    .name = "publishing", .every_ms = 1000, .run = go_round, .open = open_runner, .close = close_runner};

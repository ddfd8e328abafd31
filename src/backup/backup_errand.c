/* The nightly backup of a served city. */
#include "backup/backup_errand.h"

#include "backup/backup.h"
#include "backup/history.h"
#include "backup/nightly.h"
#include "backup/shelf.h"
#include "base/arena.h"
#include "base/progress.h"
#include "calendar/night.h"
#include "store/city.h"

#include <time.h>

enum { EVERY_MS = 60000, AGAIN_SECONDS = 3600 };

static enum status write_one(const struct backup_watch *w, const struct nightly *n, const struct who *who,
                             struct arena *a, struct err *e)
{
    const char *path = arena_printf(a, "%s/%s", n->folder, shelf_name(w->city->municipality, who->now_at, a));
    struct backup_size size = {0};
    size_t gone = 0;

    TRY(backup_write(w->city, w->db, path, who, w->progress, &size, e));
    return shelf_clear(n->folder, w->city->municipality, n->days, who->now_at, &gone, e);
}

/* One line a night is enough to be seen. */
static enum status note_failure(const struct backup_watch *w, const struct nightly *n,
                                const struct backup_history *h, const struct who *who, struct err *e)
{
    struct err told;

    if (h->failed.at >= night_turn_before(who->now_at, n->minute) ||
        backup_note_failed(w->db, who, e->what, &told) == OK)
        return e->status;
    return err_in(e, "%s", told.what);
}

static enum status make(struct backup_watch *w, const struct nightly *n, const struct backup_history *h,
                        int64_t now_at, struct arena *a, struct err *e)
{
    const struct who who = {.name = "lykta serve", .now_at = now_at};
    enum status s = write_one(w, n, &who, a, e);

    w->failed_at = s == OK ? 0 : now_at;
    return s == OK || progress_should_stop(w->progress) ? s : note_failure(w, n, h, &who, e);
}

static bool is_resting(const struct backup_watch *w, int64_t now_at)
{
    return w->failed_at > 0 && now_at >= w->failed_at && now_at - w->failed_at < AGAIN_SECONDS;
}

static enum status look(struct backup_watch *w, int64_t now_at, bool *has_run, struct arena *a, struct err *e)
{
    struct backup_history history;
    struct nightly n;

    *has_run = false;
    TRY(nightly_read(&city_settings(w->city)->config, a, &n, e));
    TRY(backup_history_read(w->db, a, &history, e));
    if (!nightly_is_due(&n, &history, now_at) || is_resting(w, now_at))
        return OK;
    TRY(make(w, &n, &history, now_at, a, e));
    *has_run = true;
    return OK;
}

enum status backup_look(struct backup_watch *w, int64_t now_at, bool *has_run, struct err *e)
{
    struct arena *a = arena_open();
    enum status s = look(w, now_at, has_run, a, e);

    arena_close(a);
    return s;
}

struct keeper {
    struct arena *arena;
    struct progress progress;
    struct backup_watch watch;
};

static enum status open_keeper(const struct city *city, struct db *db, const atomic_bool *stop, void **kept,
                               struct err *e)
{
    struct arena *a = arena_open();
    struct keeper *k = arena_new(a, 1, struct keeper);
    struct nightly n;

    k->arena = a;
    k->progress.stop = stop;
    k->watch = (struct backup_watch){.city = city, .db = db, .progress = &k->progress};
    enum status s = nightly_read(&city_settings(city)->config, a, &n, e);
    if (s == OK)
        s = backup_clear_remains(city, e);
    if (s != OK) {
        arena_close(a);
        return s;
    }
    *kept = k;
    return OK;
}

static enum status keep(const struct errand_round *r, struct err *e)
{
    struct keeper *k = r->kept;
    bool has_run = false;

    k->watch.db = r->db;
    return backup_look(&k->watch, (int64_t)time(NULL), &has_run, e);
}

static void close_keeper(void *kept)
{
    struct keeper *k = kept;

    arena_close(k->arena);
}

const struct errand backup_errand = {
    .name = "backup", .every_ms = EVERY_MS, .run = keep, .open = open_keeper, .close = close_keeper};

/* The rules carried out by a served city. */
#include "retention/retention_errand.h"

#include "base/arena.h"
#include "calendar/night.h"
#include "retention/retention_schedule.h"
#include "retention/retention_work.h"
#include "store/city.h"

#include <time.h>

/* A new city's first run is its first night's. */
static enum status is_due(const struct retention_watch *w, int64_t now_at, bool *out, struct err *e)
{
    int64_t last_at = 0;

    TRY(retention_last_run(w->db, &last_at, e));
    if (last_at == 0)
        last_at = w->city->created_at;
    *out = last_at < night_turn_before(now_at, w->minute);
    return OK;
}

static enum status clear(const struct retention_watch *w, int64_t now_at, struct err *e)
{
    const struct who who = {.name = "lykta serve", .now_at = now_at};
    struct retention_classes done = {0, NULL};
    struct arena *a = arena_open();
    enum status s = retention_clear(w->city, w->db, &who, a, &done, e);

    arena_close(a);
    return s;
}

enum status retention_look(struct retention_watch *w, int64_t now_at, bool *has_run, struct err *e)
{
    bool is_time = false;

    *has_run = false;
    TRY(is_due(w, now_at, &is_time, e));
    if (is_time) {
        TRY(clear(w, now_at, e));
        *has_run = true;
        w->is_scrubbed = false;
    }
    if (!w->is_scrubbed)
        TRY(retention_scrub(w->city, w->db, e));
    w->is_scrubbed = true;
    return OK;
}

struct caretaker {
    struct arena *arena;
    struct retention_watch watch;
};

static enum status open_caretaker(const struct city *city, struct db *db, const atomic_bool *stop,
                                  void **kept, struct err *e)
{
    struct retention_watch watch = {.city = city, .db = db};

    (void)stop; /* a run is one change: it is not left half done */
    TRY(retention_minute(city_settings(city)->config.retention_time, &watch.minute, e));
    struct arena *a = arena_open();
    struct caretaker *c = arena_new(a, 1, struct caretaker);
    *c = (struct caretaker){.arena = a, .watch = watch};
    *kept = c;
    return OK;
}

static enum status take_care(const struct errand_round *r, struct err *e)
{
    struct caretaker *c = r->kept;
    bool has_run = false;

    c->watch.db = r->db;
    TRY(retention_minute(city_settings(c->watch.city)->config.retention_time, &c->watch.minute, e));
    enum status s = retention_look(&c->watch, (int64_t)time(NULL), &has_run, e);
    return s == REFUSED ? OK : s; /* frozen: the page of retention says so, and nothing has failed */
}

static void close_caretaker(void *kept)
{
    struct caretaker *c = kept;

    arena_close(c->arena);
}

const struct errand retention_errand = {.name = "retention",
                                        .every_ms = 60000,
                                        .run = take_care,
                                        .open = open_caretaker,
                                        .close = close_caretaker};

/* The settings as threads share them: read without a lock, taken over whole. */
#include "base/arena.h"
#include "store/db.h"
#include "store/settings.h"

#include <pthread.h>
#include <stdatomic.h>

/* The settings at one time; those before them are kept behind. */
struct snapshot {
    struct settings settings;
    struct arena *arena;
    struct snapshot *before;
};

struct settings_now {
    struct arena *arena;
    const struct config *file;
    struct snapshot *_Atomic latest;
    pthread_mutex_t turn; /* of those who take over a change */
};

static enum status take_over(struct settings_now *now, struct db *db, struct err *e)
{
    struct arena *a = arena_open();
    struct snapshot *taken = arena_new(a, 1, struct snapshot);

    *taken = (struct snapshot){.arena = a, .before = atomic_load(&now->latest)};
    enum status s = settings_read(db, now->file, a, &taken->settings, e);
    if (s == OK)
        atomic_store(&now->latest, taken);
    else
        arena_close(a);
    return s;
}

enum status settings_open(struct db *db, const struct config *file, struct settings_now **out, struct err *e)
{
    struct arena *a = arena_open();
    struct settings_now *now = arena_new(a, 1, struct settings_now);

    *now = (struct settings_now){.arena = a, .file = file, .turn = PTHREAD_MUTEX_INITIALIZER};
    enum status s = take_over(now, db, e);
    if (s == OK)
        *out = now;
    else
        settings_close(now);
    return s;
}

void settings_close(struct settings_now *now)
{
    struct snapshot *s = now ? atomic_load(&now->latest) : NULL;

    if (!now)
        return;
    while (s) {
        struct arena *a = s->arena; /* the snapshot itself is in it */

        s = s->before;
        arena_close(a);
    }
    pthread_mutex_destroy(&now->turn);
    arena_close(now->arena);
}

static enum status version_of(struct db *db, int64_t *version, struct err *e)
{
    static const char sql[] = "select settings_version from city where id = 1";
    struct query q = db_query(db, sql);

    *version = query_next(&q) ? query_int(&q, 0) : 0;
    return query_end(&q, e);
}

enum status settings_refresh(struct settings_now *now, struct db *db, struct err *e)
{
    int64_t version = 0;

    TRY(version_of(db, &version, e));
    if (version == settings_get(now)->version)
        return OK;
    pthread_mutex_lock(&now->turn);
    enum status s = version > settings_get(now)->version ? take_over(now, db, e) : OK;
    pthread_mutex_unlock(&now->turn);
    return s;
}

const struct settings *settings_get(const struct settings_now *now)
{
    return &atomic_load(&now->latest)->settings;
}

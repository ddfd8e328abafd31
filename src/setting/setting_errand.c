/* What has been changed on the page of settings, taken over. */
#include "setting/setting_errand.h"

#include "base/arena.h"
#include "store/city.h"

struct caretaker {
    struct arena *arena;
    const struct city *city;
    struct db *db;
};

static enum status open_caretaker(const struct city *city, struct db *db, const atomic_bool *stop,
                                  void **kept, struct err *e)
{
    struct arena *a = arena_open();
    struct caretaker *c = arena_new(a, 1, struct caretaker);

    (void)stop;
    (void)e;
    *c = (struct caretaker){.arena = a, .city = city, .db = db};
    *kept = c;
    return OK;
}

static enum status take_over(void *kept, struct err *e)
{
    struct caretaker *c = kept;

    return city_refresh(c->city, c->db, e);
}

static void close_caretaker(void *kept)
{
    struct caretaker *c = kept;

    arena_close(c->arena);
}

const struct errand setting_errand = {
    .name = "settings", .every_ms = 1000, .open = open_caretaker, .run = take_over, .close = close_caretaker};

/* The network's office. */
#include "network/network_office.h"

#include "base/arena.h"
#include "network/network_letter.h"
#include "store/city.h"
#include "web/address.h"

#include <time.h>

enum { HOUR_MS = 3600 * 1000 };

struct caretaker {
    struct arena *arena;
    const struct city *city;
    struct db *db;
};

struct network_office network_office_of(const struct city *city, int64_t now_at, struct arena *a)
{
    const struct config *c = &city_settings(city)->config;

    return (struct network_office){.city = city_settings(city)->name,
                                   .address = city_site(city, a),
                                   .email = address_is_valid(c->email) ? c->email : S(""),
                                   .now_at = now_at};
}

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

static enum status take_care(void *kept, struct err *e)
{
    const struct caretaker *c = kept;
    struct arena *a = arena_open();
    const struct network_office o = network_office_of(c->city, (int64_t)time(NULL), a);
    size_t n = 0;

    enum status s = network_remind(c->db, &o, "lykta serve", &n, e);
    arena_close(a);
    return s;
}

static void close_caretaker(void *kept)
{
    struct caretaker *c = kept;

    arena_close(c->arena);
}

const struct errand network_errand = {.name = "network",
                                      .every_ms = HOUR_MS,
                                      .open = open_caretaker,
                                      .run = take_care,
                                      .close = close_caretaker};

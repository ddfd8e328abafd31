/* What the action plan does by itself. */
#include "plan/plan_errand.h"

#include "base/arena.h"
#include "plan/plan_remind.h"
#include "store/city.h"
#include "web/address.h"

#include <time.h>

struct caretaker {
    struct arena *arena;
    const struct city *city;
    struct db *db;
};

static enum status open_caretaker(const struct city *city, struct db *db, const atomic_bool *stop,
                                  void **kept, struct err *e)
{
    struct arena *a = arena_open();
    struct caretaker *t = arena_new(a, 1, struct caretaker);

    (void)stop; /* a round is a few letters */
    (void)e;
    *t = (struct caretaker){.arena = a, .city = city, .db = db};
    *kept = t;
    return OK;
}

/* Letters lead to the address of lykta.conf, or, while that is empty, to where the server listens. */
static struct plan_office office_of(const struct city *city, struct arena *a)
{
    const struct settings *s = city_settings(city);

    return (struct plan_office){.city = s->name,
                                .municipality = city->municipality,
                                .address = city_site(city, a),
                                .contact = s->config.contact,
                                .email = address_is_valid(s->config.email) ? s->config.email : S("")};
}

static enum status take_care(void *kept, struct err *e)
{
    struct caretaker *t = kept;
    const struct who who = {.name = "lykta serve", .now_at = (int64_t)time(NULL)};
    struct arena *a = arena_open();
    const struct plan_office office = office_of(t->city, a);
    size_t n = 0;

    enum status s = plan_remind(t->db, &office, &who, &n, e);
    if (s == OK)
        s = plan_tell(t->db, &office, &who, &n, e);
    arena_close(a);
    return s;
}

static void close_caretaker(void *kept)
{
    struct caretaker *t = kept;

    arena_close(t->arena);
}

const struct errand plan_errand = {
    .name = "plan", .every_ms = 60000, .open = open_caretaker, .run = take_care, .close = close_caretaker};

/* What the action plan does by itself. */
#include "plan/plan_errand.h"

#include "base/arena.h"
#include "plan/plan_remind.h"
#include "store/city.h"
#include "web/address.h"

#include <time.h>

struct caretaker {
    struct arena *arena;
    struct db *db;
    struct plan_office office;
};

/* Letters lead to the address of lykta.conf, or, while that is empty, to where the server listens. */
static enum status open_caretaker(const struct city *city, struct db *db, const atomic_bool *stop,
                                  void **kept, struct err *e)
{
    const struct config *c = &city->config;
    struct arena *a = arena_open();
    struct caretaker *t = arena_new(a, 1, struct caretaker);

    (void)stop; /* a round is a few letters */
    (void)e;
    *t = (struct caretaker){.arena = a,
                            .db = db,
                            .office = {.city = city->name,
                                       .municipality = city->municipality,
                                       .address = city_site(city, a),
                                       .contact = c->contact,
                                       .email = address_is_valid(c->email) ? c->email : S("")}};
    *kept = t;
    return OK;
}

static enum status take_care(void *kept, struct err *e)
{
    struct caretaker *t = kept;
    const struct who who = {.name = "lykta serve", .now_at = (int64_t)time(NULL)};
    size_t n = 0;

    TRY(plan_remind(t->db, &t->office, &who, &n, e));
    return plan_tell(t->db, &t->office, &who, &n, e);
}

static void close_caretaker(void *kept)
{
    struct caretaker *t = kept;

    arena_close(t->arena);
}

const struct errand plan_errand = {
    .name = "plan", .every_ms = 60000, .open = open_caretaker, .run = take_care, .close = close_caretaker};

/* The office of a city. */
#include "seminar/seminar_office.h"

#include "base/arena.h"
#include "seminar/invitation.h"
#include "seminar/signup.h"
#include "store/city.h"
#include "web/address.h"

#include <time.h>

struct caretaker {
    struct arena *arena;
    struct key key;
    struct seminar_office office;
};

enum status seminar_office_of(const struct city *city, struct db *db, struct key *key, struct arena *a,
                              struct seminar_office *o, struct err *e)
{
    TRY(key_read(city->path, KEY_LINK, key, e));
    *o = (struct seminar_office){.db = db, .link_key = key->bytes};
    seminar_office_settle(o, city, a);
    return OK;
}

void seminar_office_settle(struct seminar_office *o, const struct city *city, struct arena *a)
{
    const struct settings *s = city_settings(city);
    struct str organiser = address_is_valid(s->config.email) ? s->config.email : s->config.mail_sender;

    o->city = s->name;
    o->address = city_site(city, a);
    o->organiser = address_is_valid(organiser) ? organiser : S("");
}

static void close_caretaker(void *kept)
{
    struct caretaker *c = kept;

    key_wipe(&c->key);
    arena_close(c->arena);
}

static enum status open_caretaker(const struct city *city, struct db *db, const atomic_bool *stop,
                                  void **kept, struct err *e)
{
    struct arena *a = arena_open();
    struct caretaker *c = arena_new(a, 1, struct caretaker);

    (void)stop;
    c->arena = a;
    enum status s = seminar_office_of(city, db, &c->key, a, &c->office, e);
    if (s != OK) {
        arena_close(a);
        return s;
    }
    *kept = c;
    return OK;
}

static enum status take_care(const struct errand_round *r, struct err *e)
{
    const struct caretaker *c = r->kept;
    const struct who who = {.name = "lykta serve", .now_at = (int64_t)time(NULL)};
    struct seminar_office office = c->office;
    int64_t n = 0;

    office.db = r->db;
    seminar_office_settle(&office, r->city, r->arena);
    TRY(signup_expire(&office, &who, &n, e));
    return invitation_remind(&office, &who, &n, e);
}

const struct errand seminar_errand = {.name = "seminars",
                                      .every_ms = 30000,
                                      .run = take_care,
                                      .open = open_caretaker,
                                      .close = close_caretaker};

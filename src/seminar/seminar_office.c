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
    const struct config *c = &city->config;
    struct str organiser = address_is_valid(c->email) ? c->email : c->mail_sender;

    TRY(key_read(city->path, KEY_LINK, key, e));
    *o = (struct seminar_office){.db = db,
                                 .city = city->name,
                                 .address = city_site(city, a),
                                 .organiser = address_is_valid(organiser) ? organiser : S(""),
                                 .link_key = key->bytes};
    return OK;
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

static enum status take_care(void *kept, struct err *e)
{
    struct caretaker *c = kept;
    const struct who who = {.name = "lykta serve", .now_at = (int64_t)time(NULL)};
    int64_t n = 0;

    TRY(signup_expire(&c->office, &who, &n, e));
    return invitation_remind(&c->office, &who, &n, e);
}

const struct errand seminar_errand = {.name = "seminars",
                                      .every_ms = 30000,
                                      .open = open_caretaker,
                                      .run = take_care,
                                      .close = close_caretaker};

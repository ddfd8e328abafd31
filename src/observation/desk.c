/* What the room's pages hold while the city is served. */
#include "observation/desk.h"

#include "base/arena.h"
#include "keyring/keyring.h"
#include "keyring/unlock.h"
#include "observation/flood.h"
#include "observation/observation_pages.h"
#include "portal/portal.h"
#include "store/city.h"
#include "web/request.h"

struct desk {
    struct arena *arena;
    struct flood *flood;
    struct unlocks *unlocks;
};

struct kept {
    struct arena *arena;
    const struct city *city;
    struct db *db;
    struct keyring *keyring; /* NULL until it is first asked for */
};

struct desk *desk_open(const struct vault_process *vault)
{
    struct arena *a = arena_open();
    struct desk *desk = arena_new(a, 1, struct desk);

    *desk = (struct desk){.arena = a, .flood = flood_open(), .unlocks = unlocks_open(vault)};
    return desk;
}

void desk_close(struct desk *desk)
{
    if (!desk)
        return;
    flood_close(desk->flood);
    unlocks_close(desk->unlocks);
    arena_close(desk->arena);
}

struct flood *desk_flood(const struct request *r)
{
    return portal_of(r)->desk->flood;
}

struct unlocks *desk_unlocks(const struct request *r)
{
    return portal_of(r)->desk->unlocks;
}

enum status desk_keep_open(struct portal_worker *w, void **kept, struct err *e)
{
    struct arena *a = arena_open();
    struct kept *k = arena_new(a, 1, struct kept);

    (void)e;
    *k = (struct kept){.arena = a, .city = w->portal->city, .db = w->write};
    *kept = k;
    return OK;
}

void desk_keep_close(void *kept)
{
    struct kept *k = kept;

    if (!k)
        return;
    keyring_close(k->keyring);
    arena_close(k->arena);
}

enum status desk_keyring(const struct request *r, struct keyring **out, struct err *e)
{
    struct kept *k = portal_kept(r, &observation_room);

    if (!k->keyring && keyring_exists(k->city))
        TRY(keyring_open(k->city, k->db, &k->keyring, e));
    *out = k->keyring;
    return OK;
}

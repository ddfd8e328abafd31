/* Who serves a city, and which process does what it does by itself. In a folder alone processes see each
 * other's locks, which end with them; where the database is in a server, they see its claim (claim.h). */
#include "store/city.h"

#include "base/arena.h"
#include "store/claim.h"
#include "store/db_turn.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/file.h>
#include <time.h>
#include <unistd.h>

/* A file of its own: closing a descriptor of lykta.db would give up SQLite's locks on it. */
static enum status open_lock(const struct city *city, const char *name, int *fd, struct err *e)
{
    *fd = open(city_file(city, name, city->arena), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
    return *fd >= 0 ? OK : err_set(e, SYSTEM, "%s: cannot be locked: %s", city->path, strerror(errno));
}

/* Asking again is harmless: the lock is the descriptor's. */
static bool has_lock(const struct city *city)
{
    return flock(city->lock, LOCK_EX | LOCK_NB) == 0;
}

enum status city_lock(struct city *city, struct err *e)
{
    TRY(open_lock(city, "lykta.lock", &city->lock, e));
    if (has_lock(city))
        return OK;
    const int why = errno;
    close(city->lock);
    city->lock = -1;
    if (why == EWOULDBLOCK)
        return err_set(e, SYSTEM, "%s: already served by another process; stop that one first", city->path);
    return err_set(e, SYSTEM, "%s: cannot be locked: %s", city->path, strerror(why));
}

/* Bytes of the lock's file, which has none: only their locks count. */
static enum status share_turns(struct city *city, struct err *e)
{
    TRY(open_lock(city, "lykta.lock", &city->turns, e));
    db_turn_share(city->turn, city->turns, 0);
    db_turn_share(city->key_turn, city->turns, 1);
    return OK;
}

enum status city_share(struct city *city, struct err *e)
{
    TRY(city_is_in_server(city) ? open_lock(city, "lykta.lock", &city->lock, e) : city_lock(city, e));
    return share_turns(city, e);
}

/* It goes on while the machine sleeps, as the claim does. */
static int64_t now_ms(void)
{
    struct timespec now;

    clock_gettime(CLOCK_BOOTTIME, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

enum status city_work(struct city *city, const char *holder, struct err *e)
{
    TRY(share_turns(city, e));
    if (!city_is_in_server(city))
        return open_lock(city, "lykta.work", &city->lock, e);
    city->holder = holder;
    return city_claim(city, city->db, e);
}

/* The time begins before the database is asked: it is over here before it is over there. */
enum status city_claim(const struct city *city, struct db *db, struct err *e)
{
    const int64_t asked_ms = now_ms();
    bool is_ours = false;

    if (!city->holder)
        return OK;
    TRY(claim_take(db, city->holder, &is_ours, e));
    atomic_store(city->claimed_until_ms, is_ours ? asked_ms + CLAIM_SECONDS * 1000 : 0);
    return OK;
}

bool city_is_first(const struct city *city)
{
    return city->holder ? now_ms() < atomic_load(city->claimed_until_ms) : has_lock(city);
}

void city_fence(const struct city *city, struct db *db, enum city_fence fence)
{
    db_fence(db, fence == CITY_FIRST ? city->holder : NULL);
}

/* A claim that cannot be given back is over by itself. */
void city_unlock(struct city *city)
{
    struct err ignored;

    if (city->holder && claim_give_back(city->db, city->holder, &ignored) != OK)
        city->holder = NULL;
    if (city->lock >= 0)
        close(city->lock);
    if (city->turns >= 0)
        close(city->turns);
    city->lock = city->turns = -1;
}

/* Floods: a bucket of tokens. */
#include "observation/flood.h"

#include "base/arena.h"

#include <pthread.h>

struct flood {
    struct arena *arena;
    pthread_mutex_t lock;
    int64_t tokens;
    int64_t filled_at; /* 0: not used yet */
};

struct flood *flood_open(void)
{
    struct arena *a = arena_open();
    struct flood *f = arena_new(a, 1, struct flood);

    *f = (struct flood){.arena = a, .tokens = FLOOD_OPEN};
    pthread_mutex_init(&f->lock, NULL);
    return f;
}

void flood_close(struct flood *f)
{
    if (!f)
        return;
    pthread_mutex_destroy(&f->lock);
    arena_close(f->arena);
}

/* Takes a token if there is one, after those that time has given back. */
static bool take(struct flood *f, int64_t now_at)
{
    pthread_mutex_lock(&f->lock);
    if (f->filled_at == 0 || now_at < f->filled_at)
        f->filled_at = now_at;
    int64_t given = (now_at - f->filled_at) / FLOOD_REFILL_SECONDS;

    f->tokens = f->tokens + given < FLOOD_OPEN ? f->tokens + given : FLOOD_OPEN;
    f->filled_at += given * FLOOD_REFILL_SECONDS;
    bool is_there = f->tokens > 0;
    f->tokens -= is_there;
    pthread_mutex_unlock(&f->lock);
    return is_there;
}

enum lane flood_lane(struct flood *f, enum channel channel, struct str honeypot, int64_t began_at,
                     int64_t now_at)
{
    if (channel != CHANNEL_ANYONE)
        return LANE_OPEN;
    if (honeypot.n > 0 || now_at - began_at < FLOOD_LEAST_SECONDS)
        return LANE_PARKED;
    return take(f, now_at) ? LANE_OPEN : LANE_PARKED;
}

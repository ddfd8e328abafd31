/* Workers: what a request needs while it is handled. */
#include "web/worker.h"

#include "base/arena.h"
#include "web/site.h"

#include <pthread.h>

/* A page that took more than this, with what it outgrew on the way, does not keep its room: each worker would
 * keep what the largest page took. */
enum { PAGE_KEPT_BYTES = 64 * 1024 };

struct workers {
    const struct site *site;
    struct arena *arena;
    pthread_mutex_t lock;
    pthread_cond_t given_back;
    struct worker
        *free; /* the one given back last is taken first, so that few are opened while little is asked */
    size_t open;
    size_t most;
};

/* Not in `all` yet. */
static enum status open_one(const struct site *site, struct worker **out, struct err *e)
{
    struct arena *a = arena_open();
    struct worker *w = arena_new(a, 1, struct worker);

    *w = (struct worker){.own_arena = a};
    if (site->worker_open) {
        enum status s = site->worker_open(site->context, &w->context, e);

        if (s != OK) {
            arena_close(a);
            return s;
        }
    }
    w->arena = arena_open();
    w->page_arena = arena_open();
    w->page = text_open(w->page_arena);
    *out = w;
    return OK;
}

enum status workers_open(const struct site *site, size_t n, struct workers **out, struct err *e)
{
    struct arena *a = arena_open();
    struct workers *all = arena_new(a, 1, struct workers);

    *all = (struct workers){.site = site, .arena = a, .most = n};
    if (pthread_mutex_init(&all->lock, NULL) != 0 || pthread_cond_init(&all->given_back, NULL) != 0)
        give_up("a lock cannot be made");
    enum status s = open_one(site, &all->free, e);
    if (s != OK) {
        workers_close(all);
        return s;
    }
    all->open = 1;
    *out = all;
    return OK;
}

void workers_close(struct workers *all)
{
    if (!all)
        return;
    while (all->free) {
        struct worker *w = all->free;

        all->free = w->next;
        if (all->site->worker_close)
            all->site->worker_close(w->context);
        arena_close(w->arena);
        arena_close(w->page_arena);
        arena_close(w->own_arena);
    }
    pthread_cond_destroy(&all->given_back);
    pthread_mutex_destroy(&all->lock);
    arena_close(all->arena);
}

/* One more, with the lock held before and after. NULL when it cannot be had: the database may be gone, or
 * take no more connections, and those that are open are waited for. */
static struct worker *open_another(struct workers *all)
{
    struct worker *w = NULL;
    struct err ignored;

    all->open++;
    pthread_mutex_unlock(&all->lock);
    enum status s = open_one(all->site, &w, &ignored);
    pthread_mutex_lock(&all->lock);
    if (s == OK)
        return w;
    all->open--;
    return NULL;
}

struct worker *worker_take(struct workers *all)
{
    struct worker *w = NULL;

    pthread_mutex_lock(&all->lock);
    if (!all->free && all->open < all->most)
        w = open_another(all);
    while (!w && !all->free)
        pthread_cond_wait(&all->given_back, &all->lock);
    if (!w) {
        w = all->free;
        all->free = w->next;
    }
    pthread_mutex_unlock(&all->lock);
    return w;
}

void worker_give(struct workers *all, struct worker *w)
{
    arena_wipe(w->arena);
    arena_wipe(w->page_arena);
    arena_reset(w->arena);
    if (arena_bytes(w->page_arena) > PAGE_KEPT_BYTES) {
        arena_reset(w->page_arena);
        w->page = text_open(w->page_arena);
    }
    pthread_mutex_lock(&all->lock);
    w->next = all->free;
    all->free = w;
    pthread_mutex_unlock(&all->lock);
    pthread_cond_signal(&all->given_back);
}

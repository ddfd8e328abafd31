/* Workers: what a request needs while it is handled. */
#include "web/worker.h"

#include "base/arena.h"
#include "web/site.h"

#include <pthread.h>

/* A page that grew beyond this does not keep its room. */
enum { PAGE_KEPT_BYTES = 256 * 1024 };

struct workers {
    const struct site *site;
    struct arena *arena;
    pthread_mutex_t lock;
    pthread_cond_t given_back;
    struct worker *free;
};

static enum status open_one(struct workers *all, struct err *e)
{
    struct worker *w = arena_new(all->arena, 1, struct worker);

    if (all->site->worker_open)
        TRY(all->site->worker_open(all->site->context, &w->context, e));
    w->arena = arena_open();
    w->page_arena = arena_open();
    w->page = text_open(w->page_arena);
    w->next = all->free;
    all->free = w;
    return OK;
}

enum status workers_open(const struct site *site, size_t n, struct workers **out, struct err *e)
{
    struct arena *a = arena_open();
    struct workers *all = arena_new(a, 1, struct workers);

    all->site = site;
    all->arena = a;
    if (pthread_mutex_init(&all->lock, NULL) != 0 || pthread_cond_init(&all->given_back, NULL) != 0)
        give_up("a lock cannot be made");
    for (size_t i = 0; i < n; i++) {
        enum status s = open_one(all, e);
        if (s != OK) {
            workers_close(all);
            return s;
        }
    }
    *out = all;
    return OK;
}

void workers_close(struct workers *all)
{
    if (!all)
        return;
    for (struct worker *w = all->free; w; w = w->next) {
        if (all->site->worker_close)
            all->site->worker_close(w->context);
        arena_close(w->arena);
        arena_close(w->page_arena);
    }
    pthread_cond_destroy(&all->given_back);
    pthread_mutex_destroy(&all->lock);
    arena_close(all->arena);
}

struct worker *worker_take(struct workers *all)
{
    pthread_mutex_lock(&all->lock);
    while (!all->free)
        pthread_cond_wait(&all->given_back, &all->lock);
    struct worker *w = all->free;
    all->free = w->next;
    pthread_mutex_unlock(&all->lock);
    return w;
}

void worker_give(struct workers *all, struct worker *w)
{
    arena_wipe(w->arena);
    arena_wipe(w->page_arena);
    arena_reset(w->arena);
    if (w->page.room > PAGE_KEPT_BYTES) {
        arena_reset(w->page_arena);
        w->page = text_open(w->page_arena);
    }
    pthread_mutex_lock(&all->lock);
    w->next = all->free;
    all->free = w;
    pthread_mutex_unlock(&all->lock);
    pthread_cond_signal(&all->given_back);
}

/* What a served city does by itself. */
#include "store/errand.h"

#include "base/arena.h"
#include "log/log.h"
#include "store/city.h"
#include "store/db.h"
#include "store/errand_board.h"

#include <malloc.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

enum {
    /* Who rests so long holds no connection meanwhile: each has read all the tables' definitions, which takes
     * more than most rounds do. */
    LONG_REST_MS = 30000,
    /* How long one waits for the connection of another's round, which is short as a rule, before it opens its
     * own. */
    PATIENCE_MS = 100
};

struct worker {
    struct errands *all;
    const struct errand *errand;
    struct errand_round round;
    pthread_t thread;
    bool is_running;
    bool is_open;
    bool is_failing; /* as the board has it */
    char told[400];  /* the failure that was logged last */
};

struct errands {
    struct arena *arena;
    struct errand_told to;
    pthread_mutex_t lock;
    pthread_cond_t stopping;
    pthread_cond_t returned; /* a connection, or it is time to stop */
    atomic_bool stop;
    struct db *spare; /* for the next round of one that rests long; NULL: it is in use, or not opened yet */
    size_t lent;      /* connections in use by those */
    size_t n;
    struct worker *worker;
};

static enum status start(struct worker *w, const struct city *city, struct err *e);

enum status errands_open(const struct city *city, const struct errand *table, size_t n,
                         const struct errand_told *to, struct errands **out, struct err *e)
{
    struct arena *a = arena_open();
    struct errands *all = arena_new(a, 1, struct errands);
    enum status s = OK;

    *all = (struct errands){.arena = a,
                            .to = to ? *to : (struct errand_told){0},
                            .lock = PTHREAD_MUTEX_INITIALIZER,
                            .stopping = PTHREAD_COND_INITIALIZER,
                            .returned = PTHREAD_COND_INITIALIZER,
                            .worker = arena_new(a, n, struct worker)};
    errand_board_clear(all->to.board);
    for (size_t i = 0; i < n && s == OK; i++) {
        all->worker[i] = (struct worker){.all = all, .errand = &table[i]};
        all->n = i + 1;
        s = start(&all->worker[i], city, e);
    }
    if (s != OK) {
        errands_close(all);
        return s;
    }
    *out = all;
    return OK;
}

static void close_own(struct worker *w)
{
    if (w->is_open && w->errand->close)
        w->errand->close(w->round.kept);
    w->is_open = false;
}

static void end(struct worker *w)
{
    close_own(w);
    db_close(w->round.db);
    arena_close(w->round.arena);
}

void errands_close(struct errands *all)
{
    if (!all)
        return;
    pthread_mutex_lock(&all->lock);
    atomic_store(&all->stop, true);
    pthread_cond_broadcast(&all->stopping);
    pthread_cond_broadcast(&all->returned);
    pthread_mutex_unlock(&all->lock);
    for (size_t i = 0; i < all->n; i++) {
        if (all->worker[i].is_running)
            pthread_join(all->worker[i].thread, NULL);
        end(&all->worker[i]);
    }
    db_close(all->spare);
    pthread_cond_destroy(&all->returned);
    pthread_cond_destroy(&all->stopping);
    pthread_mutex_destroy(&all->lock);
    arena_close(all->arena);
}

/* The log gets a failure once, not every second that it lasts. */
static void tell(struct worker *w, enum status s, const struct err *e)
{
    if (s != OK && strcmp(w->told, e->what) != 0) {
        struct log_line l = log_begin(w->all->to.log, LOG_LEVEL_ERROR, "errand");

        log_str(&l, "errand", str_of(w->errand->name));
        log_str(&l, "what", str_of(e->what));
        log_end(&l);
    }
    snprintf(w->told, sizeof w->told, "%s", s == OK ? "" : e->what);
}

/* Whoever shares the board sees that the errand has been done, and whether it failed. */
static void post(struct worker *w, enum status s)
{
    const bool is_failing = s != OK;

    errand_board_post(w->all->to.board, (int64_t)time(NULL), (int)is_failing - (int)w->is_failing);
    w->is_failing = is_failing;
}

static struct timespec after_ms(int64_t ms)
{
    struct timespec at;

    clock_gettime(CLOCK_MONOTONIC, &at);
    at.tv_sec += ms / 1000;
    at.tv_nsec += ms % 1000 * 1000000;
    if (at.tv_nsec >= 1000000000) {
        at.tv_sec++;
        at.tv_nsec -= 1000000000;
    }
    return at;
}

/* False when it is `until` by the clock that nobody sets. */
static bool wait_until(pthread_cond_t *what, pthread_mutex_t *lock, const struct timespec *until)
{
    return pthread_cond_clockwait(what, lock, CLOCK_MONOTONIC, until) == 0;
}

/* Until it is time again, or to stop. */
static void rest(struct errands *all, int64_t ms)
{
    const struct timespec until = after_ms(ms);

    pthread_mutex_lock(&all->lock);
    while (!atomic_load(&all->stop) && wait_until(&all->stopping, &all->lock, &until))
        continue;
    pthread_mutex_unlock(&all->lock);
}

/* Does nothing when it is open; when it has become another process's it is closed. */
static enum status open_own(struct worker *w, struct err *e)
{
    struct errand_round *r = &w->round;
    const bool is_ours = w->errand->in_each_process || city_is_first(r->city);

    if (!is_ours)
        close_own(w);
    if (w->is_open || !is_ours)
        return OK;
    if (w->errand->open)
        TRY(w->errand->open(r->city, r->db, &w->all->stop, &r->kept, e));
    w->is_open = true;
    return OK;
}

static bool is_lent_one(const struct worker *w)
{
    return w->errand->every_ms >= LONG_REST_MS;
}

/* The connection that others have used before, if it comes back soon. */
static struct db *take_spare(struct errands *all)
{
    const struct timespec until = after_ms(PATIENCE_MS);

    pthread_mutex_lock(&all->lock);
    while (!all->spare && all->lent > 0 && !atomic_load(&all->stop) &&
           wait_until(&all->returned, &all->lock, &until))
        continue;
    struct db *db = all->spare;
    all->spare = NULL;
    all->lent++;
    pthread_mutex_unlock(&all->lock);
    return db;
}

static void put_spare(struct errands *all, struct db *db)
{
    pthread_mutex_lock(&all->lock);
    struct db *more = all->spare ? db : NULL;
    if (!more && db)
        all->spare = db;
    all->lent--;
    pthread_cond_signal(&all->returned);
    pthread_mutex_unlock(&all->lock);
    db_close(more);
}

static void give_back(struct worker *w)
{
    if (!is_lent_one(w) || !w->round.db)
        return;
    put_spare(w->all, w->round.db);
    w->round.db = NULL;
    malloc_trim(0);
}

static enum status connect(struct worker *w, struct err *e)
{
    struct errand_round *r = &w->round;
    enum status s = OK;

    if (r->db)
        return OK;
    if (is_lent_one(w))
        r->db = take_spare(w->all);
    if (!r->db)
        s = city_connect(r->city, DB_WRITE, &r->db, e);
    if (s == OK)
        city_fence(r->city, r->db, w->errand->in_each_process ? CITY_ANYBODY : CITY_FIRST);
    else if (is_lent_one(w))
        put_spare(w->all, NULL);
    return s;
}

static enum status do_round(struct worker *w, struct err *e)
{
    TRY(connect(w, e));
    TRY(open_own(w, e));
    return w->is_open ? w->errand->run(&w->round, e) : OK;
}

static void *work(void *context)
{
    struct worker *w = context;
    struct err e = {0};

    while (!atomic_load(&w->all->stop)) {
        const enum status s = do_round(w, &e);

        tell(w, s, &e);
        post(w, s);
        arena_reset(w->round.arena);
        give_back(w);
        rest(w->all, w->errand->every_ms);
    }
    return NULL;
}

static enum status start(struct worker *w, const struct city *city, struct err *e)
{
    struct errand_round *r = &w->round;

    *r = (struct errand_round){.city = city, .arena = arena_open()};
    TRY(connect(w, e));
    const enum status s = open_own(w, e);
    give_back(w);
    TRY(s);
    if (pthread_create(&w->thread, NULL, work, w) != 0)
        return err_set(e, SYSTEM, "%s: a thread cannot be started", w->errand->name);
    w->is_running = true;
    return OK;
}

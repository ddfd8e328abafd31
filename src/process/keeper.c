/* The process that keeps the worker. */
#include "process/keeper.h"

#include "base/arena.h"
#include "base/message.h"
#include "log/log.h"
#include "walls/walls.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdatomic.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/pidfd.h>
#include <sys/wait.h>
#include <unistd.h>

enum { LAST_MS = 30000, PAUSE_MS = 1000 };

/* What both sides see: in memory that they share. */
struct shared {
    atomic_bool is_up;
    atomic_llong starts;
};

struct keeper {
    struct arena *arena;
    struct shared *shared;
    pid_t process;
    int watch; /* readable when it has ended */
    int socket;
};

/* In the process itself. */
struct work {
    struct process worker;
    struct shared *shared;
    struct log log;
    pid_t child;
    int watch;  /* readable when the worker has ended */
    int socket; /* to the worker; closed, it is to end */
};

/* What is sent when the worker is to be made, and what comes back: as struct err, with its sentence. */
struct begin {
    enum log_form form;
};

/* The other side's word, held to what such a word may be. */
static enum status hear(int socket, struct err *e)
{
    struct err said;

    if (message_receive(socket, &said, sizeof said, NULL, 0) != MESSAGE_THERE)
        return err_set(e, SYSTEM, "the worker has ended before it was ready");
    said.what[sizeof said.what - 1] = '\0';
    return said.status == OK ? OK : err_set(e, said.status <= SYSTEM ? said.status : SYSTEM, "%s", said.what);
}

static enum status start_worker(struct work *w, struct err *e)
{
    int ends[2];

    TRY(process_pair(ends, e));
    enum status s = process_start(&w->worker, ends[1], &w->child, e);
    close(ends[1]);
    w->socket = ends[0];
    w->watch = s == OK ? pidfd_open(w->child, 0) : -1;
    atomic_fetch_add(&w->shared->starts, 1);
    return s == OK && w->watch < 0 ? err_set(e, SYSTEM, "a process cannot be watched: %s", strerror(errno))
                                   : s;
}

/* Its end: a wait status. */
static int end_worker(struct work *w)
{
    int outcome = 0;

    close(w->socket); /* which tells it to end */
    if (w->child > 0)
        outcome = process_end(w->child, LAST_MS);
    if (w->watch >= 0)
        close(w->watch);
    atomic_store(&w->shared->is_up, false);
    w->child = 0;
    w->watch = w->socket = -1;
    return outcome;
}

static void tell(const struct work *w, const char *what, int outcome)
{
    struct log_line l = log_begin(&w->log, LOG_LEVEL_ERROR, "worker");

    log_str(&l, "what", str_of(what));
    if (WIFSIGNALED(outcome))
        log_int(&l, "signal", WTERMSIG(outcome));
    else if (outcome != 0)
        log_int(&l, "status", WEXITSTATUS(outcome));
    log_end(&l);
}

static enum status make(struct work *w, struct err *e)
{
    TRY(start_worker(w, e));
    TRY(hear(w->socket, e));
    atomic_store(&w->shared->is_up, true);
    return OK;
}

/* Waits until the worker ends by itself, which it should not; false when the city is no longer served. */
static bool has_ended(const struct work *w)
{
    struct pollfd ready[] = {{PROCESS_SOCKET, POLLIN, 0}, {w->watch, POLLIN, 0}};

    while (poll(ready, w->watch >= 0 ? 2 : 1, w->watch >= 0 ? -1 : PAUSE_MS) < 0 && errno == EINTR)
        continue;
    return ready[0].revents == 0;
}

/* Makes it anew until the city is no longer served. A worker that cannot begin is tried again after a pause.
 */
static void keep(struct work *w)
{
    struct err e = {0};

    while (has_ended(w)) {
        int outcome = end_worker(w);

        tell(w, "has ended and is started again", outcome);
        if (poll(&(struct pollfd){PROCESS_SOCKET, POLLIN, 0}, 1, PAUSE_MS) != 0)
            return;
        if (make(w, &e) != OK)
            tell(w, e.what, 0);
    }
}

static int run(void *context)
{
    struct work *w = context;
    struct begin begin;
    struct err e = {0};

    if (walls_calls(WALLS_OF_KEEPER, &e) != OK ||
        message_receive(PROCESS_SOCKET, &begin, sizeof begin, NULL, 0) != MESSAGE_THERE)
        return (int)SYSTEM;
    w->log.form = begin.form;
    e.status = make(w, &e);
    bool is_told = message_send(PROCESS_SOCKET, &e, sizeof e, NULL, 0);
    if (is_told && e.status == OK)
        keep(w);
    end_worker(w);
    return (int)OK;
}

static enum status start(struct keeper *k, struct work *w, struct err *e)
{
    const struct process process = {.name = "lykta-keeper", .run = run, .context = w};
    int ends[2];

    k->shared = mmap(NULL, sizeof *k->shared, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (k->shared == MAP_FAILED) {
        k->shared = NULL;
        return err_set(e, SYSTEM, "no memory to share: %s", strerror(errno));
    }
    w->shared = k->shared;
    TRY(process_pair(ends, e));
    enum status s = process_start(&process, ends[1], &k->process, e);
    close(ends[1]);
    k->socket = ends[0];
    if (s == OK && (k->watch = pidfd_open(k->process, 0)) < 0)
        s = err_set(e, SYSTEM, "a process cannot be watched: %s", strerror(errno));
    return s;
}

enum status keeper_open(const struct process *worker, struct keeper **out, struct err *e)
{
    struct arena *a = arena_open();
    struct keeper *k = arena_new(a, 1, struct keeper);
    struct work *w = arena_new(a, 1, struct work);

    *k = (struct keeper){.arena = a, .watch = -1, .socket = -1};
    *w = (struct work){.worker = *worker, .watch = -1, .socket = -1};
    enum status s = start(k, w, e);
    if (s == OK)
        *out = k;
    else
        keeper_close(k);
    return s;
}

enum status keeper_begin(struct keeper *k, const struct log *log, struct err *e)
{
    const struct begin begin = {.form = log ? log->form : LOG_WORDS};

    if (!message_send(k->socket, &begin, sizeof begin, NULL, 0))
        return err_set(e, SYSTEM, "the process that keeps the worker has ended");
    return hear(k->socket, e);
}

struct keeper_state keeper_state(const struct keeper *k)
{
    return (struct keeper_state){.is_up = atomic_load(&k->shared->is_up),
                                 .starts = atomic_load(&k->shared->starts)};
}

bool keeper_is_there(const struct keeper *k)
{
    struct pollfd ended = {k->watch, POLLIN, 0};

    return poll(&ended, 1, 0) == 0;
}

void keeper_close(struct keeper *k)
{
    if (!k)
        return;
    if (k->socket >= 0)
        close(k->socket); /* which it ends by */
    if (k->process > 0)
        process_end(k->process, LAST_MS + PAUSE_MS);
    if (k->watch >= 0)
        close(k->watch);
    if (k->shared)
        munmap(k->shared, sizeof *k->shared);
    arena_close(k->arena);
}

void keeper_ready(enum status s, const struct err *e)
{
    struct err said = {.status = s};

    if (s != OK)
        said = *e;
    /* Who is told may be gone: then keeper_is_over tells it. */
    (void)message_send(PROCESS_SOCKET, &said, sizeof said, NULL, 0);
}

void keeper_is_over(void)
{
    char byte = 0;

    while (message_receive(PROCESS_SOCKET, &byte, 1, NULL, 0) != MESSAGE_OVER)
        continue;
}

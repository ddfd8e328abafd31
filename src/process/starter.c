/* The process that starts programs. */
#include "process/starter.h"

#include "base/arena.h"
#include "base/message.h"
#include "child/child.h"
#include "process/process.h"
#include "walls/walls.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/pidfd.h>
#include <sys/wait.h>
#include <unistd.h>

enum { MOST_AT_ONCE = 8, LAST_MS = 2000 };

struct starter {
    struct arena *arena;
    pid_t process;
    int watch; /* readable when it has ended */
};

/* A program that runs. */
struct program {
    pid_t child;
    int watch; /* readable when it has ended */
    int end;   /* where that is told */
};

/* In the process itself. */
struct work {
    const char *path[START_PROGRAMS];
    size_t running;
    struct program program[MOST_AT_ONCE];
};

static void tell(int end, int failed, int outcome)
{
    const struct start_end told = {.failed = failed, .outcome = outcome};

    /* Who asked may be gone: then nobody is told. */
    ssize_t n = write(end, &told, sizeof told);
    (void)n;
    close(end);
}

/* False when there was none, or not as it should be. */
static bool receive(struct start_ask *ask, int descriptor[START_DESCRIPTORS], bool *is_over)
{
    enum message m = message_receive(PROCESS_SOCKET, ask, sizeof *ask, descriptor, START_DESCRIPTORS);

    *is_over = m == MESSAGE_OVER;
    if (m == MESSAGE_THERE && ask->program < START_PROGRAMS)
        return true;
    for (size_t i = 0; m == MESSAGE_THERE && i < START_DESCRIPTORS; i++)
        close(descriptor[i]);
    return false;
}

static void start(struct work *w, const struct start_ask *ask, const int descriptor[START_DESCRIPTORS])
{
    const char *const arguments[] = {w->path[ask->program], start_commands[ask->program].argument, NULL};
    struct program p = {.watch = -1, .end = descriptor[2]};
    int failed = start_here(arguments, descriptor[0], descriptor[1], &p.child);

    close(descriptor[0]);
    close(descriptor[1]);
    if (failed == 0 && (p.watch = pidfd_open(p.child, 0)) < 0)
        failed = errno;
    if (failed == 0)
        w->program[w->running++] = p;
    else
        tell(p.end, failed, 0);
}

static void end(struct work *w, size_t i)
{
    struct program *p = &w->program[i];
    int outcome = 0;

    while (waitpid(p->child, &outcome, 0) < 0 && errno == EINTR)
        continue;
    tell(p->end, 0, outcome);
    close(p->watch);
    *p = w->program[--w->running];
}

/* Waits until something happens, and acts on it; false when the pages' process is gone. */
static bool go_round(struct work *w)
{
    struct pollfd ready[1 + 2 * MOST_AT_ONCE] = {{PROCESS_SOCKET, w->running < MOST_AT_ONCE ? POLLIN : 0, 0}};
    int descriptor[START_DESCRIPTORS];
    struct start_ask ask;
    bool is_over = false;

    for (size_t i = 0; i < w->running; i++) {
        ready[1 + 2 * i] = (struct pollfd){w->program[i].watch, POLLIN, 0};
        ready[2 + 2 * i] = (struct pollfd){w->program[i].end, 0, 0}; /* nobody waits for it any longer */
    }
    if (poll(ready, (nfds_t)(1 + 2 * w->running), -1) < 0)
        return errno == EINTR;
    for (size_t i = w->running; i-- > 0;) {
        if (ready[2 + 2 * i].revents)
            pidfd_send_signal(w->program[i].watch, SIGKILL, NULL, 0);
        if (ready[1 + 2 * i].revents || ready[2 + 2 * i].revents)
            end(w, i);
    }
    if (ready[0].revents && receive(&ask, descriptor, &is_over))
        start(w, &ask, descriptor);
    return !is_over;
}

static enum status raise_walls(struct arena *a, struct err *e)
{
    const struct walls_place places[] = {
        {"/usr", WALLS_RUN},   {"/bin", WALLS_RUN},
        {"/sbin", WALLS_RUN},  {"/lib", WALLS_RUN},
        {"/lib64", WALLS_RUN}, {child_folder(a), WALLS_RUN},
        {"/etc", WALLS_READ},  {"/var/cache/fontconfig", WALLS_READ},
        {"/dev", WALLS_WRITE}, {"/tmp", WALLS_WRITE},
    };

    TRY(walls_files(places, sizeof places / sizeof *places, e));
    return walls_calls(WALLS_OF_STARTER, e);
}

static int run(void *context)
{
    struct work *w = context;
    struct arena *a = arena_open();
    struct err e = {0};
    enum status s = raise_walls(a, &e);

    while (s == OK && go_round(w))
        continue;
    for (size_t i = w->running; i-- > 0;) {
        pidfd_send_signal(w->program[i].watch, SIGKILL, NULL, 0);
        end(w, i);
    }
    arena_close(a);
    return (int)s;
}

/* The programs of this one; what is not there fails when it is asked for, with what to do. */
static void find_programs(const char *const *programs, struct arena *a, struct work *w)
{
    struct err ignored;

    for (size_t i = 0; i < START_PROGRAMS; i++) {
        w->path[i] = programs ? programs[i] : start_commands[i].name;
        if (!programs && child_find(start_commands[i].name, LYKTA_MODULES, a, &w->path[i], &ignored) != OK)
            w->path[i] = "/nonexistent";
    }
}

/* Our end of the socket gets its number. */
static enum status make(struct starter *s, struct work *w, struct err *e)
{
    const struct process process = {.name = "lykta-starter", .run = run, .context = w};
    int ends[2];

    TRY(process_pair(ends, e));
    enum status status = process_start(&process, ends[1], &s->process, e);
    if (status == OK && dup3(ends[0], START_SOCKET, O_CLOEXEC) < 0)
        status = err_set(e, SYSTEM, "no descriptor is left: %s", strerror(errno));
    close(ends[0]);
    close(ends[1]);
    if (status == OK && (s->watch = pidfd_open(s->process, 0)) < 0)
        status = err_set(e, SYSTEM, "a process cannot be watched: %s", strerror(errno));
    return status;
}

enum status starter_open(const char *const *programs, struct starter **out, struct err *e)
{
    struct arena *a = arena_open();
    struct starter *s = arena_new(a, 1, struct starter);
    struct work *w = arena_new(a, 1, struct work);

    *s = (struct starter){.arena = a, .watch = -1};
    find_programs(programs, a, w);
    enum status status = make(s, w, e);
    if (status == OK)
        *out = s;
    else
        starter_close(s);
    return status;
}

bool starter_is_there(const struct starter *s)
{
    struct pollfd ended = {s->watch, POLLIN, 0};

    return poll(&ended, 1, 0) == 0;
}

void starter_close(struct starter *s)
{
    if (!s)
        return;
    close(START_SOCKET); /* which it ends by */
    if (s->process > 0)
        process_end(s->process, LAST_MS);
    if (s->watch >= 0)
        close(s->watch);
    arena_close(s->arena);
}

/* Another program. */
#include "child/child.h"

#include "base/arena.h"
#include "child/start.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { PIECE_BYTES = 64 * 1024, LOOK_MS = 200 };

/* Our ends of the child's input and output, -1 when closed; and the child, which is ours, or another
 * process's that tells us of its end. */
struct pipes {
    int to, from;
    pid_t child; /* 0: another process's */
    int end;     /* -1: ours */
};

static void close_end(int *fd)
{
    if (*fd >= 0)
        close(*fd);
    *fd = -1;
}

static enum status begin(const struct child *c, int in, int out, struct pipes *p, struct err *e)
{
    if (start_is_elsewhere())
        return start_ask(c->arguments, in, out, &p->end, e);
    int failed = start_here(c->arguments, in, out, &p->child);
    return failed == 0 ? OK
                       : err_set(e, SYSTEM, "%s: cannot be run: %s; %s", c->arguments[0], strerror(failed),
                                 c->how_to_get);
}

static enum status start(const struct child *c, struct pipes *p, struct err *e)
{
    int in[2] = {-1, -1};
    int out[2] = {-1, -1};

    if (pipe2(in, O_CLOEXEC) != 0 || pipe2(out, O_CLOEXEC) != 0) {
        close_end(&in[0]);
        close_end(&in[1]);
        return err_set(e, SYSTEM, "%s: no pipe to it: %s", c->arguments[0], strerror(errno));
    }
    enum status s = begin(c, in[0], out[1], p, e);
    close_end(&in[0]);
    close_end(&out[1]);
    p->to = in[1];
    p->from = out[0];
    fcntl(p->to, F_SETFL, O_NONBLOCK);
    fcntl(p->from, F_SETFL, O_NONBLOCK);
    if (s != OK) {
        close_end(&p->to);
        close_end(&p->from);
    }
    return s;
}

static void give(struct pipes *p, struct str *rest)
{
    ssize_t n = write(p->to, rest->p, rest->n);

    if (n > 0)
        *rest = str_part(*rest, (size_t)n, rest->n);
    else if (n < 0 && errno != EAGAIN && errno != EINTR)
        rest->n = 0; /* it reads no more; whether it is content, its exit status tells */
    if (rest->n == 0)
        close_end(&p->to);
}

static void take(struct pipes *p, struct text *out)
{
    char piece[PIECE_BYTES];
    ssize_t n = read(p->from, piece, sizeof piece);

    if (n > 0)
        text_add(out, (struct str){piece, (size_t)n});
    else if (n == 0 || (errno != EAGAIN && errno != EINTR))
        close_end(&p->from);
}

static int64_t seconds_now(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec;
}

/* Gives and takes until the child has closed its output; why not, otherwise. */
static const char *converse(const struct child *c, struct pipes *p, struct text *out)
{
    int64_t end = seconds_now() + c->most_seconds;
    struct str rest = c->input;
    size_t before = out->n;

    if (rest.n == 0)
        close_end(&p->to);
    while (p->from >= 0) {
        struct pollfd ends[] = {{p->from, POLLIN, 0}, {p->to, POLLOUT, 0}};

        if (seconds_now() >= end)
            return "takes too long";
        if (out->n - before > c->most_bytes)
            return "writes too much";
        poll(ends, p->to >= 0 ? 2 : 1, LOOK_MS);
        if (p->to >= 0 && (ends[1].revents & (POLLOUT | POLLERR | POLLHUP)))
            give(p, &rest);
        if (ends[0].revents)
            take(p, out);
    }
    return NULL;
}

/* What its end, or why it was ended, says. */
static enum status judge(const struct child *c, int outcome, const char *fault, struct err *e)
{
    enum status failed = c->is_judge ? REFUSED : SYSTEM;

    if (fault)
        return err_set(e, failed, "%s: %s, and was ended", c->arguments[0], fault);
    if (WIFSIGNALED(outcome) && c->is_judge)
        return err_set(e, REFUSED, "%s: was ended by signal %d", c->arguments[0], WTERMSIG(outcome));
    if (!WIFEXITED(outcome) || WEXITSTATUS(outcome) == 127)
        return err_set(e, SYSTEM, "%s: cannot be run; %s", c->arguments[0], c->how_to_get);
    if (WEXITSTATUS(outcome) != 0)
        return err_set(e, failed, "%s: failed with exit status %d", c->arguments[0], WEXITSTATUS(outcome));
    return OK;
}

/* Ours is waited for. Another process's has ended when that is told; closing our end asks it to end it. */
static enum status wait_for_end(const struct child *c, struct pipes *p, const char *fault, int *outcome,
                                struct err *e)
{
    struct start_end told = {0};
    ssize_t n = 0;

    if (p->child > 0) {
        if (fault)
            kill(p->child, SIGKILL);
        while (waitpid(p->child, outcome, 0) < 0 && errno == EINTR)
            continue;
        return OK;
    }
    while (!fault && (n = read(p->end, &told, sizeof told)) < 0 && errno == EINTR)
        continue;
    close_end(&p->end);
    if (!fault && n != (ssize_t)sizeof told)
        return err_set(e, SYSTEM, "%s: the process that started it has ended", c->arguments[0]);
    if (told.failed != 0)
        return err_set(e, SYSTEM, "%s: cannot be run: %s; %s", c->arguments[0], strerror(told.failed),
                       c->how_to_get);
    *outcome = told.outcome;
    return OK;
}

enum status child_run(const struct child *c, struct text *out, struct err *e)
{
    struct pipes p = {.to = -1, .from = -1, .end = -1};
    struct sigaction ignore = {.sa_handler = SIG_IGN};
    struct sigaction before;
    int outcome = 0;

    TRY(start(c, &p, e));
    sigaction(SIGPIPE, &ignore, &before);
    const char *fault = converse(c, &p, out);
    sigaction(SIGPIPE, &before, NULL);
    close_end(&p.to);
    close_end(&p.from);
    TRY(wait_for_end(c, &p, fault, &outcome, e));
    return judge(c, outcome, fault, e);
}

const char *child_folder(struct arena *a)
{
    char program[PATH_MAX];
    ssize_t n = readlink("/proc/self/exe", program, sizeof program);

    while (n > 0 && program[n - 1] != '/')
        n--;
    return n > 0 ? arena_cstr(a, program, (size_t)n) : NULL;
}

enum status child_find(const char *name, const char *installed, struct arena *a, const char **path,
                       struct err *e)
{
    const char *folder = child_folder(a);
    const char *found = folder ? arena_printf(a, "%s%s", folder, name) : NULL;

    if (!found || access(found, X_OK) != 0)
        found = arena_printf(a, "%s/%s", installed, name);
    if (access(found, X_OK) != 0)
        return err_set(e, SYSTEM, "%s is not there: install Lykta again", name);
    *path = found;
    return OK;
}

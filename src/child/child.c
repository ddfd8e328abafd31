/* Another program. */
#include "child/child.h"

#include "base/arena.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdbool.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { PIECE_BYTES = 64 * 1024, LOOK_MS = 200 };

extern char **environ;

/* Our ends of the child's input and output; -1 when closed. */
struct pipes {
    int to, from;
    pid_t child;
};

static void close_end(int *fd)
{
    if (*fd >= 0)
        close(*fd);
    *fd = -1;
}

static int spawn(const struct child *c, int in, int out, pid_t *pid)
{
    posix_spawn_file_actions_t files;
    posix_spawnattr_t how;
    sigset_t none;

    sigemptyset(&none);
    posix_spawn_file_actions_init(&files);
    posix_spawn_file_actions_adddup2(&files, in, STDIN_FILENO);
    posix_spawn_file_actions_adddup2(&files, out, STDOUT_FILENO);
    posix_spawn_file_actions_addopen(&files, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
    posix_spawnattr_init(&how);
    posix_spawnattr_setsigmask(&how, &none);
    posix_spawnattr_setflags(&how, POSIX_SPAWN_SETSIGMASK);
    /* posix_spawn takes arguments without const, and does not change them. */
    int failed =
        posix_spawnp(pid, c->arguments[0], &files, &how, (char *const *)(uintptr_t)c->arguments, environ);
    posix_spawnattr_destroy(&how);
    posix_spawn_file_actions_destroy(&files);
    return failed;
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
    int failed = spawn(c, in[0], out[1], &p->child);
    close_end(&in[0]);
    close_end(&out[1]);
    p->to = in[1];
    p->from = out[0];
    fcntl(p->to, F_SETFL, O_NONBLOCK);
    fcntl(p->from, F_SETFL, O_NONBLOCK);
    if (failed == 0)
        return OK;
    close_end(&p->to);
    close_end(&p->from);
    return err_set(e, SYSTEM, "%s: cannot be run: %s; %s", c->arguments[0], strerror(failed), c->how_to_get);
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

enum status child_run(const struct child *c, struct text *out, struct err *e)
{
    struct pipes p = {-1, -1, -1};
    struct sigaction ignore = {.sa_handler = SIG_IGN};
    struct sigaction before;
    int outcome = 0;

    TRY(start(c, &p, e));
    sigaction(SIGPIPE, &ignore, &before);
    const char *fault = converse(c, &p, out);
    sigaction(SIGPIPE, &before, NULL);
    close_end(&p.to);
    close_end(&p.from);
    if (fault)
        kill(p.child, SIGKILL);
    while (waitpid(p.child, &outcome, 0) < 0 && errno == EINTR)
        continue;
    return judge(c, outcome, fault, e);
}

static const char *beside_program(const char *name, struct arena *a)
{
    char program[PATH_MAX];
    ssize_t n = readlink("/proc/self/exe", program, sizeof program);

    while (n > 0 && program[n - 1] != '/')
        n--;
    return n > 0 ? arena_printf(a, "%.*s%s", (int)n, program, name) : NULL;
}

enum status child_find(const char *name, const char *installed, struct arena *a, const char **path,
                       struct err *e)
{
    const char *found = beside_program(name, a);

    if (!found || access(found, X_OK) != 0)
        found = arena_printf(a, "%s/%s", installed, name);
    if (access(found, X_OK) != 0)
        return err_set(e, SYSTEM, "%s is not there: install Lykta again", name);
    *path = found;
    return OK;
}

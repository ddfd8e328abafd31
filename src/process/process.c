/* A process of a served city. */
#include "process/process.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/pidfd.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

/* Standard input and output are not its own: who waits for the end of either waits for the pages' process. */
static bool keep_only(int own)
{
    int nothing = open("/dev/null", O_RDWR | O_CLOEXEC);
    bool is_kept = nothing >= 0 && dup2(nothing, STDIN_FILENO) >= 0 && dup2(nothing, STDOUT_FILENO) >= 0;

    /* `own` may be any number from 3 on: nothing above needs what has been there. */
    return is_kept && (own == PROCESS_SOCKET || dup2(own, PROCESS_SOCKET) >= 0) &&
           fcntl(PROCESS_SOCKET, F_SETFD, FD_CLOEXEC) == 0 && close_range(PROCESS_SOCKET + 1, ~0U, 0) == 0;
}

/* In the new process. `parent` may have ended before its end was to be told. */
_Noreturn static void become(const struct process *p, int own, pid_t parent)
{
    const struct sigaction ignore = {.sa_handler = SIG_IGN};

    sigaction(SIGINT, &ignore, NULL);
    sigaction(SIGTERM, &ignore, NULL);
    sigaction(SIGPIPE, &ignore, NULL);
    prctl(PR_SET_NAME, p->name);
    if (prctl(PR_SET_PDEATHSIG, SIGKILL) != 0 || getppid() != parent || !keep_only(own))
        _exit(SYSTEM);
    _exit(p->run(p->context)); /* what ends with a program is the first process's to do */
}

enum status process_start(const struct process *p, int own, pid_t *child, struct err *e)
{
    pid_t parent = getpid();

    fflush(NULL);
    *child = fork();
    if (*child == 0)
        become(p, own, parent);
    return *child > 0 ? OK : err_set(e, SYSTEM, "%s: cannot be started: %s", p->name, strerror(errno));
}

enum status process_pair(int end[2], struct err *e)
{
    if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, end) != 0)
        return err_set(e, SYSTEM, "no pair of sockets: %s", strerror(errno));
    return OK;
}

int process_end(pid_t child, int most_ms)
{
    int watch = pidfd_open(child, 0);
    struct pollfd ended = {watch, POLLIN, 0};
    int outcome = 0;

    if (watch < 0 || poll(&ended, 1, most_ms) != 1)
        kill(child, SIGKILL);
    if (watch >= 0)
        close(watch);
    while (waitpid(child, &outcome, 0) < 0 && errno == EINTR)
        continue;
    return outcome;
}

/* Programs that are started: here, or by the process that may. */
#include "child/start.h"

#include "base/message.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

extern char **environ;

const struct start_command start_commands[START_PROGRAMS] = {
    [START_PICTURE] = {"lykta-picture", NULL},
    [START_PRINT_ACCESSIBLE] = {"lykta-print", "pdf/ua-1"},
    [START_PRINT_ARCHIVED] = {"lykta-print", "pdf/a-3b"},
};

int start_here(const char *const *arguments, int in, int out, pid_t *child)
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
        posix_spawnp(child, arguments[0], &files, &how, (char *const *)(uintptr_t)arguments, environ);
    posix_spawnattr_destroy(&how);
    posix_spawn_file_actions_destroy(&files);
    return failed;
}

/* Whoever started this program may have left a file of another kind at that number. */
bool start_is_elsewhere(void)
{
    int domain = 0;
    int type = 0;
    socklen_t n = sizeof domain;
    socklen_t m = sizeof type;

    return getsockopt(START_SOCKET, SOL_SOCKET, SO_DOMAIN, &domain, &n) == 0 && domain == AF_UNIX &&
           getsockopt(START_SOCKET, SOL_SOCKET, SO_TYPE, &type, &m) == 0 && type == SOCK_SEQPACKET;
}

static bool is_same(const char *a, const char *b)
{
    return a && b ? strcmp(a, b) == 0 : a == b;
}

static bool find_program(const char *const *arguments, struct start_ask *ask)
{
    const char *slash = strrchr(arguments[0], '/');

    for (uint32_t i = 0; i < START_PROGRAMS; i++)
        if (is_same(slash ? slash + 1 : arguments[0], start_commands[i].name) &&
            is_same(arguments[1], start_commands[i].argument)) {
            ask->program = i;
            return true;
        }
    return false;
}

enum status start_ask(const char *const *arguments, int in, int out, int *end, struct err *e)
{
    struct start_ask ask;
    int told[2];

    if (!find_program(arguments, &ask))
        return err_set(e, BAD_INPUT, "%s: is not among the programs that a served city starts", arguments[0]);
    if (pipe2(told, O_CLOEXEC) != 0)
        return err_set(e, SYSTEM, "%s: no pipe to it: %s", arguments[0], strerror(errno));
    bool is_sent =
        message_send(START_SOCKET, &ask, sizeof ask, (const int[]){in, out, told[1]}, START_DESCRIPTORS);
    int why = errno;
    close(told[1]);
    if (is_sent) {
        *end = told[0];
        return OK;
    }
    close(told[0]);
    return err_set(e, SYSTEM, "%s: the process that starts programs does not answer: %s", arguments[0],
                   strerror(why));
}

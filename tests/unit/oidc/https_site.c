/* An https site of the test's own. */
#include "https_site.h"

#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

static void become_site(const char *folder, const int in[2], const int out[2])
{
    char *const arguments[] = {"/usr/bin/python3", TEST_SITE, (char *)(uintptr_t)folder, NULL};

    prctl(PR_SET_PDEATHSIG, SIGKILL);
    dup2(in[0], STDIN_FILENO);
    dup2(out[1], STDOUT_FILENO);
    for (int fd = 3; fd < 64; fd++)
        close(fd);
    execv("/usr/bin/python3", arguments);
    _exit(127);
}

bool https_site_open(struct scratch *scratch, struct https_site *out)
{
    int in[2];
    int from[2];

    if (pipe(in) != 0 || pipe(from) != 0)
        return false;
    *out = (struct https_site){.scratch = scratch, .pid = fork(), .input = in[1]};
    if (out->pid == 0)
        become_site(scratch->folder, in, from);
    close(in[0]);
    close(from[1]);
    FILE *told = fdopen(from[0], "r");
    int got = told ? fscanf(told, "%d", &out->port) : 0;
    if (told)
        fclose(told);
    return got == 1;
}

void https_site_close(const struct https_site *s)
{
    close(s->input);
    kill(s->pid, SIGKILL);
    waitpid(s->pid, NULL, 0);
}

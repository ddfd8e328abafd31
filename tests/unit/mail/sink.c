/* The mail server of a test. */
#include "sink.h"

#include "base/arena.h"
#include "base/err.h"
#include "base/file.h"
#include "base/number.h"

#include <dirent.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

enum { MOST_ARGUMENTS = 12 };

static void become_sink(const struct mail_sink *s, int port, const char *const *more, const int in[2],
                        const int out[2])
{
    char number[12];
    const char *arguments[MOST_ARGUMENTS + 8] = {"/usr/bin/python3", TEST_SINK, s->folder, "--port", number};
    size_t n = 5;

    snprintf(number, sizeof number, "%d", port);
    for (size_t i = 0; more && more[i]; i++)
        arguments[n++] = more[i];
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    dup2(in[0], STDIN_FILENO);
    dup2(out[1], STDOUT_FILENO);
    for (int fd = 3; fd < 64; fd++)
        close(fd);
    execv("/usr/bin/python3", (char *const *)arguments);
    _exit(127);
}

struct mail_sink sink_open(const char *folder, int port, const char *const *more, struct arena *a)
{
    struct mail_sink s = {.folder = arena_cstr(a, folder, strlen(folder))};
    int in[2];
    int out[2];
    char line[16] = "";

    mkdir(folder, 0700);
    if (pipe(in) != 0 || pipe(out) != 0)
        die("no pipe");
    s.pid = fork();
    if (s.pid == 0)
        become_sink(&s, port, more, in, out);
    close(in[0]);
    close(out[1]);
    s.input = in[1];
    for (size_t n = 0; n + 1 < sizeof line && !strchr(line, '\n'); n++)
        if (read(out[0], line + n, 1) != 1)
            die("the mail server of the test did not start");
    close(out[0]);
    struct str digits;
    struct str rest;
    int64_t bound = 0;
    str_cut(str_of(line), '\n', &digits, &rest);
    if (!i64_from_str(digits, 1, UINT16_MAX, &bound))
        die("the mail server of the test names no port");
    s.port = (int)bound;
    return s;
}

void sink_close(struct mail_sink *s)
{
    close(s->input);
    kill(s->pid, SIGKILL);
    waitpid(s->pid, NULL, 0);
}

size_t sink_letters(const struct mail_sink *s)
{
    DIR *folder = opendir(s->folder);
    size_t n = 0;

    for (struct dirent *entry = readdir(folder); entry; entry = readdir(folder))
        n += strstr(entry->d_name, ".eml") != NULL;
    closedir(folder);
    return n;
}

struct str sink_letter(const struct mail_sink *s, size_t i, struct arena *a)
{
    struct str bytes = S("");
    struct err e;

    if (file_read(arena_printf(a, "%s/%05zu.eml", s->folder, i), 1 << 20, a, &bytes, &e) != OK)
        die("%s", e.what);
    return bytes;
}

/* lykta: finds the command, runs it, and tells the outcome by its exit status. */
#include "command/agency.h"
#include "command/city.h"
#include "command/command.h"

#include "base/arena.h"
#include "base/file.h"
#include "base/progress.h"
#include "base/str.h"

#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* The one process-wide state: a signal has asked the work to stop. */
static volatile atomic_bool stop_asked;

/* Those that are called many times in a row, and need nothing of a city: no module is loaded for them. */
static const struct command *const quick_commands[] = {&command_estimate, &command_power, NULL};

/* Those that agencies run, on machines where nothing of a city shall be loaded. */
static const char *const agency_names[] = {"encode", "keys", "link", "ring", NULL};

static enum status find_command(const char *name, const struct command **out, struct err *e);
static enum status run_command(const struct command *c, int argc, char **argv, struct err *e);
static enum status run_help(int argc, char **argv, struct err *e);
static void watch_signals(void);

int main(int argc, char **argv)
{
    struct err e = {OK, ""};
    enum status s = OK;

    watch_signals();
    if (argc < 2) {
        s = run_help(0, NULL, &e);
        return (int)(s == OK ? USAGE : s);
    }
    if (strcmp(argv[1], "--version") == 0 || strcmp(argv[1], "version") == 0)
        return puts("lykta " LYKTA_VERSION) == EOF ? (int)SYSTEM : (int)OK;
    if (strcmp(argv[1], "help") == 0 || strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0) {
        s = run_help(argc - 2, argv + 2, &e);
    } else {
        const struct command *c = NULL;

        s = find_command(argv[1], &c, &e);
        if (s == OK)
            s = run_command(c, argc - 2, argv + 2, &e);
    }
    if (s != OK && e.what[0])
        fprintf(stderr, "lykta: %s\n", e.what);
    if (fflush(stdout) != 0 && s == OK)
        return (int)SYSTEM;
    return (int)s;
}

static const struct command *in_table(const struct command *const *table, const char *name)
{
    for (size_t i = 0; table[i]; i++)
        if (strcmp(table[i]->name, name) == 0)
            return table[i];
    return NULL;
}

static bool is_agencys(const char *name)
{
    for (size_t i = 0; agency_names[i]; i++)
        if (strcmp(agency_names[i], name) == 0)
            return true;
    return false;
}

static enum status find_command(const char *name, const struct command **out, struct err *e)
{
    const struct city_program *city = NULL;
    const struct command *const *agency = NULL;

    *out = in_table(quick_commands, name);
    if (*out)
        return OK;
    if (is_agencys(name)) {
        TRY(agency_load(&agency, e));
        *out = in_table(agency, name);
        return *out ? OK : err_set(e, SYSTEM, "lykta-agency.so has no %s: it is not this program's", name);
    }
    TRY(city_load(&city, e));
    *out = in_table(city->commands, name);
    if (!*out)
        return err_set(e, USAGE, "unknown command \"%.40s\"; lykta help shows them all", name);
    return OK;
}

static void show_progress(void *context, const char *what, int percent)
{
    (void)context;
    fprintf(stderr, "\r%s: %3d %%%s", what, percent, percent >= 100 ? "\n" : "");
}

static enum status run_command(const struct command *c, int argc, char **argv, struct err *e)
{
    struct arena *a = arena_open();
    struct progress progress = {.stop = &stop_asked, .show = isatty(STDERR_FILENO) ? show_progress : NULL};
    struct call call = {.command = c, .arena = a, .progress = &progress};
    enum status s = OK;

    if (argc == 1 && (strcmp(argv[0], "--help") == 0 || strcmp(argv[0], "-h") == 0)) {
        char name[32];

        snprintf(name, sizeof name, "%s", c->name);
        s = run_help(1, (char *[]){name}, e);
    } else {
        s = call_parse(&call, argc, argv, e);
        if (s == OK)
            s = c->run(&call, e);
    }
    arena_close(a);
    return s;
}

static enum status put_help(const struct city_program *city, int argc, char **argv, struct text *out,
                            struct err *e)
{
    const struct command *c = NULL;

    if (argc == 0) {
        city->help_all(out);
    } else if (strcmp(argv[0], "--man") == 0) {
        city->help_man_page(out);
    } else if (strcmp(argv[0], "--completion") == 0) {
        city->help_completion(out);
    } else {
        TRY(find_command(argv[0], &c, e));
        city->help_command(out, c);
    }
    return OK;
}

static enum status run_help(int argc, char **argv, struct err *e)
{
    struct arena *a = arena_open();
    struct text out = text_open(a);
    const struct city_program *city = NULL;
    enum status s = city_load(&city, e);

    if (s == OK)
        s = put_help(city, argc, argv, &out, e);
    if (s == OK)
        s = file_write("-", text_str(&out), 0, e);
    arena_close(a);
    return s;
}

static void ask_stop(int signal_number)
{
    (void)signal_number;
    atomic_store(&stop_asked, true);
}

/* A second Ctrl-C ends the process at once. */
static void watch_signals(void)
{
    struct sigaction action = {.sa_handler = ask_stop, .sa_flags = (int)SA_RESETHAND};

    sigemptyset(&action.sa_mask);
    sigaction(SIGINT, &action, NULL);
    sigaction(SIGTERM, &action, NULL);
    struct sigaction ignore = {.sa_handler = SIG_IGN};
    sigemptyset(&ignore.sa_mask);
    sigaction(SIGPIPE, &ignore, NULL);
}

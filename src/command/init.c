/* lykta init: a new city. */
#include "command/command.h"

#include "base/arena.h"
#include "base/file.h"
#include "base/str.h"
#include "store/city.h"
#include "template/template.h"

#include <stdio.h>
#include <time.h>
#include <unistd.h>

static enum status run(const struct call *call, struct err *e);

static const struct option options[] = {
    {"--municipality", "CODE", "The municipality's code of four digits, as 1281 for Lund (needed)"},
    {"--name", "NAME", "The name that pages show (the municipality's, where the program knows it)"},
    {"--template", "FILE",
     "Start from what a programme has prepared (lykta programme template): measures and texts"},
    {NULL, NULL, NULL},
};

const struct command command_init = {
    .name = "init",
    .arguments = "DIR",
    .summary = "Make a new city",
    .about =
        "Makes the folder DIR with an empty database, the city's keys and its settings. The keys in "
        "DIR/keys\n"
        "sign what the city publishes and protect its figures: keep a copy of them in a safe place, and "
        "give\n"
        "them to nobody.\n\n"
        "With --template the city begins with the programme's measures, which wait in the plan, and with its "
        "texts as\n"
        "drafts: nothing is public until somebody in the city has read and published it.",
    .examples = "  lykta init lund --municipality 1281\n"
                "  lykta init kiruna --municipality 2584 --name Kiruna\n"
                "  lykta init ystad --municipality 1286 --template skane.template",
    .least = 1,
    .most = 1,
    .options = options,
    .run = run,
};

static enum status fill(const char *folder, const struct template *t, const struct who *who, struct err *e)
{
    struct city *city = NULL;

    TRY(city_open(folder, DB_WRITE, &city, e));
    enum status s = template_apply(city->db, t, who, e);
    city_close(city);
    return s;
}

/* A city that begins with the template, whole or not at all. */
static enum status init_from(const struct call *call, const char *file, const struct city_make *make,
                             struct err *e)
{
    const char *folder = arena_printf(call->arena, "%s.%ld.new", call->arguments[0], (long)getpid());
    struct template t;
    struct str bytes;

    TRY(file_read(file, TEMPLATE_MAX_BYTES, call->arena, &bytes, e));
    TRY(template_read(&t, file, bytes, call->arena, e));
    TRY(city_init(folder, make, e));
    enum status s = fill(folder, &t, &make->who, e);
    if (s != OK)
        err_in(e, "%s", file);
    if (s == OK)
        s = folder_commit(folder, call->arguments[0], e);
    if (s == OK)
        printf("In the plan: %zu from the template. Texts as drafts: %zu.\n", t.measures, t.texts);
    else
        folder_remove(folder);
    return s;
}

static enum status run(const struct call *call, struct err *e)
{
    const char *code = call_option(call, "--municipality");
    const char *template = call_option(call, "--template");
    const struct city_make make = {.municipality = str_of(code),
                                   .name = str_of(call_option(call, "--name")),
                                   .who = {.name = "command line", .now_at = (int64_t)time(NULL)}};

    if (!code)
        return err_set(e, USAGE, "lykta init: --municipality is needed, as --municipality 1281 for Lund");
    TRY(template ? init_from(call, template, &make, e) : city_init(call->arguments[0], &make, e));
    printf("%s is a city now. Its settings are in %s/lykta.conf; keep a copy of %s/keys in a safe place.\n",
           call->arguments[0], call->arguments[0], call->arguments[0]);
    return OK;
}

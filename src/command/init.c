/* lykta init: a new city. */
#include "command/command.h"

#include "base/arena.h"
#include "base/file.h"
#include "base/str.h"
#include "public/public.h"
#include "store/city.h"
#include "store/db.h"
#include "template/template.h"

#include <stdio.h>
#include <time.h>

static enum status run(const struct call *call, struct err *e);

static const struct option options[] = {
    {"--municipality", "CODE", "The municipality's code of four digits, as 1281 for Lund (needed)"},
    {"--name", "NAME", "The name that pages show (the municipality's, where the program knows it)"},
    {"--template", "FILE",
     "Start from what a programme has prepared (lykta programme template): measures, texts, signs, specification"},
    {"--db", "ADDRESS",
     "Keep the database in a PostgreSQL server, and not in DIR: postgresql://USER@HOST/DATABASE#SCHEMA"},
    {NULL, NULL, NULL},
};

const struct command command_init = {
    .name = "init",
    .arguments = "DIR",
    .summary = "Make a new city",
    .about =
        "Makes the folder DIR with the city's database, keys and settings. The keys in DIR/keys sign what the\n"
        "city publishes and protect its figures: keep a copy of them in a safe place, and give them to nobody.\n\n"
        "Pages for whoever needs help or wants to know more are there from the first day. Those that say who\n"
        "answers, and where, are drafts until the city has written its own words.\n\n"
        "With --template the city begins with the programme's measures, which wait in the plan, and with its\n"
        "texts as drafts: none of them is public until somebody in the city has read and published it. Signs are\n"
        "worded as in the programme, and a mapping that is opened begins from its specification.\n\n"
        "With --db the city's database is a schema of its own in a PostgreSQL server: lykta_CODE, unless the\n"
        "address names another after #. DIR keeps the keys, the sealed keys, the files and lykta.conf, which says\n"
        "where the database is. A password is never part of the address: PostgreSQL's password file has it.",
    .examples = "  lykta init lund --municipality 1281\n"
                "  lykta init kiruna --municipality 2584 --name Kiruna\n"
                "  lykta init ystad --municipality 1286 --template skane.template\n"
                "  lykta init lund --municipality 1281 --db postgresql://lykta@db.example/lykta",
    .least = 1,
    .most = 1,
    .options = options,
    .run = run,
};

/* What the city begins with, in one change: the template, if there is one, and the pages it has not. */
static enum status add_beginnings(const struct call *call, struct city *city, const struct template *t,
                                  const struct who *who, struct err *e)
{
    TRY(db_begin(city->db, e));
    enum status s = t ? template_apply(city->db, t, who, e) : OK;
    if (s == OK)
        s = public_begin(city->db, who, call->arena, e);
    return db_end(city->db, s, e);
}

static enum status make_city(const struct call *call, const struct template *t, const struct city_make *make,
                             struct err *e)
{
    struct city *city = NULL;

    TRY(city_init(call->arguments[0], make, e));
    enum status s = city_open(call->arguments[0], DB_WRITE, &city, e);
    if (s == OK)
        s = add_beginnings(call, city, t, &make->who, e);
    city_close(city);
    if (s != OK)
        city_remove(call->arguments[0]);
    return s;
}

/* A city that begins with the template. */
static enum status init_from(const struct call *call, const char *file, const struct city_make *make,
                             struct err *e)
{
    struct template t;
    struct str bytes;

    TRY(file_read(file, TEMPLATE_MAX_BYTES, call->arena, &bytes, e));
    TRY(template_read(&t, file, bytes, call->arena, e));
    if (make_city(call, &t, make, e) != OK)
        return err_in(e, "%s", file);
    printf(
        "In the plan: %zu from the template. Texts as drafts: %zu. Signs worded as in the programme: %zu.%s\n",
        t.measures, t.texts, t.signs,
        t.has_mapping ? " Mappings begin from the programme's specification." : "");
    return OK;
}

static enum status run(const struct call *call, struct err *e)
{
    const char *code = call_option(call, "--municipality");
    const char *template = call_option(call, "--template");
    const struct city_make make = {.municipality = str_of(code),
                                   .name = str_of(call_option(call, "--name")),
                                   .database = str_of(call_option(call, "--db")),
                                   .who = {.name = "command line", .now_at = (int64_t)time(NULL)}};

    if (!code)
        return err_set(e, USAGE, "lykta init: --municipality is needed, as --municipality 1281 for Lund");
    TRY(template ? init_from(call, template, &make, e) : make_city(call, NULL, &make, e));
    printf("%s is a city now. Its settings are in %s/lykta.conf; keep a copy of %s/keys in a safe place.\n"
           "Its first pages are there to be read. Drafts, until the city has written who answers: /kontakt, "
           "/personuppgifter.\n",
           call->arguments[0], call->arguments[0], call->arguments[0]);
    return OK;
}

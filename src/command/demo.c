/* lykta demo: an example city whose mapping runs on published data. */
#include "command/command.h"
#include "command/demo_run.h"

#include "account/account.h"
#include "account/password.h"
#include "base/arena.h"
#include "base/file.h"
#include "base/str.h"
#include "mapping/example.h"
#include "network/network_example.h"
#include "portal/outside.h"
#include "public/public.h"
#include "release/propose.h"
#include "release/release.h"
#include "seminar/seminar_example.h"
#include "store/city.h"

#include <time.h>

static enum status run(const struct call *call, struct err *e);
static enum status fill(const struct call *call, struct city *city, const struct who *who, struct err *e);

static const struct option options[] = {
    {"--programme", NULL,
     "Make a programme and five example cities, each in a folder of its own in DIR, with what the cities hand over"},
    {"--db", "ADDRESS",
     "Keep the database in a PostgreSQL server, and not in DIR: postgresql://USER@HOST/DATABASE#SCHEMA. Each "
     "of several folders has a schema of its own: SCHEMA_CODE"},
    {NULL, NULL, NULL},
};

const struct command command_demo = {
    .name = "demo",
    .arguments = "DIR",
    .summary = "Make an example city with a published mapping, or a programme of five",
    .about =
        "Makes the city \"Lund (exempel)\" in the folder DIR and publishes a mapping in it. The mapping "
        "runs on\n"
        "published capture histories from the United Kingdom 2013 (National Crime Agency, strategic "
        "assessment;\n"
        "Silverman 2014, Home Office). They are real data from another place, to show the method: they "
        "say nothing\n"
        "about Lund, and every page says so.\n\n"
        "With --programme it makes a programme and five example cities: DIR/programme, and DIR/malmo, lund,\n"
        "helsingborg, kristianstad and hassleholm. Each city has published a mapping on published capture "
        "histories\n"
        "from Scotland in 2006 (King et al. 2013; Overstall & King 2014), of people who inject drugs: no "
        "published\n"
        "counts of trafficking are divided into parts with the same lists. What each city hands over lies in\n"
        "DIR/releases, to be taken by the programme; one of them was made with an older specification.",
    .examples = "  lykta demo city\n"
                "  lykta demo city && lykta verify city\n"
                "  lykta demo skane --programme && lykta serve skane/programme\n"
                "  lykta demo city --db postgresql://lykta@db.example/lykta",
    .least = 1,
    .most = 1,
    .options = options,
    .run = run,
};

static enum status run(const struct call *call, struct err *e)
{
    const struct city_make make = {.municipality = S("1281"),
                                   .name = S("Lund (exempel)"),
                                   .database = str_of(call_option(call, "--db")),
                                   .is_example = true,
                                   .who = {.name = "lykta demo", .now_at = (int64_t)time(NULL)}};
    struct city *city = NULL;

    if (call_has(call, "--programme"))
        return demo_programme(call, &make.who, e);
    TRY(city_init(call->arguments[0], &make, e));
    enum status s = city_open(call->arguments[0], DB_WRITE, &city, e);
    if (s == OK)
        s = fill(call, city, &make.who, e);
    city_close(city);
    if (s != OK)
        city_remove(call->arguments[0]);
    return s;
}

static enum status fill(const struct call *call, struct city *city, const struct who *who, struct err *e)
{
    struct mapping *m = arena_new(call->arena, 1, struct mapping);
    struct release *release = arena_new(call->arena, 1, struct release);
    struct text out = text_open(call->arena);
    const struct account_examples accounts = {"lund.example", password_make(&outside_machine, call->arena)};
    struct proposal p = {.histories_name = "the example's histories",
                         .histories = str_of(example_histories),
                         .names_name = "the example's names",
                         .names = str_of(example_names),
                         .estimate = estimate_options_default(),
                         .has_example_key = true,
                         .wanted = {.methods = true}, /* the slow one would hold a first look up */
                         .now_at = who->now_at};

    p.estimate.progress = call->progress;
    mapping_example(m);
    TRY(public_seed(city->db, who, call->arena, e));
    TRY(network_example(city->db, who, e));
    TRY(seminar_example(city, who, call->arena, e));
    TRY(release_propose(city, &p, m, call->arena, release, e));
    TRY(release_publish(city, m, release, who, call->arena, e));
    release_preview(release, &out);
    text_format(&out, "Published: %s\n", release_path(city, release->name, call->arena));
    TRY(account_examples_add(city, who, &outside_machine, &accounts, call->arena, e));
    account_examples_tell(&accounts, &out);
    return file_write("-", text_str(&out), 0, e);
}

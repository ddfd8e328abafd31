/* lykta programme: several cities side by side, in a folder of their own. */
#include "command/command.h"

#include "base/arena.h"
#include "base/date.h"
#include "base/file.h"
#include "base/text.h"
#include "command/programme_run.h"
#include "command/verb.h"
#include "programme/population.h"
#include "programme/programme.h"
#include "programme/trust.h"
#include "store/city.h"

#include <time.h>

static enum status run(const struct call *call, struct err *e);

static const struct option options[] = {
    {"--name", "NAME", "The name of the programme (new), or of the city (join, invite)"},
    {"--municipality", "CODE", "The city's code of four digits (join, invite, key, withdraw)"},
    {"--db", "ADDRESS",
     "Keep the programme's database in a PostgreSQL server: postgresql://USER@HOST/DATABASE#SCHEMA (new)"},
    {"--key", "HEX",
     "The city's public key, as in its keys/release.pub (join, key); the fingerprint that the programme (answer) or the "
     "city (accept) has read out"},
    {"-o", "FILE",
     "Where to write the invitation, the answer, the pooled figures (pool) or the template; fetch: a folder, which is made"},
    {"--until", "DAYS",
     "The last days for joining, for figures and for shares, as \"2027-01-15 2027-02-01 2027-02-15\" (post, of a round); "
     "the last day of an invitation (30 days from now)"},
    {"--names", "NAMES.csv", "What lists and categories are called: code,sv,en (specification)"},
    {"--people", "TEXT", "Who is counted, in Swedish (specification; möjliga offer för människohandel)"},
    {"--people-en", "TEXT",
     "Who is counted, in English (specification; potential victims of human trafficking)"},
    {"--source", "TEXT", "Whose lists they are, in Swedish (specification)"},
    {"--source-en", "TEXT", "Whose lists they are, in English (specification)"},
    {NULL, NULL, NULL},
};

const struct command command_programme = {
    .name = "programme",
    .arguments =
        "new|invite|answer|accept|join|key|withdraw|inhabitants|take|list|pool|specification|template|post|fetch DIR [FILE ...]",
    .summary = "Read several cities side by side",
    .about =
        "A programme is a folder of its own. It holds no city's data: only the cities that take part, their public\n"
        "keys, and the signed releases they have handed over. lykta serve and lykta user work on it as on a city.\n\n"
        "new makes the folder. A city joins by an invitation: invite writes a signed file for it, and prints the\n"
        "fingerprint of the programme's key, which is read out to the city. The city runs answer on its own folder, and\n"
        "reads the fingerprint that is printed there out to the programme, which runs accept with it. An invitation is to\n"
        "one city, good once, and until a day. join adds a city with its public key without one; have the key's\n"
        "fingerprint, which is printed, read out by the city. key gives a city another key, after the same. withdraw takes a city out of every pool\n"
        "from now on. inhabitants reads FILE.csv (municipality, year, population). take verifies releases and takes "
        "all of\n"
        "them or none. list shows the cities. pool pools what was taken, as lykta pool does, and notes it in the "
        "ledger.\n"
        "specification reads FILE.txt: who is counted and on which lists, so that the cities' mappings can be added.\n\n"
        "template writes what a new city starts from to a file: the measures of the programme's plan, its published "
        "texts,\n"
        "the signs it has worded anew, and the specification. lykta init DIR --template FILE reads it.\n\n"
        "Letters of secure sums (lykta sum) go through the programme's portal: post puts in those of whoever adds (the\n"
        "round first, then rosters, then the asking), and prints the address to give to the cities; fetch writes what\n"
        "the cities of the round ROUND have handed in to a folder.",
    .examples = "  lykta programme new skane --name \"Skåne tillsammans\"\n"
                "  lykta programme invite skane --municipality 1280 --name Malmö -o malmo.invitation\n"
                "  lykta programme answer city malmo.invitation --key \"1f3a 09bc ...\" -o malmo.answer\n"
                "  lykta programme accept skane malmo.answer --key \"77e0 41d2 ...\"\n"
                "  lykta programme join skane --municipality 1281 --name Lund --key \"$(cat release.pub)\"\n"
                "  lykta programme take skane releases/1281-2025 releases/1280-2025\n"
                "  lykta programme pool skane -o pooled.json\n"
                "  lykta programme specification skane specification.txt --names names.csv\n"
                "  lykta programme template skane -o skane.template\n"
                "  lykta programme post skane 2026.round --until \"2027-01-15 2027-02-01 2027-02-15\"\n"
                "  lykta programme post skane rosters/*.roster\n"
                "  lykta programme fetch skane 2026.round -o letters",
    .least = 2,
    .most = COMMAND_MAX_ARGUMENTS,
    .options = options,
    .run = run,
};

static enum status new_programme(void *context, struct err *e)
{
    struct programme_work *w = context;
    const char *path = w->call->arguments[1];
    const char *name = NULL;
    struct city_make make = {
        .municipality = S(PROGRAMME_CODE), .database = str_of(call_option(w->call, "--db")), .who = w->who};
    struct city *city = NULL;

    TRY(verb_need(w->call, "--name", &name, e));
    make.name = str_of(name);
    TRY(city_init(path, &make, e));
    enum status s = city_open(path, DB_WRITE, &city, e);
    if (s == OK)
        s = programme_make(city->db, &w->who, e);
    city_close(city);
    if (s != OK)
        city_remove(path);
    text_format(w->out, "%s is a programme now. Ask its cities in with lykta programme invite.\n", path);
    return s;
}

static enum status join(void *context, struct err *e)
{
    struct programme_work *w = context;
    const char *municipality = NULL;
    const char *name = NULL;
    const char *key = NULL;

    TRY(verb_need(w->call, "--municipality", &municipality, e));
    TRY(verb_need(w->call, "--name", &name, e));
    TRY(verb_need(w->call, "--key", &key, e));
    const struct programme_city city = {
        .municipality = str_of(municipality), .name = str_of(name), .public_key = str_trim(str_of(key))};
    TRY(programme_join(w->city->db, &w->who, &city, e));
    text_format(w->out,
                "%s takes part. Fingerprint of its key, to be compared with the city in person:\n%.*s\n",
                name, STR(key_fingerprint(city.public_key, w->call->arena)));
    return OK;
}

static enum status set_key(void *context, struct err *e)
{
    struct programme_work *w = context;
    const char *municipality = NULL;
    const char *key = NULL;

    TRY(verb_need(w->call, "--municipality", &municipality, e));
    TRY(verb_need(w->call, "--key", &key, e));
    const struct str hex = str_trim(str_of(key));
    TRY(programme_set_key(w->city->db, &w->who, str_of(municipality), hex, e));
    text_format(w->out, "%s has a new key. Its fingerprint, to be compared with the city in person:\n%.*s\n",
                municipality, STR(key_fingerprint(hex, w->call->arena)));
    return OK;
}

static enum status withdraw(void *context, struct err *e)
{
    struct programme_work *w = context;
    const char *municipality = NULL;

    TRY(verb_need(w->call, "--municipality", &municipality, e));
    TRY(programme_withdraw(w->city->db, &w->who, str_of(municipality), e));
    text_format(w->out, "%s has withdrawn: its figures are in no pool from now on.\n", municipality);
    return OK;
}

static enum status need_file(const struct programme_work *w, const char *what, struct err *e)
{
    if (w->call->n > 2)
        return OK;
    return err_set(e, USAGE, "lykta programme %s: expected %s; see lykta help programme",
                   w->call->arguments[0], what);
}

static enum status inhabitants(void *context, struct err *e)
{
    struct programme_work *w = context;
    struct population p;
    struct str bytes;

    TRY(need_file(w, "FILE.csv", e));
    if (w->call->n > 3)
        return err_set(e, USAGE,
                       "lykta programme inhabitants: one file is one too many: they replace each other");
    TRY(file_read(w->call->arguments[2], POPULATION_MAX_BYTES, w->call->arena, &bytes, e));
    TRY(population_read(w->call->arguments[2], bytes, w->call->arena, &p, e));
    TRY(programme_set_population(w->city->db, &w->who, &p, e));
    text_format(w->out, "%zu numbers of inhabitants are kept.\n", p.n);
    return OK;
}

static enum status take(void *context, struct err *e)
{
    struct programme_work *w = context;
    struct arrivals all;

    TRY(need_file(w, "releases", e));
    TRY(programme_take(w->city, w->city->db, w->call->arguments + 2, w->call->n - 2, &w->who, w->call->arena,
                       &all, e));
    text_format(w->out, "%zu %s verified and taken.\n", w->call->n - 2,
                w->call->n == 3 ? "release is" : "releases are");
    return OK;
}

static enum status list(void *context, struct err *e)
{
    struct programme_work *w = context;
    struct programme_cities all;

    TRY(programme_cities(w->city->db, w->call->arena, &all, e));
    for (size_t i = 0; i < all.n; i++) {
        const struct programme_city *c = &all.city[i];
        char day[11] = "";

        if (c->withdrawn_at > 0)
            date_to_text(date_of(c->withdrawn_at), day);
        text_format(w->out, "%.*s  %-28.*s %.*s%s%s\n", STR(c->municipality), STR(c->name),
                    STR(key_fingerprint(c->public_key, w->call->arena)),
                    c->withdrawn_at > 0 ? "  withdrew " : "", day);
    }
    return OK;
}

static enum status pool_all(void *context, struct err *e)
{
    struct programme_work *w = context;
    struct text json = text_open(w->call->arena);
    const char *path = NULL;
    struct arrivals all;
    struct pooled pooled;
    int64_t id = 0;

    TRY(verb_need(w->call, "-o", &path, e));
    TRY(programme_arrivals(w->city, w->city->db, w->who.now_at, w->call->arena, &all, e));
    TRY(programme_pool(w->city->db, &all, w->call->arena, &pooled, e));
    pooled_json(&json, &pooled);
    TRY(file_write(path, text_str(&json), 0644, e));
    TRY(programme_note_pooling(w->city->db, &w->who, &pooled, text_str(&json), &id, e));
    pooled_text(w->out, &pooled);
    return OK;
}

static const struct verb verbs[] = {
    {"new", "--name --db", new_programme},
    {"join", "--municipality --name --key", join},
    {"invite", "--municipality --name --until -o", programme_verb_invite},
    {"answer", "--key -o", programme_verb_answer},
    {"accept", "--key", programme_verb_accept},
    {"key", "--municipality --key", set_key},
    {"withdraw", "--municipality", withdraw},
    {"inhabitants", "", inhabitants},
    {"take", "", take},
    {"list", "", list},
    {"pool", "-o", pool_all},
    {"template", "-o", programme_verb_template},
    {"specification", "--names --people --people-en --source --source-en", programme_verb_specification},
    {"post", "--until", programme_verb_post},
    {"fetch", "-o", programme_verb_fetch},
    {NULL, NULL, NULL},
};

/* One verb is run by a city that is to take part, all others by the programme. */
static enum status on_programme(struct programme_work *w, const struct verb *verb, struct err *e)
{
    bool is_programme = false;

    TRY(programme_is(w->city->db, &is_programme, e));
    if (verb->run == programme_verb_answer)
        return is_programme ? err_set(e, BAD_INPUT, "%s: is a programme; the city that was invited answers",
                                      w->call->arguments[1])
                            : verb->run(w, e);
    if (!is_programme)
        return err_set(e, BAD_INPUT, "%s: is a city, not a programme; lykta programme new makes one",
                       w->call->arguments[1]);
    return verb->run(w, e);
}

static enum status run(const struct call *call, struct err *e)
{
    struct text out = text_open(call->arena);
    struct programme_work w = {
        .call = call, .out = &out, .who = {.name = "command line", .now_at = (int64_t)time(NULL)}};
    const struct verb *verb = NULL;

    TRY(verb_find(call, verbs, &verb, e));
    bool takes_files = verb->run == inhabitants || verb->run == take || verb->run == programme_verb_post ||
                       verb->run == programme_verb_fetch || verb->run == programme_verb_answer ||
                       verb->run == programme_verb_accept || verb->run == programme_verb_specification;
    if (call->n > 2 && !takes_files)
        return err_set(e, USAGE, "lykta programme %s: \"%.40s\" is one argument too many", verb->name,
                       call->arguments[2]);
    enum status s = OK;
    if (verb->run == new_programme) {
        s = verb->run(&w, e);
    } else {
        TRY(city_open(call->arguments[1], DB_WRITE, &w.city, e));
        s = on_programme(&w, verb, e);
        city_close(w.city);
    }
    return s == OK ? file_write("-", text_str(&out), 0, e) : s;
}

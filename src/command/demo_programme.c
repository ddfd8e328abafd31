/* lykta demo --programme: a programme and five example cities, ready to be read side by side. */
#include "command/command.h"
#include "command/demo_run.h"

#include "account/account.h"
#include "account/password.h"
#include "base/arena.h"
#include "base/file.h"
#include "base/text.h"
#include "mapping/example.h"
#include "portal/outside.h"
#include "programme/population.h"
#include "programme/programme.h"
#include "public/public.h"
#include "release/bundle.h"
#include "release/propose.h"
#include "release/release.h"
#include "store/city.h"
#include "store/keys.h"

#include <string.h>

#define PROGRAMME_FOLDER "programme"
#define PROGRAMME_HOST "skane.example"
#define PROGRAMME_NAME "Skåne tillsammans (exempel)"

enum { SIGNATURE_MOST_BYTES = 4096 };

struct demo {
    const struct call *call;
    const char *folder;
    struct who who;
    struct str password; /* of all accounts, in all folders */
    struct arena *arena;
};

/* Fills the new city or programme; `context` is its own. */
typedef enum status fill_city(const struct demo *d, struct city *city, const void *context, struct err *e);

/* A folder of the demonstration: a city's, or the programme's. */
struct home {
    const char *folder, *host;
    struct str municipality, name;
    fill_city *fill;
    const void *context;
};

static const char *path_of(const struct demo *d, const char *name)
{
    return arena_printf(d->arena, "%s/%s", d->folder, name);
}

/* A schema of its own for each folder: that of --db with the code, or lykta_CODE where it names none. */
static struct str database_of(const struct demo *d, struct str municipality)
{
    const char *address = call_option(d->call, "--db");

    if (!address || !strchr(address, '#'))
        return str_of(address);
    return str_of(arena_printf(d->arena, "%s_%.*s", address, STR(municipality)));
}

static enum status make_home(const struct demo *d, const struct home *home, struct err *e)
{
    const struct city_make make = {.municipality = home->municipality,
                                   .name = home->name,
                                   .database = database_of(d, home->municipality),
                                   .is_example = true,
                                   .who = d->who};
    const struct account_examples accounts = {home->host, d->password};
    const char *path = path_of(d, home->folder);
    struct city *city = NULL;

    TRY(city_init(path, &make, e));
    enum status s = city_open(path, DB_WRITE, &city, e);
    if (s == OK)
        s = home->fill(d, city, home->context, e);
    if (s == OK)
        s = account_examples_add(city, &d->who, &outside_machine, &accounts, d->arena, e);
    city_close(city);
    if (s != OK)
        city_remove(path);
    return s;
}

/* A release as a city hands it over: its files side by side, so that they are chosen, or dragged, at once. */
static enum status hand_over(const struct demo *d, const struct city *city, const struct release *release,
                             const struct example_town *town, struct err *e)
{
    const char *from = release_path(city, release->name, d->arena);
    const char *to = arena_printf(d->arena, "%s/releases/%s", d->folder, town->folder);
    struct bundle *b = arena_new(d->arena, 1, struct bundle);
    struct str signature;

    TRY(bundle_read(from, S(""), d->arena, b, e));
    TRY(file_read(arena_printf(d->arena, "%s/manifest.sig", from), SIGNATURE_MOST_BYTES, d->arena, &signature,
                  e));
    TRY(folder_make(to, 0755, e));
    for (size_t i = 0; i < b->files; i++) {
        const char *name = arena_printf(d->arena, "%.*s", STR(b->file[i].name));
        const char *slash = strrchr(name, '/');

        TRY(file_write(arena_printf(d->arena, "%s/%s", to, slash ? slash + 1 : name), b->file[i].bytes, 0644,
                       e));
    }
    TRY(file_write(arena_printf(d->arena, "%s/manifest.json", to), b->manifest, 0644, e));
    return file_write(arena_printf(d->arena, "%s/manifest.sig", to), signature, 0644, e);
}

static enum status fill_town(const struct demo *d, struct city *city, const void *context, struct err *e)
{
    const struct example_town *town = context;
    struct mapping *m = arena_new(d->arena, 1, struct mapping);
    struct release *release = arena_new(d->arena, 1, struct release);
    struct proposal p = {.histories_name = "the example's histories",
                         .histories = str_of(town->histories),
                         .names_name = "the example's names",
                         .names = str_of(town->names),
                         .estimate = estimate_options_default(),
                         .has_example_key = true,
                         .base = town->base,
                         .now_at = d->who.now_at};

    p.estimate.progress = d->call->progress;
    mapping_example_of_towns(m);
    TRY(public_seed(city->db, &d->who, d->arena, e));
    TRY(release_propose(city, &p, m, d->arena, release, e));
    TRY(release_publish(city, m, release, &d->who, d->arena, e));
    return hand_over(d, city, release, town, e);
}

/* The cities take part with their keys, and nothing of theirs has been taken. */
static enum status fill_programme(const struct demo *d, struct city *programme, const void *context,
                                  struct err *e)
{
    struct population_row rows[EXAMPLE_TOWNS];
    const struct population inhabitants = {EXAMPLE_TOWNS, rows};

    (void)context;
    TRY(programme_make(programme->db, &d->who, e));
    for (size_t i = 0; i < EXAMPLE_TOWNS; i++) {
        const struct example_town *town = &example_towns[i];
        struct programme_city city = {.municipality = str_of(town->municipality), .name = str_of(town->name)};

        TRY(key_public(path_of(d, town->folder), d->arena, &city.public_key, e));
        TRY(programme_join(programme->db, &d->who, &city, e));
        rows[i] = (struct population_row){city.municipality, 2006, town->inhabitants};
    }
    return programme_set_population(programme->db, &d->who, &inhabitants, e);
}

static struct home home_of(const struct demo *d, const struct example_town *town)
{
    return (struct home){.folder = town->folder,
                         .host = arena_printf(d->arena, "%s.example", town->folder),
                         .municipality = str_of(town->municipality),
                         .name = str_of(town->name),
                         .fill = fill_town,
                         .context = town};
}

static struct home home_of_programme(void)
{
    return (struct home){.folder = PROGRAMME_FOLDER,
                         .host = PROGRAMME_HOST,
                         .municipality = S(PROGRAMME_CODE),
                         .name = S(PROGRAMME_NAME),
                         .fill = fill_programme};
}

/* Those that are finished are counted in *made, so that they can be removed. */
static enum status make_homes(const struct demo *d, size_t *made, struct err *e)
{
    TRY(folder_make(path_of(d, "releases"), 0755, e));
    for (; *made < EXAMPLE_TOWNS; ++*made) {
        const struct home home = home_of(d, &example_towns[*made]);

        TRY(make_home(d, &home, e));
    }
    const struct home programme = home_of_programme();
    return make_home(d, &programme, e);
}

static enum status tell(const struct demo *d, struct err *e)
{
    struct text out = text_open(d->arena);
    const struct account_examples accounts = {PROGRAMME_HOST, d->password};

    text_format(&out,
                "The programme \"%s\" is in %s. It knows the keys of five cities, and has taken\n"
                "nothing of them yet. Each city is a folder, and has published one mapping:\n",
                PROGRAMME_NAME, path_of(d, PROGRAMME_FOLDER));
    for (size_t i = 0; i < EXAMPLE_TOWNS; i++)
        text_format(&out, "  %s: %s\n", path_of(d, example_towns[i].folder), example_towns[i].name);
    account_examples_tell(&accounts, &out);
    text_format(
        &out,
        "In a city the same accounts and password hold, at its own host: samordnare@malmo.example.\n\n"
        "What to do:\n"
        "  1. lykta serve %s, and open the address that it prints, with /logga-in after it.\n"
        "  2. Sign in as programledare@%s. The page that asks for a code shows it.\n"
        "  3. On /programmet, drag all files in %s/releases/malmo to the form's first field, and take them.\n"
        "     Do the same with the other four. Hässleholm's has an older specification: it is marked in amber.\n"
        "  4. See the cities together, write the programme's text about them, and publish for everyone.\n"
        "  5. Take a city out on its own page: its figures leave what is pooled from then on.\n",
        path_of(d, PROGRAMME_FOLDER), PROGRAMME_HOST, d->folder);
    return file_write("-", text_str(&out), 0, e);
}

enum status demo_programme(const struct call *call, const struct who *who, struct err *e)
{
    const struct demo d = {.call = call,
                           .folder = call->arguments[0],
                           .who = *who,
                           .password = password_make(&outside_machine, call->arena),
                           .arena = call->arena};
    size_t made = 0;

    TRY(folder_make(d.folder, 0755, e));
    enum status s = make_homes(&d, &made, e);
    if (s != OK) {
        while (made > 0)
            city_remove(path_of(&d, example_towns[--made].folder));
        folder_remove(d.folder);
        return s;
    }
    return tell(&d, e);
}

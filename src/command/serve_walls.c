/* Which files the processes of a served city reach. */
#include "command/serve_walls.h"

#include "base/arena.h"
#include "child/child.h"
#include "store/city.h"
#include "store/db_address.h"
#include "walls/walls.h"

#include <string.h>

enum { MOST = 48 };

struct places {
    struct arena *arena;
    struct walls_place place[MOST];
    size_t n;
};

static void add(struct places *all, const char *path, enum walls_use use)
{
    if (path && path[0] && all->n < MOST)
        all->place[all->n++] = (struct walls_place){path, use};
}

static void add_str(struct places *all, struct str path, enum walls_use use)
{
    add(all, arena_cstr(all->arena, path.p, path.n), use);
}

/* Libraries and modules, time zones, names of machines, certificates. What is too large for memory, a
 * spreadsheet or the log as a file, lies in /tmp without a name while it is made. */
static void add_system(struct places *all)
{
    static const char *const readable[] = {"/usr",        "/lib", "/lib64", "/etc", "/run/systemd/resolve",
                                           "/dev/urandom"};

    for (size_t i = 0; i < sizeof readable / sizeof *readable; i++)
        add(all, readable[i], WALLS_READ);
    add(all, child_folder(all->arena), WALLS_READ);
    add(all, "/dev/null", WALLS_WRITE);
    add(all, "/tmp", WALLS_WRITE);
}

static void add_database(struct places *all, const struct city *city)
{
    const char *path[MOST];
    size_t n = 0;

    if (city_is_in_server(city))
        n = db_address_files(city->database, all->arena, path, MOST);
    for (size_t i = 0; i < n; i++)
        add(all, path[i], WALLS_READ);
}

static struct str folder_of(struct str path)
{
    while (path.n > 0 && path.p[path.n - 1] != '/')
        path.n--;
    return path;
}

enum status serve_walls_pages(const struct city *city, struct arena *a, struct err *e)
{
    struct places all = {.arena = a};

    add(&all, city->path, WALLS_WRITE);
    add_str(&all, folder_of(city->file.watch_socket), WALLS_WRITE);
    add_str(&all, city->file.oidc_authorities, WALLS_READ);
    add_str(&all, city->file.oidc_secret, WALLS_READ);
    add_database(&all, city);
    add_system(&all);
    TRY(walls_files(all.place, all.n, e));
    return walls_calls(WALLS_OF_PAGES, e);
}

enum status serve_walls_doors(const struct city *city, struct err *e)
{
    const bool reaches_out = city_is_in_server(city) || city->file.oidc_issuer.n > 0;

    return walls_calls(reaches_out ? WALLS_WITHOUT_DOORS : WALLS_OF_PAGES_SERVED, e);
}

enum status serve_walls_worker(const struct city *city, struct arena *a, struct err *e)
{
    struct places all = {.arena = a};

    add(&all, city->path, WALLS_WRITE);
    add_str(&all, city->file.backup_folder, WALLS_WRITE);
    add_str(&all, city->file.mail_authorities, WALLS_READ);
    add_database(&all, city);
    add_system(&all);
    TRY(walls_files(all.place, all.n, e));
    return walls_calls(WALLS_OF_WORKER, e);
}

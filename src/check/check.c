/* Is a city ready to be served? What a served city can see of this itself stands in src/status in two
 * languages: a new check belongs there too. */
#include "check/check.h"

#include "base/arena.h"
#include "store/city.h"
#include "store/db.h"

#include <unistd.h>

static const char what[] = "database";

static void check_open(const struct city *city, int64_t now_at, const struct check_network *network,
                       struct findings *out)
{
    struct err e;

    if (db_check(city->db, &e) == OK)
        find_good(out, what, "%s is whole, and of this version of the program",
                  city_is_in_server(city) ? "the schema in the server" : "lykta.db");
    else
        find_fault(out, what,
                   S("Stop the server and restore the city from its latest backup (lykta restore)."), "%s",
                   e.what);
    check_key_database(city, out);
    check_site(city, now_at, network ? network->certificate : NULL, out);
    check_mail(city, network ? network->carrier : NULL, out);
    check_backups(city, now_at, out);
    check_log(city, out);
    check_watch(city, out);
    check_disk(city, out);
}

/* Opening a city reads its settings too: what is wrong with any of it is in the sentence. */
void check_city(const char *path, int64_t now_at, const struct check_network *network, struct findings *out)
{
    struct city *city = NULL;
    struct err e;

    check_clock(out);
    check_walls(out);
    if (!check_folder(path, out))
        return;
    check_keys(path, out);
    if (city_open(path, DB_READ, &city, &e) == OK)
        check_open(city, now_at, network, out);
    else
        find_fault(out, what, S("See to this first: what else is in the city could not be checked."), "%s",
                   e.what);
    city_close(city);
}

void check_key_database(const struct city *city, struct findings *out)
{
    const char *path = city_file(city, "sealed.db", out->arena);
    struct db *db = NULL;
    struct err e;

    if (access(path, F_OK) != 0)
        return; /* a city that takes no reports yet */
    enum status s = db_open(path, DB_READ, &db, &e);
    if (s == OK)
        s = db_check(db, &e);
    db_close(db);
    if (s == OK)
        find_good(out, what, "sealed.db is whole");
    else
        find_fault(out, what,
                   S("Stop the server and restore the city from its latest backup (lykta restore)."),
                   "sealed.db: %s", e.what);
}

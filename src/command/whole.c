/* Is a city as it was written? */
#include "command/whole.h"

#include "base/arena.h"
#include "release/release.h"
#include "store/city.h"
#include "store/db.h"

#include <unistd.h>

static enum status check_key_database(const struct city *city, struct err *e)
{
    struct arena *a = arena_open();
    const char *path = city_file(city, "sealed.db", a);
    struct db *db = NULL;
    enum status s = OK;

    if (access(path, F_OK) == 0) {
        s = db_open(path, DB_READ, &db, e);
        if (s == OK)
            s = db_check(db, e);
        db_close(db);
        if (s != OK)
            s = err_in(e, "sealed.db");
    }
    arena_close(a);
    return s;
}

enum status city_whole(const char *path, struct whole *out, struct err *e)
{
    struct city *city = NULL;

    *out = (struct whole){0};
    TRY(city_open(path, DB_READ, &city, e));
    enum status s = db_check(city->db, e);
    if (s == OK)
        s = check_key_database(city, e);
    if (s == OK)
        s = audit_verify(city->db, &out->head, e);
    if (s == OK)
        s = release_verify_all(city, &out->releases, e);
    city_close(city);
    return s == OK ? OK : err_in(e, "%s", path);
}

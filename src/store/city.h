/* A city is a folder: lykta.db, files/, keys/ and lykta.conf. One city, one database: cities cannot leak into
 * each other. The database may be a schema in a PostgreSQL server instead of lykta.db: lykta.conf then says
 * where. A fault in what the user named is BAD_INPUT; what the machine does not allow is SYSTEM. */
#ifndef LYKTA_STORE_CITY_H
#define LYKTA_STORE_CITY_H

#include "base/err.h"
#include "base/str.h"
#include "store/audit.h"
#include "store/config.h"
#include "store/db.h"
#include "store/settings.h"

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

struct arena;
struct db_turn;

enum { CITY_NAME_MAX_BYTES = 100 };

struct city_make {
    struct str municipality; /* four digits */
    struct str name;         /* empty: the municipality's */
    struct str database;     /* an address (db_address.h); empty: lykta.db. Without a schema: lykta_CODE */
    bool is_example;         /* its figures are from elsewhere, to show the method */
    struct who who;
};

/* An open city. Texts live until city_close. */
struct city {
    const char *path;
    const char *database; /* what db_open takes: the path of lykta.db, or an address */
    struct db *db;
    struct config file; /* what lykta.conf says; what holds is city_settings */
    struct settings_now *settings;
    struct str municipality;
    bool is_example;
    int64_t created_at;
    struct arena *arena;
    const char *holder; /* of the claim to do what the city does by itself; NULL until city_work */
    atomic_llong *claimed_until_ms;  /* by this machine's clock; 0: somebody else has it, or nobody */
    int lock;                        /* a file descriptor, -1 until city_lock */
    int turns;                       /* another, -1 until other processes serve it too: db_turn_share */
    struct db_turn *turn, *key_turn; /* of the connections that write to lykta.db, and to sealed.db */
};

/* Makes a new city at `path`, whole or not at all. BAD_INPUT when something is there already, the code is
 * wrong, or it is unknown and no name is given. */
enum status city_init(const char *path, const struct city_make *make, struct err *e) MUST_USE;

/* Removes the city at `path`, its database too: for one that could not be finished. */
void city_remove(const char *path);

/* Opens the city at `path`; `mode` is DB_READ or DB_WRITE. BAD_INPUT when the folder is missing, is not a
 * city, or its tables are older or newer than this program's; SYSTEM when it may not be read, or not be
 * written in DB_WRITE. */
enum status city_open(const char *path, enum db_mode mode, struct city **out, struct err *e) MUST_USE;

/* NULL is harmless. */
void city_close(struct city *city);

/* Brings the tables of the city at `path` forward to this program's; *applied is how many blocks that took.
 */
enum status city_migrate(const char *path, int64_t now_at, size_t *applied, struct err *e) MUST_USE;

/* One more connection to the city's database, for a thread of its own; the caller closes it before the city.
 * Those that write do so in turn. */
enum status city_connect(const struct city *city, enum db_mode mode, struct db **out, struct err *e) MUST_USE;

/* What the city has chosen: its name, and lykta.conf with what has been changed in the portal. Any thread may
 * ask; texts live until city_close. It holds for the moment: ask again for the next piece of work. */
const struct settings *city_settings(const struct city *city);

/* Takes over what has been changed in the portal, read with `db`. */
enum status city_refresh(const struct city *city, struct db *db, struct err *e) MUST_USE;

/* Takes the city for serving, until city_close: SYSTEM when another process serves it already. */
enum status city_lock(struct city *city, struct err *e) MUST_USE;

/* The same for one of several processes: a city whose database is in a server may be served by more than one,
 * on its folder or on other machines. */
enum status city_share(struct city *city, struct err *e) MUST_USE;

/* The same for the process beside it that does what a served city does by itself. One of its like is the
 * first: in a folder by a lock on it, with a server by a claim in the database in the name `holder`
 * (claim_holder), which outlives the city; who has the name already, since it was killed and made again, has
 * the claim. It writes in turn with who serves. */
enum status city_work(struct city *city, const char *holder, struct err *e) MUST_USE;

/* Asks for the claim again, or holds on to it: to be called every CLAIM_RENEWED_MS (claim.h). Does nothing
 * where there is none. */
enum status city_claim(const struct city *city, struct db *db, struct err *e) MUST_USE;

/* Is this process the first of those that work for the city? The next one is when it has ended. It may cease
 * to be when it has not reached the server for a while. Any thread may ask. */
bool city_is_first(const struct city *city);

/* Who may change something through a connection. */
enum city_fence { CITY_ANYBODY, CITY_FIRST };

/* From now on a change through `db` is refused with SYSTEM when another process has become the first
 * (CITY_FIRST), or is not. */
void city_fence(const struct city *city, struct db *db, enum city_fence fence);

/* What city_close does first: locks and the claim are given back. */
void city_unlock(struct city *city);

/* Where the city's pages are for who reads a letter: [site] address, or where the city listens while it has
 * none; in `a`. */
struct str city_site(const struct city *city, struct arena *a);

/* Is its database in a server, and not in the folder? */
bool city_is_in_server(const struct city *city);

/* The path of `name` in the city's folder, in `a`. */
const char *city_file(const struct city *city, const char *name, struct arena *a);

#endif

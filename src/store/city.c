/* A city is a folder. */
#include "store/city.h"

#include "base/arena.h"
#include "base/file.h"
#include "store/db_address.h"
#include "store/db_turn.h"
#include "store/keys.h"
#include "store/migrate.h"
#include "store/municipality.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static enum status check_make(struct city_make *make, struct arena *a, struct err *e);
static enum status check_place(const char *path, struct arena *a, struct err *e);
static enum status fill(const char *folder, struct arena *a, struct err *e);
static enum status write_database(const char *database, const struct city_make *make, struct err *e);
static enum status write_config(const char *folder, struct str database, struct arena *a, struct err *e);
static enum status check_folder(const char *path, struct err *e);
static enum status find_database(const char *path, enum db_mode mode, struct arena *a, struct config *file,
                                 const char **database, struct err *e);
static enum status read_city(struct city *city, struct err *e);
static const char *without_slashes(const char *path, struct arena *a);

/* In the folder `temporary`, which gets the name `final` when all is there. */
static enum status build(const char *temporary, const char *final, const struct city_make *make,
                         struct arena *a, struct err *e)
{
    const char *database = make->database.n > 0 ? arena_cstr(a, make->database.p, make->database.n)
                                                : arena_printf(a, "%s/lykta.db", temporary);

    TRY(fill(temporary, a, e));
    TRY(write_database(database, make, e));
    enum status s = write_config(temporary, make->database, a, e);
    if (s == OK)
        s = folder_commit(temporary, final, e);
    if (s != OK)
        db_discard(database);
    return s;
}

enum status city_init(const char *path, const struct city_make *make, struct err *e)
{
    struct arena *a = arena_open();
    struct city_make checked = *make;
    const char *final = without_slashes(path, a);
    const char *temporary = arena_printf(a, "%s.%ld.tmp", final, (long)getpid());
    enum status s = check_make(&checked, a, e);

    if (s == OK)
        s = check_place(final, a, e);
    if (s == OK)
        s = folder_make(temporary, 0700, e);
    if (s != OK)
        goto done;
    s = build(temporary, final, &checked, a, e);
    if (s != OK)
        folder_remove(temporary);
done:
    arena_close(a);
    return s;
}

enum status city_open(const char *path, enum db_mode mode, struct city **out, struct err *e)
{
    struct arena *a = arena_open();
    struct city *city = arena_new(a, 1, struct city);

    *city = (struct city){.arena = a,
                          .lock = -1,
                          .turns = -1,
                          .path = without_slashes(path, a),
                          .claimed_until_ms = arena_new(a, 1, atomic_llong),
                          .turn = db_turn_open(a),
                          .key_turn = db_turn_open(a)};
    enum status s = find_database(city->path, mode, a, &city->file, &city->database, e);
    if (s == OK)
        s = city_connect(city, mode, &city->db, e);
    if (s == OK)
        s = migrate_check(city->db, migrations, e);
    if (s == OK)
        s = read_city(city, e);
    if (s == OK)
        s = settings_open(city->db, &city->file, &city->settings, e);
    if (s != OK) {
        city_close(city);
        return s;
    }
    *out = city;
    return OK;
}

void city_remove(const char *path)
{
    struct arena *a = arena_open();
    struct config file;
    const char *database = NULL;
    struct err ignored;

    if (find_database(path, DB_WRITE, a, &file, &database, &ignored) == OK)
        db_discard(database);
    folder_remove(path);
    arena_close(a);
}

void city_close(struct city *city)
{
    if (!city)
        return;
    settings_close(city->settings);
    city_unlock(city);
    db_close(city->db);
    db_turn_close(city->turn);
    db_turn_close(city->key_turn);
    arena_close(city->arena);
}

enum status city_migrate(const char *path, int64_t now_at, size_t *applied, struct err *e)
{
    struct arena *a = arena_open();
    const char *folder = without_slashes(path, a);
    struct db *db = NULL;
    struct config file;
    const char *database = NULL;
    enum status s = find_database(folder, DB_WRITE, a, &file, &database, e);

    if (s == OK)
        s = db_open(database, DB_WRITE, &db, e);
    if (s == OK)
        s = migrate(db, migrations, now_at, applied, e);
    if (s == OK)
        s = key_make_missing(folder, KEY_ACCOUNT, e);
    db_close(db);
    arena_close(a);
    return s;
}

enum status city_connect(const struct city *city, enum db_mode mode, struct db **out, struct err *e)
{
    *out = NULL;
    enum status s = db_open(city->database, mode, out, e);
    if (s == OK)
        s = db_bound_cache(*out, e);
    if (s == OK && mode == DB_WRITE)
        s = db_in_turn(*out, city->turn, e);
    if (s != OK) {
        db_close(*out);
        *out = NULL;
    }
    return s;
}

const struct settings *city_settings(const struct city *city)
{
    return settings_get(city->settings);
}

enum status city_refresh(const struct city *city, struct db *db, struct err *e)
{
    return settings_refresh(city->settings, db, e);
}

struct str city_site(const struct city *city, struct arena *a)
{
    const struct config *c = &city_settings(city)->config;

    return c->address.n > 0 ? c->address : str_of(arena_printf(a, "http://%.*s", STR(c->listen)));
}

bool city_is_in_server(const struct city *city)
{
    return db_is_address(city->database);
}

const char *city_file(const struct city *city, const char *name, struct arena *a)
{
    return arena_printf(a, "%s/%s", city->path, name);
}

static enum status check_make(struct city_make *make, struct arena *a, struct err *e)
{
    struct str known;

    TRY(municipality_name(make->municipality, a, &known, e));
    if (make->name.n == 0)
        make->name = known;
    if (make->name.n == 0)
        return err_set(
            e, BAD_INPUT,
            "%.*s is not among the municipalities this program has names for; give its name with --name",
            STR(make->municipality));
    if (make->name.n > CITY_NAME_MAX_BYTES || !str_is_utf8(make->name))
        return err_set(e, BAD_INPUT, "a city's name is UTF-8 text of at most %d bytes",
                       (int)CITY_NAME_MAX_BYTES);
    if (make->database.n == 0)
        return OK;
    return db_address_complete(make->database, make->municipality, a, &make->database, e);
}

/* Nothing may be at `path`, and the folder it is to be in must exist. */
static enum status check_place(const char *path, struct arena *a, struct err *e)
{
    const char *slash = strrchr(path, '/');
    size_t n = slash ? (size_t)(slash - path) : 0;
    const char *parent = slash ? arena_cstr(a, path, n > 0 ? n : 1) : ".";
    struct stat info;

    if (lstat(path, &info) == 0)
        return err_set(e, BAD_INPUT,
                       "%s: there is something there already; name a folder that does not exist", path);
    if (stat(parent, &info) != 0 || !S_ISDIR(info.st_mode))
        return err_set(e, BAD_INPUT, "%s: cannot be made: there is no folder %s", path, parent);
    return OK;
}

static enum status fill(const char *folder, struct arena *a, struct err *e)
{
    TRY(folder_make(arena_printf(a, "%s/files", folder), 0700, e));
    TRY(folder_make(arena_printf(a, "%s/files/releases", folder), 0700, e));
    return keys_make(folder, e);
}

/* lykta.conf comes last: writing it makes the folder's list of files safe on disk, and with it all that came
 * before. */
static enum status write_config(const char *folder, struct str database, struct arena *a, struct err *e)
{
    struct str text = str_of(config_template);

    if (database.n > 0)
        text = config_with_database(text, database, a);
    return file_write(arena_printf(a, "%s/lykta.conf", folder), text, 0600, e);
}

static enum status insert_city(struct db *db, const struct city_make *make, struct err *e)
{
    static const char sql[] =
        "insert into city (id, municipality, name, is_example, created_at) values (1, $1, $2, $3, $4)";
    struct query q = db_query(db, sql);

    bind_str(&q, 1, make->municipality);
    bind_str(&q, 2, make->name);
    bind_int(&q, 3, make->is_example);
    bind_int(&q, 4, make->who.now_at);
    return query_run(&q, e);
}

static enum status write_database(const char *database, const struct city_make *make, struct err *e)
{
    struct audit_line line = {.who = make->who, .action = "city.init", .detail = make->name};
    struct db *db = NULL;
    size_t applied = 0;

    TRY(db_open(database, DB_CREATE, &db, e));
    enum status s = migrate(db, migrations, make->who.now_at, &applied, e);
    if (s == OK)
        s = db_change(db, e);
    if (s == OK)
        s = db_change_end(db, insert_city(db, make, e), &line, e);
    db_close(db);
    if (s != OK)
        db_discard(database);
    return s;
}

static enum status check_folder(const char *path, struct err *e)
{
    struct stat info;

    if (stat(path, &info) != 0) {
        bool is_missing = errno == ENOENT || errno == ENOTDIR;

        return err_set(e, is_missing ? BAD_INPUT : SYSTEM, "%s: %s", path,
                       is_missing ? "no such folder; lykta init makes a city" : strerror(errno));
    }
    if (!S_ISDIR(info.st_mode))
        return err_set(e, BAD_INPUT, "%s: is not a folder; a city is the folder that lykta init made", path);
    if (access(path, R_OK | X_OK) != 0)
        return err_set(e, SYSTEM, "%s: may not be read by this user: %s", path, strerror(errno));
    return OK;
}

/* A folder without lykta.db is no city, unless its lykta.conf names a server. */
static enum status find_database(const char *path, enum db_mode mode, struct arena *a, struct config *file,
                                 const char **database, struct err *e)
{
    const char *name = arena_printf(a, "%s/lykta.conf", path);
    const char *own = arena_printf(a, "%s/lykta.db", path);
    const bool has_own = access(own, F_OK) == 0;
    struct str conf;

    TRY(check_folder(path, e));
    if (!has_own && access(name, F_OK) != 0)
        return err_set(e, BAD_INPUT, "%s: is not a city: it has no lykta.db; lykta init makes a city", path);
    TRY(file_read(name, CONFIG_MAX_BYTES, a, &conf, e));
    TRY(config_read(name, conf, a, file, e));
    *database = file->database.n > 0 ? arena_cstr(a, file->database.p, file->database.n) : own;
    if (*database == own && !has_own)
        return err_set(e, BAD_INPUT, "%s: is not a city: it has no lykta.db; lykta init makes a city", path);
    if (*database != own && !db_is_address(*database))
        return err_set(e, BAD_INPUT,
                       "%s: [database] address: expected postgresql://USER@HOST/DATABASE#SCHEMA", name);
    if (mode == DB_WRITE && (access(path, W_OK) != 0 || (*database == own && access(own, W_OK) != 0)))
        return err_set(e, SYSTEM, "%s: is read-only for this user; nothing can be changed in it", path);
    return OK;
}

static enum status read_city(struct city *city, struct err *e)
{
    static const char sql[] = "select municipality, is_example, created_at from city where id = 1";
    struct query q = db_query(city->db, sql);
    bool is_there = query_next(&q);

    city->municipality = query_str(&q, 0, city->arena);
    city->is_example = query_int(&q, 1) != 0;
    city->created_at = query_int(&q, 2);
    TRY(query_end(&q, e));
    if (!is_there)
        return err_set(e, BAD_INPUT, "%s: is not a whole city: its database names no municipality",
                       city->path);
    return OK;
}

static const char *without_slashes(const char *path, struct arena *a)
{
    size_t n = strlen(path);

    while (n > 1 && path[n - 1] == '/')
        n--;
    return arena_cstr(a, path, n);
}

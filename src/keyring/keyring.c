/* The key file of a city. */
#include "keyring/keyring.h"

#include "base/arena.h"
#include "base/file.h"
#include "seal/secret.h"
#include "store/city.h"
#include "store/db.h"
#include "store/db_turn.h"
#include "store/keys.h"
#include "store/migrate.h"

#include <string.h>
#include <unistd.h>

extern const struct migration keyring_blocks[]; /* made from key_file.sql */

struct keyring {
    struct arena *arena;
    struct db *file;
    struct db *city;
    struct str municipality;
    struct key *lookup; /* in locked memory */
};

static const char *path_of(const struct city *city, struct arena *a)
{
    return city_file(city, "sealed.db", a);
}

bool keyring_exists(const struct city *city)
{
    struct arena *a = arena_open();
    bool is_there = access(path_of(city, a), F_OK) == 0;

    arena_close(a);
    return is_there;
}

static enum status insert_recovery(struct db *file, const struct keyring_make *make,
                                   const struct seal_public *public_key, struct err *e)
{
    static const char sql[] = "insert into recovery (id, public_key, needed, shares, made_on) "
                              "values (1, $1, $2, $3, $4)";
    struct query q = db_query(file, sql);

    bind_blob(&q, 1, (struct str){(const char *)public_key->bytes, SEAL_KEY_BYTES});
    bind_int(&q, 2, (int64_t)make->needed);
    bind_int(&q, 3, (int64_t)make->shares);
    bind_date(&q, 4, date_of(make->who.now_at));
    return query_run(&q, e);
}

/* No share of the recovery key is given out for a key file that a power cut could take away. */
static enum status put_in_place(const char *temporary, const char *path, struct err *e)
{
    if (link(temporary, path) != 0)
        return err_set(e, BAD_INPUT, "%s: is there already, and what is sealed can be opened with it alone",
                       path);
    enum status s = file_keep_name(path, e);
    if (s != OK)
        unlink(path);
    return s;
}

/* The file is made under another name first: a key file that is there is whole. */
static enum status write_file(const char *path, const char *temporary, const struct keyring_make *make,
                              const struct seal_public *public_key, struct err *e)
{
    struct db *file = NULL;
    size_t applied = 0;
    enum status s = db_open(temporary, DB_CREATE, &file, e);

    if (s == OK)
        s = migrate(file, keyring_blocks, make->who.now_at, &applied, e);
    if (s == OK)
        s = insert_recovery(file, make, public_key, e);
    db_close(file);
    if (s == OK)
        s = put_in_place(temporary, path, e);
    unlink(temporary);
    return s;
}

enum status keyring_make(struct city *city, const struct keyring_make *make, struct recovery_share *out,
                         struct err *e)
{
    const struct audit_line line = {.who = make->who, .action = "recovery.make"};
    struct arena *a = arena_open();
    const char *path = path_of(city, a);
    const char *temporary = arena_printf(a, "%s.%ld.tmp", path, (long)getpid());
    struct seal_public public_key;
    enum status s = OK;

    if (keyring_exists(city))
        s = err_set(e, BAD_INPUT, "%s: is there already, and what is sealed can be opened with it alone",
                    path);
    if (s == OK)
        s = recovery_make(make->needed, make->shares, &public_key, out, e);
    if (s == OK)
        s = db_change(city->db, e);
    if (s == OK)
        s = db_change_end(city->db, OK, &line, e);
    if (s == OK)
        s = write_file(path, temporary, make, &public_key, e);
    arena_close(a);
    return s;
}

static enum status migrate_file(const struct city *city, int64_t now_at, size_t *applied, struct err *e)
{
    struct arena *a = arena_open();
    struct db *file = NULL;
    enum status s = OK;

    *applied = 0;
    if (keyring_exists(city)) {
        s = db_open(path_of(city, a), DB_WRITE, &file, e);
        if (s == OK)
            s = migrate(file, keyring_blocks, now_at, applied, e);
        db_close(file);
    }
    arena_close(a);
    return s;
}

/* A city is opened when its own tables are this program's. */
enum status keyring_migrate(const char *path, int64_t now_at, size_t *applied, struct err *e)
{
    struct city *city = NULL;
    size_t tables = 0;
    size_t keys = 0;

    TRY(city_migrate(path, now_at, &tables, e));
    TRY(city_open(path, DB_WRITE, &city, e));
    enum status s = migrate_file(city, now_at, &keys, e);
    city_close(city);
    if (s == OK)
        *applied = tables + keys;
    return s;
}

enum status keyring_open(const struct city *city, struct db *db, struct keyring **out, struct err *e)
{
    struct arena *a = arena_open();
    struct keyring *k = arena_new(a, 1, struct keyring);

    *k = (struct keyring){.arena = a, .city = db, .municipality = str_copy(city->municipality, a)};
    enum status s = OK;
    if (!keyring_exists(city))
        s = err_set(e, BAD_INPUT, "%s: has no key file yet: lykta recovery makes it", city->path);
    if (s == OK)
        s = db_open(path_of(city, a), DB_WRITE, &k->file, e);
    if (s == OK)
        s = db_bound_cache(k->file, e);
    if (s == OK)
        s = migrate_check(k->file, keyring_blocks, e);
    if (s == OK)
        s = db_in_turn(k->file, city->key_turn, e);
    if (s == OK) {
        k->lookup = secret_open(sizeof *k->lookup);
        s = key_read(city->path, KEY_LOOKUP, k->lookup, e);
    }
    if (s != OK) {
        keyring_close(k);
        return s;
    }
    *out = k;
    return OK;
}

void keyring_close(struct keyring *k)
{
    if (!k)
        return;
    db_close(k->file);
    secret_close(k->lookup);
    arena_close(k->arena);
}

struct db *keyring_file(const struct keyring *k)
{
    return k->file;
}

struct db *keyring_city(const struct keyring *k)
{
    return k->city;
}

struct str keyring_municipality(const struct keyring *k)
{
    return k->municipality;
}

const unsigned char *keyring_lookup_key(const struct keyring *k)
{
    return k->lookup->bytes;
}

enum status keyring_log(struct keyring *k, const struct audit_line *line, struct err *e)
{
    TRY(db_change(k->city, e));
    return db_change_end(k->city, OK, line, e);
}

enum status keyring_recovery(struct keyring *k, struct seal_public *out, struct err *e)
{
    static const char sql[] = "select public_key from recovery where id = 1";
    struct arena *a = arena_open();
    struct query q = db_query(k->file, sql);
    struct str bytes = query_next(&q) ? query_blob(&q, 0, a) : S("");
    enum status s = query_end(&q, e);

    if (s == OK && bytes.n != SEAL_KEY_BYTES)
        s = err_set(e, BAD_INPUT, "%s: holds no recovery key; restore it from its backup", db_path(k->file));
    if (s == OK)
        memcpy(out->bytes, bytes.p, SEAL_KEY_BYTES);
    arena_close(a);
    return s;
}

enum status keyring_shares(struct keyring *k, int64_t *needed, int64_t *shares, struct err *e)
{
    static const char sql[] = "select needed, shares from recovery where id = 1";
    struct query q = db_query(k->file, sql);
    bool is_there = query_next(&q);

    *needed = is_there ? query_int(&q, 0) : 0;
    *shares = is_there ? query_int(&q, 1) : 0;
    return query_end(&q, e);
}

static void empty_log(struct db *db)
{
    struct err told_at_night;
    enum status ignored = db_checkpoint(db, &told_at_night);

    (void)ignored;
}

/* secure_delete overwrites a row where it stood, but the write-ahead log still has it until it is emptied.
 * What a reader or a disk that fails keeps it from emptying now, and what a page that was divided still
 * holds, goes the next night (retention_scrub), which tells when it cannot: a change that has been made is
 * not answered with a failure for that. */
void keyring_erase(struct keyring *k)
{
    empty_log(k->file);
    empty_log(k->city);
}

/* Is a city as it was written? */
#include "command/whole.h"

#include "base/arena.h"
#include "release/release.h"
#include "store/city.h"
#include "store/db.h"
#include "store/keys.h"

#include <sodium.h>
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

/* What is signed with release.key is verified with release.pub: halves of one pair, or no release holds. */
static enum status check_pair(const struct key *seed, struct str told, struct err *e)
{
    unsigned char public_key[crypto_sign_PUBLICKEYBYTES];
    unsigned char secret[crypto_sign_SECRETKEYBYTES];
    char hex[2 * crypto_sign_PUBLICKEYBYTES + 1];

    crypto_sign_seed_keypair(public_key, secret, seed->bytes);
    sodium_memzero(secret, sizeof secret);
    sodium_bin2hex(hex, sizeof hex, public_key, sizeof public_key);
    if (!str_is(told, hex))
        return err_set(
            e, BAD_INPUT,
            "keys/release.pub: is not the public half of keys/release.key; restore both from a backup");
    return OK;
}

static enum status check_keys(const struct city *city, struct err *e)
{
    struct arena *a = arena_open();
    struct str told;
    enum status s = key_public(city->path, a, &told, e);

    for (enum key_kind kind = KEY_RELEASE; s == OK && kind < KEY_KINDS; kind++) {
        struct key key = {{0}};

        s = key_read(city->path, kind, &key, e);
        if (s == OK && kind == KEY_RELEASE)
            s = check_pair(&key, told, e);
        key_wipe(&key);
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
        s = check_keys(city, e);
    if (s == OK)
        s = audit_verify(city->db, &out->head, e);
    if (s == OK)
        s = release_verify_all(city, &out->releases, e);
    city_close(city);
    return s == OK ? OK : err_in(e, "%s", path);
}

/* A city's secret keys. */
#include "store/keys.h"

#include "base/arena.h"
#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <sodium.h>

enum { PUBLIC_HEX = 64 };

static enum status path_in(const char *folder, const char *name, char out[PATH_MAX], struct err *e);
static enum status write_public(const char *folder, const struct key *seed, struct err *e);

static const char *const key_file[] = {[KEY_RELEASE] = "keys/release.key",
                                       [KEY_CUBE] = "keys/cube.key",
                                       [KEY_LOOKUP] = "keys/lookup.key",
                                       [KEY_LINK] = "keys/link.key",
                                       [KEY_ACCOUNT] = "keys/account.key"};

static enum status make_key(const char *folder, enum key_kind kind, struct err *e)
{
    char path[PATH_MAX];
    struct key key;

    if (sodium_init() < 0)
        give_up("the cryptographic library cannot start");
    TRY(path_in(folder, key_file[kind], path, e));
    sodium_mlock(&key, sizeof key);
    randombytes_buf(key.bytes, sizeof key.bytes);
    enum status s = file_write(path, (struct str){(const char *)key.bytes, sizeof key.bytes}, 0600, e);
    if (s == OK && kind == KEY_RELEASE)
        s = write_public(folder, &key, e);
    key_wipe(&key);
    return s;
}

enum status keys_make(const char *folder, struct err *e)
{
    char path[PATH_MAX];

    TRY(path_in(folder, "keys", path, e));
    TRY(folder_make(path, 0700, e));
    for (enum key_kind kind = KEY_RELEASE; kind < KEY_KINDS; kind++)
        TRY(make_key(folder, kind, e));
    return OK;
}

enum status key_make_missing(const char *folder, enum key_kind kind, struct err *e)
{
    char path[PATH_MAX];

    TRY(path_in(folder, key_file[kind], path, e));
    return access(path, F_OK) == 0 ? OK : make_key(folder, kind, e);
}

static enum status read_bytes(int fd, const char *path, struct key *out, struct err *e)
{
    struct stat info;

    if (fstat(fd, &info) != 0)
        return err_set(e, SYSTEM, "%s: cannot be read: %s", path, strerror(errno));
    if ((info.st_mode & 077) != 0)
        return err_set(e, BAD_INPUT, "%s: others than its owner may read this secret key; give it mode 0600",
                       path);
    if (info.st_size != KEY_BYTES || read(fd, out->bytes, KEY_BYTES) != KEY_BYTES)
        return err_set(e, BAD_INPUT, "%s: is not a key of %d bytes; restore it from a backup", path,
                       (int)KEY_BYTES);
    return OK;
}

enum status key_read(const char *folder, enum key_kind kind, struct key *out, struct err *e)
{
    char path[PATH_MAX];

    TRY(path_in(folder, key_file[kind], path, e));
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    if (fd < 0)
        return err_set(e, SYSTEM, "%s: the key cannot be opened: %s", path, strerror(errno));
    sodium_mlock(out, sizeof *out);
    enum status s = read_bytes(fd, path, out, e);
    close(fd);
    if (s != OK)
        key_wipe(out);
    return s;
}

void key_wipe(struct key *key)
{
    sodium_munlock(key, sizeof *key); /* overwrites with zeros before it unlocks */
    sodium_memzero(key, sizeof *key);
}

enum status key_public(const char *folder, struct arena *a, struct str *hex, struct err *e)
{
    char path[PATH_MAX];
    struct str bytes;

    TRY(path_in(folder, "keys/release.pub", path, e));
    TRY(file_read(path, 1024, a, &bytes, e));
    *hex = str_trim(bytes);
    if (hex->n != PUBLIC_HEX)
        return err_set(e, BAD_INPUT,
                       "%s: is not a public key of 64 hexadecimal digits; restore it from a backup", path);
    return OK;
}

static enum status write_public(const char *folder, const struct key *seed, struct err *e)
{
    unsigned char public_key[crypto_sign_PUBLICKEYBYTES];
    unsigned char secret[crypto_sign_SECRETKEYBYTES];
    char hex[2 * crypto_sign_PUBLICKEYBYTES + 1];
    char path[PATH_MAX];

    crypto_sign_seed_keypair(public_key, secret, seed->bytes);
    sodium_memzero(secret, sizeof secret);
    sodium_bin2hex(hex, sizeof hex, public_key, sizeof public_key);
    hex[sizeof hex - 1] = '\n';
    TRY(path_in(folder, "keys/release.pub", path, e));
    return file_write(path, (struct str){hex, sizeof hex}, 0644, e);
}

static enum status path_in(const char *folder, const char *name, char out[PATH_MAX], struct err *e)
{
    int n = snprintf(out, PATH_MAX, "%s/%s", folder, name);

    if ((size_t)n >= PATH_MAX)
        return err_set(e, BAD_INPUT, "%.200s: the path is too long", folder);
    return OK;
}

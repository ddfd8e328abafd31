/* The backup key: two files of hexadecimal digits. */
#include "backup/backup.h"

#include "base/arena.h"
#include "base/file.h"
#include "base/str.h"
#include "seal/secret.h"
#include "store/city.h"
#include "store/db.h"

#include <sodium.h>
#include <unistd.h>

#define HEAD "lykta-backup-key-1 "

enum { HEX_BYTES = 2 * BACKUP_KEY_BYTES, FILE_MOST_BYTES = 200 };

static const char public_name[] = "keys/backup.pub";

static enum status keep_secret_half(const char *path, const struct backup_key *key, struct err *e)
{
    struct arena *a = arena_open_secret();
    char *hex = arena_new(a, HEX_BYTES + 1, char);

    sodium_bin2hex(hex, HEX_BYTES + 1, key->secret_half, BACKUP_KEY_BYTES);
    enum status s = file_write(path, str_of(arena_printf(a, HEAD "%s\n", hex)), 0600, e);
    arena_close(a);
    return s;
}

static enum status keep_public_half(const struct city *city, const struct backup_key *key, struct arena *a,
                                    struct err *e)
{
    char hex[HEX_BYTES + 1];

    sodium_bin2hex(hex, sizeof hex, key->public_half, BACKUP_KEY_BYTES);
    return file_write(city_file(city, public_name, a), str_of(arena_printf(a, "%s\n", hex)), 0644, e);
}

static enum status make(struct city *city, const char *path, const struct who *who, struct arena *a,
                        struct err *e)
{
    const struct audit_line line = {.who = *who, .action = "city.backup_key"};

    if (access(city_file(city, public_name, a), F_OK) == 0)
        return err_set(e, BAD_INPUT,
                       "%s: is there already. To change the key, move that file away: older backups still "
                       "need the key they were made with",
                       city_file(city, public_name, a));
    if (access(path, F_OK) == 0)
        return err_set(e, BAD_INPUT, "%s: is there already", path);
    struct backup_key *key = secret_open(sizeof *key);
    crypto_box_keypair(key->public_half, key->secret_half);
    enum status s = keep_secret_half(path, key, e);
    if (s == OK)
        s = db_change(city->db, e);
    if (s == OK)
        s = db_change_end(city->db, keep_public_half(city, key, a, e), &line, e);
    secret_close(key);
    return s;
}

enum status backup_key_make(struct city *city, const char *path, const struct who *who, struct err *e)
{
    struct arena *a = arena_open();
    enum status s = make(city, path, who, a, e);

    arena_close(a);
    return s;
}

static bool from_hex(struct str hex, unsigned char out[BACKUP_KEY_BYTES])
{
    size_t n = 0;

    return hex.n == HEX_BYTES && sodium_hex2bin(out, BACKUP_KEY_BYTES, hex.p, hex.n, NULL, &n, NULL) == 0 &&
           n == BACKUP_KEY_BYTES;
}

enum status backup_key_read(const char *path, struct backup_key *out, struct err *e)
{
    struct arena *a = arena_open_secret();
    struct str text = S("");

    enum status s = file_read(path, FILE_MOST_BYTES, a, &text, e);
    text = str_trim(text);
    if (s == OK &&
        (!str_starts(text, S(HEAD)) || !from_hex(str_part(text, sizeof HEAD - 1, text.n), out->secret_half)))
        s = err_set(e, BAD_INPUT, "%s: is no backup key: lykta backup DIR --make-key writes one", path);
    if (s == OK)
        crypto_scalarmult_base(out->public_half, out->secret_half);
    arena_close(a);
    return s;
}

enum status backup_key_of(const struct city *city, unsigned char out[BACKUP_KEY_BYTES], struct err *e)
{
    struct arena *a = arena_open();
    const char *path = city_file(city, public_name, a);
    struct str text = S("");
    enum status s = OK;

    if (access(path, F_OK) != 0)
        s = err_set(e, BAD_INPUT, "%s: has no backup key yet: lykta backup DIR --make-key FILE makes one",
                    city->path);
    if (s == OK)
        s = file_read(path, FILE_MOST_BYTES, a, &text, e);
    if (s == OK && !from_hex(str_trim(text), out))
        s = err_set(e, BAD_INPUT, "%s: is no public half of a backup key", path);
    arena_close(a);
    return s;
}

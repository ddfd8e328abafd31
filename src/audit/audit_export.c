/* The log as a signed file. */
#include "audit/audit_export.h"

#include "base/arena.h"
#include "base/json.h"
#include "base/text.h"
#include "store/audit.h"
#include "store/city.h"
#include "store/keys.h"

#include <inttypes.h>
#include <string.h>

#include <sodium.h>

#include <errno.h>
#include <unistd.h>

enum { PIECE_BYTES = 64 * 1024, HASH_HEX = 2 * AUDIT_HASH_BYTES };

/* A file being written. */
struct export
{
    int fd;
    int64_t bytes;
    struct text piece; /* what waits to be written */
    crypto_hash_sha256_state hash;
};

static enum status flush(struct export *x, struct err *e)
{
    size_t done = 0;

    while (done < x->piece.n) {
        ssize_t n = write(x->fd, x->piece.p + done, x->piece.n - done);
        if (n < 0 && errno != EINTR)
            return err_set(e, SYSTEM, "the log's file cannot be written: %s", strerror(errno));
        done += n > 0 ? (size_t)n : 0;
    }
    crypto_hash_sha256_update(&x->hash, (const unsigned char *)x->piece.p, x->piece.n);
    x->bytes += (int64_t)x->piece.n;
    x->piece.n = 0;
    return OK;
}

static void put_hex(struct json *j, const char *key, const unsigned char *bytes, size_t n)
{
    char hex[2 * crypto_sign_BYTES + 1];

    sodium_bin2hex(hex, sizeof hex, bytes, n);
    json_str(j, key, str_of(hex));
}

static void put_opening(struct export *x, const struct city *city, int64_t now_at)
{
    struct json j = json_open(&x->piece);

    json_object_flat(&j, NULL);
    json_str(&j, "format", S(AUDIT_EXPORT_FORMAT));
    json_str(&j, "city", city->municipality);
    json_str(&j, "name", city_settings(city)->name);
    json_i64(&j, "exported_at", now_at);
    json_object_end(&j);
}

static enum status put_row(void *context, const struct audit_entry *row, struct err *e)
{
    struct export *x = context;
    struct json j = json_open(&x->piece);

    json_object_flat(&j, NULL);
    json_i64(&j, "id", row->id);
    json_i64(&j, "at", row->at);
    json_str(&j, "who", row->who);
    json_str(&j, "role", row->role);
    json_str(&j, "why", row->why);
    json_str(&j, "action", row->action);
    json_i64(&j, "subject", row->subject);
    json_str(&j, "detail", row->detail);
    put_hex(&j, "hash", (const unsigned char *)row->hash.p, row->hash.n <= HASH_HEX ? row->hash.n : 0);
    json_object_end(&j);
    return x->piece.n < PIECE_BYTES ? OK : flush(x, e);
}

/* What is signed: the format's name, so that no signature of something else can stand here, the head, and the
 * hash of all lines before the last. */
static void sign(const struct key *key, const struct audit_head *head, const char *sha256, struct arena *a,
                 unsigned char public_key[crypto_sign_PUBLICKEYBYTES],
                 unsigned char signature[crypto_sign_BYTES])
{
    unsigned char secret[crypto_sign_SECRETKEYBYTES];
    char hex[HASH_HEX + 1];
    struct text told = text_open(a);

    sodium_bin2hex(hex, sizeof hex, head->hash, sizeof head->hash);
    text_format(&told, AUDIT_EXPORT_FORMAT "\nlast %" PRId64 "\nhead %s\nsha256 %s\n", head->last, hex,
                sha256);
    crypto_sign_seed_keypair(public_key, secret, key->bytes);
    crypto_sign_detached(signature, NULL, (const unsigned char *)told.p, told.n, secret);
    sodium_memzero(secret, sizeof secret);
}

static void put_closing(struct export *x, const struct key *key, const struct audit_head *head,
                        struct arena *a)
{
    unsigned char public_key[crypto_sign_PUBLICKEYBYTES];
    unsigned char signature[crypto_sign_BYTES];
    unsigned char hash[crypto_hash_sha256_BYTES];
    char sha256[2 * sizeof hash + 1];
    struct json j = json_open(&x->piece);

    crypto_hash_sha256_final(&x->hash, hash);
    sodium_bin2hex(sha256, sizeof sha256, hash, sizeof hash);
    sign(key, head, sha256, a, public_key, signature);
    json_object_flat(&j, NULL);
    json_i64(&j, "last", head->last);
    put_hex(&j, "head", head->hash, sizeof head->hash);
    json_str(&j, "sha256", str_of(sha256));
    put_hex(&j, "public_key", public_key, sizeof public_key);
    put_hex(&j, "signature", signature, sizeof signature);
    json_object_end(&j);
}

static enum status write_all(struct export *x, const struct city *city, struct db *db, const struct key *key,
                             int64_t now_at, struct arena *a, struct err *e)
{
    struct audit_head head;

    put_opening(x, city, now_at);
    TRY(audit_walk(db, put_row, x, &head, e));
    TRY(flush(x, e));
    put_closing(x, key, &head, a);
    return flush(x, e);
}

enum status audit_export(const struct city *city, struct db *db, int64_t now_at, int fd, int64_t *bytes,
                         struct err *e)
{
    struct key key;

    TRY(key_read(city->path, KEY_RELEASE, &key, e));
    struct arena *a = arena_open();
    struct export x = {.fd = fd, .piece = text_open(a)};
    crypto_hash_sha256_init(&x.hash);
    enum status s = write_all(&x, city, db, &key, now_at, a, e);
    if (s == OK)
        *bytes = x.bytes;
    arena_close(a);
    key_wipe(&key);
    return s;
}

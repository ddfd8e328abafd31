/* A signed folder. */
#include "release/bundle.h"

#include "base/arena.h"
#include "base/file.h"
#include "base/json.h"
#include "base/text.h"
#include "store/keys.h"

#include <assert.h>
#include <dirent.h>
#include <errno.h>
#include <inttypes.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <jansson.h>
#include <sodium.h>

enum { SIGNATURE_HEX = 2 * crypto_sign_BYTES, SIGNATURE_FILE_LIMIT = 4096, NAME_MAX_BYTES = 80 };

/* manifest.sig, taken apart: hexadecimal text. */
struct signature {
    struct str public_key;
    struct str manifest_hash;
    struct str signature;
};

static struct str hash_hex(struct str bytes, struct arena *a);
static struct str signature_text(const struct signature *sig, struct arena *a);
static enum status write_files(const struct bundle *b, const char *folder, struct str signature,
                               struct arena *a, struct err *e);
static enum status check_signature(struct bundle *b, struct str text, struct str public_key, struct arena *a,
                                   struct err *e);
static enum status read_files(struct bundle *b, const char *path, struct arena *a, struct err *e);
static enum status check_nothing_else(const struct bundle *b, const char *path, const char *inside,
                                      struct arena *a, struct err *e);

void bundle_add(struct bundle *b, const char *name, struct str bytes)
{
    assert(b->files < BUNDLE_MAX_FILES);
    b->file[b->files++] = (struct bundle_file){str_of(name), bytes};
}

enum status bundle_find(const struct bundle *b, const char *name, struct str *bytes, struct err *e)
{
    for (size_t i = 0; i < b->files; i++)
        if (str_is(b->file[i].name, name)) {
            *bytes = b->file[i].bytes;
            return OK;
        }
    return err_set(e, BAD_INPUT, "%s: missing: a release has it", name);
}

void bundle_put_files(const struct bundle *b, struct json *manifest)
{
    struct arena *a = arena_open();

    json_array_begin(manifest, "files");
    for (size_t i = 0; i < b->files; i++) {
        json_object_begin(manifest, NULL);
        json_str(manifest, "name", b->file[i].name);
        json_i64(manifest, "bytes", (int64_t)b->file[i].bytes.n);
        json_str(manifest, "sha256", hash_hex(b->file[i].bytes, a));
        json_object_end(manifest);
    }
    json_array_end(manifest);
    arena_close(a);
}

static struct str hex_of(const unsigned char *bytes, size_t n, struct arena *a)
{
    char *hex = arena_new(a, 2 * n + 1, char);

    sodium_bin2hex(hex, 2 * n + 1, bytes, n);
    return (struct str){hex, 2 * n};
}

enum status bundle_write(struct bundle *b, const char *path, const struct key *key, struct arena *a,
                         struct err *e)
{
    unsigned char public_key[crypto_sign_PUBLICKEYBYTES];
    unsigned char secret[crypto_sign_SECRETKEYBYTES];
    unsigned char signature[crypto_sign_BYTES];
    const char *temporary = arena_printf(a, "%s.%ld.tmp", path, (long)getpid());

    crypto_sign_seed_keypair(public_key, secret, key->bytes);
    crypto_sign_detached(signature, NULL, (const unsigned char *)b->manifest.p, b->manifest.n, secret);
    sodium_memzero(secret, sizeof secret);
    b->public_key = hex_of(public_key, sizeof public_key, a);
    b->manifest_hash = hash_hex(b->manifest, a);
    struct signature sig = {b->public_key, b->manifest_hash, hex_of(signature, sizeof signature, a)};
    TRY(folder_make(temporary, 0755, e));
    enum status s = write_files(b, temporary, signature_text(&sig, a), a, e);
    if (s == OK)
        s = folder_commit(temporary, path, e);
    if (s != OK)
        folder_remove(temporary);
    return s;
}

/* Those in tables/ first: writing the manifest then makes the folder's own list of files safe on disk. */
static enum status write_files(const struct bundle *b, const char *folder, struct str signature,
                               struct arena *a, struct err *e)
{
    TRY(folder_make(arena_printf(a, "%s/tables", folder), 0755, e));
    for (size_t i = 0; i < b->files; i++)
        TRY(file_write(arena_printf(a, "%s/%.*s", folder, STR(b->file[i].name)), b->file[i].bytes, 0644, e));
    TRY(file_write(arena_printf(a, "%s/manifest.sig", folder), signature, 0644, e));
    return file_write(arena_printf(a, "%s/manifest.json", folder), b->manifest, 0644, e);
}

enum status bundle_read(const char *path, struct str public_key, struct arena *a, struct bundle *out,
                        struct err *e)
{
    struct bundle b = {0};
    struct str signature;
    struct stat info;

    if (stat(path, &info) != 0 || !S_ISDIR(info.st_mode))
        return err_set(e, BAD_INPUT, "%s: is not a folder; a release is a folder with a manifest.json", path);
    if (stat(arena_printf(a, "%s/manifest.json", path), &info) != 0)
        return err_set(e, BAD_INPUT, "manifest.json: missing: %s is not a release", path);
    if (stat(arena_printf(a, "%s/manifest.sig", path), &info) != 0)
        return err_set(e, BAD_INPUT, "manifest.sig: missing: the release is not signed");
    TRY(file_read(arena_printf(a, "%s/manifest.json", path), BUNDLE_MAX_BYTES, a, &b.manifest, e));
    TRY(file_read(arena_printf(a, "%s/manifest.sig", path), SIGNATURE_FILE_LIMIT, a, &signature, e));
    TRY(check_signature(&b, signature, public_key, a, e));
    TRY(read_files(&b, path, a, e));
    TRY(check_nothing_else(&b, path, "", a, e));
    *out = b;
    return OK;
}

static struct str hash_hex(struct str bytes, struct arena *a)
{
    unsigned char hash[crypto_hash_sha256_BYTES];

    crypto_hash_sha256(hash, (const unsigned char *)bytes.p, bytes.n);
    return hex_of(hash, sizeof hash, a);
}

static struct str signature_text(const struct signature *sig, struct arena *a)
{
    struct text out = text_open(a);

    text_format(&out, "lykta-signature 1\npublic-key %.*s\nmanifest-sha256 %.*s\nsignature %.*s\n",
                STR(sig->public_key), STR(sig->manifest_hash), STR(sig->signature));
    return text_str(&out);
}

/* The `n` hexadecimal digits that follow `word` (with the line end before it) in `text`; empty when there are
 * none. */
static struct str digits_after(struct str text, struct str word, size_t n)
{
    size_t at = 0;

    while (at + word.n + n <= text.n && !str_starts(str_part(text, at, text.n), word))
        at++;
    struct str found = str_part(text, at + word.n, n);
    for (size_t i = 0; i < found.n; i++)
        if (!((found.p[i] >= '0' && found.p[i] <= '9') || (found.p[i] >= 'a' && found.p[i] <= 'f')))
            return S("");
    return found.n == n ? found : S("");
}

/* There is one way to write a signature: a file that reads the same and looks different has been changed. */
static bool signature_parse(struct str text, struct arena *a, struct signature *out)
{
    *out = (struct signature){.public_key = digits_after(text, S("\npublic-key "), BUNDLE_KEY_HEX),
                              .manifest_hash = digits_after(text, S("\nmanifest-sha256 "), BUNDLE_HASH_HEX),
                              .signature = digits_after(text, S("\nsignature "), SIGNATURE_HEX)};
    return out->public_key.n > 0 && out->manifest_hash.n > 0 && out->signature.n > 0 &&
           str_equal(text, signature_text(out, a));
}

static bool signature_fits(const struct signature *sig, struct str manifest)
{
    unsigned char public_key[crypto_sign_PUBLICKEYBYTES];
    unsigned char signature[crypto_sign_BYTES];

    return sodium_hex2bin(public_key, sizeof public_key, sig->public_key.p, sig->public_key.n, NULL, NULL,
                          NULL) == 0 &&
           sodium_hex2bin(signature, sizeof signature, sig->signature.p, sig->signature.n, NULL, NULL,
                          NULL) == 0 &&
           crypto_sign_verify_detached(signature, (const unsigned char *)manifest.p, manifest.n,
                                       public_key) == 0;
}

/* The hash beside the signature tells which of the two files was changed. */
static enum status check_signature(struct bundle *b, struct str text, struct str public_key, struct arena *a,
                                   struct err *e)
{
    struct signature sig;

    if (!signature_parse(text, a, &sig))
        return err_set(e, BAD_INPUT,
                       "manifest.sig: changed: it is not in the form of a signature of Lykta's");
    b->manifest_hash = hash_hex(b->manifest, a);
    bool hash_fits = str_equal(b->manifest_hash, sig.manifest_hash);
    bool is_signed = signature_fits(&sig, b->manifest);
    if (!is_signed && !hash_fits)
        return err_set(e, BAD_INPUT, "manifest.json: changed: it is not the text that was signed");
    if (!is_signed || !hash_fits)
        return err_set(e, BAD_INPUT,
                       "manifest.sig: changed: it does not fit manifest.json, which is as it was signed");
    if (public_key.n > 0 && !str_equal(public_key, sig.public_key))
        return err_set(e, BAD_INPUT,
                       "manifest.sig: signed with the key %.16s..., expected %.16s...: another sender",
                       sig.public_key.p, public_key.p);
    b->public_key = sig.public_key;
    return OK;
}

bool bundle_is_file_name(struct str name)
{
    struct str rest = name;

    if (str_starts(rest, S("tables/")))
        rest = str_part(rest, 7, rest.n);
    for (size_t i = 0; i < rest.n; i++) {
        char c = rest.p[i];
        bool is_plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');

        if (!is_plain && !(i > 0 && (c == '.' || c == '_' || c == '-')))
            return false;
    }
    return rest.n > 0 && name.n <= NAME_MAX_BYTES;
}

/* What the next file may hold, so that no release fills the memory of who reads many. */
static size_t room_left(const struct bundle *b)
{
    size_t left = BUNDLE_MAX_TOTAL_BYTES;

    for (size_t i = 0; i < b->files; i++)
        left -= b->file[i].bytes.n;
    return left < BUNDLE_MAX_BYTES ? left : BUNDLE_MAX_BYTES;
}

static enum status read_file(struct bundle *b, const char *path, json_t *entry, struct arena *a,
                             struct err *e)
{
    json_t *name_value = json_object_get(entry, "name");
    struct str name = str_of(json_string_value(name_value));
    struct str hash = str_of(json_string_value(json_object_get(entry, "sha256")));
    json_int_t size = json_integer_value(json_object_get(entry, "bytes"));
    struct str bytes;
    struct stat info;

    if (!bundle_is_file_name(name) || name.n != json_string_length(name_value) ||
        b->files == BUNDLE_MAX_FILES)
        return err_set(e, BAD_INPUT, "manifest.json: names a file no release can have, or too many");
    const char *file = arena_printf(a, "%s/%.*s", path, STR(name));
    if (lstat(file, &info) != 0)
        return err_set(e, BAD_INPUT, "%.*s: missing: the manifest names it", STR(name));
    if (!S_ISREG(info.st_mode))
        return err_set(e, BAD_INPUT, "%.*s: changed: it is not a plain file", STR(name));
    TRY(file_read(file, room_left(b), a, &bytes, e));
    if ((json_int_t)bytes.n != size)
        return err_set(e, BAD_INPUT,
                       "%.*s: changed: it has %zu bytes, the manifest says %" JSON_INTEGER_FORMAT, STR(name),
                       bytes.n, size);
    if (!str_equal(hash_hex(bytes, a), hash))
        return err_set(e, BAD_INPUT, "%.*s: changed: its SHA-256 is not the one in the manifest", STR(name));
    b->file[b->files++] = (struct bundle_file){str_copy(name, a), bytes};
    return OK;
}

static enum status read_files(struct bundle *b, const char *path, struct arena *a, struct err *e)
{
    json_error_t fault;
    json_t *manifest = json_loadb(b->manifest.p, b->manifest.n, JSON_REJECT_DUPLICATES, &fault);
    json_t *files = json_object_get(manifest, "files");
    enum status s = OK;

    if (!json_is_array(files))
        s = err_set(e, BAD_INPUT, "manifest.json: has no list of files");
    for (size_t i = 0; s == OK && i < json_array_size(files); i++)
        s = read_file(b, path, json_array_get(files, i), a, e);
    json_decref(manifest);
    return s;
}

static bool belongs(const struct bundle *b, const char *name)
{
    struct str ignored;
    struct err e;

    return strcmp(name, "manifest.json") == 0 || strcmp(name, "manifest.sig") == 0 ||
           bundle_find(b, name, &ignored, &e) == OK;
}

static enum status check_entry(const struct bundle *b, const char *path, const char *name, struct arena *a,
                               struct err *e)
{
    struct stat info;

    if (lstat(arena_printf(a, "%s/%s", path, name), &info) != 0)
        return err_set(e, SYSTEM, "%s: cannot be looked at: %s", name, strerror(errno));
    if (strcmp(name, "tables") == 0 && S_ISDIR(info.st_mode))
        return check_nothing_else(b, path, "tables/", a, e);
    if (!belongs(b, name))
        return err_set(e, BAD_INPUT, "%s: does not belong to the release: the manifest does not name it",
                       name);
    if (!S_ISREG(info.st_mode))
        return err_set(e, BAD_INPUT, "%s: changed: it is not a plain file", name);
    return OK;
}

/* `inside` is "" or "tables/": there are no deeper folders. */
static enum status check_nothing_else(const struct bundle *b, const char *path, const char *inside,
                                      struct arena *a, struct err *e)
{
    DIR *folder = opendir(arena_printf(a, "%s/%s", path, inside));
    struct dirent *entry = NULL;
    enum status s = OK;

    if (!folder)
        return err_set(e, SYSTEM, "%s/%s: cannot be read: %s", path, inside, strerror(errno));
    while (s == OK && (entry = readdir(folder)) != NULL)
        if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0)
            s = check_entry(b, path, arena_printf(a, "%s%s", inside, entry->d_name), a, e);
    closedir(folder);
    return s;
}

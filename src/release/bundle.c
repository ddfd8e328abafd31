/* A signed folder. */
#include "release/bundle.h"

#include "base/arena.h"
#include "base/file.h"
#include "base/json.h"
#include "release/release_signature.h"

#include <assert.h>
#include <dirent.h>
#include <errno.h>
#include <inttypes.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <jansson.h>

enum { SIGNATURE_FILE_LIMIT = 4096, NAME_MAX_BYTES = 80 };

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
        json_str(manifest, "sha256", release_hash(b->file[i].bytes, a));
        json_object_end(manifest);
    }
    json_array_end(manifest);
    arena_close(a);
}

enum status bundle_write(struct bundle *b, const char *path, const struct key *key, struct arena *a,
                         struct err *e)
{
    const char *temporary = arena_printf(a, "%s.%ld.tmp", path, (long)getpid());
    const struct release_signature sig = release_signature_make(b->manifest, key, a);

    b->public_key = sig.public_key;
    b->manifest_hash = sig.hash;
    TRY(folder_make(temporary, 0755, e));
    enum status s = write_files(b, temporary, release_signature_text(&sig, a), a, e);
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

static enum status check_signature(struct bundle *b, struct str text, struct str public_key, struct arena *a,
                                   struct err *e)
{
    struct release_signature sig;

    if (!release_signature_read(text, a, &sig))
        return err_set(e, BAD_INPUT,
                       "manifest.sig: changed: it is not in the form of a signature of Lykta's");
    switch (release_signature_check(&sig, b->manifest, a)) {
    case RELEASE_SIGNATURE_FITS:
        break;
    case RELEASE_SIGNATURE_BYTES_CHANGED:
        return err_set(e, BAD_INPUT, "manifest.json: changed: it is not the text that was signed");
    case RELEASE_SIGNATURE_CHANGED:
        return err_set(e, BAD_INPUT,
                       "manifest.sig: changed: it does not fit manifest.json, which is as it was signed");
    }
    if (public_key.n > 0 && !str_equal(public_key, sig.public_key))
        return err_set(e, BAD_INPUT,
                       "manifest.sig: signed with the key %.16s..., expected %.16s...: another sender",
                       sig.public_key.p, public_key.p);
    b->manifest_hash = sig.hash;
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
    if (!str_equal(release_hash(bytes, a), hash))
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

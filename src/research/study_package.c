/* Granted releases as one file: whoever has it can verify them, and pool them anew with `lykta pool`. */
#include "research/study_access.h"

#include "base/arena.h"
#include "base/file.h"
#include "release/bundle.h"

#include <stdint.h>

#include <zip.h>

static const char signature[] = "manifest.sig";
enum { SIGNATURE_MOST_BYTES = 4096, FIXED_TIME = 315532800 /* 1980-01-01: the same bytes every time */ };

/* `bytes` outlive `zip`. */
static bool add(zip_t *zip, const struct arrival *x, const char *name, struct str bytes, struct arena *a)
{
    zip_source_t *source = zip_source_buffer(zip, bytes.p, bytes.n, 0);
    const char *path = arena_printf(a, "%.*s/%s", STR(x->release.name), name);
    zip_int64_t place = source ? zip_file_add(zip, path, source, ZIP_FL_ENC_UTF_8) : -1;

    if (place >= 0)
        return zip_file_set_mtime(zip, (zip_uint64_t)place, FIXED_TIME, 0) == 0;
    zip_source_free(source);
    return false;
}

/* Read and verified once more: what leaves is what was signed. */
static enum status add_release(zip_t *zip, const struct arrival *x, struct arena *a, struct err *e)
{
    struct bundle *b = arena_new(a, 1, struct bundle);
    struct str signed_by = {NULL, 0};

    TRY(bundle_read(x->path, x->release.public_key, a, b, e));
    TRY(file_read(arena_printf(a, "%s/%s", x->path, signature), SIGNATURE_MOST_BYTES, a, &signed_by, e));
    bool is_added = str_equal(b->manifest_hash, x->release.manifest_hash) &&
                    add(zip, x, "manifest.json", b->manifest, a) && add(zip, x, signature, signed_by, a);
    for (size_t i = 0; is_added && i < b->files; i++)
        is_added = add(zip, x, arena_cstr(a, b->file[i].name.p, b->file[i].name.n), b->file[i].bytes, a);
    return is_added ? OK : err_set(e, SYSTEM, "%s: cannot be put into a ZIP file", x->path);
}

static enum status write_all(zip_source_t *target, const struct arrivals *granted, struct arena *a,
                             struct err *e)
{
    zip_t *zip = zip_open_from_source(target, ZIP_TRUNCATE, NULL);
    enum status s = zip ? OK : err_set(e, SYSTEM, "a ZIP file cannot be made: memory ended");

    if (!zip)
        return s;
    zip_source_keep(target); /* closing gives back what opening took */
    for (size_t i = 0; s == OK && i < granted->accepted; i++)
        s = add_release(zip, &granted->arrival[i], a, e);
    if (s == OK && zip_close(zip) == 0)
        return OK;
    zip_discard(zip);
    return s != OK ? s : err_set(e, SYSTEM, "a ZIP file cannot be made: memory ended");
}

static enum status read_back(zip_source_t *source, struct arena *a, struct str *out, struct err *e)
{
    zip_stat_t about;

    if (zip_source_stat(source, &about) != 0 || !(about.valid & ZIP_STAT_SIZE) ||
        zip_source_open(source) != 0)
        return err_set(e, SYSTEM, "a ZIP file cannot be read back");
    char *bytes = arena_new(a, about.size + 1, char);
    bool is_read = zip_source_read(source, bytes, about.size) == (zip_int64_t)about.size;
    zip_source_close(source);
    *out = (struct str){bytes, about.size};
    return is_read ? OK : err_set(e, SYSTEM, "a ZIP file cannot be read back");
}

enum status study_package(const struct arrivals *granted, struct arena *a, struct str *out, struct err *e)
{
    zip_source_t *target = zip_source_buffer_create(NULL, 0, 0, NULL);

    if (!target)
        return err_set(e, SYSTEM, "a ZIP file cannot be made: memory ended");
    enum status s = write_all(target, granted, a, e);
    if (s == OK)
        s = read_back(target, a, out, e);
    zip_source_free(target);
    return s;
}

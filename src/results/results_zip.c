/* The names in a ZIP file: nothing is unpacked. */
#include "results/results_file.h"

#include "base/arena.h"

#include <string.h>
#include <zip.h>

/* A name that stays in the folder where the file is unpacked, on any system. */
static bool stays_inside(struct str name)
{
    struct str rest = name;
    struct str part;
    bool has_more = true;

    if (name.n == 0 || name.p[0] == '/' || memchr(name.p, '\\', name.n) || memchr(name.p, ':', name.n))
        return false;
    while (has_more) {
        has_more = str_cut(rest, '/', &part, &rest);
        if (str_is(part, ".."))
            return false;
    }
    return true;
}

static bool read_name(zip_t *zip, zip_uint64_t index, struct arena *a, struct str *out)
{
    zip_stat_t told;

    if (zip_stat_index(zip, index, ZIP_FL_ENC_RAW, &told) != 0 || !(told.valid & ZIP_STAT_NAME) ||
        !(told.valid & ZIP_STAT_ENCRYPTION_METHOD) || told.encryption_method != ZIP_EM_NONE)
        return false;
    *out = str_copy(str_of(told.name), a);
    return stays_inside(*out);
}

static bool read_names(zip_t *zip, struct arena *a, struct str **name, size_t *n)
{
    const zip_int64_t entries = zip_get_num_entries(zip, 0);

    if (entries <= 0 || entries > RESULTS_ZIP_FILES)
        return false;
    *name = arena_new(a, (size_t)entries, struct str);
    for (*n = 0; *n < (size_t)entries; ++*n)
        if (!read_name(zip, *n, a, &(*name)[*n]))
            return false;
    return true;
}

/* Its table of contents must say the same as what stands before each file. */
bool results_zip_names(struct str bytes, struct arena *a, struct str **name, size_t *n)
{
    zip_source_t *source = zip_source_buffer_create(bytes.p, bytes.n, 0, NULL);
    zip_t *zip = source ? zip_open_from_source(source, ZIP_RDONLY | ZIP_CHECKCONS, NULL) : NULL;

    if (!zip) {
        zip_source_free(source);
        return false;
    }
    const bool is_read = read_names(zip, a, name, n);
    zip_discard(zip);
    return is_read;
}

/* The table of contents of a ZIP file, read without unpacking anything: APPNOTE.TXT 6.3.10, 4.3.12 and
 * 4.3.16. */
#include "results/results_file.h"

#include "base/arena.h"

#include <string.h>

enum { LOCAL_BYTES = 30, ENTRY_BYTES = 46, END_BYTES = 22 };
static const char local_sign[] = "PK\3\4", entry_sign[] = "PK\1\2", end_sign[] = "PK\5\6";

static size_t number(const char *p, int bytes)
{
    size_t value = 0;

    for (int i = bytes - 1; i >= 0; i--)
        value = value << 8 | (unsigned char)p[i];
    return value;
}

/* The end of the table stands last; a comment of at most 65,535 bytes may follow it. NULL: there is none. */
static const char *find_end(struct str bytes)
{
    for (size_t comment = 0; comment <= UINT16_MAX && comment + END_BYTES <= bytes.n; comment++) {
        const char *p = bytes.p + bytes.n - END_BYTES - comment;

        if (memcmp(p, end_sign, 4) == 0 && number(p + 20, 2) == comment)
            return p;
    }
    return NULL;
}

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

/* The entry at `place` of the table: its name, and where the next one stands. */
static bool read_entry(struct str table, size_t *place, struct str *name)
{
    if (table.n - *place < ENTRY_BYTES)
        return false;
    const char *p = table.p + *place;
    const size_t name_bytes = number(p + 28, 2);
    const size_t bytes = ENTRY_BYTES + name_bytes + number(p + 30, 2) + number(p + 32, 2);
    const bool is_encrypted = number(p + 8, 2) & 1;

    if (memcmp(p, entry_sign, 4) != 0 || is_encrypted || bytes > table.n - *place)
        return false;
    *name = (struct str){p + ENTRY_BYTES, name_bytes};
    *place += bytes;
    return stays_inside(*name);
}

bool results_zip_names(struct str bytes, struct arena *a, struct str **name, size_t *n)
{
    if (bytes.n < LOCAL_BYTES + ENTRY_BYTES + END_BYTES || memcmp(bytes.p, local_sign, 4) != 0)
        return false;
    const char *end = find_end(bytes);
    if (!end)
        return false;
    const size_t entries = number(end + 10, 2);
    const size_t table_bytes = number(end + 12, 4);
    const size_t table_at = number(end + 16, 4);
    const size_t before_end = (size_t)(end - bytes.p);
    if (entries == 0 || entries > RESULTS_ZIP_FILES || table_at > before_end ||
        table_bytes != before_end - table_at)
        return false;
    const struct str table = {bytes.p + table_at, table_bytes};
    size_t place = 0;
    *name = arena_new(a, entries, struct str);
    for (*n = 0; *n < entries; ++*n)
        if (!read_entry(table, &place, &(*name)[*n]))
            return false;
    return place == table_bytes;
}

/* Hostile bytes inside a backup: every entry's name stays in the folder, and reading ends. */
#include "backup/archive.h"

#include <assert.h>
#include <stddef.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const unsigned char *bytes, size_t n);

static enum status forget(void *to, struct str bytes, struct err *e)
{
    (void)to;
    (void)bytes;
    (void)e;
    return OK;
}

int LLVMFuzzerTestOneInput(const unsigned char *bytes, size_t n)
{
    struct str rest = {(const char *)bytes, n};
    struct source from = source_of_str(&rest, "fuzz");
    struct sink to = {forget, NULL};
    struct archive_entry entry;
    struct err e;

    while (archive_next(&from, &entry, &e) == OK && entry.kind != ARCHIVE_END) {
        assert(entry.name[0] != '/' && !strstr(entry.name, "/../"));
        if (archive_move(&from, entry.size, &to, &e) != OK)
            break;
    }
    return 0;
}

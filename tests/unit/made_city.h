/* A city for each test, of which city_init makes only the first that a program asks for: the others are
 * copies of that as it was new, with its keys. For tests that have one city each. */
#ifndef LYKTA_TESTS_MADE_CITY_H
#define LYKTA_TESTS_MADE_CITY_H

#include "base/arena.h"
#include "base/file.h"
#include "store/city.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static inline enum status made_copy(const char *from, const char *to, struct arena *a, struct err *e);

static inline enum status made_copy_all(DIR *in, const char *from, const char *to, struct arena *a,
                                        struct err *e)
{
    const struct dirent *entry;

    while ((entry = readdir(in)))
        if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0)
            TRY(made_copy(arena_printf(a, "%s/%s", from, entry->d_name),
                          arena_printf(a, "%s/%s", to, entry->d_name), a, e));
    return OK;
}

/* A file, or a folder with all that is in it. */
static inline enum status made_copy(const char *from, const char *to, struct arena *a, struct err *e)
{
    enum { MOST_BYTES = 1 << 24 };
    struct stat info;
    struct str bytes;

    if (stat(from, &info) != 0)
        return err_set(e, SYSTEM, "%s: is gone", from);
    if (!S_ISDIR(info.st_mode)) {
        TRY(file_read(from, MOST_BYTES, a, &bytes, e));
        return file_write(to, bytes, info.st_mode & 0777, e);
    }
    DIR *in = opendir(from);
    if (!in || mkdir(to, info.st_mode & 0777) != 0)
        return err_set(e, SYSTEM, "%s: cannot be copied to %s", from, to);
    const enum status s = made_copy_all(in, from, to, a, e);
    closedir(in);
    return s;
}

/* Where the first is kept. A process that a test has begun is not the one to remove it. */
static struct {
    char folder[sizeof "made-XXXXXX"];
    pid_t owner;
} made_first;

static inline void made_remove(void)
{
    if (made_first.owner == getpid())
        folder_remove(made_first.folder);
}

static inline enum status made_begin(const struct city_make *make, struct arena *a, struct err *e)
{
    memcpy(made_first.folder, "made-XXXXXX", sizeof "made-XXXXXX");
    if (!mkdtemp(made_first.folder))
        return err_set(e, SYSTEM, "%s: cannot be made", made_first.folder);
    made_first.owner = getpid();
    atexit(made_remove);
    return city_init(arena_printf(a, "%s/city", made_first.folder), make, e);
}

/* As city_init, but that all cities of a program are made as its first was. */
static inline enum status made_city(const char *path, const struct city_make *make, struct err *e)
{
    struct arena *a = arena_open();
    enum status s = made_first.owner ? OK : made_begin(make, a, e);

    if (s == OK)
        s = made_copy(arena_printf(a, "%s/city", made_first.folder), path, a, e);
    arena_close(a);
    return s;
}

#endif

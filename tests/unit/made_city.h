/* A city for each test, of which city_init makes only the first that a program asks for: the others are
 * copies of that as it was new, with its keys. For tests that have one city each. */
#ifndef LYKTA_TESTS_MADE_CITY_H
#define LYKTA_TESTS_MADE_CITY_H

#include "copy_folder.h"

#include "base/arena.h"
#include "base/file.h"
#include "store/city.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

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
        copy_folder(arena_printf(a, "%s/city", made_first.folder), path);
    arena_close(a);
    return s;
}

#endif

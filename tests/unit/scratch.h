/* A folder of its own for a test that needs files: made empty before it, removed after it. */
#ifndef LYKTA_TESTS_SCRATCH_H
#define LYKTA_TESTS_SCRATCH_H

#include "base/arena.h"
#include "base/file.h"

#include <dirent.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

struct scratch {
    struct arena *arena;
    char folder[32];
    void *mine; /* what the test file keeps beside it */
};

static inline int scratch_open(void **state)
{
    struct arena *a = arena_open();
    struct scratch *scratch = arena_new(a, 1, struct scratch);

    scratch->arena = a;
    memcpy(scratch->folder, "scratch-XXXXXX", sizeof "scratch-XXXXXX");
    *state = scratch;
    return mkdtemp(scratch->folder) ? 0 : -1;
}

static inline int scratch_close(void **state)
{
    struct scratch *scratch = *state;

    folder_remove(scratch->folder);
    arena_close(scratch->arena);
    return 0;
}

/* The path of `name` in the folder. */
static inline const char *scratch_path(const struct scratch *scratch, const char *name)
{
    return arena_printf(scratch->arena, "%s/%s", scratch->folder, name);
}

/* How many files and folders are in the folder `path`. */
static inline size_t scratch_entries(const char *path)
{
    DIR *in = opendir(path);
    size_t n = 0;

    if (!in)
        die("%s: cannot be opened", path);
    while (readdir(in))
        n++;
    closedir(in);
    return n - 2; /* . and .. */
}

/* Writes `bytes` to the file `name` in the folder and returns its path. */
static inline const char *scratch_write(const struct scratch *scratch, const char *name, struct str bytes)
{
    const char *path = scratch_path(scratch, name);
    struct err e;

    if (file_write(path, bytes, 0600, &e) != OK)
        die("%s", e.what);
    return path;
}

#endif
